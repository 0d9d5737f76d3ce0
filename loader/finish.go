package loader

import (
	"context"
	"errors"
	"maps"
	"slices"
	"unicode/utf8"

	"entente/graph"
	"entente/graph/store"
)

// finish commits what waited for the end of the inputs: claims that named what had not been declared yet, the joins of
// entities that carry the same exact id, and at last retractions.
func (im *importer) finish(ctx context.Context) error {
	d := newDecoder(im.opts.Dataset)
	for {
		before := im.claims.left
		if err := im.again(ctx, d); err != nil {
			return err
		}
		joined, err := im.join(ctx)
		if err != nil {
			return err
		}
		// A merge may let a claim pass that did not before, since an entity has the kinds of all it is one with. So as long
		// as something changes, what is left is tried again.
		if after := im.claims.left; after == 0 || after == before && joined == 0 {
			break
		}
	}
	// What is still missing now is a problem.
	im.final = true
	if err := im.again(ctx, d); err != nil {
		return err
	}
	return im.change(ctx, d)
}

// again tries what waits once more. What has to wait on is in a new spool afterwards.
func (im *importer) again(ctx context.Context, d *decoder) error {
	waiting := im.claims
	if waiting.count == 0 {
		return nil
	}
	defer waiting.close()
	im.claims = newSpool(im.opts.spoolBytes)
	if err := im.declare(ctx, d, waiting); err != nil {
		return err
	}
	// Records are decoded again rather than kept as claims: they take a fraction of the room, and most imports have none.
	err := waiting.each(func(s *spooled) error {
		changes, err := d.again(s)
		if err != nil {
			return err
		}
		var rest []int // without those that declare committed just now
		for _, i := range s.indexes {
			if changes[i].Claim.Predicate != graph.KindPredicate {
				rest = append(rest, i)
			}
		}
		return im.putSome(ctx, s, changes, rest)
	})
	if err != nil {
		return err
	}
	return im.flush(ctx)
}

// errSpool means that a temporary file was changed by somebody else.
var errSpool = errors.New("loader: a record changed while it waited")

// again decodes a record that was decoded before.
func (d *decoder) again(s *spooled) ([]store.Change, error) {
	d.changes = nil
	if _, p := d.record(s.raw, s.record.list); p != nil || len(s.indexes) == 0 || slices.Max(s.indexes) >= len(d.changes) {
		return nil, errSpool
	}
	return d.changes, nil
}

// putSome adds some changes of a record to the batch, which is committed first if it would grow too large.
func (im *importer) putSome(ctx context.Context, s *spooled, changes []store.Change, which []int) error {
	if len(im.batch)+len(which) > im.opts.CommitSize || im.bytes+len(s.raw) > mostBytes {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	for _, i := range which {
		im.putOne(&s.origin, i, &changes[i])
	}
	im.bytes += len(s.raw)
	return nil
}

// join joins the entities that carry the same exact ids, as far as they were named in the import.
func (im *importer) join(ctx context.Context) (joined int, err error) {
	if im.dry != nil {
		return 0, nil
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(im.exact)), 1<<14) {
		opts := im.commitOptions()
		opts.Join = ids
		res, err := im.st.Commit(ctx, nil, opts)
		if err != nil {
			return 0, err
		}
		joined += res.Joined
		im.report.count(res)
		for i := range res.Problems {
			p := &res.Problems[i]
			im.report.problem(&Problem{Path: p.Path, Found: p.Found, Expected: p.Expected})
		}
	}
	clear(im.exact)
	return joined, nil
}

// change commits the retractions and reassertions, in the order in which they came.
func (im *importer) change(ctx context.Context, d *decoder) error {
	err := im.changes.each(func(s *spooled) error {
		changes, err := d.again(s)
		if err != nil {
			return err
		}
		return im.putSome(ctx, s, changes, s.indexes)
	})
	if err != nil {
		return err
	}
	return im.flush(ctx)
}

func validUTF8(b []byte) bool { return utf8.Valid(b) }
