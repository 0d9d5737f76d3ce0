package topology

import (
	"sort"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
)

// A course is an entity's claims of one relation by the day of what they lead to, made when it is first asked for: edges lie by the days of the
// claims themselves, and most ties have none, but are of the day of their meeting.
//
// A course is never changed. Claims that came after it are few, and looked for among all; when they are many, or when a meeting is not of
// the day any longer that the course has it under, another is made.
type course struct {
	commit uint64
	claims ledger.ClaimNo
	degree int    // how many edges the entity had in all: if it has no more, there is nothing to look for beside the course
	edges  []edge // by day and number; the day in a key is that of what the claim leads to
	rest   []edge // those that lead to what is not of one day for certain, and those that have a day of their own
}

// courses keeps those that have been asked for. Of a graph in which all are, they take 12 bytes for each tie of an entity with many.
type courses struct {
	of     sync.Map          // courseKey → *course
	broken sync.Map          // ledger.EntityNo → uint64: the newest commit with which a course of the entity ceased to be right
	moved  []ledger.EntityNo // the writer's: what ceases to be of one day with the commit being applied
}

type courseKey struct {
	entity    ledger.EntityNo
	predicate uint8
}

// firstDay is the part of a key that has the first of all days; below are the claims without a date.
const firstDay = 1 << dayShift

// courseLeast is how many claims a course is made for. Fewer are looked at one by one.
const courseLeast = 32

// A Course goes back in time over an entity's claims of one relation, from day to day.
type Course struct {
	s     *Snapshot
	edges []edge // those still to come are at the front
}

// Course divides the entity's standing claims of a relation to others. Those that have no date of their own and lead to what is of just
// one day, without a doubt about it, are mostly in the course; all others are appended to loose. Claims of every stance are among them.
func (s *Snapshot) Course(loose []Stub, e ledger.EntityNo, predicate uint8) (Course, []Stub) {
	l := s.t.state.Load()
	if l.degree(e) < courseLeast {
		return Course{}, s.Stubs(loose, e, predicate, predicate, Out)
	}
	c := s.course(l, e, predicate)
	if c == nil {
		return Course{}, s.Stubs(loose, e, predicate, predicate, Out)
	}
	for _, x := range c.rest {
		if s.t.history.stands(ledger.ClaimNo(x.claim), s.commit) {
			loose = append(loose, Stub{x})
		}
	}
	l.since(e, predicate, c, func(x edge) {
		if s.Stands(ledger.ClaimNo(x.claim)) {
			loose = append(loose, Stub{x})
		}
	})
	return Course{s, c.edges}, loose
}

// since yields the edges of the relation that came after a course. Those without a day of their own lie in the order in which they came.
func (l *layout) since(e ledger.EntityNo, predicate uint8, c *course, yield func(edge)) {
	if l.degree(e) == c.degree {
		return
	}
	undated, dated, end := slotKey(predicate), slotKey(predicate)|firstDay, slotKey(predicate+1)
	l.span(e, undated, dated, func(run []edge) {
		for _, x := range run[sort.Search(len(run), func(i int) bool { return ledger.ClaimNo(run[i].claim) >= c.claims }):] {
			yield(x)
		}
	})
	l.span(e, dated, end, func(run []edge) {
		for _, x := range run {
			if ledger.ClaimNo(x.claim) >= c.claims {
				yield(x)
			}
		}
	})
}

// course is the course that serves the snapshot; nil if none does, or none is worth it.
func (s *Snapshot) course(l *layout, e ledger.EntityNo, predicate uint8) *course {
	key := courseKey{e, predicate}
	if v, ok := s.t.courses.of.Load(key); ok {
		c := v.(*course)
		if c.commit > s.commit {
			return nil // the claims that tell a day there may not have been made at the snapshot
		}
		fresh := 0
		l.since(e, predicate, c, func(edge) { fresh++ })
		if !s.t.courses.brokenAfter(e, c.commit) && fresh <= courseLeast+len(c.edges)/8 {
			return c
		}
	}
	if s.commit != s.t.Head().commit {
		return nil // one of the past would be a poor one for those who ask of today
	}
	c := s.newCourse(l, e, predicate)
	if c != nil {
		s.t.courses.of.Store(key, c)
	}
	return c
}

// newCourse makes a course; nil if there are too few claims for one.
func (s *Snapshot) newCourse(l *layout, e ledger.EntityNo, predicate uint8) *course {
	undated := 0
	l.span(e, slotKey(predicate), slotKey(predicate)|firstDay, func(run []edge) { undated += len(run) })
	if undated < courseLeast {
		return nil
	}
	c := &course{commit: s.commit, claims: s.claims, degree: s.Degree(e), edges: make([]edge, 0, undated)}
	l.each(e, predicate, predicate, func(x edge) bool {
		if ledger.ClaimNo(x.claim) >= s.claims {
			return true
		}
		_, dated := x.day()
		if day, ok := s.Day(ledger.EntityNo(x.other)); ok && !dated {
			x.key |= dayKey(day)
			c.edges = append(c.edges, x)
		} else {
			c.rest = append(c.rest, x)
		}
		return true
	})
	sortEdges(c.edges)
	return c
}

// brokenAfter reports whether a course made at a commit has ceased to be right, maybe with a commit that the asker does not know yet.
func (c *courses) brokenAfter(e ledger.EntityNo, made uint64) bool {
	v, ok := c.broken.Load(e)
	return ok && v.(uint64) > made
}

// Day is the day of what the next claims lead to; false if none are left.
func (c *Course) Day() (graph.Day, bool) {
	if len(c.edges) == 0 {
		return 0, false
	}
	return c.edges[len(c.edges)-1].day()
}

// Next appends the standing claims of the day, by number, and goes on to the day before. There may be none left of a day.
func (c *Course) Next(to []Stub) []Stub {
	n := len(c.edges)
	if n == 0 {
		return to
	}
	day := c.edges[n-1].key >> dayShift
	from := n - 1
	for from > 0 && c.edges[from-1].key>>dayShift == day {
		from--
	}
	to = c.stubs(to, c.edges[from:])
	c.edges = c.edges[:from]
	return to
}

// Len is how many claims are left at most.
func (c *Course) Len() int { return len(c.edges) }

// Keep leaves out what is not of the days from one to another.
func (c *Course) Keep(from, to graph.Day) {
	c.edges = c.edges[:c.before(to, 1)]
	c.edges = c.edges[c.before(from, 0):]
}

// before counts the edges of the days before one, or after so many more days.
func (c *Course) before(day graph.Day, more int64) int {
	if len(c.edges) == 0 {
		return 0
	}
	least := min(max(int64(day)+more+dayBias, 0), 1<<dayBits)
	return keysBelow(c.edges, slotKey(c.edges[0].slot())+uint32(least)<<dayShift)
}

// On appends the standing claims that lead to an entity which is of the day.
func (c *Course) On(to []Stub, day graph.Day, other ledger.EntityNo) []Stub {
	for _, x := range c.edges[c.before(day, 0):c.before(day, 1)] {
		if ledger.EntityNo(x.other) == other {
			to = c.stubs(to, []edge{x})
		}
	}
	return to
}

// stubs appends those of the edges that stand, without the day, which is not the claims' own.
func (c *Course) stubs(to []Stub, edges []edge) []Stub {
	for _, x := range edges {
		if c.s.t.history.stands(ledger.ClaimNo(x.claim), c.s.commit) {
			x.key &^= dayMask
			to = append(to, Stub{x})
		}
	}
	return to
}

// movesOn notes that an entity of which one claim tells the day, if it is one, ceases to be of just that day with the commit being applied.
func (t *Topology) movesOn(e ledger.EntityNo) {
	if !t.loading && e != ledger.NoEntity && t.traits.tells(e) {
		t.courses.moved = append(t.courses.moved, e)
	}
}

// breakCourses notes with which commit courses cease to be right: those of whatever leads to what ceases to be of one day.
func (t *Topology) breakCourses(commit uint64) {
	c := &t.courses
	c.moved = t.undated(c.moved)
	for _, e := range c.moved {
		t.state.Load().each(e, inbound, mentioned-1, func(x edge) bool {
			c.broken.Store(ledger.EntityNo(x.other), commit)
			return true
		})
	}
	c.moved = c.moved[:0]
}

// undated appends what the commit's changes take the day from: what one claim told the day of, which ends.
func (t *Topology) undated(to []ledger.EntityNo) []ledger.EntityNo {
	ended := make(map[uint32]bool)
	for _, c := range t.changes {
		if *t.predicates.at(uint32(c.Claim)) == dateCode && !t.history.some.get(uint32(c.Claim)) {
			ended[uint32(c.Claim)] = true
		}
	}
	if len(ended) == 0 {
		return to
	}
	// Claims do not tell their subjects here, and dates end rarely.
	for e := range ledger.EntityNo(t.traits.of.n) {
		if t.traits.tells(e) && ended[uint32(t.traits.of.at(uint32(e)).date.Load()>>32)-1] {
			to = append(to, e)
		}
	}
	return to
}
