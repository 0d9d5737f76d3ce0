package mapping

import "fmt"

// items puts the items of each into the scope, those of one place at a time. Without each it does so once, with none.
func (r *record) items(s *scope) func(yield func() bool) {
	return func(yield func() bool) {
		s.items, s.number = nil, 0
		if r.each == nil {
			yield()
			return
		}
		lists, most := r.lists(s)
		for s.number = 1; s.number <= most; s.number++ {
			items := make([]item, len(r.each))
			for i, list := range lists {
				items[i] = item{name: r.each[i].name, column: r.each[i].columnOf(s, s.number-1)}
				if s.number <= len(list) {
					items[i].text = list[s.number-1]
				}
			}
			s.items = items
			if !yield() {
				break
			}
			s.items = nil
		}
		s.items, s.number = nil, 0
	}
}

// columnOf is the column that an item of a list is from.
func (v *value) columnOf(s *scope, i int) string {
	if i < len(v.list) {
		return v.list[i]
	}
	return s.at(v.columns()).Column
}

// lists takes apart what each names. If the lists are not as long as each other, nobody knows which items belong together: then the first
// one stands alone, and that is counted.
func (r *record) lists(s *scope) (lists [][]string, items int) {
	for _, e := range r.each {
		list := e.all(s)
		if len(list) == 1 && list[0] == "" {
			list = nil
		}
		lists = append(lists, list)
	}
	least, most := lengths(lists)
	if least < most {
		for i, list := range lists {
			for len(list) > 0 && list[len(list)-1] == "" {
				list = list[:len(list)-1]
			}
			lists[i] = list
		}
		least, most = lengths(lists)
	}
	if least < most {
		s.note(r.each[0], "the lists of each have different numbers of items, so the first stands alone", fmt.Sprintf("%d and %d", least, most))
		clear(lists[1:])
		return lists, len(lists[0])
	}
	return lists, most
}

// lengths are the least and the greatest number of items in lists that have any.
func lengths(lists [][]string) (least, most int) {
	for _, list := range lists {
		if n := len(list); n > 0 {
			if least == 0 || n < least {
				least = n
			}
			most = max(most, n)
		}
	}
	return least, most
}
