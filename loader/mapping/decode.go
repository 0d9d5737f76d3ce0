package mapping

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"entente/graph"
	"entente/loader/nearest"
)

// A node is a node of YAML and where it stands. All scalars are texts, whatever they look like: to a mapping NO is Norway, and 007 is
// no number.
type node struct {
	*yaml.Node
	place
}

// A field is a member of an object of the mapping language.
type field struct {
	name string
	read func(*decoder, node)
}

// A decoder reads a mapping and keeps whatever is wrong with it.
type decoder struct {
	dataset string
	lookups map[string]*lookup
	errs    []*Error
}

func (d *decoder) fail(at place, found, expected string) {
	d.errs = append(d.errs, &Error{File: at.file, Line: at.line, Path: at.path, Found: found, Expected: expected})
}

// failNear tells of a word that is none of those there are.
func (d *decoder) failNear(at place, found, expected string, names []string) {
	d.fail(at, graph.Quoted(found), expected)
	d.errs[len(d.errs)-1].Nearest = nearest.Name(found, names)
}

// below is the node of a member or an element.
func (n node) below(name string, child *yaml.Node) node {
	path := n.path + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	return node{child, place{n.file, child.Line, path}}
}

// describe says what a node is.
func (n node) describe() string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "an object"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias"
	case isNothing(n):
		return "nothing"
	}
	return graph.Quoted(n.Value)
}

// isNothing reports whether nothing is written where a value belongs.
func isNothing(n node) bool { return n.Kind == yaml.ScalarNode && n.Value == "" && n.Tag == "!!null" }

// isText reports whether a node is a text.
func isText(n node) bool { return n.Kind == yaml.ScalarNode && !isNothing(n) }

// text reads a text, which may be empty.
func (d *decoder) text(n node) string {
	if !isText(n) {
		d.fail(n.place, n.describe(), "a text")
		return ""
	}
	return n.Value
}

// texts reads a list of texts, or one alone.
func (d *decoder) texts(n node) []string {
	if isText(n) {
		return []string{n.Value}
	}
	var list []string
	d.list(n, "a text or a list of texts", func(element node) { list = append(list, d.text(element)) })
	return list
}

// list calls use with each element of a list.
func (d *decoder) list(n node, expected string, use func(node)) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		found := n.describe()
		if n.Kind == yaml.SequenceNode {
			found = "an empty list"
		}
		d.fail(n.place, found, expected)
		return
	}
	for i, element := range n.Content {
		use(n.below(strconv.Itoa(i), element))
	}
}

// members calls use with each member of an object, in their order. It is false for what is no object.
func (d *decoder) members(n node, expected string, use func(name string, value node)) bool {
	if n.Kind != yaml.MappingNode {
		d.fail(n.place, n.describe(), expected)
		return false
	}
	met := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.below(n.Content[i].Value, n.Content[i])
		switch {
		case !isText(key):
			d.fail(key.place, key.describe(), "a name")
		case met[key.Value]:
			d.fail(key.place, graph.Quoted(key.Value)+" a second time", "each member once")
		default:
			met[key.Value] = true
			use(key.Value, node{n.Content[i+1], key.place})
		}
	}
	return true
}

// object reads the members of an object, each of which has to be a field. It is false for what is no object.
func (d *decoder) object(n node, what string, fields []field) bool {
	return d.members(n, what, func(name string, value node) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if i < 0 {
			d.failNear(value.place, name, "a member of "+what, fieldNames(fields))
			return
		}
		fields[i].read(d, value)
	})
}

func fieldNames(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// oneOf reads a word that is one of some.
func (d *decoder) oneOf(n node, words ...string) string {
	text := d.text(n)
	if text != "" && !slices.Contains(words, text) {
		d.failNear(n.place, text, "one of "+strings.Join(words, ", "), words)
	}
	return text
}

// id reads an id. A bare one belongs to the dataset.
func (d *decoder) id(n node) graph.ID {
	text := d.text(n)
	if d.dataset == "" {
		return "" // what is wrong with the dataset is said already
	}
	id, err := graph.ParseID(text, d.dataset)
	if err != nil {
		d.failField(n.place, err)
	}
	return id
}

// failField tells of what package graph says of a text.
func (d *decoder) failField(at place, err error) {
	found, expected := fieldText(err)
	d.fail(at, found, expected)
}

// parse reads YAML and gives its only document.
func parse(name string, data []byte) (node, *Error) {
	var document yaml.Node
	if len(bytes.TrimSpace(data)) == 0 {
		return node{}, &Error{File: name, Found: "an empty file", Expected: "a mapping"}
	}
	if err := yaml.Load(data, &document); err != nil {
		return node{}, syntaxError(name, err)
	}
	top := place{file: name, line: 1}
	if document.Kind == yaml.DocumentNode && len(document.Content) == 1 {
		return node{document.Content[0], top}, nil
	}
	return node{}, &Error{File: name, Found: "several documents", Expected: "one mapping"}
}

// aliases finds what stands for something elsewhere in the file, which may stand for a multiple of it and so on.
func (d *decoder) aliases(n node) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.fail(n.place, fmt.Sprintf("an anchor or alias (%s)", n.Anchor+n.Value), "values written out, or a lookup by its name")
	}
	for i, child := range n.Content {
		name := strconv.Itoa(i)
		if n.Kind == yaml.MappingNode {
			name = n.Content[i-i%2].Value
		}
		d.aliases(n.below(name, child))
	}
}

// isMapping reports whether a node is an object.
func isMapping(n node) bool { return n.Kind == yaml.MappingNode }
