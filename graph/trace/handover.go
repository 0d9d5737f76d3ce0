package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A HandOver is where one track ended and the next began: no other track ended or began between the two.
type HandOver struct {
	After, At            int // the last meeting of the one and the first of the other, by their places in the answer
	Left, Joined, Stayed []ledger.EntityNo
}

// handOvers are those between tracks, which are in the order in which they begin.
func (tr *tracker) handOvers(w *work, tracks []Track, meetings []MediatedMeeting) (found []HandOver, err error) {
	if len(tracks) < 2 {
		return nil, nil
	}
	begins, ends := tr.begins[:0], tr.ends[:0]
	for i := range tracks {
		if first, last, ok := tracks[i].span(); ok {
			begins, ends = append(begins, first), append(ends, last)
		}
	}
	slices.Sort(ends)
	tr.begins, tr.ends = begins, ends
	for i := range begins {
		_, last, _ := tracks[i].span()
		next, _ := slices.BinarySearchFunc(begins, last, func(begin, last graph.Day) int {
			if begin > last {
				return 1
			}
			return -1
		})
		for j := next; j < len(begins) && begins[j] == begins[next]; j++ {
			if err := w.spend(1); err != nil {
				return nil, err
			}
			if latest, _ := slices.BinarySearch(ends, begins[j]); ends[latest-1] == last {
				found = append(found, handOver(tracks[i].last(meetings), tracks[j].Meetings[0], meetings))
			}
		}
	}
	return found, nil
}

// last is the meeting of the track that went on for longest.
func (t *Track) last(meetings []MediatedMeeting) int {
	i := slices.IndexFunc(t.Meetings, func(m int) bool { return meetings[m].Unit.Date == t.To })
	return t.Meetings[i]
}

func handOver(after, at int, meetings []MediatedMeeting) HandOver {
	h := HandOver{After: after, At: at}
	before, then := meetings[after].thirds(), meetings[at].thirds()
	for _, a := range before {
		if slices.Contains(then, a) {
			h.Stayed = append(h.Stayed, a)
		} else {
			h.Left = append(h.Left, a)
		}
	}
	for _, a := range then {
		if !slices.Contains(before, a) {
			h.Joined = append(h.Joined, a)
		}
	}
	return h
}
