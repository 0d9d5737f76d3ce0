package main

import (
	"fmt"
	"strings"

	"entente/graph"
)

// text is the part as a sentence about a meeting; where it was is said if it was at another of the same unit. Why it is inferred,
// its claims say.
func (p *toldPart) text(meeting *toldEntity) string {
	text := oneLine(p.Actor.Name) + " " + p.label + " it"
	if p.Meeting.entity != meeting.entity {
		text = fmt.Sprintf("%s %s %s (%s)", oneLine(p.Actor.Name), p.label, oneLine(p.Meeting.Name), p.Meeting.ID)
	}
	if p.OnBehalfOf != nil && p.OnBehalfOf.entity != p.Actor.entity {
		text += ", for " + oneLine(p.OnBehalfOf.Name)
	}
	if p.Capacity != nil {
		text += ", as " + oneLine(*p.Capacity)
	}
	if len(p.Between) > 0 {
		text += ", between " + nameList(p.Between)
	}
	if p.Stance != graph.Asserted {
		text += "; " + strings.ToLower(string(p.Stance))
	}
	if p.Inferred {
		text += "; inferred"
	}
	if p.Disputed {
		text += "; disputed"
	}
	return text
}

// text says what the claim is, when, and on whose word.
func (b *toldBond) text() string { return b.says() + b.since() }

// since says when the claim holds, and on whose word it is, as the end of a sentence.
func (b *toldBond) since() string {
	if b.When != nil {
		return ", " + *b.When + "; " + b.toldClaim.text()
	}
	return "; " + b.toldClaim.text()
}

// says is the claim in a few words.
func (b *toldBond) says() string { return oneLine(b.Subject.Name) + " " + b.label + " " + b.states() }

// states is what the claim has of its subject.
func (b *toldBond) states() string {
	if b.Value != nil {
		return oneLine(*b.Value)
	}
	return oneLine(b.Object.Name)
}

// byID says what the claim does of the ids that it names itself, which may be one here.
func (b *toldBond) byID() string {
	if b.ObjectID == nil {
		return string(b.SubjectID) + " " + b.label + " " + b.states()
	}
	return string(b.SubjectID) + " " + b.label + " " + string(*b.ObjectID)
}

// nameList is "Armenia and Azerbaijan".
func nameList(list []*toldEntity) string {
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = oneLine(e.Name)
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return names[0]
}

// text says on whose word the claim is, where it stands, and what keeps it from being plainly asserted.
func (c *toldClaim) text() string { return c.evidence() + c.reserve() }

// reserve is the claim's stance if it is not asserted, and why it is inferred if it is, as the end of a sentence.
func (c *toldClaim) reserve() string {
	text := ""
	if c.Stance != graph.Asserted {
		text += "; " + strings.ToLower(string(c.Stance))
	}
	for _, q := range c.Qualifiers {
		if q.Name == graph.Inferred {
			return text + "; inferred: " + oneLine(*q.Value)
		}
	}
	return text
}

// evidence says on whose word the claim is, and where it stands.
func (c *toldClaim) evidence() string {
	var words []string
	if c.Claimant != nil {
		words = append(words, oneLine(c.Claimant.Name))
	}
	source := toldSource{}
	if c.Source != nil {
		source = *c.Source
	}
	if source.Document != nil && (c.Claimant == nil || source.Document.entity != c.Claimant.entity) {
		words = append(words, oneLine(source.Document.Name))
	}
	if source.Locator != nil {
		words = append(words, oneLine(*source.Locator))
	}
	switch {
	case len(words) > 0:
	case c.Coder != nil:
		words = append(words, "encoded by "+oneLine(c.Coder.Name))
	default:
		words = append(words, "no source is named")
	}
	text := strings.Join(words, ", ")
	if source.Quote != nil {
		text += `: "` + oneLine(*source.Quote) + `"`
	}
	return text
}
