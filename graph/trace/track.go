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

// tracksOf are the tracks of meetings, which are in the order of time, by their first meetings.
func tracksOf(meetings []MediatedMeeting) []Track {
	sets := newSets(len(meetings))
	byActor := make(map[ledger.EntityNo][]int)
	var actors []ledger.EntityNo
	for i := range meetings {
		for _, a := range meetings[i].thirds() {
			if byActor[a] == nil {
				actors = append(actors, a)
			}
			byActor[a] = append(byActor[a], i)
		}
	}
	for _, a := range actors {
		joinSeries(sets, meetings, byActor[a])
	}
	var tracks []Track
	at := make(map[int]int) // of each set the number of its track
	for i := range meetings {
		thirds := meetings[i].thirds()
		if len(thirds) == 0 {
			continue
		}
		root := sets.find(i)
		n, ok := at[root]
		if !ok {
			n = len(tracks)
			at[root] = n
			tracks = append(tracks, Track{})
		}
		tracks[n].add(i, thirds, meetings)
	}
	for i := range tracks {
		tracks[i].ThirdParties = sortedOnce(tracks[i].ThirdParties)
	}
	parallel(tracks)
	return tracks
}

func sortedOnce(entities []ledger.EntityNo) []ledger.EntityNo {
	slices.Sort(entities)
	return slices.Compact(entities)
}

func (t *Track) add(meeting int, thirds []ledger.EntityNo, meetings []MediatedMeeting) {
	date := meetings[meeting].Unit.Date
	if len(t.Meetings) == 0 {
		t.From, t.To = date, date
	} else if _, to := t.To.Known(); !date.IsZero() {
		if _, last := date.Known(); last > to {
			t.To = date
		}
	}
	t.Meetings = append(t.Meetings, meeting)
	t.ThirdParties = append(t.ThirdParties, thirds...)
}

// joinSeries joins the meetings of one third party that lie within three years of each other. Taken by the day on which each had
// begun for certain, only the one before that ended latest has to be looked at: whatever another before could be
// joined to, that one can, too.
func joinSeries(sets sets, meetings []MediatedMeeting, series []int) {
	type sure struct {
		meeting      int
		begun, ended int
	}
	var dated []sure
	for _, i := range series {
		date := meetings[i].Unit.Date
		b := date.Bounds()
		begun, ended := date.Core()
		if !doubtful(date) && !b.UnknownStart && !b.UnknownEnd && int(begun)-int(ended) <= joining {
			dated = append(dated, sure{i, int(begun), int(ended)})
		}
	}
	slices.SortFunc(dated, func(a, b sure) int { return cmp.Or(cmp.Compare(a.begun, b.begun), cmp.Compare(a.meeting, b.meeting)) })
	last := 0
	for i := range dated {
		if i > 0 && dated[i].begun-dated[last].ended <= joining {
			sets.join(dated[i].meeting, dated[last].meeting)
		}
		if dated[i].ended > dated[last].ended {
			last = i
		}
	}
}

// span is the first and the last day on which a track is known to have been going on; false if it has no date.
func (t *Track) span() (first, last graph.Day, ok bool) {
	first, _ = t.From.Known()
	_, last = t.To.Known()
	return first, last, !t.From.IsZero()
}

// parallel notes which tracks overlap. They are in the order in which they begin, those without a date last.
func parallel(tracks []Track) {
	for i := range tracks {
		_, last, ok := tracks[i].span()
		for j := i + 1; ok && j < len(tracks); j++ {
			first, _, dated := tracks[j].span()
			if !dated || first > last {
				break
			}
			tracks[i].ParallelTo = append(tracks[i].ParallelTo, j)
			tracks[j].ParallelTo = append(tracks[j].ParallelTo, i)
		}
	}
	for i := range tracks {
		slices.Sort(tracks[i].ParallelTo)
	}
}

// sets are disjoint sets of numbers, each known by one of its members.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(a, b int) { s[s.find(a)] = s.find(b) }
