package trace

import (
	"slices"

	"entente/graph"
)

// Windowed affiliations are those of the units that may have been in a window.
type windowed struct {
	affiliated
	window   Window
	from, to node            // the stretch of the units with an exact day that are in it
	all      map[node][]link // of actors that were at others: their links to what is in the window, those of exact days first
}

func (n affiliated) in(w Window) *windowed {
	from, to := n.unitsFrom(w.first(), w.last())
	return &windowed{affiliated: n, window: w, from: from, to: to, all: make(map[node][]link)}
}

func (w *windowed) meetings(actor node) []link {
	links, _ := w.list(actor)
	return links
}

func (w *windowed) between(actor node, first, last graph.Day) (some, others []link) {
	links, exact := w.list(actor)
	return w.stretch(links[:exact], first, last), links[exact:]
}

// list is an actor's meetings in the window, and how many of them come first that have an exact day.
func (w *windowed) list(actor node) (links []link, exact int) {
	all := w.affiliated.meetings(actor)
	first, last := placeOf(w.from, all), placeOf(w.to, all)
	exact = last - first
	if others := all[placeOf(w.exactly, all):]; len(others) > 0 {
		links, known := w.all[actor]
		if !known {
			links = slices.Clone(all[first:last])
			for _, l := range others {
				if w.window.Has(w.when(l.to())) {
					links = append(links, l)
				}
			}
			w.all[actor] = links
		}
		return links, exact
	}
	return all[first:last:last], exact
}
