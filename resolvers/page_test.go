package resolvers

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPages walks every list in pages of each small size: together they are the whole list, and what they say of
// themselves is true.
func TestPages(t *testing.T) {
	srv := serve(t, smallStore(t))
	tests := []struct{ name, document string }{
		{"entities", `query($n: Int, $a: String) { list: entities(first: $n, after: $a) {%s} }`},
		{"entities by relations", `query($n: Int, $a: String) { list: entities(orderBy: RELATIONS, first: $n, after: $a) {%s} }`},
		{"agreements", `query($n: Int, $a: String) { list: agreements(first: $n, after: $a) {%s} }`},
		{"claims", `query($n: Int, $a: String) { list: claims(filter: {predicates: [DATE, SIGNED, MEDIATED]}, first: $n, after: $a) {%s} }`},
		{"commits", `query($n: Int, $a: String) { list: commits(first: $n, after: $a) {%s} }`},
		{"claims of an entity", `query($n: Int, $a: String) { entity(id: "iso3:ARM") { list: claims(first: $n, after: $a) {%s} } }`},
		{"a timeline", `query($n: Int, $a: String) { entity(id: "iso3:ARM") { list: timeline(first: $n, after: $a) {%s} } }`},
		{"parts", `query($n: Int, $a: String) { entity(id: "iso3:ARM") { ... on Party { list: signed(first: $n, after: $a) {%s} } } }`},
		{"parties", `query($n: Int, $a: String) { entity(id: "entente:stmt") { ... on Meeting { list: parties(first: $n, after: $a) {%s} } } }`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			document := fmt.Sprintf(tt.document, "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }")
			whole := srv.page(t, document, 500, nil)
			if len(whole.Edges) < 2 || whole.TotalCount != len(whole.Edges) || whole.PageInfo.HasNextPage || whole.PageInfo.HasPreviousPage {
				t.Fatalf("the whole list: %+v", whole)
			}
			for size := 1; size <= 3; size++ {
				var ids []string
				var after *string
				for more := true; more; {
					page := srv.page(t, document, size, after)
					if page.TotalCount != whole.TotalCount || page.PageInfo.HasPreviousPage != (after != nil) || len(page.Edges) == 0 || len(page.Edges) > size {
						t.Fatalf("a page of %d after %v: %+v", size, after, page)
					}
					if page.PageInfo.StartCursor != page.Edges[0].Cursor || page.PageInfo.EndCursor != page.Edges[len(page.Edges)-1].Cursor {
						t.Errorf("the page's cursors are not those of its ends: %+v", page)
					}
					ids = append(ids, page.ids()...)
					after, more = &page.PageInfo.EndCursor, page.PageInfo.HasNextPage
				}
				if diff := cmp.Diff(whole.ids(), ids); diff != "" {
					t.Errorf("pages of %d (-whole +pages):\n%s", size, diff)
				}
			}
			last := srv.page(t, document, 3, &whole.PageInfo.EndCursor)
			if len(last.Edges) != 0 || last.PageInfo.HasNextPage || !last.PageInfo.HasPreviousPage {
				t.Errorf("after the last: %+v", last)
			}
			if ids := whole.ids(); len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
				t.Errorf("ids come twice: %q", ids)
			}
		})
	}
}

type listPage struct {
	TotalCount int `json:"totalCount"`
	PageInfo   struct {
		HasNextPage     bool   `json:"hasNextPage"`
		HasPreviousPage bool   `json:"hasPreviousPage"`
		StartCursor     string `json:"startCursor"`
		EndCursor       string `json:"endCursor"`
	} `json:"pageInfo"`
	Edges []struct {
		Cursor string `json:"cursor"`
		Node   struct {
			ID string `json:"id"`
		} `json:"node"`
	} `json:"edges"`
}

func (p *listPage) ids() []string {
	ids := make([]string, len(p.Edges))
	for i, e := range p.Edges {
		ids[i] = e.Node.ID
	}
	return ids
}

// page asks for a page of the list that the document calls "list".
func (s *server) page(t *testing.T, document string, size int, after *string) *listPage {
	t.Helper()
	var got struct {
		List   *listPage `json:"list"`
		Entity *struct {
			List *listPage `json:"list"`
		} `json:"entity"`
	}
	s.ask(t, document, "n", size, "a", after).data(t, &got)
	if got.Entity != nil {
		return got.Entity.List
	}
	return got.List
}
