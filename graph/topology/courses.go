package topology

import (
	"sync"
	"sync/atomic"

	"entente/graph/ledger"
)

// courses keeps those that have been asked for. Of a graph in which all are, they take 12 bytes for each tie of an entity with many.
type courses struct {
	adding sync.Mutex
	of     column[coursesOf] // by the number in the entity's trait, less one
	moved  []ledger.EntityNo // the writer's: what ceases to be of one day with the commit being applied
}

// coursesOf are those of one entity.
type coursesOf struct {
	list   atomic.Pointer[[]*course] // one of each relation that was asked for; replaced as a whole
	broken atomic.Uint64             // the newest commit with which they ceased to be right
}

// find is the course of a relation; nil if there is none.
func (o *coursesOf) find(predicate uint8) *course {
	if list := o.list.Load(); list != nil {
		for _, c := range *list {
			if c.predicate == predicate {
				return c
			}
		}
	}
	return nil
}

// coursesOf are those of an entity; nil if none was asked for.
func (t *Topology) coursesOf(x *trait) *coursesOf {
	if no := x.courses.Load(); no != 0 {
		return t.courses.of.at(no - 1)
	}
	return nil
}

// enterCourses makes room for courses of an entity.
func (t *Topology) enterCourses(x *trait) *coursesOf {
	t.courses.adding.Lock()
	defer t.courses.adding.Unlock()
	if x.courses.Load() == 0 {
		t.courses.of.grow()
		x.courses.Store(uint32(t.courses.of.n))
	}
	return t.coursesOf(x)
}

// keepCourse keeps a course in place of the one that there was.
func (t *Topology) keepCourse(o *coursesOf, c *course) {
	t.courses.adding.Lock()
	defer t.courses.adding.Unlock()
	list := []*course{c}
	if old := o.list.Load(); old != nil {
		for _, other := range *old {
			if other.predicate != c.predicate {
				list = append(list, other)
			}
		}
	}
	o.list.Store(&list)
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
			if own := t.coursesOf(t.traits.at(ledger.EntityNo(x.other))); own != nil {
				own.broken.Store(commit)
			}
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
