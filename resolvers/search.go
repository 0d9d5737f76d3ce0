package resolvers

import (
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph/store"
)

// maxSearchText is the longest text to search for, in bytes: the longest names are shorter.
const maxSearchText = 1000

// SearchHit is what a search found: an entity, and which of its names it was found by. "Yerevan" finds the town by its name and
// Armenia by what it is spoken of as, and the client is to see the difference.
type SearchHit struct {
	Score   float64
	Matched *Name
	Entity  *Entity
}

// Search finds entities by name.
func (q *Query) Search(ctx context.Context, args struct {
	Text  string
	Kinds *[]string
	Fuzzy graphql.NullBool
	At    *atInput
	First graphql.NullInt
},
) ([]*SearchHit, error) {
	limit, err := pageSize(args.First, 20)
	if err != nil {
		return nil, err
	}
	if len(args.Text) > maxSearchText {
		return nil, badInput("text has %d bytes; at most %d are searched for", len(args.Text), maxSearchText)
	}
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	found := v.Search(store.SearchQuery{
		Text: args.Text, Kinds: kindList(args.Kinds), Fuzzy: args.Fuzzy.Value == nil || *args.Fuzzy.Value, Limit: limit,
	})
	// The names go through one batch, so that the claims of all hits are one read.
	names := make([]store.Name, len(found))
	for i := range found {
		names[i] = found[i].Matched
	}
	matched := namesOf(v, names)
	hits := make([]*SearchHit, len(found))
	for i := range found {
		hits[i] = &SearchHit{Score: found[i].Score, Matched: matched[i], Entity: entityAt(v, found[i].Entity)}
	}
	return hits, nil
}
