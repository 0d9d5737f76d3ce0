package pax

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
)

// signatories claims who signed and who were third parties.
func (a *agreement) signatories() {
	a.column("Part", graph.Signed)
	a.column("ThrdPart", graph.ThirdParty)
}

// column reads a column whose signatories have a role unless the words tell another.
func (a *agreement) column(column string, standing graph.Predicate) {
	cell := a.text(column)
	if cell == "" {
		return
	}
	if standing == graph.Signed && nobodySigned(cell) {
		a.leave(column, leftover{piece{text: cell}, isUnsigned})
		return
	}
	list, left := readSignatories(cell, a.onlyState())
	for _, l := range left {
		a.leave(column, l)
	}
	for i := range list {
		s := &list[i]
		c := a.at(column)
		c.Key = fmt.Sprintf("%s, %s %d", a.name, column, i+1)
		c.Source.Quote = s.quote(cell)
		c.From, c.To = a.actor(s, column), a.id
		c.Qualifiers = s.qualifiers()
		for _, c.Predicate = range rolesOf(s, standing) {
			a.out.Claim(a.row.Place(column), c)
		}
	}
}

// leave counts what nothing was made of.
func (a *agreement) leave(column string, l leftover) {
	a.out.Note("a part of "+column+" "+l.reason+", left out", a.row.Place(column), a.name+", "+graph.Quoted(l.piece.text))
}

// rolesOf are the predicates of a signatory: that of the heading or else of the column, and those of the person's office, or else of the heading of the group. They
// take the place of a role that no words tell. In ThrdPart to sign is to be a third party who signed, whose role is not stated.
func rolesOf(s *signatory, standing graph.Predicate) []graph.Predicate {
	own := officeRoles(s.office)
	if len(own) == 0 {
		own = officeRoles(s.side)
	}
	told := s.role != "" && s.role != graph.ThirdParty && (standing == graph.Signed || s.role.Info().ThirdParty())
	switch {
	case told && !slices.Contains(own, s.role):
		return append([]graph.Predicate{s.role}, own...)
	case len(own) == 0:
		return []graph.Predicate{orThird(s.role, standing)}
	}
	return own
}

// orThird is the standing of a column, but that of a third party where a heading in Part says so.
func orThird(role, standing graph.Predicate) graph.Predicate {
	if role == graph.ThirdParty {
		return role
	}
	return standing
}

// onlyState is the state that Con names, if it names one alone.
func (a *agreement) onlyState() *country {
	var only *country
	for _, part := range conParts(a.text("Con")) {
		if strings.HasPrefix(part, "(") {
			continue
		}
		if only != nil {
			return nil
		}
		if only = countryNamed(part); only == nil {
			return nil
		}
	}
	return only
}

// actor declares whom the claim is of, and the state that is acted for. Persons are known by their agreement: of the two Mamedovs of
// 1992 and 1994 nothing here says whether they are one.
func (a *agreement) actor(s *signatory, column string) graph.ID {
	place := a.row.Place(column)
	if s.state != nil {
		base := a.base
		base.Source.Locator = "country " + s.state.name
		a.out.Entity(place, s.state.entity(), base)
	}
	if s.person == "" {
		return s.state.id()
	}
	id := a.id + graph.ID("/"+format.Slug(s.person))
	a.out.Entity(place, format.Entity{ID: id, Kind: graph.Leader, Name: s.person}, a.at(column))
	return id
}

func (s *signatory) qualifiers() []graph.Qualifier {
	var list []graph.Qualifier
	if s.person != "" && s.state != nil {
		list = append(list, graph.Qualifier{Name: graph.OnBehalfOf, Entity: s.state.id()})
	}
	capacity := s.office
	if s.side != "" && capacity != "" {
		capacity += ", " + s.side
	} else if s.side != "" {
		capacity = s.side
	}
	if capacity != "" {
		list = append(list, graph.Qualifier{Name: graph.Capacity, Value: capacity})
	}
	if s.named != s.person && (s.state == nil || s.named != s.state.name) {
		list = append(list, graph.Qualifier{Name: graph.AsNamed, Value: s.named})
	}
	if s.ownSide {
		list = append(list, graph.Qualifier{Name: graph.Inferred, Value: "the cell says \"Government\" without a name, and Con names one state"})
	}
	return list
}

// mostQuoted is how much of a cell is quoted.
const mostQuoted = 600

// quote is the stretch of the cell that a claim rests on, with the heading if that stands apart.
func (s *signatory) quote(cell string) string {
	quote := cell[s.start:s.end]
	if s.heading.end > 0 && s.heading.end < s.start {
		quote = strings.TrimSpace(cell[s.heading.start:s.heading.end]) + " […] " + quote
	}
	if len(quote) > mostQuoted {
		quote = strings.ToValidUTF8(quote[:mostQuoted], "") + " […]"
	}
	return quote
}
