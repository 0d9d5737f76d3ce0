package store

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/topology"
)

// A ParticipationFilter asks for the parts an actor had in meetings, or those that actors had in a meeting. Exactly
// one of Actor and Meeting is set. An actor's parts include those that others had on its behalf.
type ParticipationFilter struct {
	Actor, Meeting *Entity
	Roles          []graph.Predicate // ties; nil is all of them
	Window         Window            // of the date of the part
	Stances        []graph.Stance    // nil: asserted and implied
}

// A Participation is one actor's part in one meeting, in one role, on one principal's behalf, with all claims that
// say so.
type Participation struct {
	ID             string // the same for the same part at every commit
	Role           graph.Predicate
	Actor, Meeting Entity
	OnBehalfOf     Entity // NoEntity if on its own
	Capacity       string // of the claim known first
	Between        []Entity
	When           graph.Date // the part's own, else the meeting's
	Stance         graph.Stance
	Inferred       bool // every claim is an inference
	Disputed       bool // somebody denies it
	Claims         []ClaimNo
	// RolledUpBy are the claims by which it counts for others than its actor in an answer of tracing, by whom the actor led, represented or
	// was a part of at the time.
	RolledUpBy []ClaimNo
}

type partKey struct {
	role                      uint8
	actor, meeting, principal Entity
}

// part is a participation before its claims are read.
type part struct {
	key    partKey
	claims []ClaimNo
	rolled []ClaimNo
	denied bool
	owns   []graph.Date // the dates of the claims themselves
	when   graph.Date
	place  [5]uint64 // in the list
}

// placed is a part's place in the list: that of an actor by day, the newest first, that of a meeting by role, the strongest first.
func (p *part) placed(byDay bool) [5]uint64 {
	strength, day := 0, uint64(0)
	if !byDay {
		strength = graph.PredicateOf(p.key.role).Strength
	} else if !p.when.IsZero() {
		day = ordered(int32(p.when.Earliest()))
	}
	return [5]uint64{^day, ^uint64(strength), uint64(p.key.role), uint64(p.claims[0]), uint64(p.key.principal)}
}

// Participations lists parts: an actor's newest first, a meeting's strongest role first.
func (v *View) Participations(ctx context.Context, f ParticipationFilter, page Page) (List[Participation], error) {
	parts, err := v.parts(ctx, &f)
	if err != nil {
		return List[Participation]{}, err
	}
	for _, p := range parts {
		p.place = p.placed(f.Meeting == nil)
	}
	slices.SortFunc(parts, func(a, b *part) int { return slices.Compare(a.place[:], b.place[:]) })
	list, err := Paginate("parts", parts, page, func(p *part) string { return sortable(p.place[:]...) })
	if err != nil {
		return List[Participation]{}, err
	}
	items, err := v.describe(ctx, list.Items)
	return List[Participation]{Items: items, Cursors: list.Cursors, HasNext: list.HasNext, HasPrevious: list.HasPrevious, Total: list.Total}, err
}

// tie is one tie as found at an entity, the meeting still unknown if it was found by its principal.
type tie struct {
	claim          ClaimNo
	actor, meeting Entity
	principals     []Entity
	qualified      bool
	when           graph.Date
}

// parts gathers ties by part and keeps those that the filter and the view's day let through.
func (v *View) parts(ctx context.Context, f *ParticipationFilter) ([]*part, error) {
	ties := v.ties(f)
	if err := v.complete(ctx, ties); err != nil {
		return nil, err
	}
	byKey := make(map[partKey]*part)
	var order []*part
	for _, t := range ties {
		principals := t.principals
		if len(principals) == 0 {
			principals = []Entity{NoEntity}
		}
		for _, principal := range principals {
			if f.Actor != nil && t.actor != *f.Actor && principal != *f.Actor {
				continue
			}
			key := partKey{v.snap.Predicate(t.claim), t.actor, t.meeting, principal}
			p := byKey[key]
			if p == nil {
				p = &part{key: key}
				byKey[key] = p
				order = append(order, p)
			}
			v.addTie(p, t, f.Stances)
		}
	}
	kept := order[:0]
	for _, p := range order {
		if len(p.claims) == 0 {
			continue
		}
		if p.when = graph.OneOf(p.owns...); p.when.IsZero() {
			p.when = v.snap.Date(p.key.meeting)
		}
		if f.Window.Has(p.when) {
			slices.Sort(p.claims)
			p.claims = slices.Compact(p.claims)
			kept = append(kept, p)
		}
	}
	return kept, nil
}

func (v *View) addTie(p *part, t *tie, stances []graph.Stance) {
	if !v.onDay(graph.PredicateOf(p.key.role), v.tieWhen(t.when, t.meeting)) {
		return
	}
	if v.snap.Source(t.claim).Stance == graph.Denied.Code() {
		p.denied = true
	}
	if !v.accepts(t.claim, stances) {
		return
	}
	p.claims = append(p.claims, t.claim)
	if !t.when.IsZero() {
		p.owns = append(p.owns, t.when)
	}
}

// ties finds the ties of the filter's roles at its actor or meeting, of every stance.
func (v *View) ties(f *ParticipationFilter) []*tie {
	var ties []*tie
	roles := f.roles()
	if f.Meeting != nil {
		for _, m := range v.snap.Members(*f.Meeting) {
			for _, role := range roles {
				for x := range v.snap.Edges(m, role.Code, topology.In) {
					ties = append(ties, &tie{x.Claim, v.snap.Group(x.Other), *f.Meeting, nil, x.Qualified, x.When})
				}
			}
		}
		return ties
	}
	for _, x := range v.within(f, roles) {
		ties = append(ties, &tie{x.Claim(), *f.Actor, v.snap.Group(x.Other()), nil, x.Qualified(), v.snap.When(x)})
	}
	for _, m := range v.snap.Members(*f.Actor) {
		for x := range v.snap.Mentions(m, graph.OnBehalfOf.Info().Code) {
			if slices.ContainsFunc(roles, func(r *graph.PredicateInfo) bool { return r.Code == x.Predicate }) {
				ties = append(ties, &tie{x.Claim, v.snap.Group(x.Other), NoEntity, nil, true, x.When})
			}
		}
	}
	return ties
}

// within lists the actor's own ties of the roles, without those that the window leaves out for certain: a part of which no tie has a date is
// as old as its meeting.
func (v *View) within(f *ParticipationFilter, roles []*graph.PredicateInfo) []topology.Stub {
	var ties []topology.Stub
	for _, m := range v.snap.Members(*f.Actor) {
		for _, role := range roles {
			ties = v.snap.Stubs(ties, m, role.Code, role.Code, topology.Out)
		}
	}
	if f.Window.IsZero() {
		return ties
	}
	dated := make(map[Entity]bool) // the meetings to which there are ties with dates
	for _, x := range ties {
		if x.Dated() {
			dated[v.snap.Group(x.Other())] = true
		}
	}
	return slices.DeleteFunc(ties, func(x topology.Stub) bool {
		meeting := v.snap.Group(x.Other())
		return !dated[meeting] && !f.Window.Has(v.snap.Date(meeting))
	})
}

func (f *ParticipationFilter) roles() []*graph.PredicateInfo {
	var roles []*graph.PredicateInfo
	for _, info := range graph.Predicates() {
		if info.Tie && (f.Roles == nil || slices.Contains(f.Roles, info.Name)) {
			roles = append(roles, info)
		}
	}
	return roles
}

// complete fills in the principals, and reads the meetings of the ties that were found by a principal.
func (v *View) complete(ctx context.Context, ties []*tie) error {
	var lost []*tie
	var nos []ClaimNo
	for _, t := range ties {
		if t.qualified {
			t.principals = v.principals(t.claim)
		}
		if t.meeting == NoEntity {
			lost, nos = append(lost, t), append(nos, t.claim)
		}
	}
	stored, err := v.s.ledger.Read(ctx, nos)
	if err != nil {
		return err
	}
	for i, t := range lost {
		t.meeting = v.group(stored[i].To)
	}
	return nil
}

// describe reads the claims of parts for what only they tell.
func (v *View) describe(ctx context.Context, parts []*part) ([]Participation, error) {
	var nos []ClaimNo
	for _, p := range parts {
		nos = append(nos, p.claims...)
	}
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	items := make([]Participation, len(parts))
	for i, p := range parts {
		own := claims[:len(p.claims)]
		claims = claims[len(p.claims):]
		items[i] = Participation{
			ID:   v.partID(p.key),
			Role: graph.PredicateOf(p.key.role).Name, Actor: p.key.actor, Meeting: p.key.meeting, OnBehalfOf: p.key.principal,
			When: p.when, Stance: strongest(own), Inferred: allInferred(own), Disputed: p.denied && strongest(own) != graph.Denied, Claims: p.claims,
			RolledUpBy: p.rolled,
		}
		for j := range own {
			if q, ok := own[j].Qualifier(graph.Capacity); ok && items[i].Capacity == "" {
				items[i].Capacity = q.Value
			}
			for _, q := range own[j].Qualifiers {
				if e, ok := v.Entity(q.Entity); q.Name == graph.Between && ok && !slices.Contains(items[i].Between, e) {
					items[i].Between = append(items[i].Between, e)
				}
			}
		}
	}
	return items, nil
}

// partID names a part by the UUIDs of its entities, which are the same in every data folder.
func (v *View) partID(key partKey) string {
	var b []byte
	for _, e := range []Entity{key.actor, key.meeting, key.principal} {
		var u uuid.UUID
		if e != NoEntity {
			u = v.UUID(e)
		}
		b = append(b, u[:]...)
	}
	b = binary.BigEndian.AppendUint16(b, uint16(key.role))
	return "part:" + uuid.NewSHA1(uuid.Nil, b).String()
}

// strength orders stances for a group of claims: what is asserted outweighs what is implied, and so on.
var strength = map[graph.Stance]int{graph.Asserted: 4, graph.Implied: 3, graph.Intended: 2, graph.Denied: 1}

func strongest(claims []Claim) graph.Stance {
	best := graph.Stance("")
	for i := range claims {
		if strength[claims[i].Stance] > strength[best] {
			best = claims[i].Stance
		}
	}
	return best
}

func allInferred(claims []Claim) bool {
	return !slices.ContainsFunc(claims, func(c Claim) bool {
		_, inferred := c.Qualifier(graph.Inferred)
		return !inferred
	})
}
