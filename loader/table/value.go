package table

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A value is a value of JSON: a text, which numbers and truth values are read as, a list, or an object.
type value struct {
	kind    jsontext.Kind
	text    string
	list    []*value
	names   []string // of members
	members map[string]*value
}

// parse reads a record, which has to be an object.
func parse(data []byte) (*value, *Error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(data))
	v, err := parseValue(d)
	if err != nil {
		return nil, jsonFault(err, data)
	}
	if v.kind != '{' {
		return nil, &Error{Found: fmt.Sprintf("%q", first(data)), Expected: "an object"}
	}
	return v, nil
}

func parseValue(d *jsontext.Decoder) (*value, error) {
	token, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	v := &value{kind: token.Kind()}
	switch v.kind {
	case '[':
		for d.PeekKind() != ']' {
			element, err := parseValue(d)
			if err != nil {
				return nil, err
			}
			v.list = append(v.list, element)
		}
		_, err = d.ReadToken()
	case '{':
		v.members = make(map[string]*value)
		for d.PeekKind() != '}' {
			token, err := d.ReadToken()
			if err != nil {
				return nil, err
			}
			name := token.String()
			if v.members[name], err = parseValue(d); err != nil {
				return nil, err
			}
			v.names = append(v.names, name)
		}
		_, err = d.ReadToken()
	case 'n':
	default:
		v.text = strings.TrimSpace(token.String())
	}
	return v, err
}

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
)

// nameless is the part of a path for a member whose name is empty.
const nameless = "~"

// partOf is a name as a part of a path, written as in a JSON Pointer.
func partOf(name string) string {
	if name == "" {
		return nameless
	}
	return escape.Replace(name)
}

// nameOf is the name that a part of a path stands for.
func nameOf(part string) string {
	if part == nameless {
		return ""
	}
	return unescape.Replace(part)
}

// paths calls add with the path of every text below the value.
func (v *value) paths(path string, add func(string)) {
	for _, element := range v.list {
		element.paths(path, add)
	}
	for _, name := range v.names {
		below := partOf(name)
		if path != "" {
			below = path + "/" + below
		}
		v.members[name].paths(below, add)
	}
	if path != "" && v.kind != '{' && len(v.list) == 0 {
		add(path)
	}
}

// at are the texts at a path, none if there are none at all.
func (v *value) at(path string) []string {
	texts := v.collect(nil, path)
	if len(texts) == 1 && texts[0] == "" {
		return nil
	}
	return texts
}

// collect appends the texts at a path; the empty path is the value itself. What is not there is an empty text in its place.
func (v *value) collect(texts []string, path string) []string {
	if v.kind == '[' {
		for _, element := range v.list {
			texts = element.collect(texts, path)
		}
		return texts
	}
	if path == "" {
		return append(texts, v.text) // an object has none
	}
	part, rest, _ := strings.Cut(path, "/")
	below := v.members[nameOf(part)]
	if below == nil {
		return append(texts, "")
	}
	return below.collect(texts, rest)
}

// isBlank reports whether there is no text in the value.
func (v *value) isBlank() bool {
	for _, element := range v.list {
		if !element.isBlank() {
			return false
		}
	}
	for _, member := range v.members {
		if !member.isBlank() {
			return false
		}
	}
	return v.text == ""
}
