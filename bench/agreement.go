package bench

import (
	"context"
	"math/rand/v2"

	"entente/graph"
	"entente/graph/store"
)

// signedOrMediated are the roles that the generated graph has.
var signedOrMediated = []graph.Predicate{graph.Signed, graph.Mediated}

// agreementQuestion asks for the signatories and mediators of an agreement.
func agreementQuestion() question {
	return question{
		name: "Q1", asks: "an agreement with its signatories and mediators", unordered: true,
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			e, ok := g.agreement(r)
			return draw{a: e}, ok
		},
		limit: func(w *walker, d *draw, out answer) answer {
			for _, a := range w.signers.of(d.a) {
				out = append(out, pair(0, a))
			}
			for _, a := range w.mediators.of(d.a) {
				out = append(out, pair(1, a))
			}
			return out
		},
		engine: func(_ context.Context, v *store.View, d *draw, out answer) (answer, error) {
			list, err := v.Participations(store.ParticipationFilter{Meeting: &d.a, Roles: signedOrMediated}, store.Page{First: 50})
			for i := range list.Items {
				out = append(out, pair(sideOf(list.Items[i].Role()), uint32(list.Items[i].Actor)))
			}
			return out, err
		},
		document: "agreement.graphql",
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"id": v.ID(d.a)}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				Entity struct{ Parties, Mediators parts }
			}
			r.into(&data)
			out = data.Entity.Parties.actors(r, 0, out)
			return data.Entity.Mediators.actors(r, 1, out)
		},
	}
}

// sideOf is 0 for those who signed, 1 for those who mediated.
func sideOf(role graph.Predicate) uint32 {
	if role == graph.Mediated {
		return 1
	}
	return 0
}

// parts are participations as a response has them.
type parts struct {
	Edges []struct {
		Node struct {
			Actor, Meeting struct{ ID string }
		}
	}
}

func (p *parts) actors(r *reader, side uint32, out answer) answer {
	for i := range p.Edges {
		out = append(out, pair(side, r.entity(p.Edges[i].Node.Actor.ID)))
	}
	return out
}
