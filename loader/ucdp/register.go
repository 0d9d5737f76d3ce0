package ucdp

import (
	"regexp"
	"slices"
	"strings"

	"entente/graph"
)

// A register has the states and organizations among the actors of all agreements, by what the texts call them.
type register map[string]*signatory

func (r register) add(s *signatory) {
	if kindOf(s.id, s.name) == graph.ArmedGroup {
		return
	}
	for _, name := range s.called() {
		if other := r[name]; other == nil || s.id < other.id { // whatever the order of rows
			r[name] = s
		}
	}
}

var (
	betweenItems = regexp.MustCompile(`[,;\n]|\band\b`)
	abbreviation = regexp.MustCompile(`\s*\([^)]*\)$`)
)

// find looks an item of a list up: a name and nothing else, but for an article and an abbreviation behind.
func (r register) find(item string) *signatory {
	item = strings.TrimSuffix(strings.TrimSpace(item), ".")
	item = strings.TrimPrefix(strings.TrimPrefix(item, "the "), "The ")
	if s := r[item]; s != nil {
		return s
	}
	return r[abbreviation.ReplaceAllString(item, "")]
}

// named claims the third parties that pa_3rd lists by name and that are not among the actors of the agreement. A name tells which actor it
// is where it is all of an item: of "Kenyan president Daniel Arap Moi" nothing is claimed.
func (a *agreement) named(known register) {
	cell := a.text("pa_3rd")
	if strings.Contains(cell, ":") { // then the items are of something that the list is introduced with
		if !a.quotes("pa_3rd", false) {
			a.note("pa_3rd is a text that names none of the actors: nothing is claimed of it", "pa_3rd", start(cell))
		}
		return
	}
	for _, item := range betweenItems.Split(cell, -1) {
		s := known.find(item)
		if s == nil {
			if strings.TrimSpace(item) != "" && !a.quotesItem(item) {
				a.note("an item of pa_3rd is not just the name of an actor that has a number: left out", "pa_3rd", start(item))
			}
			continue
		}
		if a.signatory(s.id) != nil {
			continue
		}
		a.declareActor(s)
		quote := cell
		if len(quote) > longestQuote {
			quote = strings.TrimSpace(item)
		}
		a.relation(a.place("pa_3rd"), graph.ThirdParty, actorID(s.id), a.entity(), graph.Date{}, a.locator("pa_3rd"), quote,
			"pa_3rd names it, without its number; other agreements give the number with the name")
		a.roles(s)
	}
}

// quotesItem reports whether an item names one of the actors that are no sides, of which the cell is the evidence.
func (a *agreement) quotesItem(item string) bool {
	return slices.ContainsFunc(a.signatories, func(s signatory) bool { return !s.side && namesAny(item, s.called()) })
}
