package trace_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// drawTie draws what makes chains: parts in meetings, who stands for whom, and dates.
func drawTie(t *rapid.T) graph.Claim {
	actor := func(label string) graph.ID {
		return drawOf(t, rapid.SampledFrom([]graph.Kind{graph.State, graph.State, graph.Leader, graph.Organization}).Draw(t, label+" kind"), label)
	}
	switch rapid.IntRange(0, 9).Draw(t, "claim") {
	case 0:
		return graph.Claim{Predicate: graph.DatePredicate, From: drawOf(t, graph.Agreement, "dated"), Value: rapid.SampledFrom(drawnDates[2:]).Draw(t, "date"), Stance: drawStance(t)}
	case 1:
		return graph.Claim{Predicate: graph.Leads, From: drawOf(t, graph.Leader, "leader"), To: drawOf(t, graph.State, "state"), When: drawDate(t, "term"), Stance: drawStance(t)}
	case 2:
		return graph.Claim{Predicate: graph.PartOf, From: drawOf(t, graph.Organization, "organ"), To: drawOf(t, graph.State, "whole"), When: drawDate(t, "when")}
	case 3:
		return graph.Claim{Predicate: graph.Represents, From: drawOf(t, graph.Leader, "envoy"), To: drawOf(t, graph.Organization, "body"), When: drawDate(t, "when")}
	}
	c := graph.Claim{
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.Signed, graph.Mediated, graph.ThirdParty}).Draw(t, "role"),
		From:      actor("actor"), To: drawOf(t, graph.Agreement, "meeting"), When: drawDate(t, "when"), Stance: drawStance(t), Coder: "t:coder",
	}
	if rapid.IntRange(0, 2).Draw(t, "on behalf") == 0 {
		c.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: actor("principal")}}
	}
	return c
}

// TestChainsOfDrawnGraphs compares chains with an enumeration over what the standing claims say, at random commits and days, and with those
// of the same graph replayed up to the commit.
func TestChainsOfDrawnGraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawTie)
		commit := someCommit(t, s)
		v := viewAt(t, s, commit)
		q := trace.ChainQuestion{
			Order:       rapid.SampledFrom([]trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict}).Draw(t, "order"),
			Objective:   rapid.SampledFrom([]trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture}).Draw(t, "objective"),
			Certain:     rapid.Bool().Draw(t, "certain"),
			MinimumRole: rapid.SampledFrom([]graph.Predicate{graph.Mediated, graph.ThirdParty}).Draw(t, "minimum"),
			Filter:      trace.Filter{RollUp: rapid.Bool().Draw(t, "roll up"), AsOf: drawDate(t, "as of")},
			First:       1 << 20, Budget: 1 << 30,
		}
		var ok bool
		if q.From, ok = v.Entity(drawOf(t, graph.State, "from")); !ok {
			t.Fatal("no such entity")
		}
		if q.To, ok = v.Entity(drawOf(t, graph.State, "to")); !ok || q.To == q.From {
			return
		}
		for _, id := range rapid.SliceOfN(rapid.SampledFrom([]graph.ID{"t:a0", "t:l0", "t:s2", "t:a1"}), 0, 1).Draw(t, "excluded") {
			e, _ := v.Entity(id)
			q.Exclude = append(q.Exclude, v.Snapshot().Group(e))
		}
		got := chainsOf(t, v, q)
		o := &chainOracle{t, v, q.Filter, map[graph.Predicate][]store.Claim{}}
		if diff := cmp.Diff(o.world(q.MinimumRole).Best(q), got); diff != "" {
			t.Fatalf("chains (-want +got):\n%s", diff)
		}
		again := replayed(t, s, commit)
		if diff := cmp.Diff(chainsOf(t, again.Head(), q), got); diff != "" {
			t.Fatalf("chains (-of the graph replayed to commit %d +as known at it):\n%s", commit, diff)
		}
	})
}

// chainsOf are all best chains, each as its meetings and actors in turn, sorted.
func chainsOf(t *rapid.T, v *store.View, q trace.ChainQuestion) (chains [][]ledger.EntityNo) {
	answer, err := trace.Chains(t.Context(), v.Snapshot(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range answer.Chains {
		var flat []ledger.EntityNo
		for _, h := range answer.Chains[i].Hops {
			flat = append(flat, h.Unit.Meetings[0], h.To)
		}
		chains = append(chains, flat)
	}
	slices.SortFunc(chains, slices.Compare)
	return chains
}

// A chainOracle reads the ties of a view from its claims.
type chainOracle struct {
	t      *rapid.T
	v      *store.View
	filter trace.Filter
	read   map[graph.Predicate][]store.Claim
}

// claims are the standing claims of a predicate that count as facts.
func (o *chainOracle) claims(p graph.Predicate) []store.Claim {
	if list, ok := o.read[p]; ok {
		return list
	}
	list := slices.DeleteFunc(standing(o.t, o.v, p), func(c store.Claim) bool {
		return c.Stance != graph.Asserted && c.Stance != graph.Implied
	})
	o.read[p] = list
	return list
}

// world writes down who met whom.
func (o *chainOracle) world(minimum graph.Predicate) *trace.World {
	type tie struct{ actor, meeting store.Entity }
	ties := map[tie]bool{}
	for _, role := range []graph.Predicate{graph.Signed, graph.Mediated, graph.ThirdParty} {
		for _, c := range o.claims(role) {
			if o.excludes(c.Subject) || o.excludes(c.Object) {
				continue
			}
			when := c.When
			if when.IsZero() {
				when = o.date(c.Object)
			}
			if !o.filter.AsOf.IsZero() && !when.IsZero() && when.Earliest() > o.filter.AsOf.Latest() {
				continue
			}
			third := role.Info().ThirdParty() && role.Info().Strength >= minimum.Info().Strength
			for _, head := range slices.DeleteFunc(o.heads(&c, when), o.excludes) {
				key := tie{head, c.Object}
				ties[key] = ties[key] || third
			}
		}
	}
	w := trace.NewWorld()
	for key, third := range ties {
		w.Tie(key.actor, key.meeting, third)
		w.Date(key.meeting, o.date(key.meeting))
	}
	return w
}

func (o *chainOracle) excludes(e store.Entity) bool { return slices.Contains(o.filter.Exclude, e) }

// date is the one-of set of all dates claimed.
func (o *chainOracle) date(meeting store.Entity) graph.Date {
	var dates []graph.Date
	for _, c := range o.claims(graph.DatePredicate) {
		if c.Subject == meeting {
			dates = append(dates, graph.MustParseDate(c.Value))
		}
	}
	return graph.OneOf(dates...)
}

// heads are those for whom a tie counts.
func (o *chainOracle) heads(c *store.Claim, when graph.Date) (heads []store.Entity) {
	if !o.filter.RollUp {
		return []store.Entity{c.Subject}
	}
	start := []store.Entity{c.Subject}
	if q, ok := c.Qualifier(graph.OnBehalfOf); ok {
		principal, _ := o.v.Entity(q.Entity)
		start = []store.Entity{principal}
	}
	for _, s := range start {
		heads = append(heads, o.tops(s, when)...)
	}
	slices.Sort(heads)
	return slices.Compact(heads)
}

// tops are the ends of all ways up from an actor, by trying each way; itself if every way runs in a circle.
func (o *chainOracle) tops(actor store.Entity, when graph.Date) (tops []store.Entity) {
	var climb func(at store.Entity, way []store.Entity)
	climb = func(at store.Entity, way []store.Entity) {
		above := o.above(at, when)
		if len(above) == 0 {
			tops = append(tops, at)
		}
		for _, a := range above {
			if !slices.Contains(way, a) {
				climb(a, append(slices.Clone(way), a))
			}
		}
	}
	climb(actor, []store.Entity{actor})
	if len(tops) == 0 {
		tops = []store.Entity{actor}
	}
	slices.Sort(tops)
	return slices.Compact(tops)
}

func (o *chainOracle) above(actor store.Entity, when graph.Date) (above []store.Entity) {
	if o.v.Kind(actor) == graph.State {
		return nil
	}
	for _, p := range []graph.Predicate{graph.Leads, graph.PartOf, graph.Represents} {
		for _, c := range o.claims(p) {
			holds := c.When.IsZero() || when.IsZero() || c.When.Earliest() <= when.Latest() && when.Earliest() <= c.When.Latest()
			if c.Subject == actor && holds {
				above = append(above, c.Object)
			}
		}
	}
	return above
}
