package topology

import (
	"sort"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
)

// A course is an entity's claims of one relation by the day of what they lead to, made when it is first asked for: edges lie by the days of the
// claims themselves, and most ties have none, but are of the day of their meeting. Claims that have a day of their own are not in it.
//
// A course is never changed. Claims that came after it are few, and found at the end of those that have no day; when they are many, or when
// a meeting is not of the day any longer that the course has it under, another is made.
type course struct {
	commit uint64
	claims ledger.ClaimNo
	edges  []edge // by day and number; the day in a key is that of what the claim leads to
	rest   []edge // those that lead to what is not of one day for certain
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
const firstDay = 1 << 2

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
	c := s.course(l, e, predicate)
	if c == nil {
		return Course{}, s.Stubs(loose, e, predicate, predicate, Out)
	}
	keep := func(x edge) {
		if no := ledger.ClaimNo(x.claim); no < s.claims && s.t.history.stands(no, s.commit) {
			loose = append(loose, Stub{x})
		}
	}
	for _, x := range c.rest {
		keep(x)
	}
	slot := uint32(predicate) << 24
	l.span(e, slot, slot|firstDay, func(run []edge) {
		for _, x := range run[sort.Search(len(run), func(i int) bool { return ledger.ClaimNo(run[i].claim) >= c.claims }):] {
			keep(x)
		}
	})
	l.span(e, slot|firstDay, slot+1<<24, func(run []edge) {
		for _, x := range run {
			keep(x)
		}
	})
	return Course{s, c.edges}, loose
}

// course is the course that serves the snapshot; nil if none does, or none is worth it.
func (s *Snapshot) course(l *layout, e ledger.EntityNo, predicate uint8) *course {
	undated := 0
	l.span(e, uint32(predicate)<<24, uint32(predicate)<<24|firstDay, func(run []edge) { undated += len(run) })
	if undated < courseLeast {
		return nil
	}
	key := courseKey{e, predicate}
	if v, ok := s.t.courses.of.Load(key); ok {
		c := v.(*course)
		if c.commit > s.commit {
			return nil // the claims that tell a day there may not have been made at the snapshot
		}
		if !s.t.courses.brokenAfter(e, c.commit) && undated-len(c.edges)-len(c.rest) <= courseLeast+len(c.edges)/8 {
			return c
		}
	}
	if s.commit != s.t.Head().commit {
		return nil // one of the past would be a poor one for those who ask of today
	}
	c := s.newCourse(l, e, predicate, undated)
	s.t.courses.of.Store(key, c)
	return c
}

// newCourse makes a course of so many claims at most.
func (s *Snapshot) newCourse(l *layout, e ledger.EntityNo, predicate uint8, most int) *course {
	c := &course{commit: s.commit, claims: s.claims, edges: make([]edge, 0, most)}
	l.span(e, uint32(predicate)<<24, uint32(predicate)<<24|firstDay, func(run []edge) {
		for _, x := range run {
			if ledger.ClaimNo(x.claim) >= s.claims {
				return
			}
			if day, ok := s.Day(ledger.EntityNo(x.other)); ok {
				x.key |= uint32(day+dayBias) << 2
				c.edges = append(c.edges, x)
			} else {
				c.rest = append(c.rest, x)
			}
		}
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
	day, _ := c.edges[len(c.edges)-1].day()
	return day, true
}

// Next appends the standing claims of the day, by number, and goes on to the day before. There may be none left of a day.
func (c *Course) Next(to []Stub) []Stub {
	n := len(c.edges)
	if n == 0 {
		return to
	}
	day := c.edges[n-1].key >> 2
	from := n - 1
	for from > 0 && c.edges[from-1].key>>2 == day {
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
	c.edges = c.edges[:c.until(to)]
	if from > graph.DayMin {
		c.edges = c.edges[c.until(from-1):]
	}
}

// until counts the edges up to a day.
func (c *Course) until(day graph.Day) int {
	return sort.Search(len(c.edges), func(i int) bool {
		d, _ := c.edges[i].day()
		return d > day
	})
}

// On appends the standing claims that lead to an entity which is of the day.
func (c *Course) On(to []Stub, day graph.Day, other ledger.EntityNo) []Stub {
	for _, x := range c.edges[c.until(day-1):c.until(day)] {
		if ledger.EntityNo(x.other) == other {
			to = c.stubs(to, []edge{x})
		}
	}
	return to
}

// stubs appends those of the edges that stand, without the day, which is not the claims' own.
func (c *Course) stubs(to []Stub, edges []edge) []Stub {
	for _, x := range edges {
		if no := ledger.ClaimNo(x.claim); c.s.t.history.stands(no, c.s.commit) {
			x.key &^= (1<<dayBits - 1) << 2
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
