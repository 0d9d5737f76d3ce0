package ftm

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// dependent are the areas that have a code of ISO 3166-1 and are no states.
const dependent = " AI AQ AS AW AX BL BM BQ BV CC CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT "

// country is the entity of a code of FollowTheMoney: one of ISO 3166-1 in lower case, or one of its own for other political entities, as "az-nk"
// or "suhh". Its kind is that which the form of the code tells. The file says no more than the code, so that the name is that of Unicode CLDR. A code
// of no country is noted, and ok is false.
func (r *reader) country(code string, place table.Place) (id graph.ID, ok bool) {
	if id, known := r.countries[code]; known {
		return id, true
	}
	e := format.Entity{Kind: graph.State}
	name := ""
	region, isRegion := isoRegion(code)
	switch {
	case code == "eu":
		e.Kind, name = graph.Organization, countryName(code)
	case isRegion:
		name = countryName(code)
		if strings.Contains(dependent, " "+region.String()+" ") {
			e.Kind = graph.Territory
		}
		if region.String() != "XK" { // Kosovo's is no code of ISO, but in use
			e.IDs = []string{"iso2:" + region.String(), "iso3:" + region.ISO3()}
		}
	case strings.Contains(code, "-") && len(code) <= 16:
		e.Kind = graph.Territory
	case len(code) == 4 && code == strings.ToLower(code): // of states that are no more
	default:
		r.out.Note("a code of no country is left out", place, graph.Quoted(code))
		return "", false
	}
	e.ID = madeID("ftm-country", code)
	base := r.base("")
	base.Source.Locator = "country code " + code
	r.out.Entity(table.Place{}, e, base)
	if name != "" {
		c := base
		c.From, c.Predicate, c.Value = e.ID, graph.NamePredicate, name
		c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "the file has the code alone; this is the English name that Unicode CLDR has for it"}}
		r.out.Claim(table.Place{}, c)
	}
	r.countries[code] = e.ID
	return e.ID, true
}

// isoRegion is the region of a code of ISO 3166-1 in lower case. Codes that are withdrawn are none: what they were is not what they are
// replaced by.
func isoRegion(code string) (language.Region, bool) {
	region, err := language.ParseRegion(code)
	if code == "uk" { // FollowTheMoney has gb, but others write it so
		region = region.Canonicalize()
	}
	if err != nil || len(code) != 2 || code != strings.ToLower(code) || region != region.Canonicalize() {
		return region, false
	}
	// The table counts the United Nations among the countries, without a code of three letters.
	return region, region.IsCountry() && region.ISO3() != "ZZZ" && countryName(code) != ""
}

// countryName is the English name of a code of ISO 3166-1, empty if it is none.
func countryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != 2 {
		return ""
	}
	return display.English.Regions().Name(region)
}
