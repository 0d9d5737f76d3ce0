package store

import (
	"encoding/binary"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// A pastWalk goes over an actor's parts from the newest to the oldest. Ties in a [topology.Course] are looked at day by day, and no more of
// them than it takes; all others are gathered before.
type pastWalk struct {
	v       *View
	f       *ParticipationFilter
	courses []roleCourse
	loose   []placedPart
	// busy are roles in meetings of which some ties are loose: all of them were gathered with those.
	busy map[busyKey]bool

	day   gathering // of one day's ties in courses
	stubs []topology.Stub
	parts []placedPart
}

type roleCourse struct {
	topology.Course
	role uint8
}

type busyKey struct {
	role    uint8
	meeting Entity
}

// backInTime yields the parts of the filter's actor in their order, until yield ends it. After a place in the list it leaves out what comes before
// the day of that place, but for the first of all.
func (v *View) backInTime(f *ParticipationFilter, after string, yield func(*Participation) bool) {
	w := v.newPastWalk(f)
	if day, ok := dayOf(after); ok {
		start := *w
		start.courses = slices.Clone(w.courses)
		start.each(func(p *Participation) bool {
			if p.place(true).text() <= after {
				yield(p)
			}
			return false
		})
		w.skip(day)
	}
	w.each(yield)
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
	w := &pastWalk{v: v, f: f, day: gathering{v: v, f: f, dated: true}}
	var loose []topology.Stub
	for _, m := range v.snap.Members(*f.Actor) {
		for _, role := range f.roles() {
			var course topology.Course
			course, loose = v.snap.Course(loose, m, role.Code)
			if _, some := course.Day(); some {
				w.courses = append(w.courses, roleCourse{course, role.Code})
			}
		}
	}
	if len(w.courses) > 0 {
		loose = w.together(loose)
	}
	gathered := gathering{v: v, f: f}
	gathered.actor(loose)
	gathered.mentions()
	w.loose = appendPlaced(nil, gathered.all())
	slices.SortFunc(w.loose, placedPart.compare)
	if !v.asOf.IsZero() {
		w.skipCourses(v.day)
	}
	if !f.Window.To.IsZero() {
		w.skipCourses(f.Window.To.Latest())
	}
	return w
}

// together adds to loose ties those in courses with which they may make one part.
func (w *pastWalk) together(loose []topology.Stub) []topology.Stub {
	for _, x := range loose {
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
				loose = c.On(loose, day, key.meeting)
			}
		}
	}
	return loose
}

// skip leaves out what comes before a day in the list.
func (w *pastWalk) skip(day graph.Day) {
	w.skipCourses(day)
	first := ^ordered(int32(day))
	i, _ := slices.BinarySearchFunc(w.loose, first, func(p placedPart, first uint64) int {
		if p.at[0] < first {
			return -1
		}
		return 1
	})
	w.loose = w.loose[i:]
}

func (w *pastWalk) skipCourses(day graph.Day) {
	for i := range w.courses {
		w.courses[i].Skip(day)
	}
}

// each yields the parts that are left, until yield ends it.
func (w *pastWalk) each(yield func(*Participation) bool) {
	for {
		day, some := w.newest()
		if some && !w.f.Window.From.IsZero() && day < w.f.Window.From.Earliest() {
			w.courses, some = nil, false
		}
		at := ^ordered(int32(day))
		switch {
		case some && (len(w.loose) == 0 || w.loose[0].at[0] > at):
			if parts := w.gather(day); len(parts) == 1 {
				if !yield(&parts[0]) {
					return
				}
				continue
			} else {
				w.parts = appendPlaced(w.parts[:0], parts)
			}
		case some && w.loose[0].at[0] == at:
			w.parts = appendPlaced(w.parts[:0], w.gather(day))
			for ; len(w.loose) > 0 && w.loose[0].at[0] == at; w.loose = w.loose[1:] {
				w.parts = append(w.parts, w.loose[0])
			}
		case len(w.loose) > 0:
			w.parts, w.loose = append(w.parts[:0], w.loose[0]), w.loose[1:]
		default:
			return
		}
		slices.SortFunc(w.parts, placedPart.compare)
		for _, p := range w.parts {
			if !yield(p.Participation) {
				return
			}
		}
	}
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
func (w *pastWalk) gather(day graph.Day) []Participation {
	w.day.date, w.day.parts, w.day.byKey = day.Date(), w.day.parts[:0], nil
	for i := range w.courses {
		if d, more := w.courses[i].Day(); !more || d != day {
			continue
		}
		w.stubs = w.courses[i].Next(w.stubs[:0])
		for _, x := range w.stubs {
			if len(w.busy) == 0 || !w.busy[busyKey{x.Predicate(), x.Other()}] {
				w.day.tie(x, *w.f.Actor, x.Other())
			}
		}
	}
	return w.day.all()
}
