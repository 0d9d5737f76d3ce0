package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"entente/bench"
	"entente/graph/kv"
	"entente/graph/store"
	"entente/loader"
)

type benchCommand struct {
	Relations int      `default:"1000000" help:"How many relations the graph has, as generate makes it."`
	Seed      uint64   `default:"7" help:"Of the graph and of the draws: the same seed asks the same questions."`
	Questions []string `help:"Which questions, such as Q4,Q5; default: all." placeholder:"Q,..."`
	Draws     int      `default:"120" help:"How often each question is drawn."`
	Rounds    int      `default:"3" help:"How often each draw is timed; the fastest counts."`
	Data      string   `help:"Folder to make the graph in and to keep it for the next run. Default: a temporary one." type:"path" placeholder:"DIR"`
	JSON      bool     `help:"Print the figures as JSON."`
}

// Help shows under the flags.
func (benchCommand) Help() string {
	names, asks := bench.Names()
	var list strings.Builder
	for i := range names {
		fmt.Fprintf(&list, "  %-4s %s\n", names[i], asks[i])
	}
	return `Each question is asked in three ways: by a plain walk over arrays of numbers, which is the limit, through the engine, and through GraphQL over HTTP
(on a Unix socket). All must give the same answers. Times say little on a machine that others use, too; how many times as long as the limit says more.

Questions:
` + list.String() + `
Examples:
  entente bench
  entente bench --relations 100000 --questions Q4,Q4N,Q5 --draws 60
  entente bench --json --data ./var/million`
}

// Run makes the graph and measures.
func (c *benchCommand) Run(ctx context.Context, s streams) (err error) {
	if c.Relations < 0 {
		return fmt.Errorf("--relations is %d; it must not be negative", c.Relations)
	}
	opts := bench.Options{Questions: c.Questions, Draws: c.Draws, Rounds: c.Rounds, Seed: c.Seed}
	if err := opts.Check(); err != nil {
		return fmt.Errorf("%w: %w", err, errUsage)
	}
	data := c.Data
	if data == "" {
		if data, err = os.MkdirTemp("", "entente-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	}
	if err := withStore(ctx, data, importMemTable, s, func(st *store.Store) error { return c.fill(ctx, st) }); err != nil {
		return err
	}
	// Opened anew, so that the graph lies in memory as after any start.
	return withEngine(ctx, data, 0, s, func(engine kv.Store, st *store.Store) error {
		handler, err := newHandler(st, engine, newLogger(s.err))
		if err != nil {
			return err
		}
		report, err := bench.Run(ctx, st, handler, opts)
		if err != nil {
			return err
		}
		if c.JSON {
			e := json.NewEncoder(s.out)
			e.SetIndent("", "  ")
			return e.Encode(report)
		}
		return report.Write(s.out)
	})
}

// fill imports the graph, unless it is there. A folder with any other is refused.
func (c *benchCommand) fill(ctx context.Context, st *store.Store) error {
	note := fmt.Sprintf("generate --relations %d --seed %d", c.Relations, c.Seed)
	if commit := st.Head().Moment().Commit; commit > 0 {
		info, err := st.CommitInfo(ctx, commit)
		if err == nil && info.Note != note {
			err = fmt.Errorf("%s has another graph: its newest commit is %q, not %q", c.Data, info.Note, note)
		}
		return err
	}
	open := func() (io.ReadCloser, error) {
		r, w := io.Pipe()
		go func() { w.CloseWithError(generate(ctx, w, c.Relations, c.Seed)) }()
		return r, nil
	}
	report, err := loader.Import(ctx, st, []loader.Input{{Name: "generated", Open: open}}, loader.Options{
		Dataset: "gen", Author: "entente bench", Note: note,
	})
	if err == nil && report.ProblemCount() > 0 {
		err = fmt.Errorf("the generated graph has %d problems", report.ProblemCount())
	}
	return err
}
