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

// A pastWalk gathers an actor's parts from the newest to the oldest. Ties in a [topology.Course] are looked at by stretches of days, and no more of
// them than it takes; all others are gathered before. The memory that it works with is handed on to later ones.
type pastWalk struct {
	gathering // of ties in courses; its parts are those that have been come to
	courses   []roleCourse
	loose     []placedPart
	// busy are roles in meetings of which some ties are loose: all of them were gathered with those.
	busy   map[busyKey]bool
	stubs  []topology.Stub   // the ties that are loose
	passed []topology.Passed // the ties of a stretch
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
	*w = pastWalk{gathering: gathering{roles: w.roles[:0]}, courses: w.courses[:0], stubs: w.stubs[:0], passed: w.passed[:0]}
	pastWalks.Put(w)
}

// backInTime is a page of the parts of the filter's actor, which begins after a place in the list, and whether others come before and after.
func (v *View) backInTime(f *ParticipationFilter, after string, most int) (parts []Participation, previous, next bool) {
	w := v.newPastWalk(f)
	defer w.close()
	if day, ok := dayOf(after); ok {
		start := *w
		start.courses = slices.Clone(w.courses)
		previous = start.next(1) && start.parts[0].place(true).text() <= after
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
	for from := 0; w.next(most + 1); from = len(w.parts) {
		if after != "" {
			before := 0
			for found := w.parts[from:]; before < len(found) && found[before].place(true).text() <= after; before++ {
				previous = true
			}
			w.parts = slices.Delete(w.parts, from, from+before)
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
	// Ties in courses are of their day alone, so that what the view's day and the window leave out of them is not even looked at.
	w.v, w.f, w.dated, w.roles = v, f, true, f.roles(w.roles)
	for _, m := range v.snap.Members(*f.Actor) {
		for _, role := range w.roles {
			var course topology.Course
			course, w.stubs = v.snap.Course(w.stubs, m, role)
			if course.Len() > 0 {
				w.courses = append(w.courses, roleCourse{course, role})
			}
		}
	}
	w.gatherLoose()
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

// day is that of the place; the least there is if the part has no date.
func (p *placedPart) day() graph.Day { return graph.Day(int64(^p.at[0]) + math.MinInt32) }

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

// next gathers parts of the newest days that are left, in their order, of one day or, where one course alone has ties of them, of as many as it takes to
// have enough; false if there are none left.
func (w *pastWalk) next(enough int) bool {
	for made := len(w.parts); len(w.parts) == made; {
		lead, day, then := w.newest()
		switch {
		case lead != nil && then < day:
			w.stretch(lead, then, enough)
		case lead == nil && len(w.loose) == 0:
			return false
		default:
			w.day(day)
		}
	}
	return true
}

// newest is the newest day of which anything is left, and the course that has ties of it; nil if loose parts are of it, too, or nothing is left. Then is the
// newest day of which anything else is; it may be the same.
func (w *pastWalk) newest() (lead *topology.Course, newest, then graph.Day) {
	newest, then = graph.DayMin, graph.DayMin // which no tie in a course is of
	if len(w.loose) > 0 {
		newest = w.loose[0].day()
	}
	for i := range w.courses {
		c := &w.courses[i].Course
		switch day, more := c.Day(); {
		case !more:
		case day > newest:
			lead, newest, then = c, day, newest
		default:
			then = max(then, day)
		}
	}
	return lead, newest, then
}

// byClaim orders parts of one day, or of roles of one strength, as their places do.
func byClaim(a, b *Participation) int {
	return cmp.Or(cmp.Compare(a.role, b.role), cmp.Compare(a.Claims[0], b.Claims[0]), cmp.Compare(a.OnBehalfOf, b.OnBehalfOf))
}
