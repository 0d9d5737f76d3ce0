package graph

import (
	"regexp"
	"slices"
	"strings"
)

// A SchemeInfo describes one scheme of external ids.
type SchemeInfo struct {
	Scheme string
	Title  string
	// Exact says that two entities with the same id of this scheme are the same entity. The end of an import
	// joins them. Without it the id is only looked up by.
	Exact   bool
	URL     string // where an id leads, "%s" being the id; empty if there is no such place
	Example string

	form *regexp.Regexp // of the id, where it has one
}

var (
	digits      = regexp.MustCompile(`^[0-9]+$`)
	twoCapitals = regexp.MustCompile(`^[A-Z]{2}$`)
	capitals3   = regexp.MustCompile(`^[A-Z]{3}$`)
	legalEntity = regexp.MustCompile(`^[0-9A-Z]{18}[0-9]{2}$`)
	wikiItem    = regexp.MustCompile(`^Q[1-9][0-9]*$`)
)

// schemes is sorted by scheme.
var schemes = []SchemeInfo{
	{"acled", "ACLED actor name", false, "", "Military Forces of Armenia", nil},
	{"archigos", "Archigos leader id", true, "", "81dcc176-1e42-11e4-b4cd-db5882bf8def", nil},
	{"cow", "Correlates of War state number", true, "", "371", digits},
	{"fips", "FIPS 10-4 country code", false, "", "AM", nil},
	{"ftm", "FollowTheMoney entity id", true, "", "Q7747", nil},
	{"geonames", "GeoNames feature id", true, "https://www.geonames.org/%s", "616052", digits},
	{"gw", "Gleditsch and Ward state number", true, "", "371", digits},
	{"iso2", "ISO 3166-1 alpha-2 code", true, "", "AM", twoCapitals},
	{"iso3", "ISO 3166-1 alpha-3 code", true, "", "ARM", capitals3},
	{"lei", "Legal Entity Identifier", true, "https://search.gleif.org/#/record/%s", "506700GE1G29325QX363", legalEntity},
	{"mend", "MEND actor or event id", true, "", "1", nil},
	{"paax", "PAA-X actor id", true, "", "CON_61", nil},
	{"pax", "PA-X agreement id", true, "https://www.peaceagreements.org/view/%s", "2324", digits},
	{"pax-process", "PA-X process number", true, "", "6", digits},
	{"ucdp", "UCDP peace agreement id", true, "", "1483", digits},
	{"ucdp-actor", "UCDP actor id", true, "", "117", digits},
	{"ucdp-conflict", "UCDP conflict id", true, "https://ucdp.uu.se/conflict/%s", "388", digits},
	{"undoc", "United Nations document symbol", true, "https://undocs.org/%s", "S/RES/822(1993)", nil},
	{"wikidata", "Wikidata item", true, "https://www.wikidata.org/wiki/%s", "Q399", wikiItem},
}

// Schemes lists the known schemes of external ids, sorted. Unknown ones are accepted and are never exact.
func Schemes() []SchemeInfo { return slices.Clone(schemes) }

// ExactScheme reports whether ids of the scheme mean identity.
func ExactScheme(scheme string) bool {
	info := schemeInfo(scheme)
	return info != nil && info.Exact
}

// schemeInfo is the row of the scheme, nil if it is not known.
func schemeInfo(scheme string) *SchemeInfo {
	i, ok := slices.BinarySearchFunc(schemes, scheme, func(s SchemeInfo, name string) int { return strings.Compare(s.Scheme, name) })
	if !ok {
		return nil
	}
	return &schemes[i]
}
