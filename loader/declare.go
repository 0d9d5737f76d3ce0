package loader

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// A declaration is a claim of a kind that waits, since it names entities that are not declared.
type declaration struct {
	at    int64 // its record's place in the spool
	index int
	size  int
	needs []graph.ID
	done  bool
}

// declare commits the claims of kinds among what waits. They come first, because other claims need the
// entities they declare; and since they may need each other, round in circles even (a document on the word of a coder
// whose kind stands in the document), each is committed together with all that it needs.
func (im *importer) declare(ctx context.Context, d *decoder, waiting *spool) error {
	var all []*declaration
	by := make(map[graph.ID][]*declaration)
	err := waiting.each(func(s *spooled) error {
		changes, err := d.again(s)
		if err != nil {
			return err
		}
		for _, i := range s.indexes {
			c := &changes[i].Claim
			if c.Predicate != graph.KindPredicate {
				continue
			}
			x := &declaration{at: s.at, index: i, size: len(s.raw)}
			for _, id := range c.Entities {
				if id != c.From { // which it declares itself
					x.needs = append(x.needs, id)
				}
			}
			all = append(all, x)
			by[c.From] = append(by[c.From], x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, x := range all {
		if err := im.declareGroup(ctx, d, waiting, closure(x, by)); err != nil {
			return err
		}
	}
	return im.flush(ctx)
}

// closure is a declaration and all those, not yet done, that it needs.
func closure(x *declaration, by map[graph.ID][]*declaration) []*declaration {
	if x.done {
		return nil
	}
	x.done = true
	group := []*declaration{x} // what stands before i has had its needs added
	for i := 0; i < len(group); i++ {
		for _, id := range group[i].needs {
			for _, y := range by[id] {
				if !y.done {
					y.done = true
					group = append(group, y)
				}
			}
		}
	}
	return group
}

// declareGroup adds a group to the batch, whole if a commit can hold it.
func (im *importer) declareGroup(ctx context.Context, d *decoder, waiting *spool, group []*declaration) error {
	// A group larger than any commit is cut: tens of thousands of documents would have to vouch for each other.
	bytes := im.bytes
	for _, x := range group {
		bytes += x.size
	}
	if len(im.batch) > 0 && (len(im.batch)+len(group) > im.opts.CommitSize || bytes > mostBytes) {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	for _, x := range group {
		s, err := waiting.one(x.at)
		if err != nil {
			return err
		}
		changes, err := d.again(s)
		if err != nil {
			return err
		}
		if len(im.batch) == store.MaxChanges {
			if err := im.flush(ctx); err != nil {
				return err
			}
		}
		im.putOne(&s.origin, x.index, &changes[x.index])
		im.bytes += x.size
	}
	return nil
}
