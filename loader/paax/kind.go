package paax

import (
	"regexp"

	"entente/graph"
)

var idForm = regexp.MustCompile(`^([A-Z]{3})_[0-9]+$`)

// kindOfPrefix is what the first part of an id says of the actor. A coalition or an umbrella is one actor, whatever it is made of, and the
// authorities of an entity are not its land.
var kindOfPrefix = map[string]graph.Kind{
	"ARM": graph.ArmedGroup, // armed organization
	"COA": graph.Organization,
	"CON": graph.State,
	"ENT": graph.Organization,
	"IGO": graph.Organization,
	"MIL": graph.ArmedGroup, // armed forces of a state
	"NGO": graph.Organization,
	"OTH": graph.Organization,
	"POL": graph.Organization,
	"UMB": graph.Organization,
}

// Kind is the kind of the actor with an id of PAA-X, such as "CON_61"; ok is false if the id is none. The id alone decides,
// so that whoever refers to an actor says the same of it.
func Kind(id string) (kind graph.Kind, ok bool) {
	m := idForm.FindStringSubmatch(id)
	if m == nil {
		return "", false
	}
	kind, ok = kindOfPrefix[m[1]]
	return kind, ok
}

// isCountry reports whether the id is a country's.
func isCountry(id string) bool {
	kind, _ := Kind(id)
	return kind == graph.State
}
