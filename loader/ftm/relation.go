package ftm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/loader/table"
)

// An edge is a schema of relations: the properties of its two ends, the schemata of what they may be, and what the relation is.
type edge struct {
	from, to           string
	fromRange, toRange string
	predicate          graph.Predicate
	capacity           string // where no role is told
}

var edges = map[string]edge{
	"Occupancy":      {from: "holder", to: "post", fromRange: "Person", toRange: positionSchema},
	"Membership":     {from: "member", to: "organization", fromRange: "LegalEntity", toRange: "Organization", predicate: graph.MemberOf},
	"Directorship":   {from: "director", to: "organization", fromRange: "LegalEntity", toRange: "Organization", predicate: graph.MemberOf, capacity: "director"},
	"Employment":     {from: "employee", to: "employer", fromRange: "Person", toRange: "Organization", predicate: graph.MemberOf, capacity: "employee"},
	"Representation": {from: "agent", to: "client", fromRange: "LegalEntity", toRange: "LegalEntity", predicate: graph.Represents},
}

// reverse are the properties by which entities name the relations whose ends they are, where these are nested in them, and which end that is.
var reverse = map[string]string{
	"positionOccupancies":      "holder",
	"occupancies":              "post",
	"membershipMember":         "member",
	"membershipOrganization":   "organization",
	"directorshipDirector":     "director",
	"directorshipOrganization": "organization",
	"employers":                "employee",
	"employees":                "employer",
	"agencyClient":             "agent",
	"agentRepresentation":      "client",
}

// relationProperties are those of relations, beside their ends, that are read.
var relationProperties = []string{idProperty, "role", "startDate", "endDate", "date", "declarationDate", "sourceUrl"}

// layRelation lays aside the statements of a relation.
func (r *reader) layRelation(e edge, group []statement) {
	for i := range group {
		s := &group[i]
		if s.prop != e.from && s.prop != e.to && !slices.Contains(relationProperties, s.prop) {
			r.unmapped(s.schema + ":" + s.prop)
			continue
		}
		r.lay(r.relations.put(s.entity, s.schema, s.prop, s.value, s.dataset, s.seen, strconv.Itoa(s.place.Row)))
	}
}

// A relation is what one dataset says of one pair of ends in one entity that is a relation.
type relation struct {
	id, schema, dataset string
	from, to            string
	role                string
	when, said          string
	urls                string // a line each
	row                 string
	nth                 string // of the pairs of ends of the entity
	fromSchema          string // of the end, once that is known
	quote               string
}

// relationFields is how many fields a laid relation has, its key among them.
const relationFields = 13

// lay lays the relation aside under one of its ends.
func (rel *relation) lay(s *shelf, key string) error {
	return s.put(key, rel.id, rel.schema, rel.dataset, rel.from, rel.to, rel.role, rel.when, rel.said, rel.urls, rel.row, rel.nth, rel.fromSchema)
}

func laidRelation(f []string) *relation {
	return &relation{
		id: f[1], schema: f[2], dataset: f[3], from: f[4], to: f[5], role: f[6], when: f[7], said: f[8], urls: f[9], row: f[10], nth: f[11], fromSchema: f[12],
	}
}

// place is that of the relation's first statement.
func (rel *relation) place() table.Place {
	row, _ := strconv.Atoi(rel.row) // it was made of a number
	return table.Place{Row: row, Column: rel.schema}
}

// assemble makes relations of the statements of one dataset on one entity, and calls use with each.
func (r *reader) assemble(group []statement, use func(*relation)) {
	first := &group[0]
	e := edges[first.schema]
	rel := relation{id: first.entity, schema: first.schema, dataset: first.dataset, row: strconv.Itoa(first.place.Row)}
	from, to := values(group, e.from), values(group, e.to)
	for _, end := range []struct {
		prop   string
		values []string
	}{{e.from, from}, {e.to, to}} {
		if len(end.values) == 0 {
			r.out.Note("a relation without "+end.prop+" is left out", rel.place(), rel.schema+" "+rel.id)
			return
		}
	}
	rel.role = cmp.Or(strings.Join(values(group, "role"), "; "), e.capacity)
	rel.when = r.when(group, &rel)
	rel.said = r.saidLast(group)
	rel.urls = strings.Join(values(group, "sourceUrl"), "\n")
	for i, f := range from {
		for j, t := range to {
			rel.from, rel.to, rel.nth = f, t, strconv.Itoa(i*len(to)+j)
			use(&rel)
		}
	}
}

// values are the values of a property, sorted, each once.
func values(group []statement, props ...string) []string {
	var list []string
	for i := range group {
		if slices.Contains(props, group[i].prop) {
			list = append(list, group[i].value)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// saidLast is the day since which all of a relation was said.
func (r *reader) saidLast(group []statement) string {
	last := ""
	for i := range group {
		s := &group[i]
		if s.prop != idProperty {
			last = max(last, r.said(s.seen, s.place).String())
		}
	}
	return last
}

// historic is FollowTheMoney's word for a day long ago.
const historic = "1001-01-01"

// when is the time of a relation, from startDate to endDate. A date that is neither is one on which it held.
func (r *reader) when(group []statement, rel *relation) string {
	start, end := r.bound(group, rel, "startDate", false), r.bound(group, rel, "endDate", true)
	if start == "" && end == "" {
		return r.bound(group, rel, "date", false, "declarationDate")
	}
	text := start + "/" + end
	if _, err := graph.ParseDate(text); err != nil {
		r.out.Note("a relation ends before it starts, so both dates are left out", rel.place(), rel.id+": "+text)
		return ""
	}
	return text
}

// bound is the one date that properties tell; of several the earliest, or the last.
func (r *reader) bound(group []statement, rel *relation, prop string, last bool, more ...string) string {
	var days []string
	for _, v := range values(group, append(more, prop)...) {
		date, ok := day(v)
		switch {
		case !ok:
			r.out.Note("a date that is none is left out", rel.place(), rel.id+", "+prop+": "+graph.Quoted(v))
		case v == historic:
			r.out.Note("1001-01-01 stands for a day long ago and is left out", rel.place(), rel.id)
		default:
			days = append(days, date.String())
		}
	}
	if len(days) == 0 {
		return ""
	}
	if len(days) > 1 {
		r.out.Note("a relation has several values of "+prop+", of which one counts, the first start or the last end", rel.place(), rel.id+": "+strings.Join(days, ", "))
	}
	if last {
		return days[len(days)-1]
	}
	return days[0]
}
