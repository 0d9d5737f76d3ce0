package paax

import (
	"strings"

	"entente/loader/format"
)

// A directory is what the actors of a table have of one another: their names, and codes that only one of them can have.
type directory struct {
	byName map[string][]*actor // by the words of a name
	byGW   map[string][]*actor // countries
	byUCDP map[string][]*actor
	// longest is the most words that a name has.
	longest int
}

func newDirectory(actors []*actor) *directory {
	d := &directory{byName: make(map[string][]*actor), byGW: make(map[string][]*actor), byUCDP: make(map[string][]*actor)}
	for _, a := range actors {
		d.name(a, a.name)
		if isCountry(a.id) {
			d.name(a, a.country)
			d.byGW[a.gw] = append(d.byGW[a.gw], a)
		}
		d.byUCDP[a.ucdp] = append(d.byUCDP[a.ucdp], a)
	}
	return d
}

func (d *directory) name(a *actor, name string) {
	w := words(name)
	key := strings.Join(w, " ")
	d.byName[key] = append(d.byName[key], a)
	d.longest = max(d.longest, len(w))
}

// words are the words of a name, without regard to case and punctuation.
func words(name string) []string {
	return strings.FieldsFunc(format.Slug(name), func(r rune) bool { return r == '-' })
}

// named is the other actor that an alternative name of an actor names: one that is called just so, or, if the actor is a country, another
// country whose name is in it. Nil is none.
func (d *directory) named(a *actor, alias string) *actor {
	if other := otherThan(a, d.byName[strings.Join(words(alias), " ")]); other != nil {
		return other
	}
	if !isCountry(a.id) {
		return nil
	}
	return d.countryIn(a, alias)
}

// countryIn is another country whose name is in a text about a country. Of overlapping names the longest counts: "Northern Ireland" is
// not Ireland, nor "Equatorial Guinea" Guinea; and a country's name may hold another's.
func (d *directory) countryIn(a *actor, text string) *actor {
	w := words(text)
	for i := 0; i < len(w); i++ {
		for n := min(d.longest, len(w)-i); n > 0; n-- {
			name := strings.Join(w[i:i+n], " ")
			found := d.byName[name]
			if len(found) == 0 {
				continue
			}
			if other := otherThan(a, found); other != nil && isCountry(other.id) && !within(name, a.name) && !within(name, a.country) {
				return other
			}
			i += n - 1
			break
		}
	}
	return nil
}

// otherThan is the first of some actors of one name; nil if the actor itself is among them.
func otherThan(a *actor, found []*actor) *actor {
	var other *actor
	for _, f := range found {
		if f.id == a.id {
			return nil
		}
		if other == nil {
			other = f
		}
	}
	return other
}

// within reports whether the words of a name stand in another name.
func within(name, other string) bool {
	return strings.Contains(" "+strings.Join(words(other), " ")+" ", " "+name+" ")
}

// otherCountry is a country with the same Gleditsch-Ward number that is not the same country by its ISO code.
func (d *directory) otherCountry(a *actor) *actor {
	for _, other := range d.byGW[a.gw] {
		if other.id != a.id && (other.iso == "" || other.iso != a.iso) {
			return other
		}
	}
	return nil
}

// ucdpOwner is the actor that a UCDP id is of: the only one that has it, or the only country among them, since the id is that of
// its government. Nil is none.
func (d *directory) ucdpOwner(id string) *actor {
	if len(d.byUCDP[id]) == 1 {
		return d.byUCDP[id][0]
	}
	var owner *actor
	for _, a := range d.byUCDP[id] {
		if isCountry(a.id) {
			if owner != nil {
				return nil
			}
			owner = a
		}
	}
	return owner
}
