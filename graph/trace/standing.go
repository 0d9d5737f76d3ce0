package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A stand is how the words of one recognizer about one thing stand, as one regard, on a day.
type stand struct {
	as     Regard
	status RecognitionStatus
	words  []*word // each voice's latest, and what it had said to the same effect, in the same stance, before
}

// standsOn are the stands of each regard of which there was a word by a day. Words are sorted.
//
// Of each voice the latest word counts, among those that had been said by the day. Of a voice that had said nothing by then, what it said
// later of that time counts: who recognized what in May is known from those, too, who told of it in September.
//
// They are put into the slice that is given.
func standsOn(stands []stand, words []word, day graph.Day) []stand {
	stands = stands[:0]
	for rest := words; len(rest) > 0; {
		n := run(rest, func(w *word) bool { return w.voice == rest[0].voice })
		stands = hear(stands, rest[:n], day)
		rest = rest[n:]
	}
	slices.SortFunc(stands, func(a, b stand) int { return a.as.compare(b.as) })
	var part, independent bool // what is affirmed
	for i := range stands {
		st := &stands[i]
		st.status = statusOf(st.words)
		if st.affirmed() {
			part, independent = part || st.as.PartOf != ledger.NoEntity, independent || st.as.Independent
		}
	}
	if part && independent {
		for i := range stands {
			if st := &stands[i]; st.affirmed() && st.as != (Regard{PartOf: ledger.NoEntity}) {
				st.status = Disputed
			}
		}
	}
	return stands
}

// run is how many of the first words are alike.
func run(words []word, alike func(*word) bool) int {
	n := 0
	for n < len(words) && alike(&words[n]) {
		n++
	}
	return n
}

// hear takes in the words of one voice.
func hear(stands []stand, words []word, day graph.Day) []stand {
	latest := make([]*word, 0, 4)
	said := make([][]word, 0, 4) // of each of the latest, all up to it
	for rest := words; len(rest) > 0; {
		n := run(rest, func(w *word) bool { return w.as == rest[0].as })
		if begun(rest[:n], day) {
			stands = with(stands, rest[0].as)
		}
		if last := latestOf(rest[:n], day); last >= 0 {
			latest, said = append(latest, &rest[last]), append(said, rest[:last+1])
		}
		rest = rest[n:]
	}
	for i, l := range latest {
		if withdrawn(l, latest, day) {
			continue
		}
		st := &stands[slices.IndexFunc(stands, func(s stand) bool { return s.as == l.as })]
		st.words = append(st.words, l)
		for j := len(said[i]) - 2; j >= 0; j-- {
			w := &said[i][j]
			if speaks, _ := w.speaksOf(day); !speaks {
				continue
			}
			if w.stance != l.stance || withdrawn(w, latest, day) {
				break
			}
			st.words = append(st.words, w)
		}
	}
	return stands
}

// begun reports whether there was a word by a day.
func begun(words []word, day graph.Day) bool {
	for i := range words {
		if words[i].begins() <= day {
			return true
		}
	}
	return false
}

// with has a stand for a regard.
func with(stands []stand, as Regard) []stand {
	if slices.ContainsFunc(stands, func(s stand) bool { return s.as == as }) {
		return stands
	}
	return append(stands, stand{as: as})
}

// latestOf is the place of the word that counts on a day among a voice's words about one regard, -1 if none does.
func latestOf(words []word, day graph.Day) int {
	afterwards := -1
	for i := len(words) - 1; i >= 0; i-- {
		switch speaks, known := words[i].speaksOf(day); {
		case speaks && known:
			return i
		case speaks && afterwards < 0:
			afterwards = i
		}
	}
	return afterwards
}

// withdrawn reports whether a voice affirms something else now, with which what it said before cannot be.
func withdrawn(w *word, latest []*word, day graph.Day) bool {
	return w.stance != graph.Denied && slices.ContainsFunc(latest, func(l *word) bool {
		return l.affirms() && l.as.conflicts(w.as) && l.outdates(w, day)
	})
}

// affirmed reports whether somebody says that there is recognition.
func (s *stand) affirmed() bool { return slices.ContainsFunc(s.words, (*word).affirms) }

// statusOf is the status that words of different voices come to.
func statusOf(words []*word) RecognitionStatus {
	for _, status := range []RecognitionStatus{IsRecognized, IsImplied, IsIntended, IsDenied} {
		if !slices.ContainsFunc(words, func(w *word) bool { return w.bears(status) }) {
			continue
		}
		denied := slices.ContainsFunc(words, func(w *word) bool { return w.stance == graph.Denied })
		if denied && (status == IsRecognized || status == IsImplied) {
			return Disputed
		}
		return status
	}
	return NoneRecorded
}

// since is the earliest date that the words give on which the status rests; of several the one claimed first.
func (s *stand) since() graph.Date {
	var first *word
	for _, w := range s.words {
		if !w.bears(s.status) || w.when.IsZero() {
			continue
		}
		if first == nil || cmp.Or(cmp.Compare(w.from, first.from), cmp.Compare(w.claim, first.claim)) < 0 {
			first = w
		}
	}
	if first == nil {
		return graph.Date{}
	}
	return first.when
}
