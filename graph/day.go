package graph

import (
	"fmt"
	"math"
	"time"
)

// A Day is a civil day: the number of days since 1970-01-01 in the proleptic Gregorian calendar, so earlier
// days are negative. It has no time zone and no hour; two Days compare with < and differ by a number of days.
type Day int32

// The years that a [Date] can name, and the first and the last day of them.
const (
	maxYear      = 9999
	firstDay Day = -4_371_587
	lastDay  Day = 2_932_896
)

// The unbounded days. They stand for "before every day" and "after every day" and are no dates themselves.
const (
	DayMin Day = math.MinInt32
	DayMax Day = math.MaxInt32
)

const (
	// The calendar repeats after 400 years, which are this many days.
	daysPerCycle = 146_097
	// Days from 0000-03-01, where the arithmetic starts, to 1970-01-01, where Day does.
	daysToEpoch = 719_468
)

// DayOf is the day of a year (1 BC is 0), month and day. Months and days outside their range carry over as
// they do in [time.Date]: 31 June is 1 July. What lies beyond the range of a Day, some 5.8 million years to
// both sides, is [DayMin] or [DayMax].
func DayOf(year int, month time.Month, day int) Day {
	// Anything this large is out of range whatever is added to it, and no sum below can overflow.
	const enough = 1 << 40
	y := min(max(int64(year), -enough), enough)
	m := min(max(int64(month), -enough), enough) - 1
	y += floorDiv(m, 12)
	m -= floorDiv(m, 12) * 12
	n := civilDay(y, m+1, 1) + min(max(int64(day), -enough), enough) - 1
	return Day(min(max(n, int64(DayMin)), int64(DayMax)))
}

// civilDay is DayOf for a month from 1 to 12, without a range.
func civilDay(year, month, day int64) int64 {
	// A year that begins in March has its leap day at the end, so the months before it never move.
	month -= 3
	if month < 0 {
		month += 12
		year--
	}
	cycle := floorDiv(year, 400)
	year -= cycle * 400
	// From March on, five months have 153 days over and over.
	dayOfYear := (153*month+2)/5 + day - 1
	return cycle*daysPerCycle + year*365 + year/4 - year/100 + dayOfYear - daysToEpoch
}

// Civil is the year (1 BC is 0), month and day of the month of d. Of the unbounded days it is the day their
// number would be, which means nothing.
func (d Day) Civil() (year int, month time.Month, day int) {
	n := int64(d) + daysToEpoch
	cycle := floorDiv(n, daysPerCycle)
	n -= cycle * daysPerCycle
	// The leap days before day n, taken out, leave years of 365 days each: one after every 1,460 days, none
	// at the end of a century, one at the end of the cycle.
	y := (n - n/1460 + n/36_524 - n/146_096) / 365
	n -= y*365 + y/4 - y/100
	m := (5*n + 2) / 153
	day = int(n - (153*m+2)/5 + 1)
	y += cycle * 400
	if m += 3; m > 12 {
		m -= 12
		y++
	}
	return int(y), time.Month(m), day
}

// String is d as in "2020-11-09", or ".." for an unbounded day. A year before 0 has a sign, "-0043-03-15"; a year
// over 9999 has as many digits as it takes.
func (d Day) String() string {
	if d == DayMin || d == DayMax {
		return ".."
	}
	year, month, day := d.Civil()
	if year > maxYear || year < -maxYear {
		return fmt.Sprintf("%d-%02d-%02d", year, month, day)
	}
	return string(appendPoint(make([]byte, 0, 12), formDay, d))
}

// Date is the day as a Date. It is absent for the unbounded days and for days outside the years -9999 to 9999,
// which a Date cannot name.
func (d Day) Date() Date {
	if d < firstDay || d > lastDay {
		return Date{}
	}
	return single(newBound(formDay, d))
}

// daysIn is the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
