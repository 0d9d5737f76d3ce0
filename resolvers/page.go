package resolvers

import (
	"cmp"

	"github.com/graph-gophers/graphql-go"

	"entente/graph/store"
)

// maxPage is the largest page a client may ask for.
const maxPage = 500

// pageArgs are the arguments of a list.
type pageArgs struct {
	First graphql.NullInt
	After *string
}

// page checks the arguments. An explicit null is the default.
func (p pageArgs) page(otherwise int) (store.Page, error) {
	first, err := pageSize(p.First, otherwise)
	if err != nil {
		return store.Page{}, err
	}
	page := store.Page{First: first}
	if p.After != nil {
		if *p.After == "" {
			return page, badInput("after is empty; leave it out to begin at the start")
		}
		page.After = *p.After
	}
	return page, nil
}

// pageSize checks a page's size. One too large is an error, not cut: who asks for a thousand would take five hundred for all.
func pageSize(first graphql.NullInt, otherwise int) (int, error) {
	if first.Value == nil {
		return otherwise, nil
	}
	if n := int(*first.Value); n >= 1 && n <= maxPage {
		return n, nil
	}
	return 0, badInput("first is %d; it can be 1 to %d", *first.Value, maxPage)
}

// Connection is a page of a list.
type Connection[T any] struct {
	total  func() int
	cursor func(i int) string

	hasNext, hasPrevious bool

	Edges []*Edge[T]
}

// TotalCount is counted only when asked for.
func (c *Connection[T]) TotalCount() int32 { return int32(c.total()) }

// PageInfo is made only when asked for, since its cursors are texts.
func (c *Connection[T]) PageInfo() *PageInfo {
	page := &PageInfo{HasNextPage: c.hasNext, HasPreviousPage: c.hasPrevious}
	if n := len(c.Edges); n > 0 {
		start, end := c.cursor(0), c.cursor(n-1)
		page.StartCursor, page.EndCursor = &start, &end
	}
	return page
}

// Edge is an item of a page.
type Edge[T any] struct {
	cursor func(i int) string
	at     int

	Node T
}

// Cursor is written only when asked for.
func (e *Edge[T]) Cursor() string { return e.cursor(e.at) }

// PageInfo says where the page lies.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// connect makes a connection of a page and the nodes its items became, one for each.
func connect[F, T any](list store.List[F], nodes []T) *Connection[T] {
	c := &Connection[T]{
		total: list.Total, cursor: list.Cursor, hasNext: list.HasNext, hasPrevious: list.HasPrevious,
		Edges: make([]*Edge[T], len(nodes)),
	}
	edges := make([]Edge[T], len(nodes))
	for i, node := range nodes {
		edges[i] = Edge[T]{c.cursor, i, node}
		c.Edges[i] = &edges[i]
	}
	return c
}

// orElse is the value of an argument, or what null stands for.
func orElse(given *string, otherwise string) string {
	if given == nil {
		return otherwise
	}
	return cmp.Or(*given, otherwise)
}
