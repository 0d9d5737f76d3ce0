package format

import (
	"entente/graph"
	"entente/loader/table"
)

// A Set is one file of a data set: who made it, and the file itself as a source.
type Set struct {
	Maker     graph.ID // an Organization: claimant and coder
	MakerName string
	Document  graph.ID
	Title     string
	URL       string // where it is published
}

// Declare says what maker and document are, and gives what all claims of the file share. Release, if it is known, is what the
// file says of its own version.
func (s *Set) Declare(out *Out, release string) graph.Claim {
	base := graph.Claim{Claimant: s.Maker, Coder: s.Maker, Source: graph.Source{Document: s.Document}}
	out.Entity(table.Place{}, Entity{ID: s.Maker, Kind: graph.Organization, Name: s.MakerName}, base)
	out.Entity(table.Place{}, Entity{ID: s.Document, Kind: graph.Document, Name: s.Title, Literals: []Literal{
		{graph.URL, s.URL}, {graph.Status, release},
	}}, base)
	return base
}
