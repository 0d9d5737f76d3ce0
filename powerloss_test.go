package main

import (
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"entente/graph/kv/losstest"
)

// TestPowerLoss takes the power from under a process that commits, again and again: the disk has what was synced, and in every second
// round some of the rest, with torn pages and names lost. Nothing that was acknowledged may be gone, each commit is there
// as a whole, and the folder opens by itself.
func TestPowerLoss(t *testing.T) {
	c := newCampaign(t)
	for round := range rounds(6, 200) {
		t.Run(strconv.Itoa(round), func(t *testing.T) {
			disk, mount := losstest.Mount(t)
			y := newTally(c)
			c.count(&c.rounds, 1)
			memTable := []int64{1, 16 << 20, 64 << 20}[c.IntN(3)]
			writer := spawn(t, asWriter, filepath.Join(mount, "data"), strconv.FormatInt(memTable, 10))
			acks := make(chan string, 1<<16)
			go func() {
				defer close(acks)
				for writer.lines.Scan() {
					acks <- writer.lines.Text()
				}
			}()
			select {
			case line, ok := <-acks:
				if !ok {
					t.Fatalf("the writer acknowledged nothing: %s", writer.errs)
				}
				y.ackSolo(t, line)
			case <-time.After(time.Minute):
				t.Fatalf("the writer acknowledged nothing in a minute: %s", writer.errs)
			}
			time.Sleep(c.below(600 * time.Millisecond))
			// What was acknowledged before the cut counts, and that alone.
			for more := true; more; {
				select {
				case line, ok := <-acks:
					if more = ok; ok {
						y.ackSolo(t, line)
					}
				default:
					more = false
				}
			}
			var random *rand.Rand
			if round%2 == 1 {
				random = c.Rand
			}
			left := t.TempDir()
			if err := disk.Cut(random, left); err != nil {
				t.Fatal(err)
			}
			writer.bury()
			for range acks { // those after the cut
			}
			y.check(t, filepath.Join(left, "data"), true)
		})
	}
}
