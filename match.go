package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"entente/graph"
	"entente/graph/match"
	"entente/graph/store"
	"entente/loader"
)

type matchCommand struct {
	Data     string   `default:"${data}" help:"Data folder."`
	Format   string   `default:"records" help:"What the files are: records, or one of the formats of import."`
	Mapping  string   `help:"File that says what to make of the rows of any table, as in import." type:"path" placeholder:"FILE"`
	Dataset  string   `help:"With files, the scheme of bare ids, as in import; without, one of the two has an id of this scheme."`
	Kind     []string `help:"Kinds to look at. Default: all but Document."`
	MinScore float64  `default:"0.5" help:"Leave out what scores less. Default: ${default}."`
	Limit    int      `default:"1000" help:"At most so many proposals, those of the highest score; 0 is all. Default: ${default}."`
	All      bool     `help:"Without files, propose also what follows from likelier proposals."`
	Table    bool     `help:"A table to read in place of records."`
	Coder    string   `help:"Id of whoever decides, for the records to name as coder."`
	Files    []string `arg:"" optional:"" help:"Files to match with what the folder holds; nothing of them is kept. Without any, what the folder holds is matched with itself."`
}

// Help shows under the flags.
func (matchCommand) Help() string {
	return `Names never join anything by themselves: what this command writes are proposals, one record a line, the likeliest first. Each is a sameAs claim with
the two names, the score as confidence, and the reasons for and against with their weight in bits. Read it, delete the lines you do
not know about, write "stance": "DENIED" into those that are wrong, and import the rest. What was accepted can be undone or retracted; what was
denied, or accepted once and retracted, is not proposed again.

Of three that are alike, two pairs are proposed, since the third follows; when one of the two is denied, the third comes up. --all has them all at once.

With files, what carries an exact id in common with what is there needs no proposal, since import joins it.

Examples:
  entente match --dataset mine mine.jsonl > proposals.jsonl
  entente import --dataset mine mine.jsonl proposals.jsonl
  entente match --dataset mine --table mine.jsonl
  entente match --kind Leader --min-score 0.8 > leaders.jsonl`
}

// Run writes the proposals.
func (c *matchCommand) Run(ctx context.Context, s streams) error {
	kinds, err := c.kinds()
	if err != nil {
		return err
	}
	switch {
	case c.MinScore < 0 || c.MinScore > 1:
		return fmt.Errorf("--min-score is %v; it is from 0 to 1: %w", c.MinScore, errUsage)
	case c.Limit < 0:
		return fmt.Errorf("--limit is %d; it is a number of proposals, or 0 for all: %w", c.Limit, errUsage)
	}
	if err := existing(c.Data); err != nil {
		return err
	}
	if len(c.Files) > 0 {
		return c.files(ctx, s, kinds)
	}
	if c.Dataset != "" && !graph.ValidDataset(c.Dataset) {
		return fmt.Errorf("--dataset is %q, which is no scheme of ids: %w", c.Dataset, errUsage)
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		p := match.Proposer{View: st.Head(), Kinds: kinds}
		if c.Dataset != "" {
			p.Chosen = func(e store.Entity) bool {
				return slices.ContainsFunc(idsOf(p.View, e), func(id graph.ID) bool { return id.Scheme() == c.Dataset })
			}
		}
		return c.propose(ctx, s, &p)
	})
}

// files matches what the files bring. They are imported as import does it, over the folder and not into it, so that everything is
// compared as it would stand.
func (c *matchCommand) files(ctx context.Context, s streams, kinds []graph.Kind) error {
	foreign, err := foreignOf(c.Format, c.Mapping)
	if err != nil {
		return err
	}
	dataset, err := datasetOf(c.Dataset, foreign, c.Files)
	if err != nil {
		return err
	}
	inputs, err := fileInputs(c.Files, foreign, s)
	if err != nil {
		return err
	}
	return withOverlay(ctx, c.Data, s, func(st *store.Store) error {
		before := st.Head()
		report, err := loader.Import(ctx, st, inputs, loader.Options{Dataset: dataset, Progress: progressLine(s.err)})
		if err != nil {
			return err
		}
		p := match.Proposer{View: st.Head(), Kinds: kinds, Across: true}
		isOld := func(id graph.ID) bool {
			_, ok := before.Entity(id)
			return ok
		}
		p.Chosen = func(e store.Entity) bool { return !slices.ContainsFunc(idsOf(p.View, e), isOld) }
		if err := c.propose(ctx, s, &p); err != nil {
			return err
		}
		if report.ProblemCount() == 0 {
			return nil
		}
		fmt.Fprintln(s.err, "entente: the files were not matched whole:")
		return errors.Join(report.Write(s.err), errReported)
	})
}

// idsOf are the ids that an entity goes by: its own, and those of what it is merged with.
func idsOf(v *store.View, e store.Entity) []graph.ID { return append(v.MergedFrom(e), v.ID(e)) }

func (c *matchCommand) kinds() ([]graph.Kind, error) {
	var kinds []graph.Kind
	for _, text := range c.Kind {
		kind, ok := spelled(text, graph.Kinds())
		if !ok {
			return nil, fmt.Errorf("--kind is %q; it is one of %s: %w", text, kindList(), errUsage)
		}
		kinds = append(kinds, kind)
	}
	if kinds == nil {
		kinds = slices.DeleteFunc(graph.Kinds(), func(k graph.Kind) bool { return k == graph.Document })
	}
	return kinds, nil
}

func kindList() string {
	var names []string
	for _, k := range graph.Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// propose writes what the proposer finds, and says on standard error how much that is.
func (c *matchCommand) propose(ctx context.Context, s streams, p *match.Proposer) error {
	// What files bring is matched with several that differ, so that nothing follows from anything.
	p.MinScore, p.Implied, p.Progress = c.MinScore, c.All || p.Across, matchProgress(s.err)
	asked := p.Asked()
	found, implied, err := p.Propose(ctx, asked)
	if err != nil {
		return err
	}
	kept := found
	if c.Limit > 0 {
		kept = found[:min(len(found), c.Limit)]
	}
	write := c.writeRecords
	if c.Table {
		write = c.writeTable
	}
	if err := writeAll(s.out, func(w io.Writer) error { return write(w, kept) }); err != nil {
		return err
	}
	if p.Across {
		fmt.Fprintf(s.err, "%d entities of the files are new and share no exact id with one that is there; ", len(asked))
	}
	fmt.Fprintf(s.err, "%d proposals score %g or more", len(found), c.MinScore)
	if implied > 0 {
		fmt.Fprintf(s.err, ", without %d that follow from these", implied)
	}
	if n := len(found) - len(kept); n > 0 {
		fmt.Fprintf(s.err, ", of which %d of the lowest score are left out by --limit", n)
	}
	fmt.Fprintln(s.err)
	return nil
}

// matchProgress reports a long search, a line every few seconds.
func matchProgress(w io.Writer) func(done, all int) {
	const every = 3 * time.Second
	last := time.Now()
	return func(done, all int) {
		if time.Since(last) >= every {
			last = time.Now()
			fmt.Fprintf(w, "%d of %d entities\n", done, all)
		}
	}
}

func (c *matchCommand) writeRecords(w io.Writer, found []match.Proposal) error {
	out := bufio.NewWriter(w)
	for i := range found {
		claim, err := found[i].Claim(graph.ID(c.Coder))
		if err != nil {
			return fmt.Errorf("--coder: %w", err)
		}
		// An error of a buffer comes again when it is flushed.
		_, _ = out.Write(append(loader.EncodeClaim(claim), '\n'))
	}
	return out.Flush()
}

func (c *matchCommand) writeTable(w io.Writer, found []match.Proposal) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "SCORE\tKEPT\tNAME\tABSORBED\tNAME\tWHY")
	for i := range found {
		p := &found[i]
		fmt.Fprintf(out, "%.3f\t%s\t%s\t%s\t%s\t%s\n", p.Score, p.Keep.ID, tableName(p.Keep.Name), p.Absorb.ID, tableName(p.Absorb.Name), p.Why())
	}
	return out.Flush()
}

// tableName shortens a name for the table, in which the longest one, of an agreement, would make the column of all of them as wide.
func tableName(name string) string {
	const most = 48
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
