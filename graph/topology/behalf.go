package topology

import (
	"cmp"
	"iter"
	"slices"

	"entente/graph/ledger"
)

// OnBehalf yields the standing claims whose subject acted on behalf of the entity, each with its subject and as seen from it, by date
// and then number. Claims of every stance and predicate are among them.
func (s *Snapshot) OnBehalf(e ledger.EntityNo) iter.Seq2[ledger.EntityNo, Stub] {
	return func(yield func(ledger.EntityNo, Stub) bool) {
		if s.Sorts(e)&Represented == 0 {
			return
		}
		var mentions []edge
		s.raw(e, mentioned+onBehalfOf, mentioned+onBehalfOf, false, func(x edge) bool {
			mentions = append(mentions, x)
			return true
		})
		for i, x := range s.fromSubjects(mentions) {
			if !yield(ledger.EntityNo(mentions[i].other), s.stub(x)) {
				return
			}
		}
	}
}

// fromSubjects are the edges of mentions' claims at their subjects. A mention does not tell the claim's object.
func (s *Snapshot) fromSubjects(mentions []edge) []edge {
	order := make([]int, len(mentions))
	for i := range order {
		order[i] = i
	}
	predicate := func(i int) uint8 { return s.Predicate(ledger.ClaimNo(mentions[i].claim)) }
	// Those of one subject and predicate are found in one walk.
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(mentions[a].other, mentions[b].other), cmp.Compare(predicate(a), predicate(b)), cmp.Compare(mentions[a].claim, mentions[b].claim))
	})
	found := make([]edge, len(mentions))
	for len(order) > 0 {
		subject, p := mentions[order[0]].other, predicate(order[0])
		n := 1
		for n < len(order) && mentions[order[n]].other == subject && predicate(order[n]) == p {
			n++
		}
		group := order[:n]
		s.t.state.Load().each(ledger.EntityNo(subject), p, p, func(x edge) bool {
			at, is := slices.BinarySearchFunc(group, x.claim, func(i int, claim uint32) int { return cmp.Compare(mentions[i].claim, claim) })
			if is {
				found[group[at]] = x
				n--
			}
			return n > 0
		})
		order = order[len(group):]
	}
	return found
}
