package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

type verifyCommand struct {
	Data   string `default:"${data}" help:"Data folder."`
	Repair bool   `help:"Make the folder anew from what is sound of its two copies, and say what was mended."`
}

// Help shows under the flags.
func (verifyCommand) Help() string {
	return `Everything is read from the disk again: checksums, the chain of commits, counts, references, and whether each claim's id is that of its
content. Exits with 1 if anything does not hold. The folder must not be in use.

A folder holds everything twice, in badger/ and in mirror/. --repair takes each value from where it is sound; it takes as much
space again while it runs, and changes nothing unless the result verifies. What was deleted or erased is not copied.

Examples:
  entente verify --data ./var/entente
  entente verify --repair`
}

// Run verifies the folder.
func (c *verifyCommand) Run(ctx context.Context, s streams) error {
	if err := existing(c.Data); err != nil {
		return err
	}
	if c.Repair {
		return rebuild(ctx, c.Data, s)
	}
	return withEngine(ctx, c.Data, 0, s, func(engine kv.Store, st *store.Store) error {
		started := time.Now()
		report, err := st.Verify(ctx, verifyProgress(s))
		if err != nil {
			return err
		}
		if e, ok := engine.(*badgerkv.Store); ok {
			if err := e.Scrub(ctx, unhurried); err != nil {
				report.Problems = append(report.Problems, err)
			}
		}
		fmt.Fprintf(s.out, "ledger    %s\nchecked   %d commits, %d values (%.1f MB), %d entities, %d claims, %d changes in %s\n", st.LedgerID(),
			report.Commits, report.Values, float64(report.Bytes)/1e6, report.Entities, report.Claims, report.Changes, time.Since(started).Round(time.Millisecond))
		for _, problem := range report.Problems {
			fmt.Fprintln(s.out, "problem  ", problem)
		}
		if len(report.Problems) > 0 {
			fmt.Fprintln(s.out, repairHint(c.Data))
			return errReported
		}
		fmt.Fprintln(s.out, "all of it holds, in both copies")
		return nil
	})
}

// unhurried is a pace of bytes a second that no disk has.
const unhurried = 1 << 40

// verifyProgress reports every few seconds.
func verifyProgress(s streams) func(done, total uint64) {
	last := time.Now()
	return func(done, total uint64) {
		if time.Since(last) > 3*time.Second {
			last = time.Now()
			fmt.Fprintf(s.err, "verified %d of %d commits\n", done, total)
		}
	}
}

// rebuild makes the folder anew from what is sound in it, without what was deleted, and prints what it did. An erasure that
// was stopped is finished on the way, and then the folder is made once more, without what that left.
func rebuild(ctx context.Context, data string, s streams) error {
	for {
		erased, err := rebuildOnce(ctx, data, s)
		if err != nil || erased == 0 {
			return err
		}
		fmt.Fprintf(s.out, "erased    what was left of an erasure in %d blocks\n", erased)
	}
}

func rebuildOnce(ctx context.Context, data string, s streams) (erased int, err error) {
	opts, err := folderOptions(importMemTable, newLogger(s.err))
	if err != nil {
		return 0, err
	}
	last := time.Now()
	done, err := badgerkv.Rebuild(ctx, data, badgerkv.RebuildOptions{
		Options: opts, Sound: soundValue(), First: ledger.HeadKey(),
		Verify: func(ctx context.Context, engine kv.Store) (err error) {
			if erased, err = finishErasure(ctx, engine); err != nil {
				return err
			}
			return verifyEngine(ctx, engine, s)
		},
		Progress: func(values int) {
			if time.Since(last) > 3*time.Second {
				last = time.Now()
				fmt.Fprintf(s.err, "copied %d values\n", values)
			}
		},
	})
	for _, found := range done.Found {
		fmt.Fprintln(s.out, "found    ", found)
	}
	for _, lost := range done.Lost {
		fmt.Fprintln(s.out, "lost     ", lost)
	}
	if err != nil {
		return 0, fmt.Errorf("%w\nThe folder was left as it was; what neither copy has can come from a backup alone", err)
	}
	fmt.Fprintf(s.out, "rebuilt   %d values; %d that badger/ had lost came from mirror/, %d that mirror/ had lost from badger/\n", done.Values, done.FromMirror, done.FromBadger)
	return erased, nil
}

// finishErasure carries out what was ordered to be erased and is still there, and returns in how many blocks.
func finishErasure(ctx context.Context, engine kv.Store) (blocks int, err error) {
	l, err := ledger.Open(ctx, engine, ledger.Options{})
	if err != nil {
		return 0, err
	}
	blocks, err = l.Erase(ctx)
	return blocks, errors.Join(err, l.Close())
}

// soundValue tells whether a value is as the ledger wrote it. It goes by the id of the ledger, which it takes from the
// first sound head that it is shown.
func soundValue() func(kv.Key, []byte) error {
	var check func(kv.Key, []byte) error
	return func(k kv.Key, v []byte) error {
		if k == ledger.HeadKey() {
			c, err := ledger.Checker(v)
			if err == nil && check == nil {
				check = c
			}
			return err
		}
		if check == nil {
			return errors.New("no sound head says which ledger this is")
		}
		return check(k, v)
	}
}

// verifyEngine verifies the ledger in an engine.
func verifyEngine(ctx context.Context, engine kv.Store, s streams) error {
	l, err := ledger.Open(ctx, engine, ledger.Options{})
	if err != nil {
		return err
	}
	report, err := l.Verify(ctx, verifyProgress(s))
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("%d problems, the first: %w", len(report.Problems), report.Problems[0])
	}
	return errors.Join(err, l.Close())
}
