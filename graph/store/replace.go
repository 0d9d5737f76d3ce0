package store

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// ReplaceOptions say how [Store.Replace] commits.
type ReplaceOptions struct {
	Author, Note string
	Reason       string
}

// Replaced says what [Store.Replace] did.
type Replaced struct {
	Ended   int // claims of the dataset that its new edition no longer has
	Parted  int // sameAs claims that joined what no longer carries the same exact id
	Commits []ledger.Info
}

// Replace ends, as replaced, the standing claims of a dataset but those to keep: what a new edition, imported just before, no longer
// has. A claim is of the dataset whose import made it stand last: one that a person made stand again is the person's, and one
// that two datasets have is of the first. Joins made for an exact id end with the id.
//
// It makes one commit, or several of [MaxChanges] changes, of which joins come first: stopped in between, it is finished by
// doing it again, for what has not ended by then still tells which joins have to.
func (s *Store) Replace(ctx context.Context, dataset string, keep func(ClaimNo) bool, opts ReplaceOptions) (*Replaced, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	done := &Replaced{}
	var gone []ClaimNo
	touched, err := s.touchedBy(ctx, dataset)
	if err != nil {
		return nil, err
	}
	for _, no := range touched {
		if s.owns(dataset, no) && !keep(no) {
			gone = append(gone, no)
		}
	}
	carried := map[string][]graph.ID{} // before, by the exact ids that claims which end speak of
	var changes []ledger.Change
	for part := range slices.Chunk(gone, 1<<12) {
		claims, err := s.Head().ReadClaims(ctx, part)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			c := &claims[i]
			if _, join := joinedFor(c); join {
				continue
			}
			if exact := exactOf(&c.Claim); exact != "" && carried[exact] == nil {
				carried[exact] = carriersIn(s.topology.Head(), exact, nil)
			}
			changes = append(changes, ledger.Change{Claim: c.No, Op: ledger.Replace, Reason: opts.Reason})
		}
	}
	parted, err := s.parted(ctx, carried, gone, opts.Reason)
	if err != nil {
		return nil, err
	}
	done.Ended, done.Parted = len(changes), len(parted)
	batch := ledger.Batch{Author: opts.Author, Note: opts.Note, Dataset: dataset}
	done.Commits, err = s.change(ctx, append(parted, changes...), batch)
	return done, err
}

// touchedBy lists the claims that imports of the dataset brought or changed.
func (s *Store) touchedBy(ctx context.Context, dataset string) (claims []ClaimNo, err error) {
	for i, d := range s.datasets {
		if d != dataset {
			continue
		}
		if claims, err = s.touched(ctx, uint64(i+1), claims); err != nil {
			return nil, err
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims), nil
}

// owns reports whether the claim stands and is of the dataset.
func (s *Store) owns(dataset string, no ClaimNo) bool {
	head := s.topology.Head()
	if !head.Stands(no) {
		return false
	}
	known := head.Known(no)
	return s.datasets[known[len(known)-1].From-1] == dataset
}

// HasDataset reports whether there was an import of the dataset.
func (s *Store) HasDataset(dataset string) bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return slices.Contains(s.datasets, dataset)
}

// Gone calls yield with the claims of a dataset that are not to be kept, those that [Store.Replace] would end.
func (s *Store) Gone(ctx context.Context, dataset string, keep func(ClaimNo) bool, yield func(*Claim)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	touched, err := s.touchedBy(ctx, dataset)
	if err != nil {
		return err
	}
	touched = slices.DeleteFunc(touched, func(no ClaimNo) bool { return keep(no) || !s.owns(dataset, no) })
	for part := range slices.Chunk(touched, 1<<12) {
		claims, err := s.Head().ReadClaims(ctx, part)
		if err != nil {
			return err
		}
		for i := range claims {
			if _, join := joinedFor(&claims[i]); !join {
				yield(&claims[i])
			}
		}
	}
	return nil
}

// exactOf is the exact external id that a claim gives its subject, "" for none.
func exactOf(c *graph.Claim) string {
	switch {
	case c.Predicate == graph.ExternalID && graph.ExactScheme(graph.ID(c.Value).Scheme()):
		return c.Value
	case c.Predicate == graph.KindPredicate && graph.ExactScheme(c.From.Scheme()):
		return string(c.From)
	}
	return ""
}
