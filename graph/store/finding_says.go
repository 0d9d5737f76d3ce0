package store

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/trace"
)

// findingSays says what is wrong in one sentence. The claims are those of the finding, in its order.
func (v *View) findingSays(f *trace.Finding, claims []Claim) string {
	about := v.Name(f.About)
	switch f.Kind {
	case trace.NotInOffice:
		return v.saysOffice(f, claims)
	case trace.DatesDisagree:
		return fmt.Sprintf("%s is dated %s; no day is in all of them.", about, v.byVoice(claims, valueOf))
	case trace.DayMonthSwapped:
		return fmt.Sprintf("%s is dated %s; one has for the day what another has for the month.", about, v.byVoice(claims, valueOf))
	case trace.PartyOrThirdParty:
		return fmt.Sprintf("At %s, %s is a party for one and a third party for another: %s.", about, v.Name(f.With[0]), v.byCoder(f.With[0], claims))
	case trace.TwoRoles:
		return fmt.Sprintf("At %s, %s is both a party and a third party: %s.", about, v.Name(f.With[0]), v.byCoder(f.With[0], claims))
	case trace.DanglingReference:
		return v.saysDangling(about, &claims[0])
	case trace.OutsideLifetime:
		return v.saysOutside(about, claims)
	case trace.SharedAlias:
		names := []string{about}
		for _, e := range f.With {
			names = append(names, v.Name(e)+" ("+string(v.ID(e))+")")
		}
		names[0] += " (" + string(v.ID(f.About)) + ")"
		return fmt.Sprintf("%q is a name of %s.", claims[0].Value, listed(names))
	case trace.TwoKinds:
		return fmt.Sprintf("%s is of more than one kind: %s.", about, v.byVoice(claims, valueOf))
	}
	return ""
}

// saysOffice tells of a leader who acted outside his terms.
func (v *View) saysOffice(f *trace.Finding, claims []Claim) string {
	tie := &claims[0]
	when := tie.When
	if when.IsZero() {
		when = v.Date(tie.Object) // as of the view's day, as it was found
	}
	as := ""
	if capacity, ok := tie.Qualifier(graph.Capacity); ok {
		as = " as " + capacity.Value
	}
	if f.With[0] != NoEntity {
		as += " on behalf of " + v.Name(f.With[0])
	}
	var terms []string
	for i := range claims[1:] {
		c := &claims[1+i]
		terms = append(terms, fmt.Sprintf("%s %s %s", c.Predicate.Info().Label, v.Name(c.Object), c.When))
	}
	return fmt.Sprintf("%s %s %s, of %s,%s, but by all claims about that office %s.", v.Name(tie.Subject), tie.Predicate.Info().Label,
		v.Name(tie.Object), when, as, listed(terms))
}

// saysDangling tells of a reference that leads nowhere.
func (v *View) saysDangling(about string, c *Claim) string {
	label := c.Predicate.Info().Label
	if c.Value == "" {
		return fmt.Sprintf("%s %s %s, of which no claim is left that says what it is.", about, label, c.To)
	}
	return fmt.Sprintf("%s %s %q, which is given in words alone.", about, label, excerpt(c.Value))
}

// saysOutside tells of a claim from before or after there was the entity.
func (v *View) saysOutside(about string, claims []Claim) string {
	c := &claims[0]
	when := c.When
	if when.IsZero() {
		when = v.Date(c.Object)
		if !v.IsMeeting(c.Object) {
			when = v.Date(c.Subject)
		}
	}
	return fmt.Sprintf("%s %s %s, %s, but %s was there %s.", v.Name(c.Subject), c.Predicate.Info().Label, v.Name(c.Object), when, about,
		v.byVoice(claims[1:], valueOf))
}

// byVoice lists what claims say with on whose word, or by whose coding, each does: "2020-11-09 by A and B, 2020-11-10 by C".
func (v *View) byVoice(claims []Claim, says func(*Claim) string) string {
	return v.grouped(claims, says, func(c *Claim) Entity {
		for _, e := range []Entity{c.ClaimantEntity, c.CoderEntity, c.Document} {
			if e != NoEntity {
				return e
			}
		}
		return NoEntity
	}, " by ")
}

// byCoder lists the roles that claims give an actor, by themselves or through another, with who encoded each.
func (v *View) byCoder(actor Entity, claims []Claim) string {
	role := func(c *Claim) string {
		text := graph.Words(string(c.Predicate))
		if c.Subject != actor {
			text += " through " + v.Name(c.Subject)
		}
		return text
	}
	return v.grouped(claims, role, func(c *Claim) Entity {
		if c.CoderEntity != NoEntity {
			return c.CoderEntity
		}
		return c.ClaimantEntity
	}, " for ")
}

// grouped lists what claims say, each thing once, with those who say so.
func (v *View) grouped(claims []Claim, says func(*Claim) string, who func(*Claim) Entity, by string) string {
	voices := make(map[string][]string)
	var said []string
	for i := range claims {
		text := says(&claims[i])
		if voices[text] == nil {
			said = append(said, text)
			voices[text] = []string{}
		}
		if e := who(&claims[i]); e != NoEntity {
			if name := v.Name(e); !slices.Contains(voices[text], name) {
				voices[text] = append(voices[text], name)
			}
		}
	}
	slices.Sort(said)
	for i, text := range said {
		if len(voices[text]) > 0 {
			said[i] += by + listed(voices[text])
		}
	}
	return strings.Join(said, "; ")
}

// excerpt shortens a text that may be long.
func excerpt(text string) string {
	const most = 200
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

func valueOf(c *Claim) string { return c.Value }

// listed joins names as in "A, B and C".
func listed(names []string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
}
