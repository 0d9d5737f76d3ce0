package store

import (
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// stretch makes the parts of the ties in a course that are of days after another, of no more than it takes to have enough.
func (w *pastWalk) stretch(c *topology.Course, after graph.Day, enough int) {
	w.passed = c.Next(w.passed[:0], after, enough-len(w.parts))
	for rest := w.passed; len(rest) > 0; {
		if n := w.plainTies(rest); n > 0 {
			rest = rest[n:]
			continue
		}
		n := 1
		for n < len(rest) && rest[n].On == rest[0].On {
			n++
		}
		w.begin(rest[0].On)
		w.ties(rest[:n])
		w.all()
		w.sort()
		rest = rest[n:]
	}
}

// day makes the parts of one day, the newest that is left, of all courses and of those that are loose.
func (w *pastWalk) day(day graph.Day) {
	w.begin(day)
	for i := range w.courses {
		if d, more := w.courses[i].Day(); more && d == day {
			w.passed = w.courses[i].Next(w.passed[:0], day-1, 1)
			w.ties(w.passed)
		}
	}
	w.all()
	for ; len(w.loose) > 0 && w.loose[0].day() == day; w.loose = w.loose[1:] {
		w.parts = append(w.parts, *w.loose[0].Participation)
	}
	w.sort()
}

// begin begins a day.
func (w *pastWalk) begin(day graph.Day) {
	w.date, w.from, w.byKey = day.Date(), len(w.parts), nil
}

// sort puts the parts of the day into their order.
func (w *pastWalk) sort() {
	slices.SortFunc(w.parts[w.from:], func(a, b Participation) int { return byClaim(&a, &b) })
}

// ties gathers ties in a course that are of the day.
func (w *pastWalk) ties(passed []topology.Passed) {
	for _, x := range passed {
		if !w.gathered(x.Stub) {
			w.tie(x.Stub, *w.f.Actor, x.Other())
		}
	}
}

// gathered reports whether a tie in a course was gathered with the loose ones.
func (w *pastWalk) gathered(x topology.Stub) bool {
	return len(w.busy) > 0 && w.busy[busyKey{x.Predicate(), x.Other()}]
}

// plainTies makes the parts of ties in a course that are parts by themselves, as nearly all are, up to the first day of which some may not be. It
// tells of how many ties.
func (w *pastWalk) plainTies(passed []topology.Passed) int {
	if w.f.Stances != nil {
		return 0
	}
	parts, nos, made, first := w.parts, w.nos, len(w.parts), 0
	for i, x := range passed {
		if x.On != passed[first].On {
			made, first = len(parts), i
		}
		if w.gathered(x.Stub) {
			continue
		}
		if x.Qualified() || !x.Accepted() || i-first > few || leadTo(passed[first:i], x.Other()) {
			w.parts, w.nos = parts[:made], nos
			return first
		}
		nos, parts = append(nos, x.Claim()), append(parts, Participation{})
		p, n := &parts[len(parts)-1], len(nos)
		p.Actor, p.Meeting, p.OnBehalfOf, p.role, p.When, p.Claims = *w.f.Actor, x.Other(), NoEntity, x.Predicate(), x.On.Date(), nos[n-1:n:n]
	}
	w.parts, w.nos = parts, nos
	return len(passed)
}

// leadTo reports whether one of the ties leads to a meeting.
func leadTo(passed []topology.Passed, meeting Entity) bool {
	for _, x := range passed {
		if x.Other() == meeting {
			return true
		}
	}
	return false
}
