package trace_test

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// A remark is a claim of recognition as the oracle sees it.
type remark struct {
	store.Claim
	by           store.Entity
	as           trace.Regard
	voice        store.Entity
	own          bool
	said         graph.Date
	feet         []store.Entity // its principals, else its subject
	acted, spoke graph.Date
}

// A hand answers questions of recognition from the claims of a view, without haste.
type hand struct {
	v       *store.View
	rungs   []store.Claim // by which one stands for another
	issued  []store.Claim
	ties    []store.Claim
	dates   map[graph.Predicate][]store.Claim // of documents
	remarks []remark
}

func fact(c *store.Claim) bool { return c.Stance == graph.Asserted || c.Stance == graph.Implied }

func newHand(t *rapid.T, v *store.View) *hand {
	h := &hand{v: v, rungs: slices.Concat(standing(t, v, graph.Leads), standing(t, v, graph.Represents), standing(t, v, graph.PartOf)), issued: standing(t, v, graph.Issued), ties: standing(t, v, graph.Signed)}
	h.dates = map[graph.Predicate][]store.Claim{graph.Published: standing(t, v, graph.Published), graph.DatePredicate: standing(t, v, graph.DatePredicate)}
	for _, c := range standing(t, v, graph.Recognized) {
		r := remark{Claim: c, as: trace.Regard{PartOf: ledger.NoEntity}, said: h.said(&c)}
		for _, q := range c.Qualifiers {
			e, _ := v.Entity(q.Entity)
			switch q.Name {
			case graph.AsPartOf:
				r.as.PartOf = e
			case graph.AsIndependent:
				r.as.Independent = true
			case graph.OnBehalfOf:
				r.feet = append(r.feet, e)
			}
		}
		if len(r.feet) == 0 {
			r.feet = append(r.feet, c.Subject)
		}
		r.voice = c.ClaimantEntity
		if r.voice == store.NoEntity {
			r.voice = c.CoderEntity
		}
		if r.voice == store.NoEntity {
			r.voice = c.Document
		}
		r.acted, r.spoke = c.When, r.said
		if r.acted.IsZero() {
			r.acted = r.said
		}
		if r.spoke.IsZero() {
			r.spoke = c.When
		}
		var bys []store.Entity
		for _, a := range r.feet {
			bys = append(bys, h.heads(a, r.acted)...)
		}
		slices.Sort(bys)
		for _, r.by = range slices.Compact(bys) {
			r.own = c.ClaimantEntity != store.NoEntity && (c.ClaimantEntity == c.Subject || slices.Contains(h.speaksFor(c.ClaimantEntity, r.spoke), r.by))
			h.remarks = append(h.remarks, r)
		}
	}
	return h
}

// said is when a claim was said: on its own date, else on those of its document's publication, else on those of the document.
func (h *hand) said(c *store.Claim) graph.Date {
	said := c.Said
	for _, p := range []graph.Predicate{graph.Published, graph.DatePredicate} {
		var dates []graph.Date
		for i := range h.dates[p] {
			if d := &h.dates[p][i]; d.Subject == c.Document && fact(d) {
				dates = append(dates, graph.MustParseDate(d.Value))
			}
		}
		if said.IsZero() {
			said = graph.OneOf(dates...)
		}
	}
	return said
}

// above are the claims by which an actor stands for others at a time, directly.
func (h *hand) above(actor store.Entity, when graph.Date) (rungs []*store.Claim) {
	for i := range h.rungs {
		c := &h.rungs[i]
		holds := when.IsZero() || c.When.IsZero() || c.When.Earliest() <= when.Latest() && when.Earliest() <= c.When.Latest()
		if c.Subject == actor && fact(c) && holds {
			rungs = append(rungs, c)
		}
	}
	return rungs
}

// heads are those at the top: nobody here stands for others in a circle.
func (h *hand) heads(actor store.Entity, when graph.Date) (heads []store.Entity) {
	for _, c := range h.above(actor, when) {
		heads = append(heads, h.heads(c.Object, when)...)
	}
	if heads == nil {
		return []store.Entity{actor}
	}
	return heads
}

func (h *hand) speaksFor(claimant store.Entity, said graph.Date) (speakers []store.Entity) {
	doc, _ := h.v.Entity("t:doc")
	text, _ := h.v.Entity("t:a0")
	switch claimant {
	case doc:
		for i := range h.issued {
			if c := &h.issued[i]; c.Object == doc && fact(c) {
				speakers = append(speakers, h.heads(c.Subject, said)...)
			}
		}
	case text:
		for i := range h.ties {
			if c := &h.ties[i]; c.Object == text && fact(c) {
				speakers = append(speakers, h.heads(c.Subject, c.When)...)
			}
		}
	default:
		return h.heads(claimant, said)
	}
	return speakers
}

// speaks reports whether a remark is about a day, and whether it had been made by then.
func (r *remark) speaks(day graph.Day) (speaks, known bool) {
	known = r.said.Earliest() <= day
	b := r.When.Bounds()
	over := r.When.Throughout() && !b.OpenStart && !b.UnknownStart && r.When.Latest() < day
	return r.When.Earliest() <= day && !over && (known || !r.When.IsZero()), known
}

// after compares what was said by a day with what was not, then by when it was said, and of when.
func (r *remark) after(o *remark, day graph.Day) int {
	_, known := r.speaks(day)
	_, before := o.speaks(day)
	switch {
	case known && !before:
		return 1
	case before && !known:
		return -1
	}
	return cmp.Or(cmp.Compare(r.said.Earliest(), o.said.Earliest()), cmp.Compare(r.When.Earliest(), o.When.Earliest()))
}

func (r *remark) affirms() bool { return fact(&r.Claim) }

// positions answers a question about one thing.
func (h *hand) positions(of store.Entity, day graph.Day) []stated {
	type key struct {
		by store.Entity
		as trace.Regard
	}
	speaking := func(by, voice store.Entity, as trace.Regard) []*remark { // in order
		var list []*remark
		for i := range h.remarks {
			r := &h.remarks[i]
			if speaks, _ := r.speaks(day); speaks && r.by == by && r.Object == of && r.voice == voice && r.as == as {
				list = append(list, r)
			}
		}
		slices.SortFunc(list, func(a, b *remark) int { return cmp.Or(a.after(b, day), cmp.Compare(a.No, b.No)) })
		return list
	}
	// moot reports whether the voice has since affirmed what cannot be together with a remark.
	moot := func(r *remark) bool {
		for i := range h.remarks {
			o := &h.remarks[i]
			list := speaking(r.by, r.voice, o.as)
			empty := trace.Regard{PartOf: ledger.NoEntity}
			if len(list) == 0 || o.as == r.as || o.as == empty || r.as == empty || r.Stance == graph.Denied {
				continue
			}
			if last := list[len(list)-1]; last.affirms() && last.after(r, day) > 0 {
				return true
			}
		}
		return false
	}
	found := make(map[key]*stated)
	latest, evidence := make(map[key][]*remark), make(map[key][]*remark)
	for i := range h.remarks {
		r := &h.remarks[i]
		begins := r.When.Earliest()
		if r.When.IsZero() {
			begins = r.said.Earliest()
		}
		if r.Object != of || begins > day {
			continue
		}
		k := key{r.by, r.as}
		if found[k] == nil {
			found[k] = &stated{By: r.by, Of: of, As: r.as}
		}
		list := speaking(r.by, r.voice, r.as)
		if len(list) == 0 || moot(list[len(list)-1]) {
			continue
		}
		last := list[len(list)-1]
		if last == r {
			latest[k] = append(latest[k], r)
		}
		at := slices.Index(list, r)
		_, known := r.speaks(day)
		if _, wanted := last.speaks(day); known != wanted {
			continue
		}
		if at < 0 || slices.ContainsFunc(list[at:], func(o *remark) bool { return o.Stance != last.Stance || moot(o) }) {
			continue
		}
		evidence[k] = append(evidence[k], r)
		p := found[k]
		switch {
		case r.own:
			p.OwnWord = append(p.OwnWord, r.No)
		case r.Stance == graph.Denied:
			p.Opposing = append(p.Opposing, r.No)
		default:
			p.Supporting = append(p.Supporting, r.No)
		}
	}
	has := func(k key, stances ...graph.Stance) bool {
		return slices.ContainsFunc(latest[k], func(r *remark) bool { return slices.Contains(stances, r.Stance) })
	}
	var positions []stated
	for k, p := range found {
		elsewhere := false // what cannot be together with it is affirmed, too
		for o := range latest {
			elsewhere = elsewhere || o.by == k.by && has(o, graph.Asserted, graph.Implied) && (o.as.Independent && k.as.PartOf != ledger.NoEntity || k.as.Independent && o.as.PartOf != ledger.NoEntity)
		}
		switch affirmed := has(k, graph.Asserted, graph.Implied); {
		case affirmed && (has(k, graph.Denied) || elsewhere):
			p.Status = trace.Disputed
		case has(k, graph.Asserted):
			p.Status = trace.IsRecognized
		case affirmed:
			p.Status = trace.IsImplied
		case has(k, graph.Intended):
			p.Status = trace.IsIntended
		case has(k, graph.Denied):
			p.Status = trace.IsDenied
		default:
			p.Status = trace.NoneRecorded
		}
		bearing := map[trace.RecognitionStatus][]graph.Stance{
			trace.Disputed: {graph.Asserted, graph.Implied}, trace.IsRecognized: {graph.Asserted}, trace.IsImplied: {graph.Implied},
			trace.IsIntended: {graph.Intended}, trace.IsDenied: {graph.Denied},
		}
		for _, r := range evidence[k] {
			if slices.Contains(bearing[p.Status], r.Stance) && !r.When.IsZero() && (p.Since.IsZero() || r.When.Earliest() < p.Since.Earliest()) {
				p.Since = r.When
			}
		}
		positions = append(positions, *p)
	}
	return positions
}
