package trace

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A Spell is a time during which a position stayed the same.
type Spell struct {
	Status RecognitionStatus
	// From is the date that the word gives with which it began; absent if it was so ever before. To is the last day, absent if it was so
	// still on the day asked about.
	From, To graph.Date
	Claims   int // that it rested on
}

// Spells lists how the position came to be what it is, from the first word on. Times of which nothing is recorded are between them. The
// error is the context's.
func (p *Position) Spells(ctx context.Context) ([]Spell, error) {
	var spells []Spell
	var h hearing
	var claims map[ledger.ClaimNo]bool
	last, said := NoneRecorded, p.words()
	for _, day := range p.turns() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		status, words, rests := NoneRecorded, []uint32(nil), stances(0)
		for _, st := range h.on(day, said) {
			if st.as == p.As {
				status, words, rests = st.status, st.words, st.rests
			}
		}
		if status != last {
			if last != NoneRecorded {
				spells[len(spells)-1].To = dateOn(day - 1)
			}
			if status != NoneRecorded {
				spells = append(spells, Spell{Status: status, From: p.opening(day, rests)})
				claims = make(map[ledger.ClaimNo]bool)
			}
			last = status
		}
		if status != NoneRecorded {
			for _, at := range words {
				claims[said[at].Claim()] = true
			}
			spells[len(spells)-1].Claims = len(claims)
		}
	}
	return spells, nil
}

// turns are the days up to the one asked about on which the position may have changed, in order.
func (p *Position) turns() []graph.Day {
	days, words := []graph.Day{graph.DayMin}, p.words()
	for i := range words {
		w := &words[i]
		days = append(days, w.from(), w.said)
		if w.until < graph.DayMax {
			days = append(days, w.until+1)
		}
	}
	days = slices.DeleteFunc(days, func(d graph.Day) bool { return d > p.listing.on })
	return inOrder(days)
}

// opening is the date, as a claim has it, that begins on a day on which the position changed: of a claim of a stance that the status
// rests on if there is one, else of another about this very position, else of one about another that changed it.
func (p *Position) opening(day graph.Day, rests stances) graph.Date {
	words := p.words()
	for _, fits := range []func(w *word) bool{
		func(w *word) bool { return w.as == p.As && rests.has(w.stance) },
		func(w *word) bool { return w.as == p.As },
		func(*word) bool { return true },
	} {
		for i := range words {
			w := &words[i]
			switch {
			case w.begins > day || !fits(w): // what was said that day of a later one changed nothing
			case w.Dated() && w.begins == day:
				return p.listing.snap.When(w.Stub)
			case w.said == day && day != graph.DayMin:
				return p.listing.snap.SaidOrPublished(w.Claim(), p.listing.snap.Source(w.Claim()))
			}
		}
	}
	return dateOn(day)
}

// dateOn is the date of a day; absent beyond the years that are written.
func dateOn(day graph.Day) graph.Date {
	if year, _, _ := day.Civil(); year < -9999 || year > 9999 {
		return graph.Date{}
	}
	return day.Date()
}
