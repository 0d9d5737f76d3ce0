package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"entente/graph/store"
	"entente/graph/trace"
)

type traceCommand struct {
	From string `arg:"" help:"Where the chains begin: a party's id, external id or name."`
	To   string `arg:"" help:"Where they end."`
	Data string `default:"${data}" help:"Data folder."`

	chainOptions `embed:""`
	First        int `default:"${first}" help:"How many chains are listed; 0 only counts them. Default: ${default}."`
	momentFlags  `embed:""`

	Table bool `xor:"output" help:"Write a text for the terminal. This is the default."`
	JSON  bool `xor:"output" name:"json" help:"Write JSON, in the shape of the API's ChainResult."`
	Dot   bool `xor:"output" help:"Write a drawing for Graphviz: who was at which meeting, in which role."`
	Cite  bool `xor:"output" help:"Write the sources as CSL JSON, one entry a document, with what it says and where as note."`
}

// Help shows under the flags.
func (traceCommand) Help() string {
	return `Finds the best chains of meetings that lead from one party to another: who brought them together, when, in which order, and on whose
word. A name that several bear, or that nobody bears
as it is written, chooses nobody: the ids to choose from are listed. If there is no chain, the answer says why and what would have to be asked instead.
It names its commit and ledger, and the command that asks the same again as it was known then.

Exit codes: 0 for an answer, also if it is that there is no chain; 1 if none could be found with the work that one question may take, or something
failed; 2 for a question that cannot be asked.

Examples:
  entente trace Armenia Azerbaijan
  entente trace iso3:ARM iso3:AZE --window 1994/2020 --order strict --exclude Russia
  entente trace Armenia Azerbaijan --as-of 2000 --dot | dot -Tsvg > chains.svg
  entente trace Armenia Azerbaijan --cite > sources.json`
}

// Run answers the question.
func (c *traceCommand) Run(ctx context.Context, s streams) error {
	if c.First < 0 {
		return fmt.Errorf("--first is %d; it is a number of chains, or 0 only to count them: %w", c.First, errUsage)
	}
	if err := existing(c.Data); err != nil {
		return err
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		v, err := c.view(st)
		if err != nil {
			return err
		}
		q, err := c.chainQuestion(v)
		if err != nil {
			return err
		}
		return c.answer(ctx, s, v, &q)
	})
}

// answer asks the question and writes what is found. That there is no chain is an answer; that the work allowed did not suffice to
// find one is none.
func (c *traceCommand) answer(ctx context.Context, s streams, v *store.View, q *trace.ChainQuestion) error {
	found, err := v.Chains(ctx, *q)
	if err != nil {
		return err
	}
	told, err := tellChains(ctx, v, q, found)
	if err != nil {
		return err
	}
	told.Again = c.again(v, q)
	if err := c.write(ctx, s, v, told); err != nil {
		return err
	}
	if found.WhyNot != nil && found.WhyNot.Reason == trace.OutOfBudget {
		return errReported
	}
	return nil
}

// chainQuestion is what is asked of a view.
func (c *traceCommand) chainQuestion(v *store.View) (trace.ChainQuestion, error) {
	q, err := c.question(v)
	if err != nil {
		return q, err
	}
	q.First = c.First
	r := resolver{v, partyKinds}
	for _, end := range []struct {
		flag, text string
		entity     *store.Entity
	}{{"FROM", c.From, &q.From}, {"TO", c.To, &q.To}} {
		if *end.entity, err = r.entity(end.flag, end.text); err != nil {
			return q, err
		}
	}
	if q.From == q.To {
		return q, fmt.Errorf("FROM and TO are one and the same entity, %s: %w", v.ID(q.From), errUsage)
	}
	return q, nil
}

// again is the command that asks the question once more of what was known to this answer.
func (c *traceCommand) again(v *store.View, q *trace.ChainQuestion) string {
	args := append([]string{"trace", string(v.ID(q.From)), string(v.ID(q.To))}, c.args(v, q)...)
	if first := strconv.Itoa(c.First); first != traceDefaults["first"] {
		args = append(args, "--first", first)
	}
	return askAgain(v, c.Data, args...)
}

// write writes the answer in the form that was asked for.
func (c *traceCommand) write(ctx context.Context, s streams, v *store.View, told *toldChains) error {
	switch {
	case c.JSON:
		return writeAll(s.out, func(w io.Writer) error { return writeJSON(w, told) })
	case c.Dot:
		return writeAll(s.out, told.writeDot)
	case c.Cite:
		return told.account().cite(ctx, s, v)
	}
	return writeAll(s.out, told.writeTable)
}

// writeJSON writes a document for people and programs.
func writeJSON(w io.Writer, document any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(document)
}
