package trace_test

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// records are the claims that stand at a commit as they were made, for the oracle of findings.
type records struct {
	asOf   graph.Date
	claims []graph.Claim       // those that count as facts
	one    map[graph.ID]string // the set of those that are one with an entity
}

func newRecords(t *rapid.T, v *store.View, asOf graph.Date) *records {
	r := &records{asOf: asOf, one: make(map[graph.ID]string)}
	for c, err := range v.Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Standing && (c.Stance == graph.Asserted || c.Stance == graph.Implied) {
			r.claims = append(r.claims, c.Claim)
		}
	}
	for id := range players {
		set := []graph.ID{id}
		for i := 0; i < len(set); i++ {
			for _, c := range r.of(graph.SameAs) {
				for _, ends := range [][2]graph.ID{{c.From, c.To}, {c.To, c.From}} {
					if ends[0] == set[i] && !slices.Contains(set, ends[1]) {
						set = append(set, ends[1])
					}
				}
			}
		}
		r.one[id] = strings.Join(sortedIDs(set), "=")
	}
	return r
}

func (r *records) of(predicates ...graph.Predicate) (list []graph.Claim) {
	for _, c := range r.claims {
		if slices.Contains(predicates, c.Predicate) {
			list = append(list, c)
		}
	}
	return list
}

func (r *records) same(a, b graph.ID) bool { return r.one[a] == r.one[b] }

// begun asks whether something had begun by the day that is asked for.
func (r *records) begun(d graph.Date) bool {
	return r.asOf.IsZero() || d.IsZero() || d.Earliest() <= r.asOf.Latest()
}

// sets are the entities, each once.
func (r *records) sets() []graph.ID {
	var sets []graph.ID
	for id := range players {
		if !slices.ContainsFunc(sets, func(other graph.ID) bool { return r.same(id, other) }) {
			sets = append(sets, id)
		}
	}
	return sets
}

func (r *records) dates(e graph.ID) (claims []graph.Claim, date graph.Date) {
	for _, c := range r.of(graph.DatePredicate) {
		if r.same(c.From, e) {
			claims = append(claims, c)
		}
	}
	var dates []graph.Date
	for _, c := range r.sound(claims) {
		dates = append(dates, graph.MustParseDate(c.Value))
	}
	return claims, graph.OneOf(dates...)
}

// sound are the claims of dates that are no slips.
func (r *records) sound(claims []graph.Claim) (sound []graph.Claim) {
	for _, c := range claims {
		if !r.slips(c, claims) {
			sound = append(sound, c)
		}
	}
	return sound
}

// slips asks whether a date is the one of two that its coder gives which another coder, who has just the other, tells to be the slip.
func (r *records) slips(c graph.Claim, claims []graph.Claim) bool {
	has := func(own bool, text func(graph.Date) bool) bool {
		return slices.ContainsFunc(claims, func(other graph.Claim) bool {
			same := other.Coder == c.Coder || other.Coder != "" && c.Coder != "" && r.same(other.Coder, c.Coder)
			return same == own && text(graph.MustParseDate(other.Value))
		})
	}
	date := graph.MustParseDate(c.Value)
	twin := func(d graph.Date) bool { return d.Exchanges(date) }
	return has(true, twin) && has(false, twin) && !has(false, func(d graph.Date) bool { return d == date })
}

// when is when a tie happened.
func (r *records) when(c graph.Claim) graph.Date {
	if _, date := r.dates(c.To); c.When.IsZero() && c.Predicate.Info().Tie {
		return date
	}
	return c.When
}

// datedBy are the claims by which it is known when a tie happened that has no date of its own.
func (r *records) datedBy(c graph.Claim) []graph.Claim {
	if !c.When.IsZero() || !c.Predicate.Info().Tie {
		return nil
	}
	claims, _ := r.dates(c.To)
	return r.sound(claims)
}

// never asks whether two dates have no day in common, for certain: every day of two decades is tried.
func never(a, b graph.Date) bool {
	for _, d := range []graph.Date{a, b} {
		if bounds := d.Bounds(); d.IsZero() || bounds.Approximate || bounds.Uncertain {
			return false
		}
	}
	has := func(d graph.Date, day graph.Day) bool { return d.Contains(day) != graph.Impossible }
	for day := graph.DayOf(1990, 1, 1); day < graph.DayOf(2016, 1, 1); day++ {
		if has(a, day) && has(b, day) {
			return false
		}
	}
	return true
}

func swapped(a, b string) bool {
	return len(a) == 10 && len(b) == 10 && a != b && a[:4] == b[:4] && a[5:7] == b[8:] && a[8:] == b[5:7]
}

func (r *records) voice(c graph.Claim) string {
	switch {
	case c.Claimant != "":
		return r.one[c.Claimant]
	case c.Coder != "":
		return r.one[c.Coder]
	}
	return ""
}

// findings applies the definitions.
func (r *records) findings() []string {
	var out []string
	add := func(kind trace.FindingKind, about []graph.ID, claims []graph.Claim) {
		var entities, ids []string
		for _, e := range about {
			if e == "" {
				entities = append(entities, "-")
			} else {
				entities = append(entities, r.one[e])
			}
		}
		for i := range claims {
			ids = append(ids, claims[i].ID().String())
		}
		if len(claims) > 0 {
			out = append(out, tellFinding(kind, entities, ids))
		}
	}
	for _, c := range r.of("follows", graph.ReferencesTo) {
		if c.Value != "" {
			add(trace.DanglingReference, []graph.ID{c.From}, []graph.Claim{c})
		}
	}
	for _, e := range r.sets() {
		apart, exchanged := r.disagreeing(e)
		add(trace.DatesDisagree, []graph.ID{e}, apart)
		add(trace.DayMonthSwapped, []graph.ID{e}, exchanged)
		add(trace.TwoKinds, []graph.ID{e}, r.kinds(e))
		r.lifetimes(e, add)
		r.roles(e, add)
	}
	r.offices(add)
	r.aliases(add)
	slices.Sort(out)
	return slices.Compact(out)
}

type adder func(kind trace.FindingKind, about []graph.ID, claims []graph.Claim)

func (r *records) disagreeing(e graph.ID) (apart, exchanged []graph.Claim) {
	claims, _ := r.dates(e)
	for _, a := range claims {
		for _, b := range claims {
			if swapped(a.Value, b.Value) {
				exchanged = append(exchanged, a, b)
			}
			if r.voice(a) == r.voice(b) {
				continue
			}
			contradict := true
			for _, x := range claims {
				for _, y := range claims {
					if r.voice(x) == r.voice(a) && r.voice(y) == r.voice(b) {
						contradict = contradict && never(graph.MustParseDate(x.Value), graph.MustParseDate(y.Value)) && !swapped(x.Value, y.Value)
					}
				}
			}
			if contradict {
				apart = append(apart, a, b)
			}
		}
	}
	return apart, exchanged
}

func (r *records) kinds(e graph.ID) []graph.Claim {
	var kinds []graph.Claim
	for _, c := range r.of(graph.KindPredicate) {
		if r.same(c.From, e) && r.begun(c.When) {
			kinds = append(kinds, c)
		}
	}
	var stay []graph.Claim
	for _, c := range kinds {
		if !slices.ContainsFunc(kinds, func(other graph.Claim) bool {
			return other.Value != c.Value && !other.When.IsZero() && c.When.IsZero() && r.one[other.Claimant] == r.one[c.Claimant]
		}) {
			stay = append(stay, c)
		}
	}
	if slices.ContainsFunc(stay, func(c graph.Claim) bool { return c.Value != stay[0].Value }) {
		return stay
	}
	return nil
}

func (r *records) lifetimes(e graph.ID, add adder) {
	dates, life := r.dates(e)
	if players[e] == graph.Agreement || !life.Throughout() {
		return
	}
	for _, c := range r.claims {
		tie, office := c.Predicate.Info().Tie, c.Predicate == graph.Leads || c.Predicate == graph.Represents
		if !tie && !office || !r.begun(r.when(c)) || !never(r.when(c), life) {
			continue
		}
		claims := slices.Concat([]graph.Claim{c}, dates, r.datedBy(c))
		switch q, _ := c.Qualifier(graph.OnBehalfOf); {
		case r.same(c.From, e):
			add(trace.OutsideLifetime, []graph.ID{e, c.To}, claims)
		case office && r.same(c.To, e), q.Entity != "" && r.same(q.Entity, e):
			add(trace.OutsideLifetime, []graph.ID{e, c.From}, claims)
		}
	}
}

// tops are those for whom an actor stands at a time.
func (r *records) tops(actor graph.ID, when graph.Date) []string {
	above := r.above(actor, when)
	if len(above) == 0 {
		return []string{r.one[actor]}
	}
	var tops []string
	for _, c := range above {
		tops = append(tops, r.tops(c.To, when)...)
	}
	return tops
}

// above are the claims of whom an actor stands for at a time. None of those drawn lead round in a circle.
func (r *records) above(actor graph.ID, when graph.Date) (above []graph.Claim) {
	for _, c := range r.of(graph.Leads, graph.Represents, graph.PartOf) {
		hold := c.When.IsZero() || when.IsZero() || c.When.Earliest() <= when.Latest() && when.Earliest() <= c.When.Latest()
		if players[actor] != graph.State && r.same(c.From, actor) && hold {
			above = append(above, c)
		}
	}
	return above
}

// ways are the claims by which an actor stands for one at the top, directly or by way of others.
func (r *records) ways(actor graph.ID, top string, when graph.Date) (ways []graph.Claim) {
	for _, c := range r.above(actor, when) {
		if on := r.ways(c.To, top, when); len(on) > 0 || r.one[c.To] == top {
			ways = append(append(ways, c), on...)
		}
	}
	return ways
}

// roles looks at the parts of everybody in a meeting.
func (r *records) roles(meeting graph.ID, add adder) {
	type part struct {
		claim           graph.Claim
		ways            []graph.Claim // by which it is the actor's
		third           bool
		coder, claimant string
	}
	for _, actor := range r.sets() {
		var parts []part
		for _, c := range r.of(graph.Signed, "participated", graph.Mediated, "copied") {
			if !r.same(c.To, meeting) || !r.begun(r.when(c)) {
				continue
			}
			as := c.From
			if q, ok := c.Qualifier(graph.OnBehalfOf); ok {
				as = q.Entity
			}
			if slices.Contains(r.tops(as, r.when(c)), r.one[actor]) {
				p := part{c, r.ways(as, r.one[actor], r.when(c)), c.Predicate.Info().ThirdParty(), r.one[c.Coder], r.one[c.Claimant]}
				if p.coder == "" {
					p.coder = p.claimant
				}
				parts = append(parts, p)
			}
		}
		var both, divided, all []graph.Claim
		mixed := false
		for _, a := range parts {
			all = append(append(all, a.claim), a.ways...)
			for _, b := range parts {
				if a.third == b.third {
					continue
				}
				mixed = true
				if a.coder != "" && a.coder == b.coder || a.claimant != "" && a.claimant == b.claimant {
					both = append(append(both, a.claim), a.ways...)
				}
				torn := a.coder == "" || b.coder == ""
				for _, x := range parts {
					torn = torn || x.coder == a.coder && x.third != a.third || x.coder == b.coder && x.third != b.third
					for _, y := range parts {
						torn = torn || x.coder == a.coder && y.coder == b.coder && x.claimant != "" && x.claimant == y.claimant
					}
				}
				if !torn {
					divided = slices.Concat(divided, []graph.Claim{a.claim, b.claim}, a.ways, b.ways)
				}
			}
		}
		if mixed && len(both)+len(divided) == 0 {
			both = all
		}
		add(trace.TwoRoles, []graph.ID{meeting, actor}, both)
		add(trace.PartyOrThirdParty, []graph.ID{meeting, actor}, divided)
	}
}

// offices looks at what leaders signed.
func (r *records) offices(add adder) {
	for _, c := range r.of(graph.Signed, "participated") {
		if players[c.From] != graph.Leader || !r.begun(r.when(c)) {
			continue
		}
		q, _ := c.Qualifier(graph.OnBehalfOf)
		var rests []graph.Claim
		possible := false
		for _, o := range r.of(graph.Leads, graph.Represents) {
			if !r.same(o.From, c.From) || !r.begun(o.When) {
				continue
			}
			fits := q.Entity == "" || r.same(o.To, q.Entity)
			var common []graph.Claim // by which an office of the one is an office of the other
			for _, top := range r.tops(o.To, graph.Date{}) {
				if !fits && slices.Contains(r.tops(q.Entity, graph.Date{}), top) {
					common = slices.Concat(common, r.ways(o.To, top, graph.Date{}), r.ways(q.Entity, top, graph.Date{}))
				}
			}
			fits = fits || len(common) > 0
			if fits && o.When.Throughout() {
				rests = append(append(rests, o), common...)
			}
			possible = possible || fits && !never(o.When, r.when(c))
		}
		if !possible && len(rests) > 0 {
			add(trace.NotInOffice, []graph.ID{c.From, q.Entity, c.To}, slices.Concat([]graph.Claim{c}, rests, r.datedBy(c)))
		}
	}
}

// aliases looks at every two names.
func (r *records) aliases(add adder) {
	for _, kind := range graph.Kinds() {
		for _, text := range []string{"one", "two"} {
			var bearers []graph.ID
			var claims []graph.Claim
			alias := false
			for _, c := range r.of(graph.NamePredicate, graph.Alias) {
				if strings.ToLower(c.Value) != text || players[c.From] != kind {
					continue
				}
				claims, alias = append(claims, c), alias || c.Predicate == graph.Alias
				if !slices.ContainsFunc(bearers, func(b graph.ID) bool { return r.same(b, c.From) }) {
					bearers = append(bearers, c.From)
				}
			}
			if alias && len(bearers) > 1 {
				add(trace.SharedAlias, bearers, claims)
			}
		}
	}
}
