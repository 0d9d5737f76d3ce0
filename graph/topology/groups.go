package topology

import (
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
)

// A group is a set of entities that are one. A set of one is not kept.
type group struct {
	commit  uint64 // from which this holds
	first   ledger.EntityNo
	members []ledger.EntityNo // sorted; nil from when the entity stands alone again
}

// groups keeps, for every entity ever merged, the groups it was in, by commit.
type groups struct {
	ever bitset
	of   sync.Map // ledger.EntityNo → []group, each list replaced as a whole
}

type sameClaim struct {
	claim ledger.ClaimNo
	other ledger.EntityNo
}

func (g *groups) at(e ledger.EntityNo, commit uint64) (group, bool) {
	if !g.ever.get(uint32(e)) {
		return group{}, false
	}
	v, _ := g.of.Load(e)
	list, _ := v.([]group)
	for _, version := range slices.Backward(list) {
		if version.commit <= commit {
			return version, version.members != nil
		}
	}
	return group{}, false
}

// first is the entity that stands for those that an entity is one with at a commit: itself if it stands alone.
func (g *groups) first(e ledger.EntityNo, commit uint64) ledger.EntityNo {
	if !g.ever.get(uint32(e)) {
		return e
	}
	if found, ok := g.at(e, commit); ok {
		return found.first
	}
	return e
}

// members are those that an entity is one with at a commit; nil if it stands alone.
func (g *groups) members(e ledger.EntityNo, commit uint64) []ledger.EntityNo {
	if !g.ever.get(uint32(e)) {
		return nil
	}
	found, _ := g.at(e, commit)
	return found.members
}

func (g *groups) put(e ledger.EntityNo, next group) {
	v, _ := g.of.Load(e)
	list, _ := v.([]group)
	g.of.Store(e, append(slices.Clip(list), next))
	g.ever.set(uint32(e))
}

// addSame notes a sameAs claim; what it joins is worked out at the end of its commit.
func (t *Topology) addSame(no ledger.ClaimNo, c *ledger.HotClaim) {
	if c.To == ledger.NoEntity || !accepted(c.Stance) {
		return
	}
	t.same[c.From] = append(t.same[c.From], sameClaim{no, c.To})
	t.same[c.To] = append(t.same[c.To], sameClaim{no, c.From})
	t.sameIn[no] = [2]ledger.EntityNo{c.From, c.To}
	t.fresh = append(t.fresh, no)
}

// accepted reports whether claims of the stance count as facts where nobody says otherwise.
func accepted(stance uint8) bool { return stance == asserted || stance == implied }

var asserted, implied = graph.Asserted.Code(), graph.Implied.Code()

// regroup works out anew the groups that the commit's sameAs claims and changes touch.
func (t *Topology) regroup(s *Snapshot) {
	var start []ledger.EntityNo
	for _, no := range t.fresh {
		ends := t.sameIn[no]
		start = append(start, ends[0], ends[1])
	}
	for _, c := range t.changes {
		if ends, ok := t.sameIn[c.Claim]; ok {
			start = append(start, ends[0], ends[1])
		}
	}
	// Whatever falls apart does so at an end of a claim that ended, so the ends reach all that changes.
	seen := make(map[ledger.EntityNo]bool)
	for _, e := range start {
		if !seen[e] {
			t.regroupFrom(e, s, seen)
		}
	}
}

// regroupFrom records the group that e is in at the snapshot.
func (t *Topology) regroupFrom(e ledger.EntityNo, s *Snapshot, seen map[ledger.EntityNo]bool) {
	members, absorbed := []ledger.EntityNo{e}, make(map[ledger.EntityNo]bool)
	seen[e] = true
	for i := 0; i < len(members); i++ {
		for _, sc := range t.same[members[i]] {
			if !t.history.stands(sc.claim, s.commit) {
				continue
			}
			absorbed[t.sameIn[sc.claim][1]] = true
			if !seen[sc.other] {
				seen[sc.other] = true
				members = append(members, sc.other)
			}
		}
	}
	slices.Sort(members)
	next := group{commit: s.commit, first: members[0], members: members}
	if i := slices.IndexFunc(members, func(m ledger.EntityNo) bool { return !absorbed[m] }); i >= 0 {
		next.first = members[i]
	}
	if len(members) == 1 {
		next.members = nil
	}
	for _, m := range members {
		if old, ok := t.groups.at(m, s.commit-1); ok || next.members != nil {
			if ok && old.first == next.first && slices.Equal(old.members, next.members) {
				continue
			}
			t.groups.put(m, next)
		}
	}
}
