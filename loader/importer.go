package loader

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"entente/graph"
	"entente/graph/store"
	"entente/loader/format"
)

// An importer is the sequencer of an import: it takes decoded chunks in order and commits their changes.
type importer struct {
	st      *store.Store
	opts    Options
	inputs  []Input
	report  *Report
	started time.Time
	read    atomic.Int64

	input   int  // the one being taken
	records int  // taken of it
	broken  bool // it is a document that cannot be followed further

	batch    []store.Change
	origins  []origin // of the batch, one for each change
	bytes    int      // of the records in the batch
	final    bool     // what is missing now will not come any more
	claims   *spool   // records with claims that wait for others
	changes  *spool   // retractions and reassertions
	exact    map[string]struct{}
	dry      *rehearsal // of a dry run, else nil
	edition  edition
	rejected map[place]struct{}
	dated    map[graph.ID]struct{}
	before   uint64         // the newest commit before the import
	tables   format.Summary // what formats count; the reader's until it ends
}

// A place names a record.
type place struct{ input, number int }

// An origin is the record that a change comes from. It keeps what is needed to report it or to try it again.
type origin struct {
	place
	record *record
	raw    []byte
	index  int // of the change in its record
}

// mostBytes bounds the records of one commit.
const mostBytes = 8 << 20

// begin makes the import ready to take its first chunk.
func (im *importer) begin() {
	im.claims, im.changes = newSpool(im.opts.spoolBytes), newSpool(im.opts.spoolBytes)
	im.exact, im.rejected = make(map[string]struct{}), make(map[place]struct{})
	im.dated = make(map[graph.ID]struct{})
	im.input, im.before = -1, im.st.Head().Moment().Commit
	im.edition = edition{added: make(map[string][]graph.ClaimID), again: im.st.HasDataset(im.source())}
	if im.opts.DryRun {
		im.dry = newRehearsal(im.st.Head())
	}
}

// end removes what the import kept outside memory, and closes the report.
func (im *importer) end() {
	im.claims.close()
	im.changes.close()
	im.report.close()
}

// take takes in a decoded chunk.
func (im *importer) take(ctx context.Context, c *chunk) error {
	if c.input != im.input {
		im.input, im.records, im.broken = c.input, 0, false
	}
	if im.broken {
		return nil
	}
	for i := range c.records {
		r := &c.records[i]
		// Counted here and not by the decoders, which do not know how many records came in the chunks before.
		im.records++
		r.number = im.records
		im.tally(r)
		if err := im.takeRecord(ctx, c, r); err != nil {
			return err
		}
		// The cutter of documents goes by brackets and quotes alone. Once a record is no JSON, it may have taken what is
		// text for brackets, so nothing after it can be believed.
		if im.broken = c.document && r.problem != nil && r.problem.syntax; im.broken {
			return nil
		}
	}
	if c.problem == nil {
		return nil
	}
	im.broken = c.document && c.problem.syntax
	c.problem.File = im.inputs[c.input].Name
	im.report.Rejected++
	im.report.problem(c.problem)
	return nil
}

// tally counts a record by its form. One whose form could not be told is only counted as rejected.
func (im *importer) tally(r *record) {
	switch r.form {
	case entityForm:
		im.report.Entities++
	case claimForm:
		im.report.Claims++
	case retractForm, reassertForm:
		im.report.Retractions++
	}
}

// takeRecord does with a record what its form asks for.
func (im *importer) takeRecord(ctx context.Context, c *chunk, r *record) error {
	o := origin{place: place{c.input, r.number}, record: r, raw: c.data[r.start:r.end]}
	if r.problem != nil {
		return im.reject(&o, r.problem)
	}
	changes := c.changes[r.first : r.first+r.count]
	// Retractions wait, so that it does not matter whether they stand before or after what they retract.
	if r.form == retractForm || r.form == reassertForm {
		return im.changes.add(&o, []int{0})
	}
	return im.put(ctx, &o, changes)
}

// put adds the changes of a record to the batch, which is committed first if it would grow too large. All changes of a
// record are in one commit.
func (im *importer) put(ctx context.Context, o *origin, changes []store.Change) error {
	if len(im.batch) > 0 && (len(im.batch)+len(changes) > im.opts.CommitSize || im.bytes+len(o.raw) > mostBytes) {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	for i := range changes {
		im.putOne(o, i, &changes[i])
	}
	im.bytes += len(o.raw)
	return nil
}

// putOne adds one change to the batch and notes where it comes from.
func (im *importer) putOne(o *origin, index int, change *store.Change) {
	im.noteDate(o.record, &change.Claim)
	from := *o
	from.index = index
	im.origins = append(im.origins, from)
	im.batch = append(im.batch, *change)
	im.batch[len(im.batch)-1].Origin = len(im.origins) - 1
}

// flush commits the batch.
func (im *importer) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(im.batch) == 0 {
		return nil
	}
	problems, err := im.commit(ctx)
	if err != nil {
		return err
	}
	err = im.settle(problems)
	// Cleared, so that the texts of a large batch do not stay in memory through the smaller ones after it.
	clear(im.batch)
	clear(im.origins)
	im.batch, im.origins, im.bytes = im.batch[:0], im.origins[:0], 0
	im.progress()
	return err
}

// commit commits the batch, or rehearses that.
func (im *importer) commit(ctx context.Context) ([]store.Problem, error) {
	if im.dry != nil {
		return im.dry.commit(ctx, im)
	}
	res, err := im.st.Commit(ctx, im.batch, im.commitOptions())
	if err != nil {
		return nil, err
	}
	im.report.count(res)
	im.edition.note(im.batch, res)
	for _, id := range res.Exact {
		im.exact[id] = struct{}{}
	}
	return res.Problems, nil
}

// commitOptions are those of every commit of the import.
func (im *importer) commitOptions() store.CommitOptions {
	return store.CommitOptions{Author: im.opts.Author, Note: im.opts.Note, Dataset: im.source(), DryRun: im.opts.DryRun}
}

// source is what the commits name as the dataset they come from.
func (im *importer) source() string { return cmp.Or(im.opts.Source, im.opts.Dataset) }

// settle rejects the records that have problems, or lets them wait for what they miss. The problems come in the
// order of the changes, so those of a record follow each other.
func (im *importer) settle(problems []store.Problem) error {
	for i := 0; i < len(problems); {
		o := &im.origins[problems[i].Origin]
		var waiting []int
		for ; i < len(problems) && im.origins[problems[i].Origin].place == o.place; i++ {
			p := &problems[i]
			if p.Missing && !im.final {
				waiting = append(waiting, im.origins[p.Origin].index)
				continue
			}
			if err := im.reject(o, storeProblem(p, o.record)); err != nil {
				return err
			}
		}
		if len(waiting) > 0 {
			if err := im.claims.add(o, waiting); err != nil {
				return err
			}
		}
	}
	return nil
}

// reject reports a problem of a record. The record itself is counted and copied once.
func (im *importer) reject(o *origin, p *Problem) error {
	p.File, p.Line, p.Cell, p.Record = im.inputs[o.input].Name, o.record.line, o.record.cell, o.number
	im.report.problem(p)
	if _, met := im.rejected[o.place]; met {
		return nil
	}
	im.rejected[o.place] = struct{}{}
	im.report.Rejected++
	if im.opts.Rejects == nil || len(o.raw) == 0 {
		return nil
	}
	// A record of a document may take several lines. What white space stands between its parts does not matter.
	line := bytes.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, o.raw)
	if !validUTF8(o.raw) { // bytes.Map would change what is no UTF-8
		line = bytes.ReplaceAll(bytes.ReplaceAll(o.raw, []byte{'\n'}, []byte{' '}), []byte{'\r'}, []byte{' '})
	}
	if _, err := im.opts.Rejects.Write(append(bytes.TrimSpace(line), '\n')); err != nil {
		return fmt.Errorf("write the rejected records: %w", err)
	}
	return nil
}

// progress tells whoever asked how far the import is.
func (im *importer) progress() {
	if im.opts.Progress == nil {
		return
	}
	p := Progress{Read: im.read.Load(), Rejected: im.report.Rejected, Waiting: im.claims.count, Elapsed: time.Since(im.started)}
	p.Records = im.report.Entities + im.report.Claims + im.report.Retractions
	if im.input >= 0 {
		p.File = im.inputs[im.input].Name
	}
	known := true
	for i := range im.inputs {
		p.Size += im.inputs[i].Size
		known = known && im.inputs[i].Size > 0
	}
	if !known {
		p.Size = 0
	}
	im.opts.Progress(p)
}
