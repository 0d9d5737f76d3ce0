package loader

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"entente/graph"
	"entente/graph/store"
)

// Export writes what stands at the view's commit as JSON Lines that [Import] makes an equal graph of, and that depend on
// the graph alone: two graphs of the same claims give the same bytes, whatever the order in which they came.
//
// Records are sorted by the id of their subject. An entity with a kind begins with a record of the literals that agree in
// source, claimant, coder and all else; every other claim follows as a record of its own, literals first, by predicate and
// id. Ids are written with their schemes. A claim of a kind or of a merge that has ended is written, too, and its retraction
// after it.
//
// Records are sorted in memory as long as they are few, else in a temporary file that takes about a third of what is
// written. After an error, which may be one of w or of the context, part of the records may have been written.
func Export(ctx context.Context, v *store.View, w io.Writer) error {
	if err := export(ctx, v, w, sortBytes); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

var errVersion = errors.New("loader: cannot be written")

// sortBytes is how much an export sorts in memory.
const sortBytes = 64 << 20

func export(ctx context.Context, v *store.View, w io.Writer, most int) error {
	s := &sorter{most: most}
	defer s.close()
	var key, value []byte
	for c, err := range v.Export(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if c.Predicate == "" {
			return fmt.Errorf("%w: claim %s has a predicate of a newer version", errVersion, c.ClaimID)
		}
		value = append(appendErased(appendClaim(value[:0], &c.Claim), c), '\n')
		if !c.Standing {
			value = append(appendRetraction(value, c.ClaimID, lastReason(c)), '\n')
		}
		key = appendKey(key[:0], c)
		if err := s.add(key, value); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	e := &exporter{out: out, decoder: newDecoder("export")}
	done := 0
	err := s.each(func(key, value []byte) error {
		if done++; done%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return e.record(key, value)
	})
	if err != nil {
		return err
	}
	if err := e.entity(); err != nil {
		return err
	}
	return out.Flush()
}

// lastReason is why the claim ended.
func lastReason(c *store.Claim) string {
	if n := len(c.Known); n > 0 {
		return c.Known[n-1].Reason
	}
	return ""
}

// The classes of records of a subject, in their order.
const (
	kindClass     = '0'
	literalClass  = '1' // of the other predicates that take nothing but a literal
	relationClass = '2'
)

// appendKey appends what a claim's record is sorted by: subject, class, predicate, claim id. It ends with whether the claim
// stands. Ids and predicates hold no NUL.
func appendKey(b []byte, c *store.Claim) []byte {
	class := byte(relationClass)
	switch info := c.Predicate.Info(); {
	case info.Name == graph.KindPredicate:
		class = kindClass
	case !info.Relation:
		class = literalClass
	}
	b = append(append(b, c.From...), 0, class)
	b = append(append(b, c.Predicate...), 0)
	b = append(b, c.ClaimID[:]...)
	if c.Standing {
		return append(b, 1)
	}
	return append(b, 0)
}

// An exporter writes the records of one subject after the other. Those of claims that may be part of the subject's entity
// record come first, and only they are kept until it is written.
type exporter struct {
	out     *bufio.Writer
	decoder *decoder
	subject []byte
	open    bool // the subject's entity record is not written yet
	base    *folded
	rest    []byte // records that came before the entity record and are not part of it
	scratch []byte
}

// record takes the next record.
func (e *exporter) record(key, record []byte) error {
	end := bytes.IndexByte(key, 0)
	if !bytes.Equal(key[:end], e.subject) {
		if err := e.entity(); err != nil {
			return err
		}
		e.subject, e.open = append(e.subject[:0], key[:end]...), true
	}
	class, standing := key[end+1], key[len(key)-1] == 1
	if e.open && (class == relationClass || len(e.rest) > MaxRecord) {
		if err := e.entity(); err != nil {
			return err
		}
	}
	if e.open {
		if standing && e.fold(record) {
			return nil
		}
		e.rest = append(e.rest, record...)
		return nil
	}
	_, err := e.out.Write(record)
	return err
}

// fold makes the claim of a record part of the subject's entity record, if it fits there.
func (e *exporter) fold(record []byte) bool {
	e.decoder.changes = e.decoder.changes[:0]
	if _, p := e.decoder.record(bytes.TrimSuffix(record, []byte{'\n'}), ""); p != nil {
		return false // too long to be read; it stays as it is
	}
	if e.decoder.changes[0].Erased != 0 {
		return false
	}
	c := &e.decoder.changes[0].Claim
	if e.base == nil {
		e.base = newFolded(c)
		return e.base != nil
	}
	return e.base.take(c)
}

// entity writes the entity record of the subject, if there is one, and what came before it.
func (e *exporter) entity() error {
	if e.base != nil {
		e.scratch = append(e.base.append(e.scratch[:0]), '\n')
		if _, err := e.out.Write(e.scratch); err != nil {
			return err
		}
	}
	_, err := e.out.Write(e.rest)
	e.base, e.rest, e.open = nil, e.rest[:0], false
	return err
}
