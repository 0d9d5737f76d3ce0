package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"github.com/graph-gophers/graphql-go"

	"entente/web"
	"entente/web/webtest"
)

// schema is as much of the API as the first example asks for.
const schema = `
"What can be asked."
type Query {
  "By id."
  entity(id: ID!): Entity
  "How much there is."
  statistics: Statistics!
}
"Counts of what the graph holds."
type Statistics { entities: Int!, claims: Int! }
"Anything of which claims are made."
interface Entity { id: ID!, name: String! }
"A text that parties agreed on, small enough for a test."
type Agreement implements Entity {
  id: ID!, name: String!, date: String
  parties: ParticipationConnection!
  mediators: ParticipationConnection!
}
"Somebody who takes part."
type Actor implements Entity { id: ID!, name: String! }
"A list of parts."
type ParticipationConnection { edges: [ParticipationEdge!]! }
"One in the list."
type ParticipationEdge { node: Participation! }
"One actor's part."
type Participation {
  role: String!, actor: Entity!, between: [Entity!]!, capacity: String, when: String
  claimCount: Int!, disputed: Boolean!, inferred: Boolean!, claims: [Claim!]!
}
"On somebody's word."
type Claim { claimant: Entity, said: String, source: Source }
"Where it stands."
type Source { document: Entity, locator: String, quote: String }
`

type entity struct {
	ID        graphql.ID
	Name      string
	Date      *string
	Parties   connection
	Mediators connection
	isActor   bool
}

func (e *entity) ToAgreement() (*entity, bool) { return e, !e.isActor }
func (e *entity) ToActor() (*entity, bool)     { return e, e.isActor }

type (
	connection    struct{ Edges []edge }
	edge          struct{ Node participation }
	participation struct {
		Role               string
		Actor              *entity
		Between            []*entity
		Capacity, When     *string
		ClaimCount         int32
		Disputed, Inferred bool
		Claims             []claim
	}
	claim struct {
		Claimant *entity
		Said     *string
		Source   *source
	}
	source struct {
		Document       *entity
		Locator, Quote *string
	}
	statistics struct{ Entities, Claims int32 }
)

type root struct{}

func (*root) Statistics() statistics { return statistics{Entities: 41, Claims: 271828} }

func (*root) Entity(args struct{ ID graphql.ID }) *entity {
	actor := func(name string) *entity { return &entity{ID: graphql.ID("test:" + name), Name: name, isActor: true} }
	return &entity{
		ID: args.ID, Name: "Concord of the Test",
		Parties: connection{Edges: []edge{{participation{Role: "SIGNED", Actor: actor("Freedonia"), ClaimCount: 1}}}},
	}
}

// serve runs the pages and the small schema as the program would.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	parsed, err := graphql.ParseSchema(schema, &root{}, graphql.UseFieldResolvers(), graphql.UseStringDescriptions())
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(web.Prefix, web.Handler())
	mux.HandleFunc("POST /graphql", func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Query         string
			OperationName string
			Variables     map[string]any
		}
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		answer := parsed.Exec(r.Context(), asked.Query, asked.OperationName, asked.Variables)
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Logf("answer not sent: %v", err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestPlayground(t *testing.T) {
	if !web.Built() {
		t.Skip("the pages are not built: `make web` builds them, then this test runs")
	}
	var tabs []string
	for _, example := range webtest.Examples(t, os.DirFS("examples")) {
		tabs = append(tabs, example.Operation)
	}
	webtest.Drive(t, serve(t).URL, webtest.Steps{
		Tabs:       tabs,
		FirstWant:  "Concord of the Test",
		Query:      "query HowMuch { statistics { entities claims } }",
		Want:       `"claims": 271828`,
		Prefix:     "{ statistics { cl",
		Completion: "claims",
		Reopen:     tabs[len(tabs)-1],
		Type:       "Agreement",
		TypeText:   "A text that parties agreed on, small enough for a test.",
	})
}

// A title names a tab and an entry of the menu, so no two examples may share one.
func TestExampleTitlesDiffer(t *testing.T) {
	var titles []string
	for _, example := range webtest.Examples(t, os.DirFS("examples")) {
		if slices.Contains(titles, example.Operation) {
			t.Errorf("%s: another example is called %s too", example.Name, example.Operation)
		}
		titles = append(titles, example.Operation)
		if example.Query[0] != '#' {
			t.Errorf("%s: does not begin with a comment on what it teaches", example.Name)
		}
		if example.Variables != "" && !json.Valid([]byte(example.Variables)) {
			t.Errorf("%s: the variables are not JSON", example.Name)
		}
	}
	// GraphiQL does not show the variables of the tab it opens with.
	if first := webtest.Examples(t, os.DirFS("examples"))[0]; first.Variables != "" {
		t.Errorf("%s: the first example must do without variables", first.Name)
	}
}
