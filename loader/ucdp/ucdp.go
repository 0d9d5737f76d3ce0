// Package ucdp reads two data sets of the Uppsala Conflict Data Program: its peace agreements, and the armed conflicts of UCDP and
// PRIO.
//
// # Actors
//
// UCDP knows the government of a state as an actor of its own number. It is taken to be the state, and the armed-conflict table gives its Gleditsch-Ward
// number, by which others know it. Any other actor is an armed group, but for the organizations among the actors of peace agreements.
//
// The actors of a peace agreement (actor_id) are all who had a part in it. Those that are a side of one of its dyads signed, and so did, it is
// inferred, any other armed group. A state or an organization beside them was a third party: the columns do not tell sides apart in any other
// way, so that claim says that it is inferred, too. Third parties without a number (pa_3rd) are those whose names other agreements have with one. What
// pa_3rd and c_3rd say of somebody's role in so many words ("Algeria mediated ...") is claimed as well, and persons are not.
//
// # Conflicts
//
// A row of the armed-conflict table is a year of a conflict. The years in which an actor stands on a side, one after the other in one episode, are one
// claim. It begins on the day on which the episode begins, else in the first of the years; it ends on the day on which the episode ends, else
// in the last of the years. The end of the data is no end. So each claim rests on several rows, and the table has to be
// whole.
//
// The ids of several actors in one cell do not stand in the order of their names, nor do the numbers of several states. A name is claimed
// where it stands alone with its id, or where all others of a cell are known by such cells.
package ucdp

import (
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

const (
	maker     = graph.ID("ucdp:UCDP")
	makerName = "Uppsala Conflict Data Program"
)

// actorID is the entity of an actor.
func actorID(id string) graph.ID { return graph.ID("ucdp-actor:" + id) }

func conflictID(id string) graph.ID { return graph.ID("ucdp-conflict:" + id) }

func stateID(gw string) graph.ID { return graph.ID("gw:" + gw) }

// government is how the names of governments begin.
const government = "Government of "

// organizations are the actors that are neither a government nor an armed group, with the names by which the texts call them.
var organizations = map[string][]string{
	"1129": {"Republic of South Sudan", "Government of Southern Sudan"}, // as it was before independence
	"4231": {"African Union", "AU"},
	"5848": {"MINUSCA"},
	"7050": {"CEN-SAD"},
	"7051": {"ECCAS", "Economic Community of Central African States"},
	"7052": {"United Nations", "UN"},
	"7053": {"European Union", "EU"},
	"7054": {"International Organisation of La Francophonie", "OIF"},
	"7062": {"OAU", "Organization of African Unity"},
	"7065": {"ECOWAS"},
	"7066": {"OIC"},
	"7071": {"IGAD", "Intergovernmental Authority on Development"},
	"7075": {"Arab League", "League of Arab States"},
	"7078": {"OSCE", "CSCE"},
	"7379": {"COI"},
	"7380": {"ICGLR"},
	"7385": {"ICGL"},
	"7387": {"Commonwealth Organization"},
}

// kindOf is what an actor is; its name may be unknown.
func kindOf(id, name string) graph.Kind {
	switch {
	case strings.HasPrefix(name, government):
		return graph.State
	case organizations[id] != nil:
		return graph.Organization
	}
	return graph.ArmedGroup
}

// A source makes claims about the rows of one table.
type source struct {
	base graph.Claim
	out  *format.Out
}

// literal claims a property.
func (s *source) literal(place table.Place, p graph.Predicate, of graph.ID, value, locator, quote string) {
	if value == "" {
		return
	}
	c := s.base
	c.Predicate, c.From, c.Value = p, of, value
	c.Source.Locator, c.Source.Quote = locator, quote
	if p.Info().Single {
		c.Key = locator + ", " + string(p)
	}
	s.out.Claim(place, c)
}

// relation claims a relation. Inferred says why it is believed, if the row does not say it itself.
func (s *source) relation(place table.Place, p graph.Predicate, from, to graph.ID, when graph.Date, locator, quote, inferred string) {
	c := s.base
	c.Predicate, c.From, c.To, c.When = p, from, to, when
	c.Source.Locator, c.Source.Quote = locator, quote
	c.Key = locator + ", " + string(p) + " " + string(from)
	if inferred != "" {
		c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: inferred}}
	}
	s.out.Claim(place, c)
}

// declare says what an entity is that is known by its number alone: its kind and its id. Each row that names it says the same.
func (s *source) declare(place table.Place, id graph.ID, kind graph.Kind, locator string) {
	base := s.base
	base.Source.Locator = locator
	s.out.Entity(place, format.Entity{ID: id, Kind: kind, IDs: []string{string(id)}}, base)
}

// list takes a cell apart that holds numbers or names.
func list(cell string) []string {
	items := format.List(format.Known(cell), ",")
	for i := range items {
		items[i] = format.Code(items[i])
	}
	return items
}
