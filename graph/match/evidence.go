package match

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// compareIDs weighs ids in common, and ids of registries that count the two apart.
func compareIDs(a, b []string) []Reason {
	var reasons []Reason
	differ := make(map[string]bool)
	for _, id := range a {
		scheme, _, _ := strings.Cut(id, ":")
		switch {
		case slices.Contains(b, id) && graph.ExactScheme(scheme):
			reasons = append(reasons, Reason{IDFeature, exactID, "both have the id " + id})
			differ[scheme] = false
		case slices.Contains(b, id):
			reasons = append(reasons, Reason{IDFeature, sharedID, "both have the id " + id})
		case graph.ExactScheme(scheme) && hasScheme(b, scheme):
			if _, known := differ[scheme]; !known {
				differ[scheme] = true
			}
		}
	}
	var schemes []string
	for scheme, apart := range differ {
		if apart {
			schemes = append(schemes, scheme)
		}
	}
	if len(schemes) > 0 {
		slices.Sort(schemes)
		reasons = append(reasons, Reason{IDFeature, otherExactID, "they have different ids of the scheme " + strings.Join(schemes, ", ")})
	}
	return reasons
}

func hasScheme(ids []string, scheme string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, scheme+":") })
}

// compareDates weighs when: of what happens on a day the days, of actors the times in which they were active.
func compareDates(a, b *Profile) Reason {
	if happens(a) && happens(b) {
		return compareDays(a.date, b.date)
	}
	if a.active.isZero() || b.active.isZero() {
		return Reason{}
	}
	const year = 365
	gap := max(a.active.first-b.active.last, b.active.first-a.active.last)
	r := Reason{Feature: DateFeature}
	switch {
	case gap <= year:
		r.Bits, r.Text = overlapping, "they were active at the same time"
	case gap > 60*year:
		r.Bits, r.Text = farApart, fmt.Sprintf("they were active %d years apart", gap/year)
	case gap > 15*year:
		r.Bits, r.Text = apart, fmt.Sprintf("they were active %d years apart", gap/year)
	}
	return r
}

// happens reports whether the profile is, or may be, of something that has a day.
func happens(p *Profile) bool {
	switch p.Kind {
	case graph.Agreement, graph.Event, graph.Document, "":
		return !p.date.IsZero()
	}
	return false
}

func compareDays(a, b graph.Date) Reason {
	r := Reason{Feature: DateFeature}
	const month = 31
	texts := fmt.Sprintf("%s and %s", min(a.String(), b.String()), max(a.String(), b.String()))
	gap := max(a.Earliest()-b.Latest(), b.Earliest()-a.Latest())
	switch {
	case a == b && a.Earliest() == a.Latest():
		r.Bits, r.Text = sameDay, "both are dated "+a.String()
	case gap <= 0:
		r.Bits, r.Text = sameSpan, "their dates may be one, "+texts
	case gap <= month:
		r.Bits, r.Text = nearDate, "their dates are near and not the same, "+texts
	default:
		r.Bits, r.Text = otherDate, "their dates differ, "+texts
	}
	return r
}

// compareRelations weighs what the two stand in the same relation to.
func compareRelations(a, b *Profile) []Reason {
	var reasons []Reason
	for _, predicate := range contexts {
		mine, theirs := relatedBy(a, predicate), relatedBy(b, predicate)
		if len(mine) == 0 || len(theirs) == 0 {
			continue
		}
		label := predicate.Info().Label
		shared := sharedOf(mine, theirs)
		r := Reason{Feature: RelationFeature}
		switch {
		case shared != "":
			r.Bits, r.Text = sameWhole, fmt.Sprintf("each %s %q", label, shared)
			switch predicate {
			case graph.LocatedIn:
				r.Bits = samePlace
			case graph.Leads, graph.Represents:
				r.Bits = samePrincipal
			}
		case predicate == graph.LocatedIn:
			r.Bits, r.Text = otherPlace, "they are located in different places"
		case predicate == graph.Leads || predicate == graph.Represents:
			r.Bits, r.Text = otherPrincipal, fmt.Sprintf("what one %s the other does not", label)
		}
		if r.Text != "" {
			reasons = append(reasons, r)
		}
	}
	return reasons
}

func relatedBy(p *Profile, predicate graph.Predicate) []related {
	var list []related
	for _, r := range p.related {
		if r.predicate == predicate {
			list = append(list, r)
		}
	}
	return list
}

// sharedOf is the name of what stands in both lists: one entity, or two that have names which are spellings of one. Of
// several it is the first by name.
func sharedOf(a, b []related) string {
	found := ""
	for _, r := range a {
		for _, s := range b {
			text := ""
			if r.entity != store.NoEntity && r.entity == s.entity && len(r.names) > 0 {
				text = r.names[0].text
			} else {
				text = sharedName(r.names, s.names)
			}
			if text != "" && (found == "" || text < found) {
				found = text
			}
		}
	}
	return found
}

// samePlaceName is from where two names are taken to be of one place or principal: sources spell countries their own way.
const samePlaceName = 0.9

// sharedName is the first of the names of which both lists have a spelling.
func sharedName(a, b []name) string {
	found := ""
	for i := range a {
		for j := range b {
			if alike, _ := similarity(&a[i], &b[j], false); alike < samePlaceName {
				continue
			}
			if text := min(a[i].text, b[j].text); found == "" || text < found {
				found = text
			}
		}
	}
	return found
}

// compareMeetings weighs who met whom.
func compareMeetings(a, b *Profile) []Reason {
	if len(a.parties) > 0 && len(b.parties) > 0 {
		return []Reason{compareParties(a.parties, b.parties)}
	}
	same, apart := 0, 0
	for i, j := 0, 0; i < len(a.parts) && j < len(b.parts); {
		meeting := min(a.parts[i].meeting, b.parts[j].meeting)
		mine, theirs := partsIn(a.parts[i:], meeting), partsIn(b.parts[j:], meeting)
		if len(mine) > 0 && len(theirs) > 0 {
			switch told, side := meet(mine, theirs); {
			case told:
				apart++
			case side:
				same++
			}
		}
		i, j = i+len(mine), j+len(theirs)
	}
	var reasons []Reason
	if same > 0 {
		text := fmt.Sprintf("different sources name them on the same side of %d meeting%s", same, plural(same))
		reasons = append(reasons, Reason{MeetingFeature, min(sameSideMost, sameSide*float64(same)), text})
	}
	if apart > 0 {
		text := fmt.Sprintf("one source names both of them in %d meeting%s", apart, plural(apart))
		reasons = append(reasons, Reason{MeetingFeature, namedApart, text})
	}
	return reasons
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// partsIn are the leading parts in the meeting.
func partsIn(parts []part, meeting store.Entity) []part {
	n := 0
	for n < len(parts) && parts[n].meeting == meeting {
		n++
	}
	return parts[:n]
}

// meet says of two actors' parts in one meeting whether one source tells of both, and whether they are on one side.
func meet(a, b []part) (told, side bool) {
	for _, p := range a {
		for _, q := range b {
			told = told || slices.ContainsFunc(p.sources, func(id graph.ID) bool { return slices.Contains(q.sources, id) })
			side = side || p.thirdParty == q.thirdParty
		}
	}
	return told, side
}

// compareParties weighs the parties that two meetings have in common among all that they have.
func compareParties(a, b []store.Entity) Reason {
	shared := 0
	for _, e := range a {
		if _, ok := slices.BinarySearch(b, e); ok {
			shared++
		}
	}
	all := len(a) + len(b) - shared
	share := float64(shared) / float64(all)
	return Reason{MeetingFeature, otherParties + share*(sameParties-otherParties), fmt.Sprintf("%d of %d parties took part in both", shared, all)}
}
