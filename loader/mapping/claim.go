package mapping

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"entente/graph"
	"entente/loader/format"
)

// make makes the record in a scope, once for each item of its lists.
func (r *record) make(s *scope) {
	for range r.items(s) {
		if s.failed = false; !r.where.met(s) {
			continue
		}
		if r.entity != nil {
			r.makeEntity(s)
		} else {
			r.makeClaim(s)
		}
	}
}

// makeEntity makes a claim of each literal.
func (r *record) makeEntity(s *scope) {
	id := r.id(s, r.entity)
	if id == "" {
		r.leaveOut(s, r.entity, "entity")
		return
	}
	base, ok := r.base(s)
	if !ok {
		return
	}
	base.From = id
	for _, l := range r.literals {
		for _, text := range l.texts(s) {
			if text != "" {
				c := base
				c.Predicate, c.Value = l.predicate, text
				s.emit(l.source(), &c)
			}
		}
	}
}

func (l *literal) source() source {
	if l.date != nil {
		return l.date
	}
	return l.value
}

func (l *literal) texts(s *scope) []string {
	if l.date != nil {
		var list []string
		for _, d := range l.date.all(s) {
			list = append(list, d.String())
		}
		return list
	}
	list := l.value.all(s)
	for i, text := range list {
		switch {
		case text == "":
		case l.scheme != "":
			list[i] = l.scheme + ":" + format.Line(text)
		case l.predicate.Info().Literal == graph.NameLiteral:
			list[i] = format.Line(text)
		}
	}
	return list
}

// makeClaim makes a claim, if it has a predicate and something at both of its ends.
func (r *record) makeClaim(s *scope) {
	predicate := r.claim.one(s)
	if predicate != "" && graph.Predicate(predicate).Info() == nil {
		r.claim.unknown(s, predicate, "a predicate of the vocabulary", predicates())
		return
	}
	from, to, text := r.id(s, r.from), r.id(s, r.to), ""
	if to == "" {
		text = r.value.one(s)
	}
	if s.failed {
		return
	}
	for _, part := range []struct {
		missing bool
		part    *value
		name    string
	}{
		{predicate == "", r.claim, "predicate"}, {from == "", r.from, "subject"}, {to == "" && text == "", r.object(), "object"},
	} {
		if part.missing {
			r.leaveOut(s, part.part, part.name)
			return
		}
	}
	c, ok := r.base(s)
	if !ok {
		return
	}
	c.Predicate, c.From, c.To, c.Value = graph.Predicate(predicate), from, to, text
	for _, q := range r.qualifiers {
		c.Qualifiers = append(c.Qualifiers, q.qualify(s)...)
	}
	if !s.failed {
		s.emit(r, &c)
	}
}

// object is what tells the object.
func (r *record) object() *value {
	if r.to != nil {
		return r.to
	}
	return r.value
}

// qualify makes qualifiers of a value.
func (q named) qualify(s *scope) []graph.Qualifier {
	var list []graph.Qualifier
	name := graph.QualifierName(q.name)
	for _, text := range q.all(s) {
		switch {
		case text == "":
		case name.Info().Entity:
			if id := s.id(q.value, text); id != "" {
				list = append(list, graph.Qualifier{Name: name, Entity: id})
			}
		default:
			list = append(list, graph.Qualifier{Name: name, Value: text})
		}
	}
	return list
}

// id is the id that a value is, empty if it is none.
func (r *record) id(s *scope, v *value) graph.ID {
	text := v.one(s)
	if text == "" {
		return ""
	}
	return s.id(v, text)
}

// base is what the claims of a record share. If there is a problem with any of it, ok is false.
func (r *record) base(s *scope) (c graph.Claim, ok bool) {
	c = s.table.base
	c.When, c.Said = r.when.one(s), r.said.one(s)
	c.Stance = graph.Stance(r.stance.one(s))
	if c.Stance != "" && c.Stance.Validate() != nil {
		r.stance.unknown(s, string(c.Stance), "a stance of the vocabulary", texts(graph.Stances()))
	}
	if text := r.confidence.one(s); text != "" {
		c.Confidence = s.confidence(r.confidence, text)
	}
	if r.claimant != nil {
		c.Claimant = r.id(s, r.claimant) // none, if the row does not tell on whose word it is
	}
	c.Coder = cmp.Or(r.id(s, r.coder), c.Coder)
	c.Source.Document = cmp.Or(r.id(s, r.document), c.Source.Document)
	c.Source.Quote = r.quote.one(s)
	c.Source.Locator = format.Line(r.locate(s))
	c.Key = format.Line(r.key.one(s))
	return c, !s.failed
}

// locate is the locator of a record: its own, or that of the row with the column that is quoted.
func (r *record) locate(s *scope) string {
	if r.locator != nil {
		return r.locator.one(s)
	}
	if s.row == nil || r.quote == nil || len(r.quote.columns()) != 1 {
		return s.locator
	}
	place := s.at(r.quote.columns())
	place.Sheet, place.Row = "", 0
	return s.locator + ", " + place.String()
}

// confidence reads a number.
func (s *scope) confidence(v *value, text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0 && n <= 1) {
		s.problem(v, text, "a number over 0 and up to 1")
		return 0
	}
	return n
}

// leaveOut counts a record that is not made though there is something beside what it lacks: a quote, another literal or item.
func (r *record) leaveOut(s *scope, of *value, what string) {
	if s.failed {
		return
	}
	columns := r.quote.columns()
	for _, l := range r.literals {
		columns = append(columns, l.source().columns()...)
	}
	for _, e := range r.each {
		columns = append(columns, e.name)
	}
	for _, column := range columns {
		if text := s.text(column); text != "" {
			s.note(of, "left out, since nothing tells the "+what, text)
			return
		}
	}
}

// emit hands on a claim, or the problem that it has.
func (s *scope) emit(of source, c *graph.Claim) {
	if err := c.Normalize(); err != nil {
		found, expected := fieldText(err)
		if r, ok := of.(*record); ok {
			of = r.part(err)
		}
		s.fault(of, found, expected)
		return
	}
	s.out.Claim(s.at(of.columns()), *c)
}

// columns are those that tell most of a claim: what is quoted, or its ends.
func (r *record) columns() []string {
	for _, v := range []*value{r.quote, r.value, r.from, r.to, r.claim} {
		if columns := v.columns(); len(columns) > 0 {
			return columns
		}
	}
	return nil
}

// part is the part of a record that an error is about.
func (r *record) part(err error) source {
	f, ok := errors.AsType[*graph.FieldError](err)
	if !ok {
		return r
	}
	parts := map[string]*value{
		"/claim": r.claim, "/from": r.from, "/to": r.to, "/value": r.value, "/confidence": r.confidence, "/stance": r.stance,
		"/source/locator": r.locator, "/source/quote": r.quote, "/key": r.key,
	}
	for _, q := range r.qualifiers {
		parts["/qualifiers/"+q.name] = q.value
	}
	if v := parts[strings.TrimSpace(f.Path)]; v != nil {
		return v
	}
	return r
}
