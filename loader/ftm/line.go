package ftm

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/loader/table"
)

// mark is the byte-order mark of UTF-8.
var mark = []byte("\xef\xbb\xbf")

// mostLine bounds a line in bytes. FollowTheMoney's own tools write up to 30 million.
const mostLine = 32 << 20

// A line is one JSON object of a file: an entity, or a statement.
type line struct {
	ID     string `json:"id"`
	Schema string `json:"schema"`

	// Of an entity.
	Caption    string                      `json:"caption"`
	Datasets   []string                    `json:"datasets"`
	Referents  []string                    `json:"referents"`
	Properties map[string][]jsontext.Value `json:"properties"`
	Statements []line                      `json:"statements"`

	// Of a statement.
	EntityID      string `json:"entity_id"`
	CanonicalID   string `json:"canonical_id"`
	Prop          string `json:"prop"`
	Value         string `json:"value"`
	OriginalValue string `json:"original_value"`
	Lang          string `json:"lang"`
	Dataset       string `json:"dataset"`
	FirstSeen     string `json:"first_seen"`

	LastSeen   passed `json:"last_seen"`
	LastChange passed `json:"last_change"`
	External   passed `json:"external"`
	Origin     passed `json:"origin"`
	Target     passed `json:"target"`

	Rest map[string]jsontext.Value `json:",embed"` // counted
}

// A passed member is passed over: it says nothing about the world, but when a publisher last looked, by which of its programs, or whether
// the entity is among its targets.
type passed struct{}

// UnmarshalJSONFrom passes over a value.
func (*passed) UnmarshalJSONFrom(d *jsontext.Decoder) error { return d.SkipValue() }

// lines reads JSON objects, one a line. A line that is none is a problem, and reading goes on.
func (r *reader) lines(b *bufio.Reader) error {
	var buffer []byte
	for number := 1; ; number++ {
		text, whole, last, err := nextLine(b, buffer[:0])
		buffer = text
		if err != nil {
			return err
		}
		if number == 1 {
			text = bytes.TrimPrefix(text, mark)
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			if err := r.out.Row(); err != nil {
				return err
			}
			if err := r.line(text, whole, table.Place{Row: number}); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// nextLine appends the next line to a buffer, and tells whether it is the last. Of one that is too long it takes the beginning and
// passes over the rest.
func nextLine(b *bufio.Reader, buffer []byte) (text []byte, whole, last bool, err error) {
	for whole = true; ; {
		part, err := b.ReadSlice('\n')
		if whole = whole && len(buffer)+len(part) <= mostLine; whole {
			buffer = append(buffer, part...)
		}
		switch {
		case err == nil:
			return buffer, whole, false, nil
		case errors.Is(err, io.EOF):
			return buffer, whole, true, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, false, err
		}
	}
}

// line reads one line.
func (r *reader) line(text []byte, whole bool, place table.Place) error {
	if !whole {
		r.out.Problem(place, fmt.Sprintf("more than %d bytes", mostLine), "a shorter line")
		return nil
	}
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		found, expected := damage(err)
		r.out.Problem(place, found, expected)
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(l.Rest)) {
		r.unmapped("member " + name)
	}
	switch {
	case l.EntityID != "" || l.Prop != "":
		return r.statement(&l, place)
	case l.ID != "" && l.Schema != "":
		return r.entity(&l, place, 0)
	}
	r.out.Problem(place, "an object without entity_id and prop, and without id and schema", "an entity or a statement")
	return nil
}

// damage tells what is wrong with a line.
func damage(err error) (found, expected string) {
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fmt.Sprintf("%s at byte %d", strings.TrimPrefix(wrong.Err.Error(), "jsontext: "), wrong.ByteOffset), "an entity or a statement as a JSON object"
	}
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		return fmt.Sprintf("JSON that begins with %s at %q", wrong.JSONKind, wrong.JSONPointer), "a value of another type"
	}
	return err.Error(), "an entity or a statement as a JSON object"
}

// statement takes a line that is one.
func (r *reader) statement(l *line, place table.Place) error {
	place.Column = l.Prop
	return r.add(&statement{
		place: place, entity: l.EntityID, canonical: l.CanonicalID, schema: l.Schema, prop: l.Prop, value: l.Value,
		original: l.OriginalValue, lang: l.Lang, dataset: l.Dataset, seen: l.FirstSeen,
	})
}

// mostNested bounds entities within entities.
const mostNested = 8

// entity takes a line that is an entity, as statements of its one dataset.
func (r *reader) entity(l *line, place table.Place, depth int) error {
	s := statement{place: place, entity: l.ID, canonical: l.ID, schema: l.Schema, prop: idProperty, value: l.ID}
	r.flush() // what came before is not about this line
	if len(l.Statements) == 0 {
		switch len(l.Datasets) {
		case 0:
		case 1:
			s.dataset = l.Datasets[0]
		default:
			r.out.Note("an entity is of several datasets, so its claims have no claimant", place, l.ID)
		}
		if err := r.add(&s); err != nil {
			return err
		}
	}
	for i := range l.Statements {
		nested := &l.Statements[i]
		nested.CanonicalID = l.ID
		if err := r.statement(nested, place); err != nil {
			return err
		}
	}
	var within []line
	for _, prop := range slices.Sorted(maps.Keys(l.Properties)) {
		for _, value := range l.Properties[prop] {
			s.prop, s.place.Column = prop, prop
			text, nested, problem := r.value(value, depth)
			if problem != "" {
				r.out.Problem(s.place, problem, "a text or an entity")
				continue
			}
			if nested != nil {
				within = append(within, *nested)
				if r.reversed(nested, l.ID, prop) {
					continue
				}
			}
			s.value, s.caption = text, prop == "name" && text == l.Caption
			if err := r.add(&s); err != nil {
				return err
			}
		}
	}
	r.flush()
	for _, id := range l.Referents {
		r.referent(l, id, &s)
	}
	for i := range within {
		if err := r.entity(&within[i], place, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// reversed reports whether a nested entity is a relation that a property names from the end that the entity around it is. It then has that end.
func (*reader) reversed(nested *line, around, prop string) bool {
	end, ok := reverse[prop]
	if !ok {
		return false
	}
	if len(nested.Properties[end]) == 0 && len(nested.Statements) == 0 {
		text, err := jsontext.AppendQuote(nil, around)
		if err != nil {
			return false
		}
		if nested.Properties == nil {
			nested.Properties = make(map[string][]jsontext.Value)
		}
		nested.Properties[end] = []jsontext.Value{text}
	}
	return true
}

// value reads a value of a property: a text, or an entity in whose place its id stands.
func (r *reader) value(value jsontext.Value, depth int) (text string, nested *line, problem string) {
	if value.Kind() == '{' && depth < mostNested {
		nested = &line{}
		if err := json.Unmarshal(value, nested); err != nil || nested.ID == "" || nested.Schema == "" {
			return "", nil, "an object without id and schema"
		}
		return nested.ID, nested, ""
	}
	if err := json.Unmarshal(value, &text); err != nil || value.Kind() != '"' {
		return "", nil, fmt.Sprintf("%.60s", value)
	}
	return text, nil, ""
}
