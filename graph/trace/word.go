package trace

import (
	"cmp"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A word is one claim that somebody recognizes something, or does not.
type word struct {
	topology.Stub
	by, of ledger.EntityNo // who recognizes, at the top, and what
	who    ledger.EntityNo // its subject, which stands for who recognizes
	voice  ledger.EntityNo // on whose word it is: the claimant, or where none is named the coder, or the document
	as     Regard
	// begins and until are the first and the last day of which it speaks. A date is from then on, an interval for as long as it says; that the
	// account of something ends whose start nobody knows is no end of it. Without a date of its own it speaks of no day before it was said.
	begins, until graph.Day
	said          graph.Day // the first day on which it can have been said; [graph.DayMin] if that is not known
	stance        uint8     // its code
	own           bool      // the voice speaks for who recognizes
}

// acted is when the subject of a claim recognized something: on the claim's own date, or else when that was said.
func (g *graphView) acted(x topology.Stub) graph.Date {
	if when := g.When(x); !when.IsZero() {
		return when
	}
	return g.SaidOrPublished(x.Claim(), g.Source(x.Claim()))
}

// spoke is when the claimant of a claim of recognition spoke: when it was said, or else on the claim's own date.
func (g *graphView) spoke(x topology.Stub) graph.Date {
	if said := g.SaidOrPublished(x.Claim(), g.Source(x.Claim())); !said.IsZero() {
		return said
	}
	return g.When(x)
}

// speaksOf reports whether the word is about a day.
func (w *word) speaksOf(day graph.Day) bool { return w.begins <= day && day <= w.until }

// from is the first day of the word's own date; the first of all if it has none.
func (w *word) from() graph.Day {
	if w.Dated() {
		return w.begins
	}
	return graph.DayMin
}

// affirms reports whether the word says that there is recognition, and not only that there will be.
func (w *word) affirms() bool { return affirming.has(w.stance) }

// compare orders words: by who recognizes what, then each voice's by what they recognize it as, and what it said last last.
func (w *word) compare(o *word) int {
	switch { // as what comes first tells most apart, the rest need not be looked at
	case w.by != o.by:
		return cmp.Compare(w.by, o.by)
	case w.of != o.of:
		return cmp.Compare(w.of, o.of)
	case w.voice != o.voice:
		return cmp.Compare(w.voice, o.voice)
	case w.as != o.as:
		return w.as.compare(o.as)
	case w.said != o.said:
		return cmp.Compare(w.said, o.said)
	}
	return cmp.Or(cmp.Compare(w.from(), o.from()), cmp.Compare(w.Claim(), o.Claim()))
}

// outdates reports whether the word, which counts on a day, was said after another that does, or of a later time. What was
// said by the day goes before what was said about it afterwards.
func (w *word) outdates(o *word, day graph.Day) bool {
	known, before := w.said <= day, o.said <= day
	return cmp.Or(cmp.Compare(bit(known), bit(before)), cmp.Compare(w.said, o.said), cmp.Compare(w.from(), o.from())) > 0
}

// A side is the list of a position's claims in which a word is.
type side uint8

const (
	ownWord side = iota
	supporting
	opposing
)

func (w *word) side() side {
	switch {
	case w.own:
		return ownWord
	case w.stance == denied:
		return opposing
	}
	return supporting
}
