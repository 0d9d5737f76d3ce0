package ftm

import (
	"regexp"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/table"
)

const positionSchema = "Position"

// positionProperties are those of a position that are read.
var positionProperties = []string{"name", "topics", "country", "organization", "subnationalArea"}

// A position is an office that persons hold.
type position struct {
	names         []statement // of which only the values are known
	topics        []string
	countries     []string
	organizations []string
	subnational   bool
}

func (p *position) add(prop, value string) {
	switch prop {
	case "name":
		p.names = append(p.names, statement{prop: "name", value: value})
	case "topics":
		p.topics = append(p.topics, value)
	case "country":
		p.countries = append(p.countries, value)
	case "organization":
		p.organizations = append(p.organizations, value)
	case "subnationalArea":
		p.subnational = true
	}
}

// finish brings what came from several statements, and maybe several times, into one order.
func (p *position) finish() {
	for _, list := range []*[]string{&p.topics, &p.countries, &p.organizations} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

func (p *position) has(topics ...string) bool {
	return slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(p.topics, t) })
}

// A tie is how the holder of a position stands to a principal. One without a predicate is none.
type tie struct {
	predicate graph.Predicate
	country   string
	inferred  string
}

// ofCountry is what a position makes of its holder in its country.
func (p *position) ofCountry(name string) tie {
	if len(p.countries) != 1 || p.subnational || p.has("gov.state", "gov.muni") {
		return tie{}
	}
	country := p.countries[0]
	switch {
	case p.has("gov.head") && p.has("gov.national", "gov.igo"):
		return tie{graph.Leads, country, ""}
	case headOf(name, country):
		return tie{graph.Leads, country, "the position is that of the head of a state or government by its name"}
	case len(p.organizations) == 0 && p.has("gov.national", "gov.igo") && p.has("gov.executive", "gov.security", "role.diplo"):
		return tie{graph.Represents, country, "who holds a position of the executive, the security services or diplomacy is taken to act for its country"}
	}
	return tie{}
}

// headTitle is the name of the office of a head of state or government.
var headTitle = regexp.MustCompile(`(?i)^(?:acting |interim )?(?:president|prime minister|head of state|head of government|king|queen|emperor|sultan) of (?:the )?(?:(?:republic|kingdom|state) of )?(.+)$`)

// headOf reports whether a position is that of the head of a country by its name: of "President of the Academy" the rest is the name of no
// country.
func headOf(name, country string) bool {
	m := headTitle.FindStringSubmatch(name)
	return m != nil && strings.EqualFold(m[1], countryName(country))
}

// occupancy claims what holding a position makes of a person.
func (r *reader) occupancy(rel *relation, p *position, place table.Place) {
	name, ok := r.literal(graph.NamePredicate, bestName(p.names), place)
	if !ok {
		r.out.Note("an Occupancy of a Position without a name is left out", place, rel.id)
		return
	}
	capacity := graph.Qualifier{Name: graph.Capacity, Value: name}
	rel.quote = name
	if t := p.ofCountry(name); t.predicate != "" {
		if id, ok := r.country(t.country, place); ok {
			qualifiers := []graph.Qualifier{capacity}
			if t.inferred != "" {
				qualifiers = append(qualifiers, graph.Qualifier{Name: graph.Inferred, Value: t.inferred})
			}
			r.claimRelation(rel, place, graph.Claim{Predicate: t.predicate, To: id, Qualifiers: qualifiers})
			return
		}
	}
	for _, o := range p.organizations {
		base := r.base(rel.dataset)
		base.Source.Locator = locator(o)
		to := entityID(o)
		r.declare(o, "Organization", graph.Organization, base, place)
		r.claimRelation(rel, place, graph.Claim{Predicate: graph.MemberOf, To: to, Qualifiers: []graph.Qualifier{capacity}})
	}
	if len(p.organizations) == 0 {
		r.claimRelation(rel, place, graph.Claim{Predicate: graph.Activity, Value: name})
	}
}
