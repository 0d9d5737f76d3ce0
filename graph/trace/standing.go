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
	rests  stances // those of the words that the status rests on
	taken  stances // those of all words
	words  []*word // each voice's latest, and what it had said to the same effect, in the same stance, before
}

// A hearing works out how words stand, again and again in the same memory.
type hearing struct {
	stands []stand
	latest [][]word // of a voice and each regard, its words up to the one that counts
}

// on are the stands of each regard of which there was a word by a day, in order; they are good until the next call. Words are sorted.
//
// Of each voice the latest word counts, among those that had been said by the day. Of a voice that had said nothing by then, what it said
// later of that time counts: who recognized what in May is known from those, too, who told of it in September.
func (h *hearing) on(day graph.Day, words []word) []stand {
	h.stands = h.stands[:0]
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].voice == words[0].voice {
			n++
		}
		h.hear(words[:n], day)
		words = words[n:]
	}
	if len(h.stands) > 1 {
		slices.SortFunc(h.stands, func(a, b stand) int { return a.as.compare(b.as) })
	}
	var part, independent bool // what is affirmed
	for i := range h.stands {
		st := &h.stands[i]
		st.status, st.rests = st.taken.status()
		if st.taken&affirming != 0 {
			part, independent = part || st.as.PartOf != ledger.NoEntity, independent || st.as.Independent
		}
	}
	if part && independent {
		for i := range h.stands {
			if st := &h.stands[i]; st.taken&affirming != 0 && st.as != (Regard{PartOf: ledger.NoEntity}) {
				st.status, st.rests = Disputed, affirming
			}
		}
	}
	return h.stands
}

// hear takes in the words of one voice.
func (h *hearing) hear(words []word, day graph.Day) {
	h.latest = h.latest[:0]
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].as == words[0].as {
			n++
		}
		if last := latestOf(words[:n], day); last >= 0 {
			h.latest = append(h.latest, words[:last+1])
		} else if begun(words[:n], day) {
			h.stand(words[0].as)
		}
		words = words[n:]
	}
	for _, said := range h.latest {
		last := &said[len(said)-1]
		st := h.stand(last.as) // there is one of what was withdrawn, too
		if h.withdrawn(last, day) {
			continue
		}
		st.take(last)
		for i := len(said) - 2; i >= 0; i-- {
			w := &said[i]
			if speaks, _ := w.speaksOf(day); !speaks {
				continue
			}
			if w.stance != last.stance || h.withdrawn(w, day) {
				break
			}
			st.take(w)
		}
	}
}

// stand is that of a regard, a new one if there is none.
func (h *hearing) stand(as Regard) *stand {
	for i := range h.stands {
		if h.stands[i].as == as {
			return &h.stands[i]
		}
	}
	n := len(h.stands)
	if n == cap(h.stands) {
		h.stands = append(h.stands, stand{})
	}
	h.stands = h.stands[:n+1]
	st := &h.stands[n]
	st.as, st.taken, st.words = as, 0, st.words[:0]
	return st
}

func (s *stand) take(w *word) {
	s.taken |= stancesOf(w.stance)
	s.words = append(s.words, w)
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

// withdrawn reports whether the voice affirms something else now, with which what it said before cannot be.
func (h *hearing) withdrawn(w *word, day graph.Day) bool {
	if len(h.latest) == 1 || w.stance == denied {
		return false
	}
	for _, said := range h.latest {
		if l := &said[len(said)-1]; l.affirms() && l.as.conflicts(w.as) && l.outdates(w, day) {
			return true
		}
	}
	return false
}

// first is the word with the earliest date on which the status rests, of several the one claimed first; nil if they give none.
func (s *stand) first() *word {
	var first *word
	for _, w := range s.words {
		if !s.rests.has(w.stance) || !w.Dated() {
			continue
		}
		if first == nil || cmp.Or(cmp.Compare(w.from, first.from), cmp.Compare(w.Claim(), first.Claim())) < 0 {
			first = w
		}
	}
	return first
}
