package ftm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
)

// TestCountries tells what codes of countries are.
func TestCountries(t *testing.T) {
	tests := []struct {
		code string
		want string // kind, name and ids; empty for no country
	}{
		{"am", "State Armenia iso2:AM iso3:ARM"},
		{"uk", "State United Kingdom iso2:GB iso3:GBR"},
		{"hk", "Territory Hong Kong SAR China iso2:HK iso3:HKG"},
		{"xk", "State Kosovo"},
		{"tw", "State Taiwan iso2:TW iso3:TWN"},
		{"eu", "Organization European Union"},
		{"suhh", "State"},
		{"az-nk", "Territory"},
		{"dd", ""},
		{"yu", ""},
		{"su", ""},
		{"zz", ""},
		{"un", ""},
		{"AM", ""},
		{"51", ""},
		{"", ""},
		{"Armenia", ""},
	}
	for _, test := range tests {
		r, _ := lines(t, entity("m", "PublicBody", "country="+test.code))
		var got []string
		for i := range r.Claims {
			if c := &r.Claims[i]; strings.HasPrefix(string(c.From), "ftm-country:") {
				got = append(got, c.Value)
			}
		}
		if diff := cmp.Diff(strings.Fields(test.want), strings.Fields(orderedName(got))); diff != "" || len(r.Problems) > 0 {
			t.Errorf("%q: problems %q (-want +got):\n%s", test.code, r.Problems, diff)
		}
		if noted := len(r.NoteCounts()) == 1; noted != (test.want == "") || (len(r.Lines(graph.PartOf)) == 1) == noted {
			t.Errorf("%q: notes %v, %q", test.code, r.NoteCounts(), formattest.Line(&r.Claims[len(r.Claims)-1]))
		}
	}
}

// orderedName puts the name, which is claimed last, after the kind.
func orderedName(values []string) string {
	if len(values) > 1 {
		last := len(values) - 1
		values = append([]string{values[0], values[last]}, values[1:last]...)
	}
	return strings.Join(values, " ")
}
