package topology

import (
	"iter"
	"sync/atomic"
)

// A sparse table gives a few claims a number each, or several. One writer adds, by ascending claims, while any number of readers ask.
type sparse struct {
	rows column[[2]uint32] // claim and number
	n    atomic.Uint32     // the rows that readers may look at
	// Of each stretch of claims, one more than the place of the first row that is not of an earlier one. 0 is not known yet: there is no such row.
	starts column[atomic.Uint32]
}

// stretch is how many claims have one start: few enough that hardly more than a line of rows is looked at.
const stretch = 32

func (s *sparse) add(claim, number uint32) {
	row := s.rows.add([2]uint32{claim, number})
	s.n.Store(row + 1)
	for from := s.starts.n; from <= int(claim/stretch); from++ {
		s.starts.grow().Store(row + 1)
	}
}

// get is a number given to a claim; of several the first.
func (s *sparse) get(claim uint32) (number uint32, ok bool) {
	for at, end := s.from(claim); at < end; at++ {
		if row := s.rows.at(at); row[0] >= claim {
			return row[1], row[0] == claim
		}
	}
	return 0, false
}

// each yields all numbers given to a claim, in the order in which they were added.
func (s *sparse) each(claim uint32) iter.Seq[uint32] {
	return func(yield func(number uint32) bool) {
		for at, end := s.from(claim); at < end; at++ {
			row := s.rows.at(at)
			if row[0] > claim || row[0] == claim && !yield(row[1]) {
				return
			}
		}
	}
}

// from is where rows of a claim may begin, and where all rows end.
func (s *sparse) from(claim uint32) (at, end uint32) {
	if !s.starts.has(claim / stretch) {
		return 0, 0
	}
	start := s.starts.at(claim / stretch).Load()
	if start == 0 {
		return 0, 0
	}
	return start - 1, s.n.Load()
}
