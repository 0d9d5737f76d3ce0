package trace

// A door is until when one must be free after a meeting to go on from it: whoever enters, or third parties alone. After the last
// meeting it is until when one must have come to it.
type door struct {
	any, third instant
	hops       int    // that it was opened for
	opened     uint64 // bit n says that it was opened for n hops, or for 64 more, and so on
}

// leads reports whether a door may have been opened for so many hops.
func (d *door) leads(hops int) bool { return d.opened>>(hops%64)&1 == 1 }

// widest is until when anybody at all must be free.
func (d *door) widest() instant { return max(d.any, d.third) }

const shut = dawn - 1

// backward finds what lies on the best chains.
func (s *search) backward() error {
	s.layers, s.byHop = emptied(s.layers, s.hops+1), emptied(s.byHop, s.hops+1)
	s.again = nil
	if !s.everyone {
		s.again = make([]map[node]instant, s.hops+1)
	}
	end := s.add(s.to, label{hops: s.hops})
	s.all[end].until = s.by
	s.layers[s.hops] = append(s.layers[s.hops], end)
	for hops := s.hops - 1; hops >= 0; hops-- {
		if err := s.openDoors(hops + 1); err != nil {
			return err
		}
		s.byHop[hops+1] = append(s.byHop[hops+1], s.open...)
		for _, m := range s.open {
			if err := s.goThrough(hops, m, *s.doors.of(m), hops+1 == s.hops); err != nil {
				return err
			}
		}
		if s.everyone {
			continue
		}
		// A third party that came by a meeting can go on by it to others who were there.
		for m, until := range s.again[hops+1] {
			if err := s.goThrough(hops, m, door{any: until, third: until}, hops+2 == s.hops); err != nil {
				return err
			}
		}
		s.again[hops] = make(map[node]instant)
		for _, m := range s.open {
			if s.entered.of(m).party < never {
				s.again[hops][m] = s.doors.of(m).widest()
			}
		}
	}
	return nil
}

// emptied makes so many lists empty, and keeps their memory.
func emptied[T any](lists [][]T, n int) [][]T {
	for len(lists) < n {
		lists = append(lists, nil)
	}
	for i := range lists {
		lists[i] = lists[i][:0]
	}
	return lists
}

// openDoors finds the meetings by which one comes to the actors that lie on the best chains after so many hops.
func (s *search) openDoors(hops int) error {
	s.open = s.open[:0]
	for _, no := range s.layers[hops] {
		y := s.all[no]
		for _, links := range s.meetingsBetween(y.actor, dawn, y.until) {
			if err := s.look(len(links)); err != nil {
				return err
			}
			for _, l := range links {
				if e := s.entered.of(l.to()); e != nil && e.hops <= hops { // else no best chain leads here with so many
					s.openDoor(l, hops, y.until)
				}
			}
		}
	}
	return nil
}

// openDoor opens the door of a meeting by which one comes to an actor, in time.
func (s *search) openDoor(l link, hops int, until instant) {
	d := s.doors.at(l.to(), door{})
	if d.hops != hops {
		*d = door{shut, shut, hops, d.opened | 1<<(hops%64)}
		s.open = append(s.open, l.to())
	}
	if d.third = max(d.third, until); s.third(l) {
		d.any = max(d.any, until)
	}
}

// goThrough takes in who, reached by so many hops, can go through a door.
func (s *search) goThrough(hops int, m node, d door, last bool) error {
	links := s.actors(m)
	if err := s.look(len(links)); err != nil {
		return err
	}
	for _, l := range links {
		until := d.any
		if s.third(l) {
			until = max(d.any, d.third)
		}
		x := s.labelled(l.to(), hops)
		if until == shut || x == nil {
			continue
		}
		if from, ok := s.latestNode(m, until, last); ok && x.free <= from && x.until < from {
			if x.until == shut {
				s.layers[hops] = append(s.layers[hops], x.no)
			}
			x.until = from
		}
	}
	return nil
}
