package main

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// A toldMerged is one of those in an answer who are merged from several ids, with the claims by which these are one.
type toldMerged struct {
	toldEntity
	MergedFrom []graph.ID   `json:"mergedFrom"`
	MergedBy   []*toldMerge `json:"mergedBy"`
}

// A toldMerge is a claim by which two ids are one. One that was made on import has no source; it rests on the claims by which both carry an exact id.
type toldMerge struct {
	toldBond
	CarriedBy []toldBond `json:"carriedBy"`
}

// A mergedSet is of whom an answer tells, as far as they are merged from several ids, in the order in which it comes to them.
type mergedSet struct {
	view  *store.View
	list  []store.Entity
	place map[store.Entity]int // in the list
}

func newMergedSet(v *store.View) *mergedSet {
	return &mergedSet{view: v, place: make(map[store.Entity]int)}
}

// note notes some of them, among whom there may be none.
func (m *mergedSet) note(entities ...store.Entity) {
	for _, e := range entities {
		if _, noted := m.place[e]; !noted && e != store.NoEntity && m.view.Merged(e) {
			m.place[e] = len(m.list)
			m.list = append(m.list, e)
		}
	}
}

// noteTold notes those who are told already.
func (m *mergedSet) noteTold(entities ...*toldEntity) {
	for _, e := range entities {
		if e != nil {
			m.note(e.entity)
		}
	}
}

// noteBonds notes the ends of claims.
func (m *mergedSet) noteBonds(lists ...[]toldBond) {
	for i := range lists {
		for j := range lists[i] {
			m.noteTold(lists[i][j].Subject, lists[i][j].Object)
		}
	}
}

// noteStep notes who has a part in a step and on whose behalf, and whoever stands between one and whom his part counts for.
func (m *mergedSet) noteStep(s *toldStep) {
	m.noteTold(s.Meeting)
	m.noteBonds(s.JoinedBy, s.DatedBy, s.belongs)
	for _, actor := range s.actors {
		m.noteTold(actor)
		for _, p := range s.parts[actor.entity] {
			m.noteTold(p.Actor, p.OnBehalfOf, p.Meeting)
			m.noteTold(p.Between...)
			m.noteBonds(p.RolledUpBy)
		}
	}
}

// noteClaim notes whom a claim names.
func (m *mergedSet) noteClaim(c *store.Claim) {
	m.note(c.Subject, c.Object)
	for _, q := range c.Qualifiers {
		if e, ok := m.view.Entity(q.Entity); ok && (q.Name == graph.OnBehalfOf || q.Name == graph.Between) {
			m.note(e)
		}
	}
}

// tell tells of all of them by which claims they are one.
func (m *mergedSet) tell(ctx context.Context) ([]*toldMerged, error) {
	merges, err := m.view.ReadClaims(ctx, m.view.MergedBy(m.list...))
	if err != nil {
		return nil, err
	}
	told := make([]*toldMerged, len(m.list))
	for i, e := range m.list {
		told[i] = &toldMerged{*tellEntity(m.view, e), m.view.MergedFrom(e), []*toldMerge{}}
	}
	var carried []store.ClaimNo
	counts := make([]int, len(merges))
	for i := range merges {
		by := m.view.CarriedBy(&merges[i])
		carried, counts[i] = append(carried, by...), len(by)
	}
	carriers, err := m.view.ReadClaims(ctx, carried)
	if err != nil {
		return nil, err
	}
	for i := range merges {
		c := &merges[i]
		merge := &toldMerge{tellBond(m.view, c), make([]toldBond, counts[i])}
		for j := range merge.CarriedBy {
			merge.CarriedBy[j] = tellBond(m.view, &carriers[j])
		}
		carriers = carriers[counts[i]:]
		of := told[m.place[c.Subject]]
		of.MergedBy = append(of.MergedBy, merge)
	}
	return told, nil
}
