package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A roleSheet is who has an actor as a party of a meeting and who as a third party.
type roleSheet struct {
	actor ledger.EntityNo
	ties  []roleTie
}

// A roleTie is a tie with those on whose word and by whose coding it is, [ledger.NoEntity] where it does not say. A claim without a
// coder is taken to be encoded by its claimant.
type roleTie struct {
	*Tie
	third           bool
	coder, claimant ledger.EntityNo
}

// rolesAt finds actors that are party to a meeting and third party to it, with the actor as the other one concerned. It is a party for
// one coder and a third party for another if each has it as one only, and nobody whose words they encode says both; otherwise
// it is in two roles. Ties count for those at the top: a minister's for his state.
func (f *finder) rolesAt(meeting ledger.EntityNo) {
	if !f.hasBothRoles(meeting) || !f.IsMeeting(meeting) {
		return
	}
	for _, sheet := range f.sheets(meeting) {
		divided, both := sheet.divided(), sheet.both()
		if len(divided) > 0 {
			f.add(Finding{Kind: PartyOrThirdParty, About: meeting, With: []ledger.EntityNo{sheet.actor}, Claims: divided, Grounds: f.rollUpOf(sheet, divided)})
		}
		if len(both) > 0 {
			f.add(Finding{Kind: TwoRoles, About: meeting, With: []ledger.EntityNo{sheet.actor}, Claims: both, Grounds: f.rollUpOf(sheet, both)})
		}
	}
}

// rollUpOf lists the claims by which those of ties count for the actor of a sheet.
func (f *finder) rollUpOf(s *roleSheet, ties []ledger.ClaimNo) (claims []ledger.ClaimNo) {
	for _, t := range s.ties {
		if slices.Contains(ties, t.Claim) {
			claims = append(claims, f.rolledUpBy(t.Tie)...)
		}
	}
	return inOrder(claims)
}

// tiePredicates are the predicates that are an actor's part in a meeting.
var tiePredicates = slices.DeleteFunc(graph.Predicates(), func(info *graph.PredicateInfo) bool { return !info.Tie })

// hasBothRoles reports whether there are parties and third parties at a meeting at all, which is quickly seen.
func (f *finder) hasBothRoles(meeting ledger.EntityNo) bool {
	var party, third bool
	for _, m := range f.Members(meeting) {
		for _, info := range tiePredicates {
			for x := range f.Edges(m, info.Code, topology.In) {
				if f.spend(1) && f.counts(x.Claim) {
					party, third = party || !info.ThirdParty(), third || info.ThirdParty()
					break
				}
			}
		}
	}
	return party && third
}

// sheets gathers the ties to a meeting by actor, in the order of actors.
func (f *finder) sheets(meeting ledger.EntityNo) []*roleSheet {
	ties := f.at(&Unit{Meetings: []ledger.EntityNo{meeting}})
	if !f.spend(len(ties)) {
		return nil
	}
	group := func(e ledger.EntityNo) ledger.EntityNo {
		if e == ledger.NoEntity {
			return e
		}
		return f.Group(e)
	}
	var sheets []*roleSheet
	for i := range ties { // sorted by actor
		t := &ties[i]
		if n := len(sheets); n == 0 || sheets[n-1].actor != t.For {
			sheets = append(sheets, &roleSheet{actor: t.For})
		}
		source := f.Source(t.Claim)
		last := sheets[len(sheets)-1]
		last.ties = append(last.ties, roleTie{t, graph.PredicateOf(t.Role).ThirdParty(), group(coderOf(source)), group(source.Claimant)})
	}
	return sheets
}

// coderOf is who encoded a claim, or else its claimant.
func coderOf(source topology.Source) ledger.EntityNo {
	if source.Coder == ledger.NoEntity {
		return source.Claimant
	}
	return source.Coder
}

// both lists the claims of those who have the actor as a party and as a third party. Where nobody has it as both and no two are divided
// over it, such as where it is not known whose claims they are, it is all of them.
func (s *roleSheet) both() (claims []ledger.ClaimNo) {
	var all []ledger.ClaimNo
	for _, a := range s.ties {
		all = append(all, a.Claim)
		if slices.ContainsFunc(s.ties, func(b roleTie) bool { return a.third != b.third && a.sameVoice(b) }) {
			claims = append(claims, a.Claim)
		}
	}
	if len(claims) == 0 && len(s.divided()) == 0 && slices.ContainsFunc(s.ties, func(a roleTie) bool { return a.third != s.ties[0].third }) {
		claims = all
	}
	return inOrder(claims)
}

// divided lists the claims of coders who have the actor as a party only and of those who have it as a third party only.
func (s *roleSheet) divided() (claims []ledger.ClaimNo) {
	for _, a := range s.ties {
		for _, b := range s.ties {
			if !a.third && b.third && s.only(a) && s.only(b) && !s.sameWord(a.coder, b.coder) {
				claims = append(claims, a.Claim, b.Claim)
			}
		}
	}
	return inOrder(claims)
}

// only reports whether a tie's coder, if it says who that is, has the actor in that one role.
func (s *roleSheet) only(a roleTie) bool {
	return a.coder != ledger.NoEntity && !slices.ContainsFunc(s.ties, func(b roleTie) bool { return b.coder == a.coder && b.third != a.third })
}

// sameWord reports whether two coders encode the words of the same claimant.
func (s *roleSheet) sameWord(a, b ledger.EntityNo) bool {
	return slices.ContainsFunc(s.ties, func(x roleTie) bool {
		return x.coder == a && slices.ContainsFunc(s.ties, func(y roleTie) bool {
			return y.coder == b && x.claimant == y.claimant && x.claimant != ledger.NoEntity
		})
	})
}

// sameVoice reports whether two ties are on the same word or by the same coder.
func (a roleTie) sameVoice(b roleTie) bool {
	return a.coder == b.coder && a.coder != ledger.NoEntity || a.claimant == b.claimant && a.claimant != ledger.NoEntity
}
