package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A Track is a series of meetings: those that are joined by a common third party, directly or by way of others, with at most three
// years between. What is joined has to be so for certain: a meeting whose date is doubtful, or whose beginning or end is not
// known, is a track of its own.
type Track struct {
	ThirdParties []ledger.EntityNo // of all its meetings, in ledger order
	Meetings     []int             // by their places in the answer, ascending
	From, To     graph.Date        // of its first meeting, and of that which lasted longest; absent if it has no date
	ParallelTo   []int             // the tracks that were going on at a time with it, ascending
}

// joining is how many days may lie between two meetings of a track: three years, of which one may have a leap day.
const joining = 3*365 + 1

// A tracker finds the tracks of meetings and the hand-overs between them, again and again in the same memory.
type tracker struct {
	sets    sets
	numbers []int // of each set, by the meeting that it is known by, the number of its track, from 1
	sizes   []trackSize
	shares  []share
	dated   []sure
	begins  []graph.Day // of tracks, in their order
	ends    []graph.Day // sorted
}

// A trackSize is how many meetings a track has, and third parties with each of them.
type trackSize struct{ meetings, thirds int }

// A share is a third party's in a meeting.
type share struct {
	actor   ledger.EntityNo
	meeting int
}

// A sure meeting is one of which it is certain that it had begun by a day and not ended before another.
type sure struct {
	meeting      int
	begun, ended int
}

// tracks are those of meetings, which are in the order of time, by their first meetings.
func (tr *tracker) tracks(w *work, meetings []MediatedMeeting) ([]Track, error) {
	tr.join(meetings)
	tracks := tr.empty(meetings)
	for i := range meetings {
		if len(meetings[i].ThirdParties) > 0 {
			tracks[tr.numbers[tr.sets.find(i)]-1].add(i, &meetings[i])
		}
	}
	for i := range tracks {
		tracks[i].ThirdParties = inOrder(tracks[i].ThirdParties)
	}
	return tracks, parallel(w, tracks)
}

// empty numbers the sets of meetings with third parties, and makes a track for each with room for what it has.
func (tr *tracker) empty(meetings []MediatedMeeting) []Track {
	tr.numbers, tr.sizes = append(tr.numbers[:0], make([]int, len(meetings))...), tr.sizes[:0]
	mediated := 0
	for i := range meetings {
		n := len(meetings[i].ThirdParties)
		if n == 0 {
			continue
		}
		number := &tr.numbers[tr.sets.find(i)]
		if *number == 0 {
			tr.sizes = append(tr.sizes, trackSize{})
			*number = len(tr.sizes)
		}
		size := &tr.sizes[*number-1]
		size.meetings, size.thirds, mediated = size.meetings+1, size.thirds+n, mediated+1
	}
	if mediated == 0 {
		return nil
	}
	tracks, places, thirds := make([]Track, len(tr.sizes)), make([]int, mediated), make([]ledger.EntityNo, len(tr.shares))
	for i, size := range tr.sizes {
		tracks[i].Meetings, places = places[:0:size.meetings], places[size.meetings:]
		tracks[i].ThirdParties, thirds = thirds[:0:size.thirds], thirds[size.thirds:]
	}
	return tracks
}

// join makes the sets of meetings that common third parties join.
func (tr *tracker) join(meetings []MediatedMeeting) {
	tr.sets, tr.shares = tr.sets[:0], tr.shares[:0]
	for i := range meetings {
		tr.sets = append(tr.sets, i)
		for j := range meetings[i].ThirdParties {
			tr.shares = append(tr.shares, share{meetings[i].ThirdParties[j].For, i})
		}
	}
	if len(meetings) < 2 {
		return
	}
	shares := tr.shares
	slices.SortFunc(shares, func(a, b share) int { return cmp.Or(cmp.Compare(a.actor, b.actor), cmp.Compare(a.meeting, b.meeting)) })
	for from := 0; from < len(shares); {
		to := from + 1
		for to < len(shares) && shares[to].actor == shares[from].actor {
			to++
		}
		tr.joinSeries(meetings, shares[from:to])
		from = to
	}
}

func (t *Track) add(meeting int, m *MediatedMeeting) {
	date := m.Unit.Date
	if len(t.Meetings) == 0 {
		t.From, t.To = date, date
	} else if _, to := t.To.Known(); !date.IsZero() {
		if _, last := date.Known(); last > to {
			t.To = date
		}
	}
	t.Meetings = append(t.Meetings, meeting)
	for i := range m.ThirdParties {
		t.ThirdParties = append(t.ThirdParties, m.ThirdParties[i].For)
	}
}

// joinSeries joins the meetings that one third party shares in, where they lie within three years of each other. Taken by the day on which each had
// begun for certain, only the one before that ended latest has to be looked at: whatever another before could be
// joined to, that one can, too.
func (tr *tracker) joinSeries(meetings []MediatedMeeting, series []share) {
	if len(series) < 2 {
		return
	}
	dated := tr.dated[:0]
	for _, s := range series {
		date := meetings[s.meeting].Unit.Date
		b := date.Bounds()
		begun, ended := date.Core()
		if !doubtful(date) && !b.UnknownStart && !b.UnknownEnd && int(begun)-int(ended) <= joining {
			dated = append(dated, sure{s.meeting, int(begun), int(ended)})
		}
	}
	slices.SortFunc(dated, func(a, b sure) int { return cmp.Or(cmp.Compare(a.begun, b.begun), cmp.Compare(a.meeting, b.meeting)) })
	last := 0
	for i := range dated {
		if i > 0 && dated[i].begun-dated[last].ended <= joining {
			tr.sets.join(dated[i].meeting, dated[last].meeting)
		}
		if dated[i].ended > dated[last].ended {
			last = i
		}
	}
	tr.dated = dated
}

// span is the first and the last day on which a track is known to have been going on; false if it has no date.
func (t *Track) span() (first, last graph.Day, ok bool) {
	first, _ = t.From.Known()
	_, last = t.To.Known()
	return first, last, !t.From.IsZero()
}

// parallel notes which tracks overlap. They are in the order in which they begin, those without a date last.
func parallel(w *work, tracks []Track) error {
	for i := range tracks {
		_, last, ok := tracks[i].span()
		for j := i + 1; ok && j < len(tracks); j++ {
			first, _, dated := tracks[j].span()
			if !dated || first > last {
				break
			}
			if err := w.spend(1); err != nil {
				return err
			}
			tracks[i].ParallelTo = append(tracks[i].ParallelTo, j)
			tracks[j].ParallelTo = append(tracks[j].ParallelTo, i)
		}
	}
	for i := range tracks {
		slices.Sort(tracks[i].ParallelTo)
	}
	return nil
}

// sets are disjoint sets of numbers, each known by one of its members.
type sets []int

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(a, b int) { s[s.find(a)] = s.find(b) }
