package store

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// joinReason begins the reason of a join, a sameAs claim that an import makes between two entities since both carry the same exact id, which comes after it.
const joinReason = "both carry "

func joinClaim(a, b graph.ID, exact string) Change {
	c := graph.Claim{
		Predicate: graph.SameAs, From: a, To: b, Stance: graph.Asserted,
		Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: joinReason + exact}},
	}
	return Change{Claim: c, ID: c.ID(), Origin: -1}
}

// joinedFor is the exact id, which both ends carry, for which a claim was made on import; false of a claim that was made otherwise.
func joinedFor(c *Claim) (exact string, ok bool) {
	why, _ := c.Qualifier(graph.Inferred)
	exact, ok = strings.CutPrefix(why.Value, joinReason)
	return exact, ok && joinClaim(c.From, c.To, exact).ID == c.ClaimID
}

// mostCarriers is the most entities that one exact id joins. More share it by a fault of the data, such as a "NA" that
// was read as an id.
const mostCarriers = 64

// join adds the sameAs claims between entities that carry the same exact id: between every two of them, so that the
// result is the same whatever the order in which they came.
func (d *draft) join(ctx context.Context) error {
	exact := slices.Clone(d.opts.Join)
	if d.opts.JoinOwn {
		exact = append(exact, d.result.Exact...)
	}
	slices.Sort(exact)
	var joins []Change
	for _, id := range slices.Compact(exact) {
		carriers := d.carriers(id)
		if len(carriers) > mostCarriers {
			d.problem(-1, &graph.FieldError{
				Found: fmt.Sprintf("%d entities with the id %s", len(carriers), id), Expected: fmt.Sprintf("at most %d to join", mostCarriers), Err: graph.ErrClaim,
			}, false)
			continue
		}
		for i, a := range carriers {
			for _, b := range carriers[i+1:] {
				joins = append(joins, joinClaim(a, b, id))
			}
		}
	}
	if err := d.lookUp(ctx, joins); err != nil {
		return err
	}
	added := d.result.Added
	repeated := d.result.Repeated
	for i := range joins {
		d.assert(&joins[i])
	}
	d.result.Joined = d.result.Added - added
	d.result.Repeated = repeated // joins that are there already are nobody's repetition
	return nil
}

// carriers lists the entities that carry the exact id, in the graph or by the changes, sorted.
func (d *draft) carriers(exact string) []graph.ID {
	carriers := append(carriersIn(d.snap, exact, nil), d.exact[exact]...)
	slices.Sort(carriers)
	return slices.Compact(carriers)
}

// carriersIn lists the entities that carry the exact id in the graph, sorted. Claims without, in order, count as ended.
func carriersIn(snap *topology.Snapshot, exact string, without []ClaimNo) (carriers []graph.ID) {
	for id, no := range carrying(snap, exact) {
		if _, ended := slices.BinarySearch(without, no); !ended {
			carriers = append(carriers, id)
		}
	}
	slices.Sort(carriers)
	return slices.Compact(carriers)
}

// carrying yields the entities that carry the exact id in the graph, and by which claim: one that gives it to them or, as their own id, one of a kind, which
// declares them themselves, and not only what they are merged with.
func carrying(snap *topology.Snapshot, exact string) iter.Seq2[graph.ID, ClaimNo] {
	return func(yield func(graph.ID, ClaimNo) bool) {
		for e, no := range snap.External(exact) {
			if !yield(snap.ID(e), no) {
				return
			}
		}
		e, ok := snap.Entity(graph.ID(exact))
		if !ok {
			return
		}
		for x := range snap.Edges(e, kindOf, topology.Out) {
			if snap.Accepted(x.Claim) && !yield(graph.ID(exact), x.Claim) {
				return
			}
		}
	}
}

// CarriedBy lists the claims by which both ends of a sameAs claim carry the exact id for which it was made on import, ascending: it has no source of its own, and
// rests on these. For an end to which no claim gives its own id, they are those of its kind, which declare it. There is none for a claim that was made otherwise.
func (v *View) CarriedBy(c *Claim) (claims []ClaimNo) {
	exact, ok := joinedFor(c)
	if !ok {
		return nil
	}
	given := false // to the end whose own id it is
	for id, no := range carrying(v.snap, exact) {
		declares := v.snap.Predicate(no) == kindOf // which come after those that give the id
		if id != c.From && id != c.To || declares && given {
			continue
		}
		given = given || !declares && string(id) == exact
		claims = append(claims, no)
	}
	slices.Sort(claims)
	return claims
}

// parted lists the ends of joins whose entities will no longer both carry their id once the claims that go have ended.
func (s *Store) parted(ctx context.Context, carried map[string][]graph.ID, gone []ClaimNo, reason string) (changes []ledger.Change, err error) {
	head := s.topology.Head()
	for exact, before := range carried {
		after := carriersIn(head, exact, gone)
		for i, a := range before {
			for _, b := range before[i+1:] {
				if slices.Contains(after, a) && slices.Contains(after, b) {
					continue
				}
				no, found, err := s.Head().ClaimByID(ctx, joinClaim(a, b, exact).ID)
				if err != nil {
					return nil, err
				}
				if found && head.Stands(no) {
					changes = append(changes, ledger.Change{Claim: no, Op: ledger.Replace, Reason: fmt.Sprintf("%s; they no longer both carry %s", reason, exact)})
				}
			}
		}
	}
	slices.SortFunc(changes, func(a, b ledger.Change) int { return int(int64(a.Claim) - int64(b.Claim)) })
	return changes, nil
}
