package graph

import (
	"testing"

	"pgregory.net/rapid"
)

// TestOverlaps compares with every day of the years in which the dates have their gaps.
func TestOverlaps(t *testing.T) {
	texts := []string{
		"2020-05-04", "2020-05", "2020", "2019/2020-04-30", "2020-06-01/..", "../2019", "2020-05-05/", "/2020-05-03",
		"[2019-01-01,2020-05-04,2020-12]", "[2020-05-05..2020-05-10]", "[..2019-06]", "2020-05-04~", "202X",
	}
	rapid.Check(t, func(t *rapid.T) {
		a := MustParseDate(rapid.SampledFrom(texts).Draw(t, "a"))
		b := MustParseDate(rapid.SampledFrom(texts).Draw(t, "b"))
		want := false
		for day := DayOf(2018, 12, 31); day <= DayOf(2021, 1, 1); day++ {
			want = want || a.Contains(day) != Impossible && b.Contains(day) != Impossible
		}
		if a.Overlaps(b) != want || b.Overlaps(a) != want {
			t.Fatalf("%s and %s overlap: %v and %v, want %v", a, b, a.Overlaps(b), b.Overlaps(a), want)
		}
	})
	if day := MustParseDate("2020-05-04"); !day.Overlaps(Date{}) || !(Date{}).Overlaps(day) {
		t.Error("an absent date does not have the day")
	}
}

func TestExchanges(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"2020-05-04", "2020-04-05", true},
		{"2020-05-04", "2021-04-05", false},
		{"2020-05-05", "2020-05-05", false},
		{"2020-05-04", "2020-05-04", false},
		{"2020-05-14", "2020-05-04", false},
		{"2020-05-04?", "2020-04-05", false},
		{"2020-05-04", "2020-04", false},
		{"2020-05-04", "[2020-04-05,2020-04-06]", false},
	}
	for _, test := range tests {
		a, b := MustParseDate(test.a), MustParseDate(test.b)
		if a.Exchanges(b) != test.want || b.Exchanges(a) != test.want {
			t.Errorf("%s and %s exchange day and month: %v and %v, want %v", a, b, a.Exchanges(b), b.Exchanges(a), test.want)
		}
	}
}
