package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Dating is how those who date an entity agree.
type Dating struct {
	// Claims are all that date it, in ledger order.
	Claims []ledger.ClaimNo
	// Apart are the claims of every two voices that have no day in common: one may be right, or neither, but not both. Several dates of
	// one voice do not contradict each other, for a text that was signed on several days has several.
	Apart []ledger.ClaimNo
	// Exchanged are the claims of every two days of which one is the other with day and month exchanged.
	Exchanged []ledger.ClaimNo

	disagreeing []ledger.ClaimNo // as Apart, where no exchange explains it
}

// dated is a date and the claim that gives it.
type dated struct {
	claim ledger.ClaimNo
	date  graph.Date
	voice ledger.EntityNo
}

// DatingOf compares what is claimed of an entity's date, by a predicate whose value is one.
func DatingOf(s *topology.Snapshot, e ledger.EntityNo, p graph.Predicate) Dating {
	return dating(s, s.Values(e, p))
}

// dating compares the values of a field of dates.
func dating(s *topology.Snapshot, values []topology.Value) Dating {
	var d Dating
	byVoice := make(map[ledger.EntityNo][]dated)
	for _, v := range values {
		who := voice(s, v.Claim)
		byVoice[who] = append(byVoice[who], dated{v.Claim, v.Date, who})
		d.Claims = append(d.Claims, v.Claim)
	}
	for who, own := range byVoice {
		for other, others := range byVoice {
			if other > who {
				d.compare(own, others)
			}
		}
	}
	for i, a := range values {
		for _, b := range values[i+1:] {
			if a.Date.Exchanges(b.Date) {
				d.Exchanged = append(d.Exchanged, a.Claim, b.Claim)
			}
		}
	}
	for _, list := range []*[]ledger.ClaimNo{&d.Claims, &d.Apart, &d.Exchanged, &d.disagreeing} {
		*list = inOrder(*list)
	}
	return d
}

// compare notes two voices that cannot both be right.
func (d *Dating) compare(own, others []dated) {
	exchanged := false
	for _, a := range own {
		for _, b := range others {
			if !certainlyApart(a.date, b.date) {
				return
			}
			exchanged = exchanged || a.date.Exchanges(b.date)
		}
	}
	for _, x := range slices.Concat(own, others) {
		d.Apart = append(d.Apart, x.claim)
		if !exchanged {
			d.disagreeing = append(d.disagreeing, x.claim)
		}
	}
}

// voice is on whose word a claim is; where it does not say, who encoded it, or in which document it stands.
func voice(s *topology.Snapshot, c ledger.ClaimNo) ledger.EntityNo {
	source := s.Source(c)
	for _, e := range []ledger.EntityNo{source.Claimant, source.Coder, source.Document} {
		if e != ledger.NoEntity {
			return s.Group(e)
		}
	}
	return ledger.NoEntity
}

// datesOf finds where an entity's dates do not agree.
func (f *finder) datesOf(e ledger.EntityNo) {
	for _, p := range []graph.Predicate{graph.DatePredicate, graph.Published} {
		values := f.values(e, p)
		if len(values) < 2 {
			continue
		}
		d := dating(f.Snapshot, values)
		if len(d.disagreeing) > 0 {
			f.add(Finding{Kind: DatesDisagree, About: e, Claims: d.disagreeing})
		}
		if len(d.Exchanged) > 0 {
			f.add(Finding{Kind: DayMonthSwapped, About: e, Claims: d.Exchanged})
		}
	}
}
