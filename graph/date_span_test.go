package graph

import (
	"testing"
	"time"
	"unsafe"
)

// TestForms compares the days that a form leaves with the calendar, in every year that a date can name.
func TestForms(t *testing.T) {
	check := func(b bound, first, last Day) {
		t.Helper()
		if b.first() != first || b.last() != last || b&^boundMask != 0 {
			t.Errorf("%s is from %v to %v, want from %v to %v", b.append(nil), b.first(), b.last(), first, last)
		}
	}
	for year := -maxYear; year <= maxYear; year++ {
		check(yearOf(year), DayOf(year, 1, 1), DayOf(year, 12, 31))
		for month := 1; month <= 12; month++ {
			check(monthOf(year, month), DayOf(year, time.Month(month), 1), DayOf(year, time.Month(month)+1, 0))
		}
		if last := year + 9; year%10 == 0 && year >= 0 || year%10 == -9 {
			check(decadeOf(year), DayOf(year, 1, 1), DayOf(last, 12, 31))
		}
	}
	for _, day := range []Day{DayOf(-maxYear, 1, 1), -1, 0, DayOf(maxYear, 12, 31)} {
		check(newBound(formDay, day), day, day)
	}
	if firstDay != DayOf(-maxYear, 1, 1) || lastDay != DayOf(maxYear, 12, 31) {
		t.Errorf("dates are from %v to %v", firstDay, lastDay)
	}
}

// Answers hold many dates, and the graph one for each way a time is told in it.
func TestDateIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(Date{}); size > 16 {
		t.Errorf("a date takes %d bytes", size)
	}
}
