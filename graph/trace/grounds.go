package trace

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// RolledUpBy lists the claims by which the words that the position rests on are those of the recognizer though others acted or spoke: whom
// who acted led, represented or was a part of at the time, or who contributed to it if it is a force, and so on to the top; whom a claimant
// stood for whose word is its own, likewise; and where that claimant is a text, who issued it or was a party to it, or to a meeting that is
// one with it, and why it is. It is nil if all acted and spoke for themselves. The claims ascend; the error is the context's.
func (p *Position) RolledUpBy(ctx context.Context) ([]ledger.ClaimNo, error) {
	g := newView(p.listing.snap, Filter{RollUp: true})
	defer g.close()
	var claims []ledger.ClaimNo
	words := p.words()
	for i := range words {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if w := &words[i]; p.restsOn(w) {
			claims = append(append(claims, g.countsBy(w)...), g.ownBy(w)...)
		}
	}
	return inOrder(claims), nil
}

// restsOn reports whether a word is one of those that the position has as its evidence.
func (p *Position) restsOn(w *word) bool {
	_, is := slices.BinarySearch(p.side(w.side()), w.Claim())
	return is
}

// countsBy are the claims by which what the subject of a word did counts for who recognizes.
func (g *graphView) countsBy(w *word) []ledger.ClaimNo {
	from := g.feet(w.Claim(), w.who)
	if slices.Contains(from, w.by) {
		return nil
	}
	return g.allWays(from, w.by, g.acted(w.Stub))
}

// ownBy are the claims by which the voice of a word speaks for who recognizes, if it does.
func (g *graphView) ownBy(w *word) []ledger.ClaimNo {
	switch {
	case !w.own || w.voice == w.who:
		return nil
	case g.Kind(w.voice).Party():
		return g.ways(w.voice, w.by, g.spoke(w.Stub))
	}
	claims := g.issuedBy(w.voice, w.by, g.spoke(w.Stub))
	if g.IsMeeting(w.voice) {
		claims = append(claims, g.agreedBy(w.voice, w.by)...)
	}
	return claims
}

// issuedBy are the claims by which a text was issued for somebody at a time.
func (g *graphView) issuedBy(text, by ledger.EntityNo, when graph.Date) (claims []ledger.ClaimNo) {
	for _, m := range g.Members(text) {
		for x := range g.Edges(m, issued, topology.In) {
			issuer := g.Group(x.Other)
			if g.Accepted(x.Claim) && slices.Contains(g.top(issuer, when), by) {
				claims = append(append(claims, x.Claim), g.ways(issuer, by, when)...)
			}
		}
	}
	return claims
}

// agreedBy are the claims by which somebody was a party to a text, or to a meeting that is one with it, and then those by which that unit holds together.
func (g *graphView) agreedBy(text, by ledger.EntityNo) (claims []ledger.ClaimNo) {
	u := g.unit(text)
	for _, t := range g.at(u) {
		if t.For != by || graph.PredicateOf(t.Role).ThirdParty() {
			continue
		}
		claims = append(append(claims, t.Claim), g.rolledUpBy(&t)...)
		if t.Meeting != text {
			claims = append(claims, g.joints(u.Meetings)...)
		}
	}
	return claims
}
