package trace

import (
	"cmp"
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
)

// A stand is how the words of one recognizer about one thing stand, as one regard, on a day.
type stand struct {
	as     Regard
	status RecognitionStatus
	rests  stances  // those of the words that the status rests on
	taken  stances  // those of all words
	words  []uint32 // each voice's latest, and what it had said to the same effect, in the same stance, before
}

// A hearing works out how words stand, again and again in the same memory. It is handed on to later questions.
type hearing struct {
	words  []word // of one recognizer about one thing; what follows has their places
	stands []stand
	latest []upTo // of a voice and each regard
}

// An upTo is the words of a voice and a regard up to the last one that counts, with the place of their stand.
type upTo struct{ first, last, stand uint32 }

var hearings = sync.Pool{New: func() any { return new(hearing) }}

// close gives a hearing back, which must not be used any more.
func (h *hearing) close() {
	h.words = nil // somebody else's
	hearings.Put(h)
}

// on are the stands of each regard of which there was a word by a day, in order; they are good until the next call. Words are sorted.
//
// Of each voice the latest word counts, among those that had been said by the day. Of a voice that had said nothing by then, what it said
// later of that time counts: who recognized what in May is known from those, too, who told of it in September.
func (h *hearing) on(day graph.Day, words []word) []stand {
	h.words, h.stands = words, h.stands[:0]
	for from, to := 0, 0; from < len(words); from = to {
		for to < len(words) && words[to].voice == words[from].voice {
			to++
		}
		h.hear(from, to, day)
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

// hear takes in the words of one voice, which are those in places from one to before another.
func (h *hearing) hear(from, end int, day graph.Day) {
	h.latest = h.latest[:0]
	for to := from; from < end; from = to {
		for to < end && h.words[to].as == h.words[from].as {
			to++
		}
		last, begun := latestOf(h.words[from:to], day)
		if !begun {
			continue
		}
		stand := h.stand(h.words[from].as) // there is one of what is over or was withdrawn, too
		if last >= 0 {
			h.latest = append(h.latest, upTo{uint32(from), uint32(from + last), stand})
		}
	}
	for _, said := range h.latest {
		last := &h.words[said.last]
		if h.withdrawn(last, day) {
			continue
		}
		st := &h.stands[said.stand]
		st.take(said.last, last)
		for i := said.last; i > said.first; {
			i--
			w := &h.words[i]
			if !w.speaksOf(day) {
				continue
			}
			if w.stance != last.stance || h.withdrawn(w, day) {
				break
			}
			st.take(i, w)
		}
	}
}

// stand is the place of that of a regard, a new one if there is none.
func (h *hearing) stand(as Regard) uint32 {
	for i := range h.stands {
		if h.stands[i].as == as {
			return uint32(i)
		}
	}
	n := len(h.stands)
	if n == cap(h.stands) {
		h.stands = append(h.stands, stand{})
	}
	h.stands = h.stands[:n+1]
	st := &h.stands[n]
	st.as, st.taken, st.words = as, 0, st.words[:0]
	return uint32(n)
}

func (s *stand) take(at uint32, w *word) {
	s.taken |= 1 << w.stance
	s.words = append(s.words, at)
}

// latestOf is the place of the word that counts on a day among a voice's words about one regard, -1 if none does; begun is whether there was one by
// then.
func latestOf(words []word, day graph.Day) (last int, begun bool) {
	last = -1
	for i := len(words) - 1; i >= 0; i-- {
		w := &words[i]
		if w.begins > day {
			continue
		}
		begun = true
		switch {
		case day > w.until:
		case w.said <= day:
			return i, true
		case last < 0: // said afterwards
			last = i
		}
	}
	return last, begun
}

// withdrawn reports whether the voice affirms something else now, with which what it said before cannot be.
func (h *hearing) withdrawn(w *word, day graph.Day) bool {
	if len(h.latest) == 1 || w.stance == denied {
		return false
	}
	for _, said := range h.latest {
		if l := &h.words[said.last]; l.affirms() && l.as.conflicts(w.as) && l.outdates(w, day) {
			return true
		}
	}
	return false
}

// first is the place of the word with the earliest date on which a status rests, of several the one claimed first; noWord if they give none.
func (h *hearing) first(s *stand) uint32 {
	first := noWord
	for _, at := range s.words {
		w := &h.words[at]
		if !s.rests.has(w.stance) || !w.Dated() {
			continue
		}
		if first == noWord {
			first = at
		} else if f := &h.words[first]; cmp.Or(cmp.Compare(w.begins, f.begins), cmp.Compare(w.Claim(), f.Claim())) < 0 {
			first = at
		}
	}
	return first
}
