package mend

import (
	"maps"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"entente/graph"
	"entente/loader/format"
)

// otherNames are names of countries, folded, that CLDR does not have.
var otherNames = map[string]string{
	"eswatini":                 "SWZ",
	"holy see":                 "VAT",
	"ivory coast":              "CIV",
	"myanmar":                  "MMR",
	"north macedonia":          "MKD",
	"syrian arab republic":     "SYR",
	"turkiye":                  "TUR",
	"uae":                      "ARE",
	"uk":                       "GBR",
	"united states of america": "USA",
	"us":                       "USA",
	"usa":                      "USA",
}

// countryCodes has the ISO 3166-1 alpha-3 codes of countries by their English names, folded.
var countryCodes = sync.OnceValue(func() map[string]string {
	codes := make(map[string]string)
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			// Regions of the past stand for those of today, and some have a code of CLDR's alone.
			if err != nil || !r.IsCountry() || r.Canonicalize() != r || r.M49() == 0 {
				continue
			}
			if name := foldName(names.Name(r)); name != "" {
				codes[name] = r.ISO3()
			}
		}
	}
	maps.Copy(codes, otherNames)
	return codes
})

// countryCode is the alpha-3 code of the country that a name is the whole of; empty if it is none.
func countryCode(name string) string { return countryCodes()[foldName(name)] }

// foldName takes from the name of a country in what spellings differ: case, accents, "&" for "and", what stands in parentheses.
func foldName(name string) string {
	var b strings.Builder
	depth := 0
	for _, r := range norm.NFD.String(name) {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(depth-1, 0)
		case depth > 0, unicode.Is(unicode.Mn, r):
		case r == '’':
			b.WriteByte('\'')
		case r == '&':
			b.WriteString("and")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if w == "st." {
			words[i] = "saint"
		}
	}
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// isISO3 reports whether a code of a column is a country's. Codes that begin with X are for users' own purposes.
func isISO3(code string) bool {
	if len(code) != 3 || strings.HasPrefix(code, "X") {
		return false
	}
	r, err := language.ParseRegion(code)
	return err == nil && r.IsCountry() && r.ISO3() == code
}

// country is the entity of a country.
func country(code, name string) format.Entity {
	return format.Entity{ID: graph.ID("mend:country-" + code), Kind: graph.State, Name: name}
}
