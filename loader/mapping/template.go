package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"entente/loader/format"
)

// A template is a text with references to columns: "cow:$(ccode)".
type template struct {
	place
	parts []part
}

// A part is a text as it stands, or a reference.
type part struct {
	literal string
	column  string
	filters []func(string) string
	isRef   bool
}

// Names of references that are no columns.
const (
	theValue  = ""  // $(): the value itself, in as
	theNumber = "#" // $(#): the place of an item of each, from 1
)

// filters change the text of a column where a template takes it up.
var filters = map[string]func(string) string{
	"slug":  format.Slug,
	"code":  format.Code,
	"lower": strings.ToLower,
	"upper": strings.ToUpper,
	"pad2":  func(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s },
}

// template reads a template.
func (d *decoder) template(n node) *template {
	t, found, expected := parseTemplate(d.text(n))
	if expected != "" {
		d.fail(n.place, found, expected)
		t.parts = []part{{isRef: true, column: theNumber}} // so that nobody takes it for a text that is always the same
	}
	t.place = n.place
	return t
}

// parseTemplate cuts a text at its references. If it cannot, expected says what should be there.
func parseTemplate(text string) (t *template, found, expected string) {
	t = &template{}
	literal := func(s string) {
		if n := len(t.parts); n > 0 && !t.parts[n-1].isRef {
			t.parts[n-1].literal += s
		} else if s != "" {
			t.parts = append(t.parts, part{literal: s})
		}
	}
	for {
		before, rest, ok := strings.Cut(text, "$(")
		if !ok {
			literal(text)
			return t, "", ""
		}
		if before, escaped := strings.CutSuffix(before, "$"); escaped {
			literal(before + "$(")
			text = rest
			continue
		}
		literal(before)
		end := closing(rest)
		if end < 0 {
			return t, fmt.Sprintf("%q", "$("+rest), "a closing bracket after the name of the column"
		}
		ref, wrong := reference(rest[:end])
		if wrong != "" {
			return t, fmt.Sprintf("the filter %q", wrong), "one of " + strings.Join(slices.Sorted(maps.Keys(filters)), ", ")
		}
		t.parts = append(t.parts, ref)
		text = rest[end+1:]
	}
}

// closing is where the bracket closes that is open at the beginning; brackets in the names of columns come in pairs.
func closing(s string) int {
	depth := 1
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// reference reads what stands in the brackets: a column and its filters. If there is no such filter, wrong names it.
func reference(text string) (ref part, wrong string) {
	names := strings.Split(text, "|")
	ref = part{isRef: true, column: strings.TrimSpace(names[0])}
	for _, name := range names[1:] {
		filter := filters[strings.TrimSpace(name)]
		if filter == nil {
			return ref, name
		}
		ref.filters = append(ref.filters, filter)
	}
	return ref, ""
}

// columns are the names that the template refers to, but for the value and its number.
func (t *template) columns() []string {
	if t == nil {
		return nil
	}
	var list []string
	for _, p := range t.parts {
		if p.isRef && p.column != theValue && p.column != theNumber {
			list = append(list, p.column)
		}
	}
	return list
}

// bare is the column if the template is a reference to it and nothing else; otherwise it is empty.
func (t *template) bare() string {
	if len(t.parts) == 1 && t.parts[0].filters == nil && len(t.columns()) == 1 {
		return t.parts[0].column
	}
	return ""
}

// isConstant reports whether the template is a text without references.
func (t *template) isConstant() bool {
	return !slices.ContainsFunc(t.parts, func(p part) bool { return p.isRef })
}

// constant is the text of a template without references.
func (t *template) constant() string {
	if len(t.parts) == 0 {
		return ""
	}
	return t.parts[0].literal
}

// fill puts what the columns have in the place of their names. If one of them has nothing, neither has the template.
func (t *template) fill(s *scope, value string) string {
	var b strings.Builder
	for _, p := range t.parts {
		text := p.literal
		switch {
		case !p.isRef:
		case p.column == theValue:
			text = value
		default:
			text = s.text(p.column)
		}
		for _, filter := range p.filters {
			text = filter(text)
		}
		if p.isRef && text == "" {
			return ""
		}
		b.WriteString(text)
	}
	return b.String()
}
