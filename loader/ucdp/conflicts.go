package ucdp

import (
	"errors"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Conflicts is the format "ucdp-prio".
var Conflicts = format.Format{
	Name:    "ucdp-prio",
	Title:   "UCDP/PRIO Armed Conflict Dataset (CSV)",
	Dataset: "ucdp",
	Read:    readConflicts,
}

var conflictSet = format.Set{
	Maker:     maker,
	MakerName: makerName,
	Document:  "ucdp:prio-acd",
	Title:     "UCDP/PRIO Armed Conflict Dataset",
	URL:       "https://ucdp.uu.se/downloads/",
}

var conflictColumns = []string{
	"conflict_id", "location", "side_a", "side_a_id", "side_a_2nd", "side_b", "side_b_id", "side_b_2nd", "incompatibility", "territory_name",
	"year", "type_of_conflict", "start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date", "gwno_a", "gwno_a_2nd", "gwno_b",
	"gwno_b_2nd", "gwno_loc", "version",
}

func readConflicts(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		if err := format.Require(t, "conflict_id", "year", "side_a_id", "side_b_id", "start_date2", "ep_end", "ep_end_date"); err != nil {
			return err
		}
		c := newConflicts(conflictSet.Declare(out, ""), out)
		err := format.Rows(t, out, conflictColumns, c.add)
		if errors.Is(err, format.ErrStopped) {
			return err
		}
		c.claim() // also of what came before an error
		if err != nil {
			return err
		}
	}
	return nil
}

// conflicts are the rows of a table, kept until all are read.
type conflicts struct {
	source
	actors naming
	states naming
	order  []string // the conflicts, as they come
	years  map[string][]*conflictYear
	last   int // the year with which the data end
	// told are the actors and states of which everything has been claimed.
	told map[graph.ID]bool
}

func newConflicts(base graph.Claim, out *format.Out) *conflicts {
	return &conflicts{
		source: source{base, out}, actors: newNaming(), states: newNaming(),
		years: make(map[string][]*conflictYear), told: make(map[graph.ID]bool),
	}
}

func (c *conflicts) add(row *table.Row) {
	y := yearOf(row)
	switch {
	case y.conflict == "":
		c.out.Problem(row.Place("conflict_id"), "nothing", "the number of a conflict")
		return
	case y.year == 0:
		c.out.Problem(row.Place("year"), graph.Quoted(row.Text("year")), "a year")
		return
	}
	if c.years[y.conflict] == nil {
		c.order = append(c.order, y.conflict)
	}
	c.years[y.conflict] = append(c.years[y.conflict], y)
	c.last = max(c.last, y.year)
	for _, s := range y.sides {
		if s.states {
			c.states.learn(s.ids, strings.ReplaceAll(s.names, government, ""))
		} else {
			c.actors.learn(s.ids, s.names)
		}
	}
	c.states.learn(y.gwLoc, y.location)
	if y.version != "" {
		c.literal(y.place("version"), graph.Status, conflictSet.Document, "version "+y.version, "column version", y.version)
	}
}

// claim makes the claims of all rows.
func (c *conflicts) claim() {
	c.actors.settle()
	c.states.settle()
	for _, id := range c.order {
		years := c.years[id]
		sortYears(years)
		c.conflict(years[0])
		for i := range years[0].sides {
			for _, s := range spells(years, i) {
				c.party(s)
			}
		}
	}
}

// conflict claims what the conflict is. All of its years say the same of that, but for the type, which is the first year's.
func (c *conflicts) conflict(y *conflictYear) {
	id, at := conflictID(y.conflict), "conflict_id "+y.conflict
	c.declare(y.place("conflict_id"), id, graph.Conflict, at)
	name := c.base
	name.Predicate, name.From, name.Value, name.Key = graph.NamePredicate, id, y.name(), at+", name"
	name.Source.Locator, name.Source.Quote = at+", columns location and territory_name", y.location
	name.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "the table has no names; this is how UCDP names conflicts elsewhere"}}
	c.out.Claim(y.place("location"), name)
	if y.start != "" {
		if _, ok := c.out.Date(y.place("start_date"), y.start+"/"); ok {
			c.literal(y.place("start_date"), graph.DatePredicate, id, y.start+"/", at+", columns start_date and start_prec", y.startWords)
		}
	}
	for _, gw := range y.gwLoc {
		c.state(y.place("gwno_loc"), gw)
		c.relation(y.place("gwno_loc"), graph.LocatedIn, id, stateID(gw), graph.Date{}, at+", column gwno_loc", y.location, "")
	}
	if y.territory != "" {
		territory := graph.ID("ucdp-territory:" + y.conflict + "/" + format.Slug(y.territory))
		c.literal(y.place("territory_name"), graph.KindPredicate, territory, string(graph.Territory), at+", column territory_name", y.territory)
		c.literal(y.place("territory_name"), graph.NamePredicate, territory, y.territory, at+", column territory_name", y.territory)
		c.relation(y.place("territory_name"), graph.Concerns, id, territory, graph.Date{}, at+", column territory_name", y.territory, "")
	}
}

// party claims that an actor stood on a side for a spell.
func (c *conflicts) party(s *spell) {
	first := s.years[0]
	column := first.sides[s.side].column
	actor := c.actor(s)
	when, ok := c.out.Date(first.place(column), s.when(c.last))
	if !ok {
		return
	}
	at := "conflict_id " + first.conflict + ", " + column + " " + s.id + ", from " + s.from()
	c.relation(first.place(column), "partyTo", actor, conflictID(first.conflict), when, at, c.quote(s), "")
}

// quote are the words that a spell rests on: the names of its side in the first year, or of those the actor's own if they are many.
func (c *conflicts) quote(s *spell) string {
	side := s.years[0].sides[s.side]
	names, prefix := &c.actors, ""
	if side.states {
		names, prefix = &c.states, government
	}
	if len(side.names) <= longestQuote {
		return side.names
	}
	for _, name := range names.of(s.id) {
		if strings.Contains(side.names, prefix+name) {
			return prefix + name
		}
	}
	return ""
}

// actor says what the actor of a spell is.
func (c *conflicts) actor(s *spell) graph.ID {
	y := s.years[0]
	side := y.sides[s.side]
	place := y.place(side.column)
	if side.states {
		return c.state(place, s.id)
	}
	id := actorID(s.id)
	gw := side.gw
	if len(side.ids) == 1 && len(gw) == 1 { // of several, which is whose is not known
		c.state(place, gw[0])
		c.literal(place, graph.ExternalID, id, "gw:"+gw[0], "actor "+s.id+", column "+side.gwColumn, gw[0])
	}
	if c.told[id] {
		return id
	}
	c.told[id] = true
	kind := kindOf(s.id, "")
	if len(gw) > 0 { // only governments have numbers of states
		kind = graph.State
	}
	c.declare(place, id, kind, "actor "+s.id)
	c.named(place, id, "actor "+s.id, &c.actors, s.id)
	return id
}

// state says of a state what is known beside its number.
func (c *conflicts) state(place table.Place, gw string) graph.ID {
	id := stateID(gw)
	if !c.told[id] {
		c.told[id] = true
		c.declare(place, id, graph.State, "state "+gw)
		c.named(place, id, "state "+gw, &c.states, gw)
	}
	return id
}

// named claims the names of an actor or a state, or notes that none is known.
func (c *conflicts) named(place table.Place, entity graph.ID, locator string, names *naming, id string) {
	for _, name := range names.of(id) {
		n := c.base
		n.Predicate, n.From, n.Value, n.Key = graph.NamePredicate, entity, name, locator+", name"
		n.Source.Locator, n.Source.Quote = locator, name
		if names.settled[id] {
			n.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "it never stands without others, and the names of those are known"}}
		}
		c.out.Claim(place, n)
	}
	if len(names.of(id)) == 0 {
		c.out.Note("the name of an actor stands only with others, in an order of its own: none is claimed", place, locator)
	}
}
