package main

import (
	"context"
	"fmt"
	"time"

	"entente/graph/store"
)

type verifyCommand struct {
	Data string `default:"${data}" help:"Data folder."`
}

// Help shows under the flags.
func (verifyCommand) Help() string {
	return `Everything is read from the disk again: checksums, the chain of commits, counts, references, and whether each claim's id is that of its
content. Exits with 1 if anything does not hold. The folder must not be in use.

Example:
  entente verify --data ./var/entente`
}

// Run verifies the folder.
func (c *verifyCommand) Run(ctx context.Context, s streams) error {
	if err := existing(c.Data); err != nil {
		return err
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		started, last := time.Now(), time.Now()
		report, err := st.Verify(ctx, func(done, total uint64) {
			if time.Since(last) > 3*time.Second {
				last = time.Now()
				fmt.Fprintf(s.err, "verified %d of %d commits\n", done, total)
			}
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "ledger    %s\nchecked   %d commits, %d values (%.1f MB), %d entities, %d claims, %d changes in %s\n", st.LedgerID(),
			report.Commits, report.Values, float64(report.Bytes)/1e6, report.Entities, report.Claims, report.Changes, time.Since(started).Round(time.Millisecond))
		for _, problem := range report.Problems {
			fmt.Fprintln(s.out, "problem  ", problem)
		}
		if len(report.Problems) > 0 {
			return errReported
		}
		fmt.Fprintln(s.out, "all of it holds")
		return nil
	})
}
