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

// A List is one page of a list. Cursors run beside items; each may be given as After of the next page, at any later commit
// too: it names a place in the order and not a count.
type List[T any] struct {
	Items                []T
	Cursors              []string
	HasNext, HasPrevious bool
	Total                int
}

// cursorMark tells a cursor of ours from other text and carries the version of its form.
const cursorMark = "e1"

// Paginate cuts a page out of sorted items. name tells the list from others, whose cursors mean nothing here. key gives each item's
// place; keys must be sorted as the items are and no two equal.
func Paginate[T any](name string, items []T, page Page, key func(T) string) (List[T], error) {
	list := List[T]{Total: len(items)}
	mark := cursorMark + name + ":"
	if page.First < 0 {
		return list, fmt.Errorf("%w: first is %d", ErrArgument, page.First)
	}
	start := 0
	if page.After != "" {
		after, err := decodeCursor(mark, page.After)
		if err != nil {
			return list, err
		}
		start = sort.Search(len(items), func(i int) bool { return key(items[i]) > after })
	}
	end := min(start+page.First, len(items))
	list.Items = items[start:end]
	list.HasPrevious, list.HasNext = start > 0, end < len(items)
	for _, item := range list.Items {
		list.Cursors = append(list.Cursors, base64.RawURLEncoding.EncodeToString([]byte(mark+key(item))))
	}
	return list, nil
}

func decodeCursor(mark, text string) (key string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	key, ours := strings.CutPrefix(string(b), mark)
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
