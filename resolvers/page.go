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
	Edges      []*Edge[T]
	PageInfo   *PageInfo
	TotalCount int32
}

// Edge is an item of a page.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// PageInfo says where the page lies.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// connect makes a connection of a page and the nodes its items became, one for each.
func connect[F, T any](list store.List[F], nodes []T) *Connection[T] {
	c := &Connection[T]{
		Edges:      make([]*Edge[T], len(nodes)),
		PageInfo:   &PageInfo{HasNextPage: list.HasNext, HasPreviousPage: list.HasPrevious},
		TotalCount: int32(list.Total),
	}
	for i, node := range nodes {
		c.Edges[i] = &Edge[T]{Cursor: list.Cursors[i], Node: node}
	}
	if len(nodes) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &list.Cursors[0], &list.Cursors[len(nodes)-1]
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
