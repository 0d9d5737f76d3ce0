package reconcile

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
	"entente/graph/match"
	"entente/graph/store"
)

// A query is one query of a batch as the client wrote it.
type query struct {
	Query      string         `json:"query"`
	Type       texts          `json:"type"`
	TypeStrict string         `json:"type_strict"`
	Limit      *float64       `json:"limit"`
	Properties []queryMapping `json:"properties"`
}

type queryMapping struct {
	PID string      `json:"pid"`
	V   queryValues `json:"v"`
}

// texts is a text or a list of texts.
type texts []string

// UnmarshalJSON implements the JSON package's Unmarshaler.
func (t *texts) UnmarshalJSON(data []byte) error {
	switch jsontext.Value(data).Kind() {
	case '"':
		*t = make(texts, 1)
		return json.Unmarshal(data, &(*t)[0])
	case '[':
		return json.Unmarshal(data, (*[]string)(t))
	case 'n':
		return nil
	}
	return errors.New("a text or a list of texts")
}

// queryValues are the values of a property: texts, numbers, booleans, or entities that were found before.
type queryValues []queryValue

type queryValue struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// UnmarshalJSON implements the JSON package's Unmarshaler.
func (q *queryValues) UnmarshalJSON(data []byte) error {
	if jsontext.Value(data).Kind() == '[' {
		return json.Unmarshal(data, (*[]queryValue)(q))
	}
	*q = make(queryValues, 1)
	return (*q)[0].UnmarshalJSON(data)
}

// UnmarshalJSON implements the JSON package's Unmarshaler. Of what is no entity the text is the name.
func (q *queryValue) UnmarshalJSON(data []byte) error {
	switch v := jsontext.Value(data); v.Kind() {
	case '"':
		return json.Unmarshal(data, &q.Name)
	case '0', 't', 'f':
		q.Name = string(v)
		return nil
	case '{':
		type entity queryValue
		return json.Unmarshal(data, (*entity)(q))
	case 'n':
		return nil
	}
	return errors.New("a text, a number, true, false or an object with id and name")
}

// The limits of a query.
const (
	defaultLimit  = 10
	maxLimit      = 100
	maxProperties = 50
	maxSaid       = 50 // values of a property in a query
)

// readBatch reads a batch of queries, each by the key under which it is to be answered.
func readBatch(text string) (map[string]*query, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal([]byte(text), &members); err != nil || members == nil {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "queries is not one JSON object of queries by name, in UTF-8 and without repeated names")
	}
	if len(members) > maxBatch {
		return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "", "the batch has %d queries; at most %d", len(members), maxBatch)
	}
	batch := make(map[string]*query, len(members))
	for key, member := range members {
		q := new(query)
		path := jsontext.Pointer("").AppendToken(key)
		if member.Kind() != '{' {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, string(path), "a query is an object with query, type, limit, properties, type_strict")
		}
		if err := json.Unmarshal(member, q, json.RejectUnknownMembers(true)); err != nil {
			if e, ok := errors.AsType[*json.SemanticError](err); ok {
				path += e.JSONPointer
			}
			return nil, refusal(http.StatusBadRequest, codeBadRequest, string(path), "that does not belong here: %s", wantQuery)
		}
		if err := q.check(string(path)); err != nil {
			return nil, err
		}
		batch[key] = q
	}
	return batch, nil
}

const wantQuery = "query is a text; type a text or a list of texts; limit a number; type_strict any, all or should; properties a list of objects with pid, a text, and v, " +
	"a text, number, boolean or object with id, or a list of these"

// check checks what can be checked without the graph.
func (q *query) check(path string) error {
	bad := func(at, format string, args ...any) error {
		return refusal(http.StatusBadRequest, codeBadRequest, path+at, format, args...)
	}
	switch {
	case strings.TrimSpace(q.Query) == "" && len(q.Properties) == 0:
		return bad("", "a query has a text that is not empty, or properties")
	case len(q.Properties) > maxProperties:
		return bad("/properties", "found %d properties; at most %d", len(q.Properties), maxProperties)
	case q.Limit != nil && (*q.Limit < 1 || *q.Limit != float64(int(*q.Limit))):
		return bad("/limit", "found %v; a limit is a whole number from 1", *q.Limit)
	}
	switch q.TypeStrict {
	case "", "any", "all", "should":
	default:
		return bad("/type_strict", "found %q; it is any, all or should", q.TypeStrict)
	}
	for i := range q.Properties {
		if n := len(q.Properties[i].V); n > maxSaid {
			return bad("/properties/"+strconv.Itoa(i)+"/v", "found %d values; at most %d", n, maxSaid)
		}
	}
	return nil
}

// limit is how many candidates are wanted.
func (q *query) limit() int {
	if q.Limit == nil {
		return defaultLimit
	}
	return int(min(*q.Limit, maxLimit))
}

// A wanted is a query in terms of the graph.
type wanted struct {
	match.Description
	types  []graph.Kind
	strict bool     // only of the types
	unread []string // properties of which a value could not be read
}

// want reads a query's types and properties.
func (s *service) want(v *store.View, q *query, path string) (*wanted, error) {
	w := &wanted{strict: q.TypeStrict == "any" || q.TypeStrict == "all"}
	if text := strings.TrimSpace(q.Query); text != "" {
		w.Names = []string{text}
	}
	for _, id := range q.Type {
		kind := graph.Kind(id)
		if kind.Validate() != nil {
			return nil, unknownType(id, path+"/type")
		}
		w.types = append(w.types, kind)
	}
	if len(w.types) == 1 {
		w.Kind = w.types[0]
	}
	for i, mapping := range q.Properties {
		p := s.byID[mapping.PID]
		if p == nil || p.evidence == nil {
			return nil, s.unknownProperty(mapping.PID, path+"/properties/"+strconv.Itoa(i)+"/pid", p != nil)
		}
		for _, given := range mapping.V {
			if !w.say(v, p, given) {
				w.unread = append(w.unread, p.id)
			}
		}
	}
	return w, nil
}

// say adds one value of a property; false if it cannot be read. An empty cell says nothing.
func (w *wanted) say(v *store.View, p *property, given queryValue) bool {
	s := said{text: strings.TrimSpace(given.Name), entity: store.NoEntity}
	if given.ID != "" {
		e, ok := v.Resolve(given.ID)
		if !ok && s.text == "" {
			return false
		}
		if ok {
			s.entity = e
			if s.text == "" {
				s.text = v.Name(e)
			}
		}
	}
	return s.text == "" || p.evidence(&w.Description, v, s) == nil
}

func unknownType(id, path string) error {
	var ids []string
	for _, t := range types() {
		ids = append(ids, t.ID)
	}
	return refusal(http.StatusBadRequest, codeUnknownType, path, "found the type %q; types are %s", id, strings.Join(ids, ", "))
}

// unknownProperty says what properties there are; known ones may have no place in a query.
func (s *service) unknownProperty(id, path string, known bool) error {
	var ids []string
	for i := range s.properties {
		if s.properties[i].evidence != nil && !strings.HasPrefix(s.properties[i].id, idPrefix) {
			ids = append(ids, s.properties[i].id)
		}
	}
	what := "there is no such property"
	if known {
		what = "it can be fetched, and weighs nothing in a query"
	}
	return refusal(http.StatusBadRequest, codeUnknownProperty, path, "found the property %q: %s; a query takes %s, and %s with the scheme of an id after it",
		id, what, strings.Join(ids, ", "), idPrefix)
}
