package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"entente/graph/store"
)

// asWriter makes this test binary a process that commits until it is killed.
const asWriter = "ENTENTE_TEST_WRITER"

// soloWriter does the deeds of the campaign that kills a writer.
const soloWriter = "solo"

// runWriter does deeds in a folder until it is killed, and prints the number of each commit, a line each, once it is
// acknowledged. Arguments: the folder, the size of the memtable.
func runWriter(args []string) int {
	err := func() error {
		memTable, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return err
		}
		ctx := context.Background()
		return withStore(ctx, args[0], memTable, streams{os.Stdin, os.Stdout, os.Stderr}, func(st *store.Store) error {
			next := deed{baseWriter, 0}
			if head := st.Head().Moment().Commit; head > 0 {
				next = deed{soloWriter, int(head) - 1} // the base is commit 1
			}
			for {
				info, err := next.commit(ctx, st)
				if err != nil {
					return err
				}
				// One write: either the whole line comes through or, killed, none of it.
				if _, err := os.Stdout.WriteString(strconv.FormatUint(info.Number, 10) + "\n"); err != nil {
					return err
				}
				next = deed{soloWriter, int(info.Number) - 1}
			}
		})
	}()
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// ackSolo notes what the solo writer printed: the number of a commit that was acknowledged.
func (y *tally) ackSolo(t *testing.T, line string) {
	t.Helper()
	n, err := strconv.ParseUint(line, 10, 64)
	if err != nil {
		t.Fatalf("the writer says %q", line)
	}
	y.acked[n] = deed{soloWriter, int(n) - 2} // the base is commit 1
	if n == 1 {
		y.acked[n] = deed{baseWriter, 0}
	}
	y.c.count(&y.c.acked, 1)
}

// TestKillWriter kills a process that commits, at any moment from its start on, again and again. Nothing that was
// acknowledged may be gone, each commit is there as a whole, and the folder opens by itself every time.
func TestKillWriter(t *testing.T) {
	c := newCampaign(t)
	var at folders
	var y *tally
	for range rounds(15, 1000) {
		folder, fresh := at.next(t, 40)
		if fresh {
			y = newTally(c)
			t.Logf("round %d", c.rounds+1)
		}
		c.count(&c.rounds, 1)
		early := c.IntN(4) == 0 // while it opens the folder, perhaps
		memTable := []int64{1, 16 << 20, 64 << 20}[c.IntN(3)]
		writer := spawn(t, asWriter, folder, strconv.FormatInt(memTable, 10))
		var timer *time.Timer
		if early {
			timer = time.AfterFunc(c.below(400*time.Millisecond), writer.kill)
		}
		after := c.below(120 * time.Millisecond)
		for writer.lines.Scan() {
			y.ackSolo(t, writer.lines.Text())
			// The first acknowledgement starts the time, so that a slow machine kills no writer that is still opening.
			if timer == nil {
				timer = time.AfterFunc(after, writer.kill)
			}
		}
		if timer == nil {
			t.Fatalf("the writer acknowledged nothing: %s", writer.errs)
		}
		writer.bury()
		timer.Stop()
		if said := writer.errs.String(); said != "" {
			t.Errorf("the writer says: %s", said)
		}
		if _, err := os.Stat(folder); early && err != nil {
			continue // killed before it made the folder
		}
		if !y.check(t, folder, at.left == 0) {
			return
		}
	}
	if c.acked == 0 {
		t.Error("no commit was acknowledged, which shows nothing")
	}
}

// TestKillServer kills the server while eight clients change the graph and three read it. An answer with the number of a
// commit is an acknowledgement, and what a reader was shown must not go away either. Readers check what they see,
// before the kill and after it.
func TestKillServer(t *testing.T) {
	c := newCampaign(t)
	var at folders
	var y *tally
	var workers []*worker
	workers, names := newWorkers()
	b := newBoundary(names)
	for range rounds(6, 300) {
		folder, fresh := at.next(t, 40)
		if fresh {
			y = newTally(c)
			workers, _ = newWorkers()
			b.forget()
			t.Logf("round %d", c.rounds+1)
		}
		c.count(&c.rounds, 1)
		server := spawnServer(t, folder)
		moment := c.below(400 * time.Millisecond)
		var kill *time.Timer
		early := c.IntN(4) == 0 // while it starts, perhaps
		if early {
			kill = time.AfterFunc(moment, server.kill)
		}
		url := server.url()
		switch {
		case url == "" && !early:
			server.kill()
			t.Fatalf("the server did not start: %s", server.errs)
		case url != "":
			if !early {
				kill = time.AfterFunc(moment, server.kill)
			}
			c.ask(t, url, y, workers, b)
		}
		server.bury()
		kill.Stop()
		if said := server.errs.String(); said != "" {
			t.Errorf("the server says: %s", said)
		}
		if _, err := os.Stat(folder); early && err != nil {
			continue // killed before it made the folder
		}
		y.shown = max(y.shown, b.newest)
		if !y.check(t, folder, at.left == 0) {
			return
		}
		for _, w := range workers {
			// What came to no answer may have been committed or not.
			if done := y.done[w.name]; done != w.next && !(w.pending && done == w.next+1) {
				t.Fatalf("%s has %d deeds acknowledged, pending: %v; the ledger has %d", w.name, w.next, w.pending, done)
			}
			w.next, w.pending = y.done[w.name], false
		}
	}
	c.shown = b.checks
	if c.acked == 0 || c.shown == 0 {
		t.Errorf("%d acknowledged and %d answers, which shows nothing", c.acked, c.shown)
	}
}

// ask runs clients against the server until it is killed.
func (c *campaign) ask(t *testing.T, url string, y *tally, workers []*worker, b *boundary) {
	t.Helper()
	if y.done[baseWriter] == 0 {
		base := &worker{name: baseWriter}
		if err := base.work(t.Context(), newClient(t), url, y, 1); err != nil && !died(err) {
			t.Fatal(err)
		}
	}
	var clients sync.WaitGroup
	for _, w := range workers {
		client := newClient(t)
		clients.Go(func() {
			if err := w.work(t.Context(), client, url, y, 1<<30); err != nil && !died(err) {
				t.Errorf("%s: %v", w.name, err)
			}
		})
	}
	for range 3 {
		client, choices := newClient(t), c.reader()
		clients.Go(func() {
			if err := b.Run(t.Context(), client, url, choices); err != nil && !died(err) {
				t.Errorf("a reader: %v", err)
			}
		})
	}
	clients.Wait()
	for _, wrong := range b.wrong {
		t.Error(wrong)
	}
	b.wrong = nil
}
