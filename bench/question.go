package bench

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"entente/graph"
	"entente/graph/store"
)

// A question is asked in three ways. What each finds is an answer of the same form.
type question struct {
	name string
	asks string // the same for people
	// unordered says that the order of the answer's numbers says nothing.
	unordered bool

	// draw makes one question of this kind; false if this graph has none like it.
	draw func(*plain, *rand.Rand, int) (draw, bool)
	// limit and engine ask the plain graph and the view.
	limit  func(*walker, *draw, answer) answer
	engine func(context.Context, *store.View, *draw, answer) (answer, error)
	// document is the name of the file with what is asked over HTTP, variables what is put in, and read takes the answer out of the data.
	document  string
	variables func(*store.View, *draw) map[string]any
	read      func(*reader, answer) answer
}

// A draw is what one question is asked about; which of these a question uses is its own affair.
type draw struct {
	a, b     store.Entity
	from, to graph.Day
	text     string
}

// questions are all there are.
func questions() []question {
	return []question{
		agreementQuestion(), mediatedQuestion(), betweenQuestion(),
		shortestQuestion(), countQuestion(), mediationQuestion(), orderedQuestion(), lineageQuestion(),
		recognitionQuestion(), searchQuestion(), coMediatorsQuestion(),
	}
}

//go:embed queries/*.graphql
var documents embed.FS

// text is the document of a question.
func (q *question) text() (string, error) {
	text, err := documents.ReadFile("queries/" + q.document)
	return string(text), err
}

// A reader takes numbers of entities out of the data of a response.
type reader struct {
	view *store.View
	data []byte
	err  error
}

// into decodes the data.
func (r *reader) into(v any) {
	if err := json.Unmarshal(r.data, v); err != nil && r.err == nil {
		r.err = fmt.Errorf("decode the answer %.200s: %w", r.data, err)
	}
}

// entity is the number of an id.
func (r *reader) entity(id string) uint32 {
	e, ok := r.view.Entity(graph.ID(id))
	if !ok && r.err == nil {
		r.err = fmt.Errorf("the answer names %q, which is no entity", id)
	}
	return uint32(e)
}
