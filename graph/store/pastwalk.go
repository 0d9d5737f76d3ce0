package store

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sort"
	"sync"

	"entente/graph"
	"entente/graph/topology"
)

// A pastWalk gathers an actor's parts from the newest to the oldest. Ties in a [topology.Course] are looked at day by day, and no more of
// them than it takes; all others are gathered before. The memory that it works with is handed on to later ones.
type pastWalk struct {
	gathering // of ties in courses; its parts are those that have been come to
	courses   []roleCourse
	loose     []placedPart
	// busy are roles in meetings of which some ties are loose: all of them were gathered with those.
	busy  map[busyKey]bool
	stubs []topology.Stub // the ties that are loose, then those of a day
	// plain says that nothing that holds for all ties in courses keeps one that is asserted from being a part by itself.
	plain bool
}

type roleCourse struct {
	topology.Course
	role uint8
}

type busyKey struct {
	role    uint8
	meeting Entity
}

var pastWalks = sync.Pool{New: func() any { return new(pastWalk) }}

// close gives the memory back. What was found stays.
func (w *pastWalk) close() {
	clear(w.courses)
	*w = pastWalk{gathering: gathering{roles: w.roles[:0]}, courses: w.courses[:0], stubs: w.stubs[:0]}
	pastWalks.Put(w)
}

// backInTime is a page of the parts of the filter's actor, which begins after a place in the list, and whether others come before and after.
func (v *View) backInTime(f *ParticipationFilter, after string, most int) (parts []Participation, previous, next bool) {
	w := v.newPastWalk(f)
	defer w.close()
	if day, ok := dayOf(after); ok {
		start := *w
		start.courses = slices.Clone(w.courses)
		previous = start.next() && start.parts[0].place(true).text() <= after
		w.skip(day)
	}
	room := len(w.loose)
	for i := range w.courses {
		room += w.courses[i].Len()
	}
	if room > most {
		room = most + 1
	}
	w.parts, w.nos = make([]Participation, 0, room), make([]ClaimNo, 0, room)
	for w.next() {
		if after != "" {
			passed := 0
			for today := w.parts[w.from:]; passed < len(today) && today[passed].place(true).text() <= after; passed++ {
				previous = true
			}
			w.parts = slices.Delete(w.parts, w.from, w.from+passed)
		}
		if len(w.parts) > most {
			return w.parts[:most], previous, true
		}
	}
	return w.parts, previous, false
}

// dayOf is the day in the text of a place; false if there is none.
func dayOf(place string) (graph.Day, bool) {
	if len(place) < 8 {
		return 0, false
	}
	day := ^binary.BigEndian.Uint64([]byte(place))
	return graph.Day(int64(day) + math.MinInt32), day <= math.MaxUint32
}

func (v *View) newPastWalk(f *ParticipationFilter) *pastWalk {
	w := pastWalks.Get().(*pastWalk)
	// Ties in courses are of their day alone, so that what the window leaves out of them is not even looked at.
	w.v, w.f, w.dated, w.roles = v, f, true, f.roles(w.roles)
	members := v.snap.Members(*f.Actor)
	for _, m := range members {
		for _, role := range w.roles {
			var course topology.Course
			course, w.stubs = v.snap.Course(w.stubs, m, role)
			if course.Len() > 0 {
				w.courses = append(w.courses, roleCourse{course, role})
			}
		}
	}
	w.gatherLoose()
	w.plain = len(members) == 1 && f.Stances == nil && v.asOf.IsZero()
	if !v.asOf.IsZero() {
		w.skipCourses(graph.DayMin, v.day)
	}
	if !f.Window.IsZero() {
		w.skipCourses(f.Window.From.Earliest(), f.Window.To.Latest())
	}
	return w
}

// gatherLoose makes the parts of ties that are in no course.
func (w *pastWalk) gatherLoose() {
	if len(w.courses) > 0 {
		w.together()
	}
	g := gathering{v: w.v, f: w.f, roles: w.roles, window: w.f.Window}
	g.actor(w.stubs)
	g.mentions()
	parts := g.all()
	for i := range parts {
		w.loose = append(w.loose, placedPart{&parts[i], parts[i].place(true)})
	}
	slices.SortFunc(w.loose, func(a, b placedPart) int { return slices.Compare(a.at[:], b.at[:]) })
}

// A placedPart is a part with its place.
type placedPart struct {
	*Participation
	at place
}

// together adds to the loose ties those in courses with which they may make one part.
func (w *pastWalk) together() {
	for _, x := range w.stubs {
		key := busyKey{x.Predicate(), w.v.snap.Group(x.Other())}
		if w.busy[key] {
			continue
		}
		if w.busy == nil {
			w.busy = make(map[busyKey]bool)
		}
		w.busy[key] = true
		day, ok := w.v.snap.Date(key.meeting).Exact()
		for i := range w.courses {
			if c := &w.courses[i]; ok && c.role == key.role {
				w.stubs = c.On(w.stubs, day, key.meeting)
			}
		}
	}
}

// skip leaves out what comes before a day in the list.
func (w *pastWalk) skip(day graph.Day) {
	w.skipCourses(graph.DayMin, day)
	first := ^ordered(int32(day))
	w.loose = w.loose[sort.Search(len(w.loose), func(i int) bool { return w.loose[i].at[0] >= first }):]
}

// skipCourses leaves out what is in courses, but for some days.
func (w *pastWalk) skipCourses(from, to graph.Day) {
	for i := range w.courses {
		w.courses[i].Keep(from, to)
	}
}

// next gathers the parts of the newest day that is left, in their order; false if there are none left.
func (w *pastWalk) next() bool {
	for {
		day, some := w.newest()
		at := ^ordered(int32(day))
		if len(w.loose) > 0 && (!some || w.loose[0].at[0] < at) {
			at, some = w.loose[0].at[0], false
		} else if !some {
			return false
		}
		w.from, w.byKey = len(w.parts), nil
		if some {
			w.gather(day)
		}
		for ; len(w.loose) > 0 && w.loose[0].at[0] == at; w.loose = w.loose[1:] {
			w.parts = append(w.parts, *w.loose[0].Participation)
		}
		today := w.parts[w.from:]
		if !inPlace(today) {
			slices.SortFunc(today, func(a, b Participation) int { return byClaim(&a, &b) })
		}
		if len(today) > 0 {
			return true
		}
	}
}

// inPlace reports whether parts of one day are in their order, as those of one role are when they come out of a course.
func inPlace(today []Participation) bool {
	for i := 1; i < len(today); i++ {
		if byClaim(&today[i-1], &today[i]) > 0 {
			return false
		}
	}
	return true
}

// byClaim orders parts of one day, or of roles of one strength, as their places do.
func byClaim(a, b *Participation) int {
	return cmp.Or(cmp.Compare(a.role, b.role), cmp.Compare(a.Claims[0], b.Claims[0]), cmp.Compare(a.OnBehalfOf, b.OnBehalfOf))
}

// newest is the newest day of which there are ties in courses.
func (w *pastWalk) newest() (newest graph.Day, some bool) {
	for i := range w.courses {
		if day, more := w.courses[i].Day(); more && (!some || day > newest) {
			newest, some = day, true
		}
	}
	return newest, some
}

// gather makes the parts of a day's ties in courses.
func (w *pastWalk) gather(day graph.Day) {
	w.date = day.Date()
	all := true
	for i := range w.courses {
		if d, more := w.courses[i].Day(); !more || d != day {
			continue
		}
		w.stubs = w.courses[i].Next(w.stubs[:0])
		if w.plain && w.gatherPlain() {
			continue
		}
		all = false
		for _, x := range w.stubs {
			if !w.gathered(x) {
				w.tie(x, *w.f.Actor, x.Other())
			}
		}
	}
	if !all {
		w.all()
	}
}

// gathered reports whether a tie in a course was gathered with the loose ones.
func (w *pastWalk) gathered(x topology.Stub) bool {
	return len(w.busy) > 0 && w.busy[busyKey{x.Predicate(), x.Other()}]
}

// gatherPlain makes the parts of a day's ties in one course if each that is not gathered yet is one by itself, as nearly all are; else it is
// false, and makes none.
func (w *pastWalk) gatherPlain() bool {
	if len(w.stubs) > few {
		return false
	}
	parts, nos := w.parts, w.nos
	for i, x := range w.stubs {
		if w.gathered(x) {
			continue
		}
		if x.Qualified() || !x.Accepted() {
			return false
		}
		for _, before := range w.stubs[:i] {
			if before.Other() == x.Other() {
				return false
			}
		}
		nos, parts = append(nos, x.Claim()), append(parts, Participation{})
		p, n := &parts[len(parts)-1], len(nos)
		p.Actor, p.Meeting, p.OnBehalfOf, p.role, p.When, p.Claims = *w.f.Actor, x.Other(), NoEntity, x.Predicate(), w.date, nos[n-1:n:n]
	}
	w.parts, w.nos = parts, nos
	return true
}
