package topology

import (
	"slices"
	"sort"

	"entente/graph"
	"entente/graph/ledger"
)

// A course is an entity's claims of one relation by the day of what they lead to, made when it is first asked for: edges lie by the days of the
// claims themselves, and most ties have none, but are of the day of their meeting.
//
// A course is never changed. Claims that came after it are few, and looked for among all; when they are many, or when a meeting is not of
// the day any longer that the course has it under, another is made.
type course struct {
	predicate uint8
	commit    uint64
	claims    ledger.ClaimNo
	degree    int    // how many edges the entity had in all: if it has no more, there is nothing to look for beside the course
	edges     []edge // by day and number; the day in a key is that of what the claim leads to
	rest      []edge // those that lead to what is not of one day for certain, and those that have a day of their own
}

// firstDay is the part of a key that has the first of all days; below are the claims without a date.
const firstDay = 1 << dayShift

// courseLeast is how many claims a course is made for. Fewer are looked at one by one.
const courseLeast = 32

// courseMuch is how many claims are more than what is asked for at a time.
const courseMuch = 64

// A Course goes back in time over an entity's claims of one relation, from day to day.
type Course struct {
	s     *Snapshot
	edges []edge // those still to come are at the front
	least uint32 // keys that are less are left out
}

// Course divides the entity's standing claims of a relation to others. Those that have no date of their own and lead to what is of just
// one day, without a doubt about it, are mostly in the course; all others are appended to loose. Claims of every stance are among them.
func (s *Snapshot) Course(loose []Stub, e ledger.EntityNo, predicate uint8) (Course, []Stub) {
	l := s.t.state.Load()
	var c *course
	if l.degree(e) >= courseLeast {
		c = s.course(l, e, predicate)
	}
	if c == nil {
		return Course{}, s.Stubs(loose, e, predicate, predicate, Out)
	}
	for _, x := range c.rest {
		if s.t.history.stands(ledger.ClaimNo(x.claim), s.commit) {
			loose = append(loose, s.stub(x))
		}
	}
	l.since(e, predicate, c, func(x edge) {
		if s.Stands(ledger.ClaimNo(x.claim)) {
			loose = append(loose, s.stub(x))
		}
	})
	return Course{s: s, edges: c.edges}, loose
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
	x := s.trait(e)
	if x == nil {
		return nil
	}
	if own := s.t.coursesOf(x); own != nil {
		if c := own.find(predicate); c != nil {
			if c.commit > s.commit {
				return nil // the claims that tell a day there may not have been made at the snapshot
			}
			fresh := 0
			l.since(e, predicate, c, func(edge) { fresh++ })
			if own.broken.Load() <= c.commit && fresh <= courseLeast+len(c.edges)/8 {
				return c
			}
		}
	}
	if s.commit != s.t.Head().commit {
		return nil // one of the past would be a poor one for those who ask of today
	}
	undated := 0
	l.span(e, slotKey(predicate), slotKey(predicate)|firstDay, func(run []edge) { undated += len(run) })
	if undated < courseLeast {
		return nil
	}
	own := s.t.enterCourses(x)
	if s.t.inserting.Load() > s.commit {
		return nil // a commit may have broken what is made here before there was a place to note it
	}
	c := s.newCourse(l, e, predicate)
	s.t.keepCourse(own, c)
	return c
}

// newCourse makes a course. Its edges are put into one array, the rest from the end on.
func (s *Snapshot) newCourse(l *layout, e ledger.EntityNo, predicate uint8) *course {
	c := &course{predicate: predicate, commit: s.commit, claims: s.claims, degree: s.Degree(e)}
	known := 0
	l.each(e, predicate, predicate, func(x edge) bool {
		if ledger.ClaimNo(x.claim) < s.claims {
			known++
		}
		return true
	})
	all := make([]edge, known)
	n, rest := 0, known
	l.each(e, predicate, predicate, func(x edge) bool {
		if ledger.ClaimNo(x.claim) >= s.claims {
			return true
		}
		_, dated := x.day()
		if day, ok := s.Day(ledger.EntityNo(x.other)); ok && !dated {
			x.key |= dayKey(day)
			all[n] = x
			n++
		} else {
			rest--
			all[rest] = x
		}
		return true
	})
	slices.Reverse(all[rest:])
	c.edges, c.rest = all[:n:n], all[rest:]
	sortEdges(c.edges)
	return c
}

// Day is the day of what the next claims lead to; false if none are left.
func (c *Course) Day() (graph.Day, bool) {
	if n := len(c.edges); n > 0 && c.edges[n-1].key >= c.least {
		return c.edges[n-1].day()
	}
	return 0, false
}

// A Passed is a claim of a course that is gone over.
type Passed struct {
	Stub
	On graph.Day // the day of what it leads to
}

// Next appends the standing claims of the days that come next and are later than a day, those of one day by number. It goes on by whole days until as
// many as are wanted are there.
func (c *Course) Next(to []Passed, after graph.Day, wanted int) []Passed {
	end := len(c.edges)
	if end == 0 {
		return to
	}
	history, apart, least := &c.s.t.history, &c.s.t.apart, max(c.least, c.key(int64(after)+1))
	for end > 0 && c.edges[end-1].key >= least && len(to) < wanted {
		from := end - 1
		for day := c.edges[from].key >> dayShift; from > 0 && c.edges[from-1].key>>dayShift == day; {
			from--
		}
		on, _ := c.edges[from].day()
		for _, x := range c.edges[from:end] {
			if history.some.near(x.claim) && !history.stood(ledger.ClaimNo(x.claim), c.s.commit) {
				continue
			}
			x.key &^= dayMask // the day is not the claim's own
			if x.key |= acceptedKey; apart.near(x.claim) && apart.bits.get(x.claim) {
				x.key &^= acceptedKey
			}
			to = append(to, Passed{Stub{x}, on})
		}
		end = from
	}
	c.edges = c.edges[:end]
	return to
}

// Len is how many claims are left at most.
func (c *Course) Len() int { return len(c.edges) }

// Keep leaves out what is not of the days from one to another.
func (c *Course) Keep(from, to graph.Day) {
	if len(c.edges) == 0 {
		return
	}
	least, end := c.key(int64(from)), c.key(int64(to)+1)
	c.least = max(c.least, least)
	c.edges = c.edges[:keysBelow(c.edges, end)]
	// Where there is much left, hardly anybody goes on to its end, which is not looked for.
	if n := len(c.edges); n < courseMuch || c.edges[n-courseMuch].key < c.least {
		last := c.edges[max(n-courseMuch, 0):]
		c.edges = last[keysBelow(last, c.least):]
	}
}

// key is the least that an edge of a day can have, or of any later one.
func (c *Course) key(day int64) uint32 {
	return slotKey(c.edges[0].slot()) + uint32(min(max(day+dayBias, 0), 1<<dayBits))<<dayShift
}

// On appends the standing claims that lead to an entity which is of the day, of a course from which nothing has been left out.
func (c *Course) On(to []Stub, day graph.Day, other ledger.EntityNo) []Stub {
	if len(c.edges) == 0 {
		return to
	}
	for _, x := range c.edges[keysBelow(c.edges, c.key(int64(day))):keysBelow(c.edges, c.key(int64(day)+1))] {
		if ledger.EntityNo(x.other) == other && c.s.t.history.stands(ledger.ClaimNo(x.claim), c.s.commit) {
			x.key &^= dayMask
			to = append(to, c.s.stub(x))
		}
	}
	return to
}
