package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/kv"
)

// A Report is what [Ledger.Verify] found.
type Report struct {
	Commits  uint64
	Values   uint64 // stored values of blocks
	Bytes    uint64 // of those values
	Entities uint64
	Claims   uint64
	Changes  uint64
	// Problems are in the order of the ledger. Those about damage are [*CorruptError]; each names commit, block and key.
	Problems []error
}

// A verification walks through the whole ledger and goes on after damage.
type verification struct {
	ledger *Ledger
	view   *view
	ids    []graph.ID // of entities by number; "" where their block is lost
	seen   map[graph.ID]EntityNo

	orders map[ClaimNo]Erasure // of what was to be erased

	checks   sync.WaitGroup // of claims' contents, which run beside the walk
	slots    chan struct{}
	mu       sync.Mutex          // guards all below
	erased   map[ClaimNo]Erasure // what lacks texts
	report   Report
	problems []problem
}

// A problem keeps its place, for contents are checked out of order.
type problem struct {
	place
	err error
}

// Verify reads everything in the store again, past all caches: head, pages and each block of each commit up to the newest. It
// checks checksums, the chain of commits, counts and references, that all codes are known, that no entity has two numbers, and that
// the id of each claim is that of its content. After a problem it goes on with what can still be read. progress, unless
// nil, is told after each commit.
//
// The error is not about the ledger: the context ended, or the store failed. What is wrong with the ledger is in the report.
func (l *Ledger) Verify(ctx context.Context, progress func(done, total uint64)) (Report, error) {
	if err := l.open(); err != nil {
		return Report{}, err
	}
	c := &verification{ledger: l, seen: map[graph.ID]EntityNo{}, orders: map[ClaimNo]Erasure{}, erased: map[ClaimNo]Erasure{}, slots: make(chan struct{}, l.options.Workers)}
	known := l.current()
	v, err := l.readView(ctx, &view{head: &head{}})
	if err == nil && v.head.last < known.head.last {
		err = &CorruptError{Key: headKey(), Found: fmt.Sprintf("a head of commit %d, which listed %d before", v.head.last, known.head.last)}
	}
	if errors.Is(err, ErrCorrupt) || errors.Is(err, ErrFormat) {
		c.problem(place{}, err)
		v, err = known, nil // what was known before may still tell where the blocks are
	}
	if err == nil {
		err = c.walk(ctx, v, progress)
	}
	c.checks.Wait()
	c.compareErased()
	slices.SortStableFunc(c.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.commit, b.commit), cmp.Compare(a.ordinal, b.ordinal))
	})
	for _, p := range c.problems {
		c.report.Problems = append(c.report.Problems, p.err)
	}
	return c.report, err
}

func (c *verification) problem(at place, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.problems = append(c.problems, problem{at, err})
}

// walk reads the blocks in order. Where one cannot be read it goes on behind it.
func (c *verification) walk(ctx context.Context, v *view, progress func(done, total uint64)) error {
	w := &walk{at: place{commit: 1}}
	// Not those of the ledger's own view: all pages are read again.
	full, err := c.ledger.whole(ctx, &view{head: v.head, raw: v.raw, info: v.info})
	if errors.Is(err, ErrCorrupt) || errors.Is(err, ErrFormat) {
		// The head still tells where the newest commits are.
		c.problem(place{}, err)
		full = v
		w = &walk{at: place{commit: v.head.tail[0].first}, lost: true, unchained: true}
	} else if err != nil {
		return err
	}
	c.view, w.v = full, full
	for w.at.commit <= c.view.head.last {
		for s, err := range c.ledger.pipeline(ctx, c.view, w.at) {
			if w.at.commit > c.view.head.last || ctx.Err() != nil {
				break
			}
			mended := err != nil
			if mended {
				if s, err = c.ledger.readBlock(ctx, c.view, w.at); err != nil {
					if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrFormat) {
						return err
					}
					c.problem(w.at, err)
					if err := c.skip(ctx, w); err != nil {
						return err
					}
					break
				}
			}
			if err := w.step(s); err != nil {
				c.problem(s.place, err)
				w.adopt(s)
			}
			if err := c.block(ctx, s); err != nil {
				return err
			}
			if s.last {
				c.report.Commits++
				if progress != nil {
					progress(s.commit, c.view.head.last)
				}
			}
			if mended {
				break
			}
		}
		if err := ctx.Err(); err != nil && w.at.commit <= c.view.head.last {
			return err
		}
	}
	return nil
}

// skip moves the walk to the next block after one that cannot be read: in the same commit if a scan shows one, else
// the next commit.
func (c *verification) skip(ctx context.Context, w *walk) error {
	writer := c.view.runOf(w.at.commit).writer
	for ordinal := w.at.ordinal + 1; ordinal <= maxValues; ordinal = ordinal&^15 + 16 {
		row := blockRow(writer, w.at.commit, ordinal)
		for item, err := range c.ledger.store.Scan(ctx, row, blockCol(w.at.commit, ordinal), blockCol(w.at.commit, ordinal&^15+16)) {
			if err != nil {
				return engineError(kv.Key{Row: row}, err)
			}
			next := place{w.at.commit, ordinal}
			for next.ordinal < ordinal|15 && !standsAt(item.Col, next) {
				next.ordinal++
			}
			if headerFlags(item.Value)&flagContinued == 0 {
				w.at, w.torn, w.lost = next, true, true
				return nil
			}
		}
	}
	w.at, w.lost, w.unchained = place{commit: w.at.commit + 1}, true, true
	return nil
}

// adopt goes on after a block that contradicts what came before it, by its own word.
func (w *walk) adopt(s *stored) {
	w.at = s.next()
	if s.payload.find(sectionHot) != nil {
		w.entities, w.claims = s.FirstEntity+EntityNo(len(s.Entities)), s.FirstClaim+ClaimNo(len(s.Claims))
	}
	if w.torn = !s.last; s.last {
		w.previous, w.time = s.hash, s.trailer.info.Time
		w.entities, w.claims = s.trailer.info.Entities, s.trailer.info.Claims
		w.lost = false
	}
}

// block checks what the block says. The contents of claims are compared on other goroutines.
func (c *verification) block(ctx context.Context, s *stored) error {
	c.report.Values += uint64(len(s.sums))
	c.report.Bytes += uint64(s.size)
	c.report.Entities += uint64(len(s.Entities))
	c.report.Claims += uint64(len(s.Claims))
	c.report.Changes += uint64(len(s.Changes))
	if s.erased != nil {
		left, err := c.ledger.leftOver(ctx, c.view, s)
		if err != nil {
			return engineError(c.key(s.place), err)
		}
		if len(left) > 0 {
			c.problem(s.place, c.bad(s.place, "%d values of what was to be erased; erase again", len(left)))
		}
	}
	for len(c.ids) < int(s.FirstEntity) {
		c.ids = append(c.ids, "")
	}
	for i, id := range s.Entities {
		n := s.FirstEntity + EntityNo(i)
		if first, twice := c.seen[id]; twice {
			c.problem(s.place, c.bad(s.place, "entity %d has the id %q of entity %d", n, id, first))
		}
		c.seen[id] = n
		if int(n) == len(c.ids) {
			c.ids = append(c.ids, id)
		}
	}
	for _, change := range s.Changes {
		if e := change.Op.erases(); e != 0 {
			c.orders[change.Claim] = max(e, c.orders[change.Claim])
		}
	}
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	ids := c.ids // grows at its end only, so what the goroutine reads stays
	c.checks.Go(func() {
		defer func() { <-c.slots }()
		cold, _, err := s.decodeCold()
		if err != nil {
			c.problem(s.place, located(formatError(c.key(s.place), err), s.place))
			return
		}
		for i := range cold {
			claim := join(&s.Claims[i], &cold[i])
			if claim.Erased != 0 {
				c.noteErased(s.FirstClaim+ClaimNo(i), claim.Erased)
				continue // its id is that of the content it had
			}
			if err := checkContent(&claim, ids); err != nil {
				c.problem(s.place, c.bad(s.place, "claim %d: %v", s.FirstClaim+ClaimNo(i), err))
			}
		}
	})
	return nil
}

func (c *verification) noteErased(n ClaimNo, e Erasure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.erased[n] = e
}

// compareErased checks that what lacks texts is what was ordered to.
func (c *verification) compareErased() {
	for n, e := range c.erased {
		if c.orders[n] != e {
			c.problem(place{}, fmt.Errorf("%w: claim %d lacks texts, and no commit says that they were to be erased", ErrCorrupt, n))
		}
	}
	for n, e := range c.orders {
		if c.erased[n] < e {
			c.problem(place{}, fmt.Errorf("%w: claim %d was to be erased, and is there; erase again", ErrCorrupt, n))
		}
	}
}

func (c *verification) key(at place) kv.Key {
	return blockKey(c.view.runOf(at.commit).writer, at.commit, at.ordinal)
}

func (c *verification) bad(at place, found string, args ...any) error {
	return &CorruptError{Commit: at.commit, Block: at.ordinal, Key: c.key(at), Found: fmt.Sprintf(found, args...)}
}

// checkContent compares the claim's id with its content. Where an entity's id is lost it says nothing.
func checkContent(c *Claim, ids []graph.ID) error {
	lost := false
	g, err := inWords(c, func(n EntityNo) graph.ID {
		if int(n) >= len(ids) || ids[n] == "" {
			lost = true
			return ""
		}
		return ids[n]
	})
	if err != nil || lost {
		return err
	}
	if id := g.ID(); id != c.ID {
		return fmt.Errorf("its id is %v, its content has %v", c.ID, id)
	}
	return nil
}

// inWords puts a stored claim back into the words of the vocabulary.
func inWords(c *Claim, idOf func(EntityNo) graph.ID) (*graph.Claim, error) {
	predicate := graph.PredicateOf(c.Predicate)
	stance, known := graph.StanceOf(c.Stance)
	if predicate == nil || !known {
		return nil, fmt.Errorf("predicate %d or stance %d, which nobody knows", c.Predicate, c.Stance)
	}
	word := func(n EntityNo) graph.ID {
		if n == NoEntity {
			return ""
		}
		return idOf(n)
	}
	g := &graph.Claim{
		Predicate: predicate.Name, From: word(c.From), To: word(c.To), Value: c.Value, When: c.When, Said: c.Said, Stance: stance,
		Claimant: word(c.Claimant), Coder: word(c.Coder), Confidence: c.Confidence, Key: c.Key,
		Source: graph.Source{Document: word(c.Document), Locator: c.Locator, Quote: c.Quote},
	}
	for _, q := range c.Qualifiers {
		info := graph.QualifierOf(q.Name)
		if info == nil {
			return nil, fmt.Errorf("qualifier %d, which nobody knows", q.Name)
		}
		g.Qualifiers = append(g.Qualifiers, graph.Qualifier{Name: info.Name, Entity: word(q.Entity), Value: q.Value})
	}
	return g, nil
}
