package trace

import "entente/graph"

// A Window is a stretch of days, from the first of From to the last of To; an absent one is open.
type Window struct{ From, To graph.Date }

func (w Window) isZero() bool { return w.From.IsZero() && w.To.IsZero() }

// first and last are the days at the ends of the window.
func (w Window) first() graph.Day { return w.From.Earliest() }
func (w Window) last() graph.Day  { return w.To.Latest() }

// Has reports whether something may have been in the window. What has no date is in none.
func (w Window) Has(date graph.Date) bool {
	if w.isZero() {
		return true
	}
	day, ok := w.firstFrom(date, graph.DayMin)
	return ok && !date.IsZero() && day <= w.last()
}

// certainlyHas reports whether something was in the window in every reading of its date.
func (w Window) certainlyHas(date graph.Date) bool {
	return w.isZero() || !doubtful(date) && date.Earliest() >= w.first() && date.Latest() <= w.last()
}

// firstFrom is the first day of a date in the window that is not before a day.
func (w Window) firstFrom(date graph.Date, day graph.Day) (graph.Day, bool) {
	day, ok := date.FirstFrom(max(day, w.first()))
	return day, ok && day <= w.last()
}

// lastUntil is the last day of a date in the window that is not after a day.
func (w Window) lastUntil(date graph.Date, day graph.Day) (graph.Day, bool) {
	day, ok := date.LastUntil(min(day, w.last()))
	return day, ok && day >= w.first()
}
