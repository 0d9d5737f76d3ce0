package graph

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const secondsPerDay = 24 * 60 * 60

func TestDayOf(t *testing.T) {
	for _, tt := range []struct {
		year  int
		month time.Month
		day   int
		want  Day
		text  string
	}{
		{1970, 1, 1, 0, "1970-01-01"},
		{1969, 12, 31, -1, "1969-12-31"},
		{2020, 11, 9, 18575, "2020-11-09"},
		{2000, 2, 29, 11016, "2000-02-29"},
		{2000, 3, 1, 11017, "2000-03-01"},
		{0, 3, 1, -719468, "0000-03-01"},
		{0, 2, 29, -719469, "0000-02-29"},
		{-43, 3, 15, -735160, "-0043-03-15"},
		{12345, 6, 7, 3789548, "12345-06-07"},
		{-12345, 6, 7, -5228289, "-12345-06-07"},
		{2020, 13, 1, 18628, "2021-01-01"},
		{2021, 0, 31, 18627, "2020-12-31"},
		{2020, 6, 31, 18444, "2020-07-01"},
		{2020, 3, 0, 18321, "2020-02-29"},
		{6_000_000, 1, 1, DayMax, ".."},
		{-6_000_000, 1, 1, DayMin, ".."},
		{math.MaxInt, math.MaxInt, math.MaxInt, DayMax, ".."},
		{math.MinInt, math.MinInt, math.MinInt, DayMin, ".."},
	} {
		got := DayOf(tt.year, tt.month, tt.day)
		if got != tt.want || got.String() != tt.text {
			t.Errorf("DayOf(%d, %d, %d) = %d, %q; want %d, %q", tt.year, tt.month, tt.day, got, got, tt.want, tt.text)
		}
	}
}

// The standard library counts days in another way, so the two check each other: all days of a whole cycle of the
// calendar, which has one of every irregularity, then any.
func TestDayAgreesWithTime(t *testing.T) {
	at := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := DayOf(1600, 1, 1); d <= DayOf(2000, 12, 31); d++ {
		year, month, day := d.Civil()
		if year != at.Year() || month != at.Month() || day != at.Day() || DayOf(year, month, day) != d {
			t.Fatalf("Day(%d).Civil() = %d, %d, %d; want %v", d, year, month, day, at)
		}
		at = at.AddDate(0, 0, 1)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.OneOf(rapid.Int32(), rapid.Int32Range(-800_000, 80_000)).Draw(t, "day"))
		at := time.Unix(int64(d)*secondsPerDay, 0).UTC()
		year, month, day := d.Civil()
		if year != at.Year() || month != at.Month() || day != at.Day() {
			t.Errorf("Day(%d).Civil() = %d, %d, %d; want %v", d, year, month, day, at)
		}
		if got := DayOf(year, month, day); got != d {
			t.Errorf("DayOf(%d, %d, %d) = %d, want %d", year, month, day, got, d)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(-20_000, 20_000).Draw(t, "year")
		month := rapid.IntRange(-100, 100).Draw(t, "month")
		day := rapid.IntRange(-5_000, 5_000).Draw(t, "day")
		at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if got := DayOf(year, time.Month(month), day); int64(got)*secondsPerDay != at.Unix() {
			t.Errorf("DayOf(%d, %d, %d) = %v, want %v", year, month, day, got, at)
		}
	})
}

func TestDayDate(t *testing.T) {
	for _, text := range []string{"2020-11-09", "-9999-01-01", "9999-12-31", "0000-02-29"} {
		want := MustParseDate(text)
		if got := want.Earliest().Date(); got != want {
			t.Errorf("%v.Date() = %v, want %v", want.Earliest(), got, want)
		}
	}
	for _, d := range []Day{DayMin, DayMax, DayOf(10_000, 1, 1), DayOf(-9999, 1, 0)} {
		if got := d.Date(); !got.IsZero() {
			t.Errorf("%v.Date() = %v, want none", d, got)
		}
	}
}
