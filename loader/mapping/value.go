package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/nearest"
)

// A value says how a text, or a list of them, comes of a row.
type value struct {
	place
	column    string   // the text as it stands there, or
	list      []string // those of several columns, or
	text      *template
	separator string
	missing   []string
	match     *regexp.Regexp
	lookup    *lookup
	words     *lookup
	otherwise *template
	unlisted  string
	fallback  *template
	as        *template
}

// What unlisted may be.
const (
	refuse = "refuse"
	keep   = "keep"
	skip   = "skip"
)

func (v *value) fields() []field {
	return []field{
		{"column", func(d *decoder, n node) { v.column = d.text(n) }},
		{"columns", func(d *decoder, n node) { v.list = d.texts(n) }},
		{"text", func(d *decoder, n node) { v.text = d.template(n) }},
		{"separator", func(d *decoder, n node) { v.separator = d.text(n) }},
		{"missing", func(d *decoder, n node) { v.missing = d.texts(n) }},
		{"match", func(d *decoder, n node) { v.match = d.pattern(n) }},
		{"lookup", func(d *decoder, n node) { v.lookup = d.lookup(n) }},
		{"words", func(d *decoder, n node) { v.words = d.lookup(n) }},
		{"otherwise", func(d *decoder, n node) { v.otherwise = d.template(n) }},
		{"unlisted", func(d *decoder, n node) { v.unlisted = d.oneOf(n, refuse, keep, skip) }},
		{"default", func(d *decoder, n node) { v.fallback = d.template(n) }},
		{"as", func(d *decoder, n node) { v.as = d.template(n) }},
	}
}

// value reads a value: a template alone, or an object.
func (d *decoder) value(n node) *value {
	v := &value{place: n.place}
	if isText(n) {
		v.text = d.template(n)
		if column := v.text.bare(); column != "" {
			v.column, v.text = column, nil
		}
		return v
	}
	if d.object(n, "a value", v.fields()) {
		v.check(d)
	}
	return v
}

// check finds members that do not go together.
func (v *value) check(d *decoder) {
	listed := v.lookup != nil || v.words != nil
	switch n := v.origins(); {
	case n != 1:
		d.fail(v.place, fmt.Sprintf("%d of column, columns and text", n), "one of them")
	case v.list != nil && v.separator != "":
		d.fail(v.place, "separator beside columns", "one of them")
	case v.lookup != nil && v.words != nil:
		d.fail(v.place, "lookup beside words", "one of them")
	case !listed && (v.otherwise != nil || v.unlisted != ""):
		d.fail(v.place, "otherwise or unlisted", "lookup or words beside it")
	case v.otherwise != nil && v.unlisted != "":
		d.fail(v.place, "otherwise beside unlisted", "one of them")
	}
}

// origins is how many things the value says it comes of.
func (v *value) origins() int {
	n := 0
	for _, is := range []bool{v.column != "", v.list != nil, v.text != nil} {
		if is {
			n++
		}
	}
	return n
}

// pattern reads a regular expression.
func (d *decoder) pattern(n node) *regexp.Regexp {
	p, err := regexp.Compile(d.text(n))
	if err != nil {
		d.fail(n.place, graph.Quoted(n.Value), "a regular expression of RE2: "+strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return p
}

// columns are the names that the value refers to.
func (v *value) columns() []string {
	if v == nil {
		return nil
	}
	list := slices.Concat(v.list, v.text.columns(), v.otherwise.columns(), v.fallback.columns(), v.as.columns())
	if v.column != "" {
		list = slices.Insert(list, 0, v.column)
	}
	return list
}

// constant is the only text that the value can be; ok is false if that depends on the row.
func (v *value) constant() (text string, ok bool) {
	if v == nil || v.text == nil || !v.text.isConstant() || v.lookup != nil || v.words != nil || v.match != nil || v.as != nil {
		return "", false
	}
	return v.text.constant(), true
}

// one is the text that the value is in a row, empty if it is none. If it is several, as it can be in JSON, that is a problem.
func (v *value) one(s *scope) string {
	if v == nil {
		return ""
	}
	texts := slices.DeleteFunc(v.all(s), func(text string) bool { return text == "" })
	switch len(texts) {
	case 0:
		return ""
	case 1:
		return texts[0]
	}
	s.fault(v, fmt.Sprintf("%d texts", len(texts)), "one; a record for each of several is made with each")
	return ""
}

// all are the texts that the value is in a row. What is missing is an empty one in its place.
func (v *value) all(s *scope) []string {
	texts := v.found(s)
	if len(texts) == 0 {
		texts = []string{""}
	}
	for i := range texts {
		texts[i] = v.finish(s, texts[i])
	}
	return texts
}

// found are the texts as the row has them.
func (v *value) found(s *scope) []string {
	if v.list != nil {
		texts := make([]string, len(v.list))
		for i, column := range v.list {
			texts[i] = s.text(column)
		}
		return texts
	}
	if v.column != "" && v.separator == "" {
		return slices.Clone(s.texts(v.column))
	}
	var text string
	if v.column != "" {
		text = s.text(v.column)
	} else {
		text = v.text.fill(s, "")
	}
	if v.separator != "" {
		return split(text, v.separator)
	}
	if text == "" {
		return nil
	}
	return []string{text}
}

// split takes a text apart. Empty parts keep their places, for the lists of one row are read side by side.
func split(text, separator string) []string {
	if text == "" {
		return nil
	}
	list := strings.Split(text, separator)
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// finish makes of a text as it was found what the value says.
func (v *value) finish(s *scope, text string) string {
	if s.isMissing(text) || slices.Contains(v.missing, text) {
		text = ""
	}
	if text != "" && v.match != nil {
		text = v.capture(s, text)
	}
	if text != "" && (v.lookup != nil || v.words != nil) {
		text = v.listed(s, text)
	}
	if text != "" && v.as != nil {
		text = v.as.fill(s, text)
	}
	if text == "" && v.fallback != nil {
		text = v.fallback.fill(s, "")
	}
	return text
}

// capture is the stretch that the first group of match finds, or match as a whole if it has no group.
func (v *value) capture(s *scope, text string) string {
	found := v.match.FindStringSubmatch(text)
	if found == nil {
		s.note(v, "match finds nothing", text)
		return ""
	}
	return strings.TrimSpace(found[min(1, len(found)-1)])
}

// listed is what lookup or words say of a text.
func (v *value) listed(s *scope, text string) string {
	l, find := v.lookup, (*lookup).exactly
	if l == nil {
		l, find = v.words, (*lookup).within
	}
	if result, ok := find(l, text); ok {
		return result
	}
	switch {
	case v.otherwise != nil:
		return v.otherwise.fill(s, "")
	case v.unlisted == keep:
		return text
	case v.unlisted == skip:
		s.note(v, "a word that is not listed, left out", text)
		return ""
	}
	s.problem(v, text, "one of "+l.expected())
	return ""
}

// unknown tells of a text that is none of the words it has to be one of.
func (v *value) unknown(s *scope, text, what string, words []string) {
	if near := nearest.Name(text, words); near != "" {
		what += fmt.Sprintf(", such as %q", near)
	}
	s.problem(v, text, what)
}

// single reads a value that has to be one.
func (d *decoder) single(n node) *value {
	v := d.value(n)
	if v.separator != "" || v.list != nil {
		d.fail(n.place, "separator or columns", "a value that is one; several of them are for each")
	}
	return v
}

// word reads a value that is one of the vocabulary's words. Whatever can be told of it before there is a row is checked.
func (d *decoder) word(n node, expected string, words []string) *value {
	v := d.single(n)
	list := v.possible()
	for _, text := range list {
		if text != "" && !slices.Contains(words, text) {
			d.failNear(v.place, text, expected, words)
		}
	}
	return v
}

// possible are the texts that the mapping itself gives the value.
func (v *value) possible() []string {
	if text, ok := v.constant(); ok {
		return []string{text}
	}
	if v.as != nil {
		return nil
	}
	var list []string
	for _, l := range []*lookup{v.lookup, v.words} {
		if l != nil {
			list = append(list, l.values()...)
		}
	}
	for _, t := range []*template{v.otherwise, v.fallback} {
		if t != nil && t.isConstant() {
			list = append(list, t.constant())
		}
	}
	return list
}
