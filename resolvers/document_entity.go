package resolvers

import (
	"context"

	"entente/graph"
)

// Publisher is who issued the document; of several, the one that was claimed first.
func (e *Entity) Publisher() *Entity {
	if issuers := e.subjects(graph.Issued); len(issuers) > 0 {
		return issuers[0]
	}
	return nil
}

// Published is when the document was published.
func (e *Entity) Published() *Date {
	// The claim's value was checked when it was made, so what does not parse is not there.
	d, err := graph.ParseDate(e.graph.Field(e.no, graph.Published))
	if err != nil {
		return nil
	}
	return dateOf(d)
}

// URL is where to find the document.
func (e *Entity) URL(ctx context.Context) (*string, error) {
	text, err := e.graph.Text(ctx, e.no, graph.URL)
	return textPointer(text), err
}
