package topology

import (
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// saidDay is the last day on which the claim may have been said: its own date of utterance, else the date its
// document was published or bears; the earliest day of all if neither is known.
func (s *Snapshot) saidDay(c ledger.ClaimNo, source Source) graph.Day {
	if d := s.SaidOrPublished(c, source); !d.IsZero() && d.Latest() != graph.DayMax {
		return d.Latest()
	}
	return graph.DayMin
}

// SaidOrPublished is the date on which the claim was uttered: its own, else its document's.
func (s *Snapshot) SaidOrPublished(c ledger.ClaimNo, source Source) graph.Date {
	if d := s.Said(c); !d.IsZero() || source.Document == ledger.NoEntity {
		return d
	}
	return s.appearance(source.Document)
}

// SaidFrom is the first day on which the claim can have been uttered, by [Snapshot.SaidOrPublished]; [graph.DayMin] if it is not known when it
// was.
func (s *Snapshot) SaidFrom(c ledger.ClaimNo, source *Source) graph.Day {
	if n, ok := s.t.saids.get(uint32(c)); ok {
		return s.t.dates.values.at(n).Earliest()
	}
	if source.Document == ledger.NoEntity {
		return graph.DayMin
	}
	if says, ok := s.toldAppearance(source.Document); ok && says&exactDay != 0 {
		return dayOf(says)
	}
	return s.appearance(source.Document).Earliest()
}

// appearance is the date of a document: that of its publication, else its own.
func (s *Snapshot) appearance(document ledger.EntityNo) graph.Date {
	if says, ok := s.toldAppearance(document); ok {
		return s.saidDate(says)
	}
	for _, code := range []uint8{publishedCode, dateCode} {
		// The dates of documents are few, and ranking them would ask for their documents' dates in turn.
		var dates []graph.Date
		for _, m := range s.Members(document) {
			s.raw(m, code, code, false, func(x edge) bool {
				if x.other != noOther && accepted(s.Source(ledger.ClaimNo(x.claim)).Stance) {
					dates = append(dates, *s.t.dates.values.at(x.other))
				}
				return true
			})
		}
		if len(dates) > 0 {
			return graph.OneOf(dates...)
		}
	}
	return graph.Date{}
}

// Date is the entity's date: the one-of set of all that are claimed, see [Snapshot.DateAmong]; absent if none is.
func (s *Snapshot) Date(e ledger.EntityNo) graph.Date {
	if says, ok := s.toldDate(e); ok {
		return s.saidDate(says)
	}
	return s.DateAmong(s.Values(e, graph.DatePredicate))
}

// DateAmong is the one-of set of dates. A date is left out if its own coder gives it with day and month exchanged, too, and another
// coder has it that way alone: then it is known which of the two is the slip.
func (s *Snapshot) DateAmong(values []Value) graph.Date {
	dates := make([]graph.Date, 0, len(values))
	for v := range s.sound(values) {
		dates = append(dates, v.Date)
	}
	return graph.OneOf(dates...)
}

// DatedBy lists the claims that the entity's date is made of, see [Snapshot.DatedAmong]; none if it has no date.
func (s *Snapshot) DatedBy(e ledger.EntityNo) []ledger.ClaimNo {
	return s.DatedAmong(s.Values(e, graph.DatePredicate))
}

// DatedAmong lists the claims of the dates that [Snapshot.DateAmong] takes, ascending. One that says no more than another does is among them.
func (s *Snapshot) DatedAmong(values []Value) []ledger.ClaimNo {
	var claims []ledger.ClaimNo
	for v := range s.sound(values) {
		claims = append(claims, v.Claim)
	}
	slices.Sort(claims)
	return claims
}

// sound yields the dates that can be read and are not slips.
func (s *Snapshot) sound(values []Value) iter.Seq[*Value] {
	return func(yield func(*Value) bool) {
		for i := range values {
			if v := &values[i]; !v.Date.IsZero() && !s.slip(v, values) && !yield(v) {
				return
			}
		}
	}
}

// slip reports whether a date is one that its coder mended and another coder confirms to be mended rightly.
func (s *Snapshot) slip(v *Value, values []Value) bool {
	coder := s.coder(v.Claim)
	mended, confirmed := false, false
	for i := range values {
		w := &values[i]
		switch other := s.coder(w.Claim); {
		case w.Date == v.Date && other != coder:
			return false
		case !w.Date.Exchanges(v.Date):
		case other == coder:
			mended = true
		default:
			confirmed = true
		}
	}
	return mended && confirmed
}

// coder is who encoded a claim, [ledger.NoEntity] for nobody who is named.
func (s *Snapshot) coder(c ledger.ClaimNo) ledger.EntityNo {
	coder := s.Source(c).Coder
	if coder == ledger.NoEntity {
		return coder
	}
	return s.Group(coder)
}
