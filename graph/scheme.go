package graph

import "slices"

// A SchemeInfo describes one scheme of external ids.
type SchemeInfo struct {
	Scheme string
	Title  string
	// Exact says that two entities with the same id of this scheme are the same entity. The end of an import
	// joins them. Without it the id is only looked up by.
	Exact bool
	URL   string // where an id leads, "%s" being the id; empty if there is no such place
}

// schemes is sorted by scheme.
var schemes = []SchemeInfo{
	{"acled", "ACLED actor name", false, ""},
	{"archigos", "Archigos leader id", true, ""},
	{"cow", "Correlates of War state number", true, ""},
	{"fips", "FIPS 10-4 country code", false, ""},
	{"geonames", "GeoNames feature id", true, "https://www.geonames.org/%s"},
	{"gw", "Gleditsch and Ward state number", true, ""},
	{"iso2", "ISO 3166-1 alpha-2 code", true, ""},
	{"iso3", "ISO 3166-1 alpha-3 code", true, ""},
	{"mend", "MEND actor or event id", true, ""},
	{"paax", "PAA-X actor id", true, ""},
	{"pax", "PA-X agreement id", true, "https://www.peaceagreements.org/view/%s"},
	{"pax-process", "PA-X process number", true, ""},
	{"ucdp", "UCDP peace agreement id", true, ""},
	{"ucdp-actor", "UCDP actor id", true, ""},
	{"ucdp-conflict", "UCDP conflict id", true, "https://ucdp.uu.se/conflict/%s"},
	{"undoc", "United Nations document symbol", true, "https://undocs.org/%s"},
	{"wikidata", "Wikidata item", true, "https://www.wikidata.org/wiki/%s"},
}

// Schemes lists the known schemes of external ids, sorted. Unknown ones are accepted and are never exact.
func Schemes() []SchemeInfo { return slices.Clone(schemes) }

// ExactScheme reports whether ids of the scheme mean identity.
func ExactScheme(scheme string) bool {
	i, ok := slices.BinarySearchFunc(schemes, scheme, func(s SchemeInfo, name string) int {
		switch {
		case s.Scheme < name:
			return -1
		case s.Scheme > name:
			return 1
		}
		return 0
	})
	return ok && schemes[i].Exact
}
