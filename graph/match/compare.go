package match

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"entente/graph"
)

// A Feature names what a reason is about.
type Feature string

// The features that are compared.
const (
	NameFeature     Feature = "name"
	KindFeature     Feature = "kind"
	IDFeature       Feature = "id"
	DateFeature     Feature = "date"
	RelationFeature Feature = "relation"
	MeetingFeature  Feature = "meeting"
)

// A Reason is one thing that speaks for two entities being one, or against it.
type Reason struct {
	Feature Feature
	Bits    float64 // of evidence; below zero if it speaks against
	Text    string  // for people; it reads the same in both directions
}

// A Match is the comparison of two profiles. It is the same whichever way round they are given: A is the one whose id
// sorts first, and what is not in the graph comes before what is.
type Match struct {
	A, B    *Profile
	Score   float64 // over 0 and below 1
	Reasons []Reason
	// Denied says that somebody denies that the two are one, or has withdrawn that they are. The score is as if nobody had.
	Denied bool
}

// Compare weighs two profiles of one view.
func Compare(a, b *Profile) Match {
	if b.ID < a.ID {
		a, b = b, a
	}
	m := Match{A: a, B: b}
	m.weigh(compareNames(a, b))
	m.weigh(compareKinds(a.Kind, b.Kind))
	m.weigh(compareIDs(a.ids, b.ids)...)
	m.weigh(compareDates(a, b))
	m.weigh(compareRelations(a, b)...)
	m.weigh(compareMeetings(a, b)...)
	m.Denied = a.deniedOf(b) || b.deniedOf(a)
	bits := prior
	for _, r := range m.Reasons {
		bits += r.Bits
	}
	m.Score = 1 / (1 + math.Exp2(-bits))
	return m
}

// weigh adds the reasons that there are: a feature that nothing is known of is none.
func (m *Match) weigh(reasons ...Reason) {
	for _, r := range reasons {
		if r.Text != "" {
			m.Reasons = append(m.Reasons, r)
		}
	}
}

// Why joins the reasons, each with its bits: "the names are the same: ... (+6.0); ...".
func (m *Match) Why() string {
	var texts []string
	for _, r := range m.Reasons {
		texts = append(texts, fmt.Sprintf("%s (%+.1f)", r.Text, r.Bits))
	}
	return strings.Join(texts, "; ")
}

// Bits sums what the reasons of a feature add; false if there are none.
func (m *Match) Bits(f Feature) (bits float64, ok bool) {
	for _, r := range m.Reasons {
		if r.Feature == f {
			bits, ok = bits+r.Bits, true
		}
	}
	return bits, ok
}

// compareNames finds the two names that tell most.
func compareNames(a, b *Profile) Reason {
	if len(a.names) == 0 || len(b.names) == 0 {
		return Reason{}
	}
	mayBe := func(kind graph.Kind) bool { return kind == graph.Leader || kind == "" }
	person := a.Kind != b.Kind && mayBe(a.Kind) && mayBe(b.Kind) || a.Kind == graph.Leader && b.Kind == graph.Leader
	best := Reason{Feature: NameFeature, Bits: math.Inf(-1)}
	for i := range a.names {
		for j := range b.names {
			n, o := &a.names[i], &b.names[j]
			alike, initials := similarity(n, o, person)
			bits := nameBits(alike, min(n.strength(), o.strength()))
			for _, each := range []*name{n, o} {
				if !each.primary {
					bits += notPrimary
				}
				if each.partial {
					bits += notWhole
				}
			}
			if bits > best.Bits {
				best.Bits, best.Text = bits, nameReason(n, o, alike, initials)
			}
		}
	}
	best.Bits = max(best.Bits, nameLow)
	return best
}

func nameReason(a, b *name, alike float64, initials bool) string {
	if b.text < a.text {
		a, b = b, a
	}
	switch {
	case a.text == b.text:
		return fmt.Sprintf("the names are the same, %q", a.text)
	case initials:
		return fmt.Sprintf("of the names %q and %q one has the first letters of the other", a.text, b.text)
	case alike == 1:
		return fmt.Sprintf("the names %q and %q are spellings of one", a.text, b.text)
	case alike < 0.4:
		return fmt.Sprintf("the names have little in common, not even %q and %q", a.text, b.text)
	}
	return fmt.Sprintf("the names %q and %q are alike, %.0f %%", a.text, b.text, math.Floor(100*alike))
}

// kindred are pairs of kinds that sources confuse: a party and its armed wing, talks and what was agreed there, a text and the
// document that it stands in. A polity and its land are two entities here, so that pairs of these need more to be taken for one.
var kindred = map[[2]graph.Kind]float64{
	{graph.State, graph.Organization}:           kindredKind,
	{graph.State, graph.ArmedGroup}:             kindredKind,
	{graph.Organization, graph.ArmedGroup}:      kindredKind,
	{graph.ArmedGroup, graph.PeacekeepingForce}: kindredKind,
	{graph.Territory, graph.Place}:              kindredKind,
	{graph.Agreement, graph.Event}:              kindredKind,
	{graph.Agreement, graph.Document}:           kindredKind,
	{graph.Event, graph.Conflict}:               kindredKind,
	{graph.State, graph.Territory}:              landKind,
	{graph.State, graph.Place}:                  landKind,
	{graph.Organization, graph.Territory}:       landKind,
}

// kindBits weighs two kinds that are known.
func kindBits(a, b graph.Kind) float64 {
	if a == b {
		return sameKind
	}
	for _, pair := range [][2]graph.Kind{{a, b}, {b, a}} {
		if bits, ok := kindred[pair]; ok {
			return bits
		}
	}
	return otherKind
}

func compareKinds(a, b graph.Kind) Reason {
	switch {
	case a == "" || b == "":
		return Reason{}
	case a == b:
		return Reason{KindFeature, kindBits(a, b), "both are of the kind " + string(a)}
	}
	return Reason{KindFeature, kindBits(a, b), fmt.Sprintf("one is of the kind %s, one of the kind %s", min(a, b), max(a, b))}
}

// deniedOf reports whether somebody says that the profile is not the other.
func (p *Profile) deniedOf(other *Profile) bool { return slices.Contains(p.apart, other.Entity) }

// Features lists the features in the order in which they are compared.
func Features() []Feature {
	return []Feature{NameFeature, KindFeature, IDFeature, DateFeature, RelationFeature, MeetingFeature}
}
