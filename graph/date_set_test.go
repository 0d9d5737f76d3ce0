package graph

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestOneOf(t *testing.T) {
	for _, tt := range []struct {
		dates []string // "" is absent
		want  string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"2020"}, "2020"},
		{[]string{"", "2020", "2020"}, "2020"},
		{[]string{"2020-11-10", "2020-11-09"}, "[2020-11-09,2020-11-10]"},
		{[]string{"[2020-11-09,2020-11-10]", "2020-11-10", "2019"}, "[2019,2020-11-09,2020-11-10]"},
		{[]string{"[1670..1672]"}, "[1670..1672]"},
		{[]string{"[1670..1672]", "1667"}, "[1667,1670..1672]"},
		{[]string{"2020/..", "2020/2021"}, "[2020/2021,2020/..]"},
		{[]string{"2020/..", "2020/"}, "[2020/,2020/..]"},
		{[]string{"2020/2021?", "2020/2021"}, "[2020/2021,2020/2021?]"},
		{[]string{"2020?/2021", "2020/2021"}, "[2020/2021,2020?/2021]"},
		{[]string{"2020/2021", "2020-01-01/2021"}, "[2020-01-01/2021,2020/2021]"},
		{[]string{"2020/2021", "2020/2021-12-31"}, "[2020/2021,2020/2021-12-31]"},
		{[]string{"[2020..2021]", "2020/2021"}, "[2020/2021,2020..2021]"},
		{[]string{"2020?", "2020", "2020~"}, "[2020,2020~,2020?]"},
	} {
		var dates []Date
		for _, text := range tt.dates {
			var d Date
			if err := d.UnmarshalText([]byte(text)); err != nil {
				t.Fatal(err)
			}
			dates = append(dates, d)
		}
		if got := OneOf(dates...).String(); got != tt.want {
			t.Errorf("OneOf(%q) = %q, want %q", tt.dates, got, tt.want)
		}
		slices.Reverse(dates)
		if got := OneOf(dates...).String(); got != tt.want {
			t.Errorf("OneOf of the reverse of %q = %q, want %q", tt.dates, got, tt.want)
		}
	}
}

func TestChoices(t *testing.T) {
	for text, want := range map[string][]string{
		"2020":                    {"2020"},
		"2020/..":                 {"2020/.."},
		"[2020-11-10,2020-11-09]": {"2020-11-09", "2020-11-10"},
		"[1667,1668~,1670..1672]": {"1667", "1668~", "[1670..1672]"},
		"[1670..1672]":            {"[1670..1672]"},
		"[../2020,..2020,2020..]": {"../2020", "[..2020]", "[2020..]"},
	} {
		var got []string
		for _, c := range MustParseDate(text).Choices() {
			got = append(got, c.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Choices of %s: (-want +got)\n%s", text, diff)
		}
	}
}

// However dates are put together, what comes out depends on nothing but which they are.
func TestOneOfIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dates := rapid.SliceOfN(rapid.Custom(drawDate), 1, 5).Draw(t, "dates")
		var parsed []Date
		for _, d := range dates {
			parsed = append(parsed, MustParseDate(d.text))
		}
		want := OneOf(parsed...)
		if got := OneOf(rapid.Permutation(parsed).Draw(t, "permutation")...); got != want {
			t.Errorf("another order gives %v, not %v", got, want)
		}
		if got := OneOf(append(parsed, parsed[0], Date{})...); got != want {
			t.Errorf("a repetition gives %v, not %v", got, want)
		}
		if got := OneOf(OneOf(parsed[:1]...), OneOf(parsed[1:]...)); got != want {
			t.Errorf("sets of sets give %v, not %v", got, want)
		}
		if got := OneOf(want.Choices()...); got != want {
			t.Errorf("the choices make %v, not %v", got, want)
		}
		if got := MustParseDate(want.String()); got != want {
			t.Errorf("the text %v is read as %v", want, got)
		}
		for _, d := range parsed {
			if d.Earliest() < want.Earliest() || d.Latest() > want.Latest() {
				t.Errorf("%v goes beyond %v", d, want)
			}
		}
	})
}
