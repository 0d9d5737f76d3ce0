package main

import (
	"context"
	"fmt"

	"entente/graph/store"
)

type redactCommand struct {
	Data   string   `default:"${data}" help:"Data folder."`
	Reason string   `required:"" help:"Why; it becomes the note of the commit, and stays."`
	Author string   `default:"redact" help:"Author of the commit."`
	DryRun bool     `help:"Say what would be erased and erase nothing."`
	Refs   []string `arg:"" name:"claim|document" help:"Ids of claims, or ids of entities that are documents."`
}

// Help shows under the flags.
func (redactCommand) Help() string {
	return `A claim is withdrawn and loses its texts: value, locator, quote, key, and the qualifiers in words. Of a document, all claims that cite it
lose locator and quote and stand, and its text and description are erased. That holds at every commit, past ones too, and the folder is
made anew so that no byte of it is left in there. The folder must not be in use.

What stays: that there was a claim, its ends, predicate, dates and stance, the value of a claim of a date or of an event's type, the
ids of entities, and its id. The id is a hash of what the claim said, so
who guesses a short text can confirm the guess. Backups taken before still hold the text until they are taken anew.

Examples:
  entente redact --reason "court order 12/2026" 6fa459ea-ee8a-5ca4-894e-db77e160355e
  entente redact --reason "taken down by its publisher" entente:doc-article`
}

// Run redacts, and makes the folder anew without what was erased.
func (c *redactCommand) Run(ctx context.Context, s streams) error {
	if err := existing(c.Data); err != nil {
		return err
	}
	var done *store.Redaction
	err := withStore(ctx, c.Data, 0, s, func(st *store.Store) (err error) {
		done, err = st.Redact(ctx, c.Refs, store.RedactOptions{Author: c.Author, Reason: c.Reason, DryRun: c.DryRun})
		return err
	})
	if err != nil {
		return err
	}
	verb := "erased"
	if c.DryRun {
		verb = "would erase"
	}
	fmt.Fprintf(s.out, "%s    the texts of %d claims, which are withdrawn; locator and quote of %d claims, which stand\n", verb, done.Claims, done.Quotes)
	if c.DryRun {
		return nil
	}
	for _, info := range done.Commits {
		fmt.Fprintf(s.out, "commit    %d\n", info.Number)
	}
	if err := rebuild(ctx, c.Data, s); err != nil {
		return fmt.Errorf("%w\nThe texts are erased, but bytes of them may be in the folder's files until this command, or verify --repair, succeeds", err)
	}
	return nil
}
