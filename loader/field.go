package loader

import (
	"fmt"
	"strconv"

	"entente/graph"
	"entente/loader/nearest"
)

// sharedFields are the fields that say on whose word and from where a claim is. An entity record gives them for all of its
// literals.
var sharedFields = []string{"source", "claimant", "coder", "said", "when", "stance", "confidence", "key"}

// sharedField reads one of the shared fields into the claim. It is false for a field that is none of them.
func (d *decoder) sharedField(c *graph.Claim, m *member) (bool, *Problem) {
	var p *Problem
	switch m.name {
	case "source":
		p = d.source(&c.Source, m.value)
	case "claimant":
		c.Claimant, p = d.id("/claimant", m.value)
	case "coder":
		c.Coder, p = d.id("/coder", m.value)
	case "said":
		c.Said, p = d.date("/said", m.value)
	case "when":
		c.When, p = d.date("/when", m.value)
	case "stance":
		c.Stance, p = d.stance(m.value)
	case "confidence":
		c.Confidence, p = d.confidence(m.value)
	case "key":
		c.Key, p = d.someText("/key", m.value)
	default:
		return false, nil
	}
	return true, p
}

// text reads a text.
func (d *decoder) text(path string, value []byte) (string, *Problem) {
	if value[0] != '"' {
		return "", wrongType(path, value, "a text")
	}
	return unquote(value), nil
}

// someText reads a text that may not be empty: what is not known is left out instead.
func (d *decoder) someText(path string, value []byte) (string, *Problem) {
	text, p := d.text(path, value)
	if p == nil && text == "" {
		p = &Problem{Path: path, Found: `""`, Expected: "a text that is not empty, or no such field"}
	}
	return text, p
}

// wrongType shows short values, so that whoever reads the message knows what to look for.
func wrongType(path string, value []byte, expected string) *Problem {
	found := typeName(value)
	if len(value) <= 40 {
		found += " " + string(value)
	}
	if value[0] == 'n' {
		found = "null"
	}
	return &Problem{Path: path, Found: found, Expected: expected}
}

// id reads an id; a bare one belongs to the dataset.
func (d *decoder) id(path string, value []byte) (graph.ID, *Problem) {
	if value[0] != '"' {
		return "", wrongType(path, value, "an id")
	}
	if id, ok := d.ids[string(value)]; ok {
		return id, nil
	}
	text := unquote(value)
	if plainName(text) {
		// Most ids of large files are of this form, and the parser is quick only for those with a scheme.
		text = d.dataset + ":" + text
	}
	id, err := graph.ParseID(text, d.dataset)
	if err != nil {
		return "", fieldProblem(path, err)
	}
	if len(d.ids) >= idsKept {
		clear(d.ids)
	}
	d.ids[string(value)] = id
	return id, nil
}

// plainName reports whether a bare id is all printable ASCII and not too long for any scheme.
func plainName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f || s[i] == ':' {
			return false
		}
	}
	return s != "" && len(s) <= graph.MaxIDLen-32
}

// date reads a date. Absence is told by leaving the field out, so an empty text is none.
func (d *decoder) date(path string, value []byte) (graph.Date, *Problem) {
	if value[0] != '"' {
		return graph.Date{}, wrongType(path, value, `a date as a text, such as "2020-11-09"`)
	}
	text := unquote(value)
	date, err := graph.ParseDate(text)
	if err != nil {
		return graph.Date{}, dateProblem(path, text, err)
	}
	return date, nil
}

// stance reads a stance, as the vocabulary writes it.
func (d *decoder) stance(value []byte) (graph.Stance, *Problem) {
	text, p := d.text("/stance", value)
	if p != nil {
		return "", p
	}
	stance := graph.Stance(text)
	if err := stance.Validate(); err != nil {
		p := fieldProblem("/stance", err)
		p.Nearest = nearest.Name(text, names(graph.Stances()))
		return "", p
	}
	return stance, nil
}

// confidence reads a number. Zero is refused, since it would say that none is stated.
func (d *decoder) confidence(value []byte) (float64, *Problem) {
	const expected = "a number over 0 and up to 1"
	if c := value[0]; c != '-' && (c < '0' || c > '9') {
		return 0, wrongType("/confidence", value, expected)
	}
	number, err := strconv.ParseFloat(string(value), 64)
	if err != nil || !(number > 0 && number <= 1) {
		return 0, &Problem{Path: "/confidence", Found: clip(string(value)), Expected: expected}
	}
	return number, nil
}

var sourceFields = []string{"document", "locator", "quote"}

// source reads where a claim stands. A locator or quote alone says nothing, so the document is required.
func (d *decoder) source(s *graph.Source, value []byte) *Problem {
	if value[0] != '{' {
		return wrongType("/source", value, `an object with "document"`)
	}
	var p *Problem
	d.inner = members(d.inner[:0], value)
	for _, m := range d.inner {
		switch m.name {
		case "document":
			s.Document, p = d.id("/source/document", m.value)
		case "locator":
			s.Locator, p = d.someText("/source/locator", m.value)
		case "quote":
			s.Quote, p = d.someText("/source/quote", m.value)
		default:
			return &Problem{
				Path: "/source/" + clip(pointer(m.name)), Found: graph.Quoted(m.name),
				Expected: "document, locator or quote", Nearest: nearest.Name(m.name, sourceFields),
			}
		}
		if p != nil {
			return p
		}
	}
	if s.Document == "" {
		return &Problem{Path: "/source/document", Found: "nothing", Expected: "the document that is the source"}
	}
	return nil
}

// texts calls use with the text of the field, or with each of its list, and where it stands.
func (d *decoder) texts(path string, value []byte, use func(path string, value []byte) *Problem) *Problem {
	switch value[0] {
	case '"':
		return use(path, value)
	case '[':
	default:
		return wrongType(path, value, "a text or a list of texts")
	}
	var problem *Problem
	count := 0
	elements(value, func(i int, element []byte) bool {
		count++
		here := path + "/" + strconv.Itoa(i)
		if element[0] != '"' {
			problem = wrongType(here, element, "a text")
		} else {
			problem = use(here, element)
		}
		return problem == nil
	})
	if problem == nil && count == 0 {
		problem = &Problem{Path: path, Found: "an empty list", Expected: "a text or a list of texts"}
	}
	return problem
}

// names lists the words of a vocabulary as texts.
func names[T ~string](words []T) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

func tooMany(n int) *Problem {
	return &Problem{Found: fmt.Sprintf("more than %d values", n), Expected: fmt.Sprintf("at most %d in one record", n)}
}
