package store

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
)

// A Page asks for the first items of a list after a cursor; an empty cursor is the beginning.
type Page struct {
	First int
	After string
}

// A List is one page of a list. What not everybody wants to know is worked out when asked for.
type List[T any] struct {
	Items                []T
	HasNext, HasPrevious bool

	whole whole
}

// A whole is the list that a page is of.
type whole interface {
	cursor(i int) string // of item i of the page
	total() int
}

// Cursor is that of item i. It may be given as After of the next page, at any later commit too: it names a place in the order and not a count.
func (l *List[T]) Cursor(i int) string { return l.whole.cursor(i) }

// Total counts the items of all pages.
func (l *List[T]) Total() int {
	if l.whole == nil { // the empty list
		return 0
	}
	return l.whole.total()
}

// relist is the page with what its items became, one for each.
func relist[F, T any](list *List[F], items []T) List[T] {
	return List[T]{Items: items, HasNext: list.HasNext, HasPrevious: list.HasPrevious, whole: list.whole}
}

// cursorMark tells a cursor of ours from other text and carries the version of its form.
const cursorMark = "e1"

// Paginate cuts a page out of sorted items. name tells the list from others, whose cursors mean nothing here. key gives each item's
// place; keys must be sorted as the items are and no two equal.
func Paginate[T any](name string, items []T, page Page, key func(T) string) (List[T], error) {
	after, err := page.after(name)
	if err != nil {
		return List[T]{}, err
	}
	start := 0
	if page.After != "" {
		start = sort.Search(len(items), func(i int) bool { return key(items[i]) > after })
	}
	end := min(start+page.First, len(items))
	return List[T]{
		Items: items[start:end], HasNext: end < len(items), HasPrevious: start > 0,
		whole: &sorted[T]{name, items, start, key},
	}, nil
}

// A sorted list has all of its items.
type sorted[T any] struct {
	name  string
	items []T
	start int // where the page begins
	key   func(T) string
}

func (s *sorted[T]) cursor(i int) string { return encodeCursor(s.name, s.key(s.items[s.start+i])) }
func (s *sorted[T]) total() int          { return len(s.items) }

// after checks the page and is the place in the named list that it comes after; empty for the beginning.
func (p *Page) after(name string) (key string, err error) {
	if p.First < 0 {
		return "", fmt.Errorf("%w: first is %d", ErrArgument, p.First)
	}
	if p.After == "" {
		return "", nil
	}
	return decodeCursor(name, p.After)
}

func encodeCursor(name, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorMark + name + ":" + key))
}

func decodeCursor(name, text string) (key string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	key, ours := strings.CutPrefix(string(b), cursorMark+name+":")
	if err != nil || !ours {
		return "", fmt.Errorf("%w: %.40q", ErrCursor, text)
	}
	return key, nil
}

// sortable writes numbers so that the texts sort as the numbers do.
func sortable(numbers ...uint64) string {
	b := make([]byte, 0, 8*len(numbers))
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return string(b)
}

// ordered shifts a signed number so that [sortable] keeps its order.
func ordered(n int32) uint64 { return uint64(int64(n) - (-1 << 31)) }
