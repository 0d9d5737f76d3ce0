package reconcile

import (
	"errors"
	"strings"

	"entente/graph"
	"entente/graph/match"
	"entente/graph/store"
)

// An evidence adds what is said of something to its description. It fails on what it cannot read.
type evidence func(d *match.Description, v *store.View, said said) error

// A said is a value of a property in a query: a text, or an entity that was found before, perhaps both.
type said struct {
	text   string
	entity store.Entity
}

var errUnread = errors.New("reconcile: no value of this property")

// literalEvidence is nil for literals that tell nobody apart.
func literalEvidence(p graph.Predicate) evidence {
	switch p {
	case graph.NamePredicate, graph.Alias, graph.Transliteration:
		return func(d *match.Description, _ *store.View, s said) error {
			d.Names = append(d.Names, s.text)
			return nil
		}
	case graph.KindPredicate:
		return func(d *match.Description, _ *store.View, s said) error {
			kind, ok := kindOf(s.text)
			if !ok {
				return errUnread
			}
			d.Kind = kind
			return nil
		}
	case graph.DatePredicate:
		return func(d *match.Description, _ *store.View, s said) error {
			date, err := graph.ParseDate(s.text)
			if err != nil {
				return errUnread
			}
			d.Date = date
			return nil
		}
	case graph.ExternalID:
		return func(d *match.Description, _ *store.View, s said) error { return addID(d, s.text) }
	}
	return nil
}

func idEvidence(scheme string) evidence {
	return func(d *match.Description, _ *store.View, s said) error { return addID(d, scheme+":"+s.text) }
}

func addID(d *match.Description, text string) error {
	id, err := graph.ParseExternalID(text)
	if err != nil {
		return errUnread
	}
	d.IDs = append(d.IDs, id)
	return nil
}

// relationEvidence is nil for relations that tell nobody apart: taking part in something is told of many.
func relationEvidence(p graph.Predicate) evidence {
	switch p {
	case graph.LocatedIn, graph.Leads, graph.Represents, graph.PartOf, graph.MemberOf, graph.BelongsTo, graph.Concerns:
		return func(d *match.Description, v *store.View, s said) error {
			d.Related = append(d.Related, match.RelatedTo{Predicate: p, Entity: s.resolve(v), Name: s.text})
			return nil
		}
	}
	return nil
}

// countryEvidence takes a country by name or by a code.
func countryEvidence(d *match.Description, v *store.View, s said) error {
	if s.entity == store.NoEntity {
		for _, scheme := range []string{"iso3", "iso2"} {
			if e, ok := v.Resolve(scheme + ":" + strings.ToUpper(s.text)); ok {
				s.entity = e
				break
			}
		}
	}
	for _, p := range countryRelations {
		d.Related = append(d.Related, match.RelatedTo{Predicate: p, Entity: s.resolve(v), Name: s.text})
	}
	return nil
}

// resolve is the entity that is meant; a text may be its id.
func (s *said) resolve(v *store.View) store.Entity {
	if s.entity != store.NoEntity {
		return s.entity
	}
	if e, ok := v.Resolve(s.text); ok {
		return e
	}
	return store.NoEntity
}

// kindOf finds a kind by its id or its name in words, in any case.
func kindOf(text string) (graph.Kind, bool) {
	for _, kind := range graph.Kinds() {
		if t := typeOf(kind); strings.EqualFold(text, t.ID) || strings.EqualFold(text, t.Name) {
			return kind, true
		}
	}
	return "", false
}
