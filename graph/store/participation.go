package store

import (
	"encoding/binary"
	"slices"

	"github.com/google/uuid"

	"entente/graph"
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
// say so. What not everybody wants to know of it the view tells: [View.PartID], [View.Standing] and, of whole claims, [View.Particulars].
type Participation struct {
	Actor, Meeting Entity
	OnBehalfOf     Entity // NoEntity if on its own
	role           uint8  // here, where it takes no room of its own
	denied         bool
	When           graph.Date // the part's own, else the meeting's
	Claims         []ClaimNo
}

// Role is the role of the part.
func (p *Participation) Role() graph.Predicate { return graph.PredicateOf(p.role).Name }

// Participations lists parts: an actor's newest first, a meeting's strongest role first. It reads nothing from the ledger, and of an actor's
// parts looks at no more than the page needs, but for those that have dates of their own or of a meeting of more than one day, and those
// that others had on its behalf.
func (v *View) Participations(f ParticipationFilter, page Page) (List[Participation], error) {
	if f.Meeting != nil {
		return Paginate("parts", v.inMeeting(&f), page, func(p Participation) string { return p.place(false).text() })
	}
	return v.partsOf(f, page)
}

// partsOf is the list of an actor.
func (v *View) partsOf(f ParticipationFilter, page Page) (List[Participation], error) {
	after, err := page.after("parts")
	if err != nil {
		return List[Participation]{}, err
	}
	p := &past{v: v, filter: f}
	list := List[Participation]{whole: p}
	list.Items, list.HasPrevious, list.HasNext = v.backInTime(&p.filter, after, page.First)
	p.page = list.Items
	return list, nil
}

// A past is the list of all parts of an actor, of which there are those of a page.
type past struct {
	v      *View
	filter ParticipationFilter
	page   []Participation
}

func (p *past) cursor(i int) string { return encodeCursor("parts", p.page[i].place(true).text()) }
func (p *past) total() int          { return len(p.v.parts(&p.filter)) }

// Standing tells in what stance the claim of a part is meant that weighs most, and whether somebody denies the part.
func (v *View) Standing(p *Participation) (stance graph.Stance, disputed bool) {
	for _, no := range p.Claims {
		if s, _ := graph.StanceOf(v.snap.Source(no).Stance); strength[s] > strength[stance] {
			stance = s
		}
	}
	return stance, p.denied && stance != graph.Denied
}

// PartID names a part by the UUIDs of its entities, which are the same in every data folder, so it is the same for the same part at every
// commit.
func (v *View) PartID(p *Participation) string {
	var b []byte
	for _, e := range []Entity{p.Actor, p.Meeting, p.OnBehalfOf} {
		var u uuid.UUID
		if e != NoEntity {
			u = v.UUID(e)
		}
		b = append(b, u[:]...)
	}
	b = binary.BigEndian.AppendUint16(b, uint16(p.role))
	return "part:" + uuid.NewSHA1(uuid.Nil, b).String()
}

// Particulars are what only the whole claims of a part tell of it.
type Particulars struct {
	Capacity string // of the claim known first
	Between  []Entity
	Inferred bool // every claim is an inference
}

// Particulars tells them of the claims of a part, as [View.ReadClaims] gives them.
func (v *View) Particulars(claims []Claim) Particulars {
	told := Particulars{Inferred: allInferred(claims)}
	for i := range claims {
		if q, ok := claims[i].Qualifier(graph.Capacity); ok && told.Capacity == "" {
			told.Capacity = q.Value
		}
		for _, q := range claims[i].Qualifiers {
			if q.Name != graph.Between {
				continue
			}
			if e, ok := v.Entity(q.Entity); ok && !slices.Contains(told.Between, e) {
				told.Between = append(told.Between, e)
			}
		}
	}
	return told
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
