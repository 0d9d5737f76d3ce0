package trace

import "slices"

// numberApart lays out the links without roll-up of the units, given in the order of their nodes, where they are others, and of all actors that
// are at one of these.
func (b *affiliator) numberApart(order []uint32, actors []node) {
	a := b.out
	a.ownOfUnit, a.ownOfActor = make(map[node][]link, len(b.apart)), make(map[node][]link)
	if len(b.apart) == 0 {
		return
	}
	there := make(map[node][]link) // of actors, to the units apart
	for no, place := range order {
		links, apart := b.apart[place]
		if !apart {
			continue
		}
		unit, own := node(no), make([]link, len(links))
		for i, l := range links {
			own[i] = linkTo(actors[l.to()], l.strength())
			there[own[i].to()] = append(there[own[i].to()], linkTo(unit, l.strength()))
		}
		a.ownOfUnit[unit] = own
		for _, l := range a.ofUnit.of(unit) {
			if _, known := there[l.to()]; !known {
				there[l.to()] = nil // it is not there by itself
			}
		}
	}
	for actor, own := range there {
		for _, l := range a.ofActor.of(actor) {
			if _, apart := a.ownOfUnit[l.to()]; !apart {
				own = append(own, l)
			}
		}
		slices.Sort(own)
		a.ownOfActor[actor] = own
	}
}
