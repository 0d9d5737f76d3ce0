package resolvers

import (
	"fmt"
	"time"

	"entente/graph"
	"entente/graph/store"
)

// Date is an EDTF text in an answer.
type Date string

// ImplementsGraphQLType says which scalar Date is.
func (Date) ImplementsGraphQLType(name string) bool { return name == "Date" }

// UnmarshalGraphQL is there because the library asks for it. Arguments are [dateInput], which says what is wrong.
func (d *Date) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("a date is a text, not %T", input)
	}
	*d = Date(text)
	return nil
}

// dateOf is nil for an absent date.
func dateOf(d graph.Date) *Date {
	if d.IsZero() {
		return nil
	}
	text := Date(d.String())
	return &text
}

// DateTime is an RFC 3339 text in an answer.
type DateTime string

// ImplementsGraphQLType says which scalar DateTime is.
func (DateTime) ImplementsGraphQLType(name string) bool { return name == "DateTime" }

// UnmarshalGraphQL is there because the library asks for it. Arguments are [dateTimeInput], which says what is wrong.
func (d *DateTime) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("a moment is a text, not %T", input)
	}
	*d = DateTime(text)
	return nil
}

func dateTimeOf(t time.Time) DateTime { return DateTime(t.UTC().Format(time.RFC3339Nano)) }

// dateInput is a date as an argument. It takes anything, so that what is wrong with it is found by the resolver,
// whose errors carry the path of the field; the library's own do not.
type dateInput struct{ given any }

// ImplementsGraphQLType says which scalar dateInput is.
func (dateInput) ImplementsGraphQLType(name string) bool { return name == "Date" }

// UnmarshalGraphQL keeps the value for later.
func (d *dateInput) UnmarshalGraphQL(input any) error {
	d.given = input
	return nil
}

// date reads the argument of the name; nil is the absent date.
func (d *dateInput) date(name string) (graph.Date, error) {
	if d == nil {
		return graph.Date{}, nil
	}
	text, ok := d.given.(string)
	if !ok {
		return graph.Date{}, badInput("%s is %v; a date is a text such as \"2020-11-09\"", name, d.given)
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		return graph.Date{}, badInput("%s is no EDTF date: %v", name, err)
	}
	return date, nil
}

// dateTimeInput is a moment as an argument; like [dateInput] it takes anything.
type dateTimeInput struct{ given any }

// ImplementsGraphQLType says which scalar dateTimeInput is.
func (dateTimeInput) ImplementsGraphQLType(name string) bool { return name == "DateTime" }

// UnmarshalGraphQL keeps the value for later.
func (d *dateTimeInput) UnmarshalGraphQL(input any) error {
	d.given = input
	return nil
}

// time reads the argument of the name; nil is the zero time.
func (d *dateTimeInput) time(name string) (time.Time, error) {
	if d == nil {
		return time.Time{}, nil
	}
	text, _ := d.given.(string)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, badInput("%s is %s; a moment is a text such as \"2023-10-04T12:00:00Z\"", name, graph.Quoted(fmt.Sprint(d.given)))
	}
	if epoch := time.Unix(0, 0); t.Before(epoch) {
		t = epoch // nothing was known then either, and the zero time means something else
	}
	return t, nil
}

// rangeInput is a DateRange.
type rangeInput struct{ From, To *dateInput }

func (r *rangeInput) window(name string) (store.Window, error) {
	if r == nil {
		return store.Window{}, nil
	}
	from, err := r.From.date(name + ".from")
	if err != nil {
		return store.Window{}, err
	}
	to, err := r.To.date(name + ".to")
	if err == nil && !from.IsZero() && !to.IsZero() && from.Earliest() > to.Latest() {
		err = badInput("%s runs from %s to %s, which is before it", name, from, to)
	}
	return store.Window{From: from, To: to}, err
}

// DateBounds are the days a date covers.
type DateBounds struct {
	Earliest, Latest       *string
	OpenStart, OpenEnd     bool
	Precision              string
	Approximate, Uncertain bool
	Choices                []string
}

// boundsOf is nil for an absent date.
func boundsOf(d graph.Date) *DateBounds {
	if d.IsZero() {
		return nil
	}
	b := d.Bounds()
	bounds := &DateBounds{
		OpenStart: b.OpenStart || b.UnknownStart, OpenEnd: b.OpenEnd || b.UnknownEnd, Precision: string(b.Precision),
		Approximate: b.Approximate, Uncertain: b.Uncertain, Choices: []string{},
	}
	if b.Earliest != graph.DayMin {
		bounds.Earliest = textPointer(b.Earliest.String())
	}
	if b.Latest != graph.DayMax {
		bounds.Latest = textPointer(b.Latest.String())
	}
	if b.Precision == graph.PrecisionSet {
		for _, choice := range d.Choices() {
			bounds.Choices = append(bounds.Choices, choice.String())
		}
	}
	return bounds
}
