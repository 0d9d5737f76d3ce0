package loader

import (
	"errors"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/loader/nearest"
)

const (
	withdraw = ledger.Withdraw
	reassert = ledger.Reassert
)

// The names that problems suggest the nearest of. They never change.
var (
	claimFields    = append([]string{"claim", "from", "to", "value", "qualifiers", "id", "erased"}, sharedFields...)
	predicateNames = allPredicates()
	qualifierNames = allQualifiers()
)

func allPredicates() (list []string) {
	for _, p := range graph.Predicates() {
		list = append(list, string(p.Name))
	}
	return list
}

func allQualifiers() (list []string) {
	for _, q := range graph.Qualifiers() {
		list = append(list, string(q.Name))
	}
	return list
}

// claim reads a record that is one claim.
func (d *decoder) claim() *Problem {
	var c graph.Claim
	var gone erasedFields
	for i := range d.members {
		m := &d.members[i]
		var p *Problem
		switch m.name {
		case "claim":
			c.Predicate, p = d.predicate(m.value)
		case "from":
			c.From, p = d.id("/from", m.value)
		case "to":
			c.To, p = d.id("/to", m.value)
		case "value":
			c.Value, p = d.someText("/value", m.value)
		case "qualifiers":
			c.Qualifiers, p = d.qualifiers(m.value)
		case "id":
			gone.id, p = d.text("/id", m.value)
		case "erased":
			gone.what, p = d.text("/erased", m.value)
		default:
			var shared bool
			if shared, p = d.sharedField(&c, m); !shared {
				return unknownField(m.name, claimFields)
			}
		}
		if p != nil {
			return p
		}
	}
	value := c.Value
	c.Value = gone.shield(c.Predicate, value)
	if p := d.add(c, ""); p != nil {
		return p
	}
	change := &d.changes[len(d.changes)-1]
	if gone.shield(c.Predicate, value) != value {
		change.Claim.Value = value
	}
	return gone.apply(change)
}

// predicate reads the name of a predicate.
func (d *decoder) predicate(value []byte) (graph.Predicate, *Problem) {
	text, p := d.text("/claim", value)
	if p != nil {
		return "", p
	}
	info := graph.Predicate(text).Info()
	if info == nil {
		return "", &Problem{Path: "/claim", Found: graph.Quoted(text), Expected: "a predicate of the vocabulary", Nearest: nearest.Name(text, predicateNames)}
	}
	return info.Name, nil // the table's own text, so that the record's need not be kept
}

// qualifiers reads the object of qualifiers. Sorting them and refusing what may stand once is left to
// [graph.Claim.Normalize].
func (d *decoder) qualifiers(value []byte) ([]graph.Qualifier, *Problem) {
	if value[0] != '{' {
		return nil, wrongType("/qualifiers", value, "an object")
	}
	var list []graph.Qualifier
	d.inner = members(d.inner[:0], value)
	for _, m := range d.inner {
		info := graph.QualifierName(m.name).Info()
		path := "/qualifiers/" + clip(pointer(m.name))
		if info == nil {
			return nil, &Problem{Path: path, Found: graph.Quoted(m.name), Expected: "a qualifier of the vocabulary", Nearest: nearest.Name(m.name, qualifierNames)}
		}
		p := d.texts(path, m.value, func(path string, value []byte) *Problem {
			q := graph.Qualifier{Name: info.Name}
			var p *Problem
			if info.Entity {
				q.Entity, p = d.id(path, value)
			} else {
				q.Value, p = d.someText(path, value)
			}
			list = append(list, q)
			return p
		})
		if p != nil {
			return nil, p
		}
	}
	return list, nil
}

// add brings a claim into its normal form and appends the change that asserts it. The field is the member of an
// entity record that the claim's value comes from, as a JSON Pointer.
func (d *decoder) add(c graph.Claim, field string) *Problem {
	if c.Predicate.Info().Literal == graph.DateLiteral && c.Value != "" {
		// Said here, since the parser knows where in the text the date goes wrong.
		if _, err := graph.ParseDate(c.Value); err != nil {
			if field == "" {
				field = "/value"
			}
			return dateProblem(field, c.Value, err)
		}
	}
	value := c.Value
	if err := c.Normalize(); err != nil {
		return normalProblem(err, &c, value, field)
	}
	d.changes = append(d.changes, store.Change{Claim: c, ID: c.ID()})
	return nil
}

// normalProblem says where in the record a claim is not as it must be.
func normalProblem(err error, c *graph.Claim, value, field string) *Problem {
	p := fieldProblem("", err)
	if f, ok := errors.AsType[*graph.FieldError](err); ok {
		p.Path = f.Path
	}
	if p.Path == "/value" {
		switch c.Predicate.Info().Literal {
		case graph.KindLiteral:
			p.Nearest = nearest.Name(value, names(graph.Kinds()))
		case graph.EventTypeLiteral:
			p.Nearest = nearest.Name(value, names(graph.EventTypes()))
		}
		if field != "" {
			p.Path = field
		}
	}
	return p
}
