package graph

import (
	"slices"
	"strings"
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
		{[]string{"1994-05-11", "[1994-05-09..1994-05-11]"}, "[1994-05-09..1994-05-11]"},
		{[]string{"1994-05-12", "[1994-05-09..1994-05-11]", "1994-05"}, "[1994-05,1994-05-09..1994-05-11,1994-05-12]"},
		{[]string{"1994-05-11?", "[1994-05-09..1994-05-11]"}, "[1994-05-09..1994-05-11,1994-05-11?]"},
		{[]string{"1994-05-11", "[1994-05-09..1994-05-11~]"}, "[1994-05-09..1994-05-11~]"},
		{[]string{"1994-05-10/1994-05-11", "[1994-05-09..1994-05-11]"}, "[1994-05-09..1994-05-11,1994-05-10/1994-05-11]"},
		{[]string{"[1994..1996]", "[1995..]", "[..1995-06]", "2020"}, "[..1995-06,1994..1996,1995..]"},
		{[]string{"[1994-05..1994-06]", "[1994-05-01..1994-06-30]", "1994-06"}, "[1994-05-01..1994-06-30]"},
		{[]string{"[1994-05-09..1994-05-11,1994-05-11]"}, "[1994-05-09..1994-05-11,1994-05-11]"},
		{[]string{"[1994-05-09..1994-05-11,1994-05-11]", "", "[1994-05-09..1994-05-11,1994-05-11]"}, "[1994-05-09..1994-05-11,1994-05-11]"},
		{[]string{"[1994-05-09..1994-05-11,1994-05-11]", "1994-05-10"}, "[1994-05-09..1994-05-11]"},
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
		checkSameDays(t, OneOf(want.Choices()...), want)
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

// TestOneOfHasTheDays compares what is put together with the set in which all members are written down.
func TestOneOfHasTheDays(t *testing.T) {
	shorter := 0
	rapid.Check(t, func(t *rapid.T) {
		var dates []Date
		var members []string
		for _, d := range rapid.SliceOfN(rapid.Custom(drawDate), 1, 5).Draw(t, "dates") {
			dates = append(dates, MustParseDate(d.text))
			for _, m := range d.members {
				members = append(members, m.text)
			}
		}
		written, got := MustParseDate("["+strings.Join(members, ",")+"]"), OneOf(dates...)
		checkSameDays(t, got, written)
		other := MustParseDate(drawDate(t).text)
		for _, strict := range []bool{false, true} {
			if a, b := Order(got, other, strict), Order(written, other, strict); a != b {
				t.Errorf("Order(%v, %v, %t) = %v, but of %v it is %v", got, other, strict, a, written, b)
			}
		}
		if len(got.String()) < len(written.String()) {
			shorter++
		}
	})
	if shorter == 0 {
		t.Error("nothing was ever left out")
	}
}

// checkSameDays checks that two dates have the same days, and each as certainly.
func checkSameDays(t *rapid.T, got, want Date) {
	for i := windowFirst - 1; i <= windowLast+1; i++ {
		day := Day(i)
		gotFrom, gotOK := got.FirstFrom(day)
		wantFrom, wantOK := want.FirstFrom(day)
		if got.Contains(day) != want.Contains(day) || gotFrom != wantFrom || gotOK != wantOK {
			t.Fatalf("%v has %v: %v, and next %v; but %v has it: %v, and next %v", got, day, got.Contains(day), gotFrom, want, want.Contains(day), wantFrom)
		}
	}
	a, b := got.Bounds(), want.Bounds()
	a.Precision, b.Precision = "", ""
	if a != b || got.Throughout() != want.Throughout() {
		t.Fatalf("%v is bounded by %+v, but %v by %+v", got, a, want, b)
	}
	gotBegun, gotEnded := got.Core()
	wantBegun, wantEnded := want.Core()
	gotFirst, gotLast := got.Known()
	wantFirst, wantLast := want.Known()
	if gotBegun != wantBegun || gotEnded != wantEnded || gotFirst != wantFirst || gotLast != wantLast {
		t.Fatalf("%v begins and ends otherwise than %v", got, want)
	}
}
