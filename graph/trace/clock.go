package trace

import "entente/graph"

// TimeOrder says how the dates of a chain's meetings have to follow each other.
type TimeOrder string

// The orders.
const (
	AnyOrder      TimeOrder = "NONE"
	NonDecreasing TimeOrder = "NON_DECREASING" // the same day is allowed
	Strict        TimeOrder = "STRICT"
)

// An instant is a day as the search counts them: forwards or, where time is mirrored, backwards. It is wider than a [graph.Day], so
// that the day after the last one is none of them.
type instant int64

const (
	dawn instant = -1 << 40 // before every day: nothing has happened yet
	dusk instant = 1 << 40  // after every day
)

// A clock tells when one may be at a meeting. With it the search has no dates, only instants, and a search backwards in time is one
// with the clock mirrored.
type clock struct {
	order    TimeOrder
	certain  bool // in every reading of the dates, not only in some
	mirrored bool
	window   Window // in which all meetings have to be; what is not certainly in it is not certainly in order
}

// enter says when one who is free from an instant on can be at a meeting, and from when on he is free again: the same, or
// with a certain order the last day on which the meeting can have been. Whoever comes from no meeting is free from dawn on.
func (c clock) enter(date graph.Date, from instant) (at, free instant, ok bool) {
	if c.order == AnyOrder {
		return from, from, true
	}
	if !c.certain {
		at, ok = c.first(date, c.after(from))
		return at, at, ok
	}
	first, last := c.span(date)
	switch {
	case !c.window.certainlyHas(date):
		return 0, 0, false
	case doubtful(date):
		// It stands in no certain order to any other meeting, but may be the only one.
		return first, dusk, from == dawn
	case c.after(from) > first:
		return 0, 0, false
	}
	return first, last, true
}

// latest says until when one may be free before a meeting to be free again by an instant, or, of a last meeting, to be there by
// then. It is enter from the other side.
func (c clock) latest(date graph.Date, until instant, last bool) (from instant, ok bool) {
	if c.order == AnyOrder {
		return until, true
	}
	if !c.certain {
		day, ok := c.last(date, until)
		return c.before(day), ok
	}
	begins, ends := c.span(date)
	if last {
		ends = begins
	} else if doubtful(date) {
		ends = dusk
	}
	switch {
	case ends > until || !c.window.certainlyHas(date):
		return 0, false
	case doubtful(date):
		return dawn, true
	}
	return c.before(begins), true
}

// at is when one is at a meeting after which one is free from an instant on.
func (c clock) at(date graph.Date, free instant) instant {
	if !c.certain || c.order == AnyOrder {
		return free
	}
	first, _ := c.span(date)
	return first
}

// instantOf is a day as the clock counts them.
func (c clock) instantOf(day graph.Day) instant {
	if c.mirrored {
		return -instant(day)
	}
	return instant(day)
}

// after is the first instant at which one may be at the next meeting.
func (c clock) after(from instant) instant {
	if c.order == Strict && from != dawn {
		return from + 1
	}
	return from
}

func (c clock) before(at instant) instant {
	if c.order == Strict {
		return at - 1
	}
	return at
}

// doubtful reports whether the date is certainly before or after nothing.
func doubtful(date graph.Date) bool {
	b := date.Bounds()
	return date.IsZero() || b.Approximate || b.Uncertain
}

// span is the first and the last instant of a date.
func (c clock) span(date graph.Date) (first, last instant) {
	first, last = instant(date.Earliest()), instant(date.Latest())
	if c.mirrored {
		return -last, -first
	}
	return first, last
}

// first is the first instant of a date, in the window, that is not before from.
func (c clock) first(date graph.Date, from instant) (at instant, ok bool) {
	if c.mirrored {
		day, ok := c.window.lastUntil(date, dayOf(-from))
		return -instant(day), ok && from <= -instant(day)
	}
	day, ok := c.window.firstFrom(date, dayOf(from))
	return instant(day), ok && from <= instant(day)
}

// last is the last instant of a date, in the window, that is not after until.
func (c clock) last(date graph.Date, until instant) (at instant, ok bool) {
	if c.mirrored {
		day, ok := c.window.firstFrom(date, dayOf(-until))
		return -instant(day), ok && -instant(day) <= until
	}
	day, ok := c.window.lastUntil(date, dayOf(until))
	return instant(day), ok && instant(day) <= until
}

// dayOf is the day of an instant, or the nearest one that there is.
func dayOf(i instant) graph.Day {
	return graph.Day(min(max(i, instant(graph.DayMin)), instant(graph.DayMax)))
}
