package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entente/graph/kv/losstest"
)

// TestDiskFails makes a disk fail under a process that commits: one operation on one sort of file, once or from then on. What
// was acknowledged is there afterwards, on a disk that works again and that never got what was not synced; the folder opens by itself, or
// says what is wrong and a repair mends it.
func TestDiskFails(t *testing.T) {
	c := newCampaign(t)
	type fault struct {
		files string // the end of their names
		op    losstest.Op
		errno syscall.Errno
	}
	faults := []fault{
		{".mem", losstest.Sync, syscall.EIO},
		{".mem", losstest.Write, syscall.EIO},
		{".mem", losstest.Open, syscall.EMFILE},
		{".sst", losstest.Sync, syscall.EIO},
		{".sst", losstest.Write, syscall.ENOSPC},
		{".sst", losstest.Open, syscall.EMFILE},
		{"MANIFEST", losstest.Sync, syscall.EIO},
		{"MANIFEST", losstest.Write, syscall.ENOSPC},
		{".seg", losstest.Sync, syscall.EIO},
		{".seg", losstest.Write, syscall.ENOSPC},
		{".seg", losstest.Write, syscall.EIO},
	}
	outcomes := map[string]int{}
	for i, f := range faults {
		for _, once := range []bool{true, false} {
			if !soak && once != (i%2 == 0) {
				continue // half of them in every test
			}
			for range rounds(1, 12) {
				t.Run(fmt.Sprint(f.op, f.files, f.errno, map[bool]string{true: " once", false: " for ever"}[once]), func(t *testing.T) {
					c.count(&c.rounds, 1)
					disk, mount := losstest.Mount(t)
					y := newTally(c)
					// The smallest memtable, so that tables are made.
					writer := spawn(t, asWriter, filepath.Join(mount, "data"), "1")
					kill := time.AfterFunc(4*time.Second, writer.kill) // for a writer that waits for its disk
					defer kill.Stop()
					after := 1 + c.IntN(40)
					var hit atomic.Int64
					for writer.lines.Scan() {
						y.ackSolo(t, writer.lines.Text())
						if len(y.acked) == after {
							disk.Fail(func(op losstest.Op, path string) syscall.Errno {
								if op != f.op || !strings.HasSuffix(path, f.files) || once && hit.Load() > 0 {
									return 0
								}
								hit.Add(1)
								return f.errno
							})
						}
					}
					writer.bury()
					disk.Fail(nil)
					if hit.Load() == 0 {
						outcomes["not met"]++
						return
					}
					left := t.TempDir()
					if err := disk.Cut(nil, left); err != nil {
						t.Fatal(err)
					}
					data := filepath.Join(left, "data")
					outcome := "opens by itself"
					if r := program(t, "verify", "--data", data); r.code != exitDone {
						outcome = "named, and mended by a repair"
						if !names(r.out + r.err) {
							t.Errorf("not named by %v", r)
						}
						if r := program(t, "verify", "--data", data, "--repair"); r.code != exitDone {
							t.Errorf("not mended: %v\nthe writer: %s", r, writer.errs)
							return
						}
					}
					outcomes[outcome]++
					y.check(t, data, true)
				})
			}
		}
	}
	t.Logf("%v", outcomes)
}
