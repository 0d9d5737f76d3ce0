package trace_test

import (
	"maps"
	"slices"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// A naive graph answers from a plain list of the claims that stand, without indexes: each question looks at all of them.
type naive struct {
	claims []graph.Claim
	filter trace.Filter
	rep    map[graph.ID]graph.ID // who stands for whom: of those that are one, the first by id

	claimants, coders, exclude []graph.ID // those of the filter, nil if it has none
}

func naiveOf(t *rapid.T, v *store.View, f trace.Filter) *naive {
	n := &naive{filter: f, rep: make(map[graph.ID]graph.ID)}
	for c, err := range v.Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Standing {
			n.claims = append(n.claims, c.Claim)
		}
	}
	for _, c := range cast {
		n.rep[c.id] = c.id
	}
	for range cast { // so often that what is joined in a row has come through
		for _, c := range n.facts(graph.SameAs) {
			least := min(n.rep[c.From], n.rep[c.To])
			n.rep[c.From], n.rep[c.To] = least, least
		}
	}
	n.claimants, n.coders, n.exclude = n.told(v, f.Claimants), n.told(v, f.Coders), n.told(v, f.Exclude)
	return n
}

// heeds reports whether a claim of a tie is meant, and on the word, that was asked for.
func (n *naive) heeds(c *graph.Claim) bool {
	by := func(id graph.ID, list []graph.ID) bool {
		return list == nil || id != "" && slices.Contains(list, n.rep[id])
	}
	return slices.Contains(n.stances(), c.Stance) && by(c.Claimant, n.claimants) && by(c.Coder, n.coders)
}

// facts are the claims of a predicate that count as facts.
func (n *naive) facts(p graph.Predicate) (found []graph.Claim) {
	for _, c := range n.claims {
		if c.Predicate == p && (c.Stance == graph.Asserted || c.Stance == graph.Implied) {
			found = append(found, c)
		}
	}
	return found
}

func (n *naive) value(e graph.ID, p graph.Predicate) string {
	for _, c := range n.facts(p) {
		if n.rep[c.From] == n.rep[e] {
			return c.Value
		}
	}
	return ""
}

func (n *naive) kind(e graph.ID) graph.Kind { return graph.Kind(n.value(e, graph.KindPredicate)) }

// isMeeting asks for the type of an event as the graph ranks it: of merged events that of the one the claim kept.
func (n *naive) isMeeting(e graph.ID) bool {
	return n.rep[e] != "t:war" && slices.Contains(meetings, e)
}

// unit is a meeting with all it is one with.
func (n *naive) unit(meeting graph.ID) []graph.ID {
	all := map[graph.ID]bool{n.rep[meeting]: true}
	for range cast {
		for _, c := range n.facts(graph.AdoptedAt) {
			if n.isMeeting(c.From) && n.isMeeting(c.To) && (all[n.rep[c.From]] || all[n.rep[c.To]]) {
				all[n.rep[c.From]], all[n.rep[c.To]] = true, true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func (n *naive) date(unit []graph.ID) graph.Date {
	var dates []graph.Date
	for _, c := range n.facts(graph.DatePredicate) {
		if slices.Contains(unit, n.rep[c.From]) {
			dates = append(dates, graph.MustParseDate(c.Value))
		}
	}
	return graph.OneOf(dates...)
}

// units are all units, each once.
func (n *naive) units() (all [][]graph.ID) {
	for _, m := range meetings {
		if u := n.unit(m); n.isMeeting(m) && n.rep[m] == m && u[0] == m {
			all = append(all, u)
		}
	}
	return all
}

// A tally of one unit: who was there, by role.
type attendance map[graph.ID]map[graph.Predicate]bool

func (n *naive) attendance(unit []graph.ID) attendance {
	there := make(attendance)
	for _, p := range n.partsIn(unit) {
		if there[p.head] == nil {
			there[p.head] = make(map[graph.Predicate]bool)
		}
		there[p.head][p.Predicate] = true
	}
	return there
}

// A naivePart is a claim of a part in a unit that counts for somebody.
type naivePart struct {
	*graph.Claim
	head graph.ID
	when graph.Date
}

// partsIn are all in a unit, a claim once for each of those for whom it counts.
func (n *naive) partsIn(unit []graph.ID) (parts []naivePart) {
	for i := range n.claims {
		c := &n.claims[i]
		if !c.Predicate.Info().Tie || !slices.Contains(unit, n.rep[c.To]) || !n.heeds(c) || slices.Contains(n.exclude, n.rep[c.From]) {
			continue
		}
		when := c.When
		if when.IsZero() {
			when = n.date(unit)
		}
		if of := n.filter.AsOf; !of.IsZero() && !when.IsZero() && when.Earliest() > of.Latest() {
			continue
		}
		for _, head := range n.heads(c, when) {
			if !slices.Contains(n.exclude, head) {
				parts = append(parts, naivePart{c, head, when})
			}
		}
	}
	return parts
}

func (n *naive) stances() []graph.Stance {
	if n.filter.Stances == nil {
		return []graph.Stance{graph.Asserted, graph.Implied}
	}
	return n.filter.Stances
}

func (n *naive) heads(c *graph.Claim, when graph.Date) []graph.ID {
	if !n.filter.RollUp {
		return []graph.ID{n.rep[c.From]}
	}
	var heads []graph.ID
	for _, q := range c.Qualifiers {
		if q.Name == graph.OnBehalfOf {
			heads = append(heads, n.top(q.Entity, when)...)
		}
	}
	if len(heads) == 0 {
		heads = n.top(c.From, when)
	}
	slices.Sort(heads)
	return slices.Compact(heads)
}

// top are those at the top of whom an actor stands for.
func (n *naive) top(actor graph.ID, when graph.Date) (top []graph.ID) {
	seen := map[graph.ID]bool{n.rep[actor]: true}
	for range cast {
		for e := range maps.Clone(seen) {
			for _, a := range n.above(e, when) {
				seen[a] = true
			}
		}
	}
	for e := range seen {
		if len(n.above(e, when)) == 0 {
			top = append(top, e)
		}
	}
	if len(top) == 0 {
		return []graph.ID{n.rep[actor]}
	}
	return top
}

func (n *naive) above(actor graph.ID, when graph.Date) (above []graph.ID) {
	if n.kind(actor) == graph.State || n.kind(actor) == graph.Organization && n.hasState(actor) {
		return nil
	}
	for _, p := range []graph.Predicate{graph.Leads, graph.Represents, graph.PartOf} {
		for _, c := range n.facts(p) {
			if n.rep[c.From] == actor && n.kind(c.To).Party() && overlap(c.When, when) {
				above = append(above, n.rep[c.To])
			}
		}
	}
	for _, c := range n.facts(graph.ContributedTo) {
		if n.rep[c.To] == actor && n.kind(actor) == graph.PeacekeepingForce && overlap(c.When, when) {
			above = append(above, n.rep[c.From])
		}
	}
	return above
}

func (n *naive) hasState(organization graph.ID) bool {
	return slices.ContainsFunc(n.facts(graph.MemberOf), func(c graph.Claim) bool {
		return n.rep[c.To] == organization && n.kind(c.From) == graph.State
	})
}

func overlap(a, b graph.Date) bool {
	return a.IsZero() || b.IsZero() || a.Earliest() <= b.Latest() && b.Earliest() <= a.Latest()
}

// belongs reports whether a meeting of a unit belongs to a process, or one that is part of it.
func (n *naive) belongs(unit []graph.ID, process graph.ID) bool {
	return slices.ContainsFunc(n.facts(graph.BelongsTo), func(c graph.Claim) bool {
		return slices.Contains(unit, n.rep[c.From]) && (c.To == process || process == "t:p0" && c.To == "t:p1" && n.partOf())
	})
}

func (n *naive) partOf() bool {
	return slices.ContainsFunc(n.facts(graph.PartOf), func(c graph.Claim) bool { return c.From == "t:p1" })
}

// concerns reports whether a unit is about the conflict, or belongs to a process that is.
func (n *naive) concerns(unit []graph.ID) bool {
	return slices.ContainsFunc(n.facts(graph.Concerns), func(c graph.Claim) bool {
		if n.kind(c.From) == graph.Process {
			return n.belongs(unit, c.From)
		}
		return slices.Contains(unit, n.rep[c.From])
	})
}

// inScope reports whether a unit is one that a question is about; the scope's entities are given by id, empty if there is none.
func (n *naive) inScope(unit []graph.ID, between []graph.ID, process, conflict graph.ID, window trace.Window) bool {
	date := n.date(unit)
	if of := n.filter.AsOf; !of.IsZero() && !date.IsZero() && date.Earliest() > of.Latest() {
		return false
	}
	if slices.ContainsFunc(unit, func(m graph.ID) bool { return slices.Contains(n.exclude, m) }) {
		return false
	}
	there := n.attendance(unit)
	for _, b := range between {
		party := false
		for role := range there[n.rep[b]] {
			party = party || !role.Info().ThirdParty()
		}
		if !party {
			return false
		}
	}
	dated := window == (trace.Window{}) || !date.IsZero()
	return dated && window.Has(date) && (process == "" || n.belongs(unit, process)) && (conflict == "" || n.concerns(unit))
}

// parties are those of a unit.
func (n *naive) parties(unit []graph.ID) (parties []graph.ID) {
	for actor, roles := range n.attendance(unit) {
		for role := range roles {
			if !role.Info().ThirdParty() && !slices.Contains(parties, actor) {
				parties = append(parties, actor)
			}
		}
	}
	slices.Sort(parties)
	return parties
}

// thirds are the third parties of a unit of at least a strength.
func (n *naive) thirds(unit []graph.ID, strength int) (thirds []graph.ID) {
	for actor, roles := range n.attendance(unit) {
		for role := range roles {
			if s := role.Info().Strength; s > 0 && s >= strength && !slices.Contains(thirds, actor) {
				thirds = append(thirds, actor)
			}
		}
	}
	slices.Sort(thirds)
	return thirds
}
