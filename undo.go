package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entente/graph/store"
)

type undoCommand struct {
	Data    string `default:"${data}" help:"Data folder."`
	Author  string `default:"undo" help:"Author of the commit."`
	Reason  string `help:"Why. Default: which commits are undone."`
	DryRun  bool   `help:"Say what would be undone and change nothing."`
	Dataset string `help:"Undo all imports of this dataset."`
	Commits string `arg:"" optional:"" help:"A commit's number, or the first and the last of a run, such as those that import printed: 5..9."`
}

// Help shows under the flags.
func (undoCommand) Help() string {
	return `What the commits made stand ends, and what they ended stands again. Importing the same records again brings back what an undo took
away. A claim that a later commit has changed since is left as it is. All of it stays in the history, and an undo can be undone.

Examples:
  entente undo 12
  entente undo --dry-run 5..9
  entente undo --dataset mine`
}

// Run undoes the commits.
func (c *undoCommand) Run(ctx context.Context, s streams) error {
	if (c.Commits == "") == (c.Dataset == "") {
		return fmt.Errorf("say what to undo: a commit, a run of commits, or --dataset NAME, and one of these alone: %w", errUsage)
	}
	var from, to uint64
	if c.Commits != "" {
		var err error
		if from, to, err = c.commits(); err != nil {
			return err
		}
	}
	if err := existing(c.Data); err != nil {
		return err
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		opts := store.UndoOptions{Author: c.Author, Reason: c.Reason, DryRun: c.DryRun}
		undo := func() (*store.Undone, error) { return st.Undo(ctx, from, to, opts) }
		if c.Dataset != "" {
			undo = func() (*store.Undone, error) { return st.UndoDataset(ctx, c.Dataset, opts) }
		}
		done, err := undo()
		if err != nil {
			return err
		}
		c.tell(s, done)
		return nil
	})
}

// tell says what became, or would become, of claims, and in which commits.
func (c *undoCommand) tell(s streams, done *store.Undone) {
	verb := ""
	if c.DryRun {
		verb = "would be "
	}
	fmt.Fprintf(s.out, "claims    %d %sended, %d %srestored\n", done.Ended, verb, done.Restored, verb)
	for _, rest := range []struct {
		claims int
		text   string
	}{
		{done.Freed, verb + "no longer withdrawn: still ended, until imported again"},
		{done.Withdrawn, verb + "withdrawn again: still ended, and no import changes that"},
		{done.Left, verb + "left as is: changed by a later commit"},
		{done.Erased, verb + "left redacted: nothing undoes that"},
	} {
		if rest.claims > 0 {
			fmt.Fprintf(s.out, "          %d %s\n", rest.claims, rest.text)
		}
	}
	for _, info := range done.Commits {
		fmt.Fprintf(s.out, "commit    %d\n", info.Number)
	}
}

// commits reads the run of commits.
func (c *undoCommand) commits() (from, to uint64, err error) {
	first, last, run := strings.Cut(c.Commits, "..")
	if !run {
		last = first
	}
	from, err1 := strconv.ParseUint(first, 10, 64)
	to, err2 := strconv.ParseUint(last, 10, 64)
	if err1 != nil || err2 != nil || from == 0 || to < from {
		return 0, 0, fmt.Errorf("%q is no commit, such as 12, nor a run of them, such as 5..9: %w", c.Commits, errUsage)
	}
	return from, to, nil
}
