package match

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A Profile is what is known of one entity, made ready for comparison. Profiles do not change once they are made;
// [Of] and [Description.Profile] make them.
type Profile struct {
	ID     graph.ID     // empty for what is not in the graph
	Entity store.Entity // [store.NoEntity] for what is not in the graph
	Name   string       // as it is shown
	Kind   graph.Kind   // empty if it is not known

	names   []name
	ids     []string // scheme:value, sorted
	date    graph.Date
	active  span
	related []related
	parts   []part
	parties []store.Entity // of a meeting
	apart   []store.Entity // what somebody said it is not the same as
}

// A span is from the first to the last day on which something is known to have been active.
type span struct{ first, last graph.Day }

func (s *span) isZero() bool { return s.last < s.first }

// include takes in a date, as far as it has bounds: data that ends on a day does not end there for good.
func (s *span) include(d graph.Date) {
	if d.IsZero() {
		return
	}
	bounds := d.Bounds()
	for _, end := range []struct {
		day   graph.Day
		known bool
	}{{bounds.Earliest, !bounds.OpenStart && !bounds.UnknownStart}, {bounds.Latest, !bounds.OpenEnd && !bounds.UnknownEnd}} {
		if !end.known {
			continue
		}
		if s.isZero() {
			*s = span{end.day, end.day}
		}
		s.first, s.last = min(s.first, end.day), max(s.last, end.day)
	}
}

// A related is something that an entity stands in a relation to.
type related struct {
	predicate graph.Predicate
	entity    store.Entity // [store.NoEntity] for what is not in the graph
	names     []name
}

// A part is an actor's part in a meeting.
type part struct {
	meeting    store.Entity
	thirdParty bool
	sources    []graph.ID // by whom it is told
}

// contexts are the relations that tell who somebody is.
var contexts = []graph.Predicate{
	graph.LocatedIn, graph.Leads, graph.Represents, graph.PartOf, graph.MemberOf, graph.BelongsTo, graph.Concerns,
}

const (
	maxNames = 64
	// maxClaims is where an entity is so widely known that its meetings tell it from nobody.
	maxClaims = 20_000
)

// Of is the profile of an entity of the graph, without its meetings; [Profile.Meet] adds them.
func Of(v *store.View, e store.Entity) *Profile {
	p := &Profile{ID: v.ID(e), Entity: e, Name: v.Name(e), Kind: v.Kind(e), date: v.Date(e), active: span{0, -1}}
	p.names = namesOf(v, e)
	for _, id := range v.ExternalIDs(e) {
		p.ids = append(p.ids, id.Scheme+":"+id.Value)
	}
	slices.Sort(p.ids)
	p.ids = slices.Compact(p.ids)
	for _, predicate := range contexts {
		for _, link := range v.Links(e, predicate) {
			p.related = append(p.related, related{predicate, link.Entity, namesOf(v, link.Entity)})
			if predicate == graph.Leads || predicate == graph.Represents {
				p.active.include(link.When)
			}
		}
	}
	p.apart = v.Apart(e)
	return p
}

// namesOf prepares an entity's names but metonyms: the city is not the state. They are sorted by text, so that nothing
// depends on the order in which they became known.
func namesOf(v *store.View, e store.Entity) []name {
	var list []name
	for _, known := range v.Names(e) {
		if known.Kind != graph.Metonym {
			list = appendNames(list, known.Text, known.Kind == graph.NamePredicate)
		}
	}
	return sortNames(list)
}

// sortNames sorts by text, the name before an alias of the same text, without repetition, and keeps what is compared.
func sortNames(list []name) []name {
	rank := func(n *name) int {
		if n.primary {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(rank(&a), rank(&b)))
	})
	list = slices.CompactFunc(list, func(a, b name) bool { return a.text == b.text })
	// Of too many, the entity's own names stay.
	slices.SortStableFunc(list, func(a, b name) int { return cmp.Compare(rank(&a), rank(&b)) })
	return list[:min(len(list), maxNames)]
}

// Meet adds the parts of an actor in meetings, or the parties of a meeting. It is for the maker of the profile to call,
// once.
func (p *Profile) Meet(v *store.View) {
	if v.Degree(p.Entity) > maxClaims {
		return
	}
	filter := store.ParticipationFilter{Actor: &p.Entity}
	if v.IsMeeting(p.Entity) {
		filter = store.ParticipationFilter{Meeting: &p.Entity}
	} else if !p.Kind.Party() {
		return
	}
	parts := v.EveryPart(filter)
	for i := range parts {
		t := &parts[i]
		third := t.Role().Info().ThirdParty()
		if filter.Meeting != nil {
			if actor := t.Actor; !third {
				if t.OnBehalfOf != store.NoEntity {
					actor = t.OnBehalfOf
				}
				p.parties = append(p.parties, actor)
			}
			continue
		}
		p.active.include(t.When)
		p.parts = append(p.parts, part{t.Meeting, third, p.sourcesOf(v, v.Sources(t))})
	}
	slices.Sort(p.parties)
	p.parties = slices.Compact(p.parties)
	slices.SortFunc(p.parts, func(a, b part) int { return cmp.Compare(a.meeting, b.meeting) })
}

// sourcesOf names who tells of a tie. What nobody is named for is taken to be of the dataset that the entity is of.
func (p *Profile) sourcesOf(v *store.View, sources []store.Entity) []graph.ID {
	var ids []graph.ID
	for _, s := range sources {
		id := graph.ID(p.ID.Scheme() + ":")
		if s != store.NoEntity {
			id = v.ID(s)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
