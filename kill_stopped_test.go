package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestKillStoppedHolder stops the server that has a folder, as a laptop's lid or a debugger does, while clients change the
// graph. Whoever comes to the folder meanwhile is told which process has it; when the server goes on, so do its
// clients; and when it is killed as it is stopped, the folder is free and whole.
func TestKillStoppedHolder(t *testing.T) {
	c := newCampaign(t)
	for range rounds(1, 20) {
		c.count(&c.rounds, 1)
		folder := t.TempDir() + "/data"
		server := spawnServer(t, folder)
		url := server.url()
		y := newTally(c)
		base := &worker{name: baseWriter}
		if err := base.work(t.Context(), newClient(t), url, y, 1); err != nil {
			t.Fatalf("%v: %s", err, server.errs)
		}
		workers, names := newWorkers()
		b := newBoundary(names)
		working, stop := context.WithCancel(t.Context())
		var clients sync.WaitGroup
		for _, w := range workers {
			client := newClient(t)
			clients.Go(func() {
				if err := w.work(working, client, url, y, 1<<30); err != nil {
					t.Errorf("%s: %v", w.name, err)
				}
			})
		}
		client, choices := newClient(t), c.reader()
		clients.Go(func() {
			if err := b.Run(working, client, url, choices); err != nil {
				t.Errorf("a reader: %v", err)
			}
		})
		for range 3 {
			time.Sleep(c.below(100 * time.Millisecond))
			server.signal(t, syscall.SIGSTOP)
			c.refused(t, folder, server)
			before := y.count()
			server.signal(t, syscall.SIGCONT)
			// Nobody gave up: each client gets an answer to what it had asked, and asks again. If not, the test's own
			// deadline says where it stands.
			for y.count() < before+2*len(workers) && !t.Failed() {
				time.Sleep(time.Millisecond)
			}
		}
		server.signal(t, syscall.SIGSTOP)
		c.refused(t, folder, server)
		stop()
		clients.Wait()
		server.bury()
		for _, wrong := range b.wrong {
			t.Error(wrong)
		}
		c.shown += b.checks
		y.shown = b.newest
		if !y.check(t, folder, true) {
			return
		}
	}
}

// refused comes to the folder of a stopped process with commands, which must name it.
func (c *campaign) refused(t *testing.T, folder string, holder *child) {
	t.Helper()
	who := fmt.Sprintf("process %d", holder.cmd.Process.Pid)
	for _, args := range [][]string{{"verify"}, {"export"}, {"serve", "--addr", "127.0.0.1:0"}, {"import", "--dataset", "x", "schema.graphql"}} {
		code, out, errs := inProcess(t.Context(), nil, append(args, "--data", folder)...)
		if code != exitFailed || out != "" || !strings.Contains(errs, "in use") || !strings.Contains(errs, who) {
			t.Errorf("%v beside %s: exit code %d\n%s%s", args, who, code, out, errs)
		}
	}
}

// count is how many commits have been acknowledged.
func (y *tally) count() int {
	y.c.mu.Lock()
	defer y.c.mu.Unlock()
	return len(y.acked)
}
