package graph

import "strings"

// What an error says was expected, where it is more than a word.
const (
	wantDate     = `a year of four digits, "..", "/" or "["`
	wantYear     = `a year of four digits, as in "2020-11-09"`
	wantCapital  = "a capital X, as in 199X"
	wantFewer    = "a year of four digits (years beyond 9999 are not supported)"
	wantDecade   = `a year or a decade such as 199X (a century is written "[1900..1999]")`
	wantYearZero = "another year (there is no -0000; 1 BC is 0000)"
	wantMonth    = "a month, 01 to 12"
	wantNoSeason = "a month, 01 to 12 (seasons and quarters are not supported)"
	wantMonthX   = "a month, 01 to 12 or XX"
	wantDay      = "a day of that month"
	wantDayX     = "XX (the month is unspecified)"
	wantEnd      = "the end of the date"
	wantNoTime   = "the end of the date (a time of day is not supported)"
	wantMarkLast = `the end of the date ("~", "?" and "%" stand at its end and mean all of it)`
	wantMarkNot  = `a year of four digits ("~", "?" and "%" stand at the end of a date)`
	wantBrackets = `the end of the date (a range stands in brackets, as in "[2020..2021]")`
	wantSide     = "a date or .. on at least one side of the slash"
	wantNoAll    = `a date or a one-of set (of several dates that all hold, each is a claim of its own)`
	wantMember   = "a comma or ]"
	wantLater    = "an end that is not before the start"
	wantOpen     = "/ after an open start"
	wantUntil    = "a date after .."
)

// ParseDate parses an EDTF text: of the standard's level 0 dates and intervals without a time of day, of level 1 all
// but seasons, years beyond 9999 and centuries, of level 2 one-of sets. In detail:
//
//	2020-11-09  2020-11  2020   day, month, year; from -9999 to 9999, year 0000 is 1 BC
//	199X                        decade
//	2020-11-XX  2020-XX-XX      read as 2020-11 and 2020, which say the same: some day in it
//	2020~  2020-11?  2020%      approximate, uncertain, both (also ~? and ?~); of a whole date only
//	2004-06/2006                interval; its ends are any of the above
//	2020/..  ../2023  2020/  /2020
//	                            open and unknown ends; "/.." and "../.." are intervals too, "/" says nothing
//	[2020-11-09,2020-11-10]     one of several; its members are any of the above and ranges
//	[1670..1672]  [..1984]  [1760-12..]
//	                            range: some day in it
//
// Intervals in sets are an extension to the standard: claims that give different spans need it. All else is
// refused, with a [DateError] that says where: a day that its month does not have, an interval or range that ends
// before it can have started, sets of dates that all hold ("{}"), blanks, an empty text.
//
// Texts that say the same in different words are equal Dates with one canonical text ([Date.String]): members of a
// set are sorted by their days and repetitions dropped, a set of one date is that date, and a range from a date to
// itself is that date. ParseDate keeps nothing of text.
func ParseDate(text string) (Date, error) {
	if day, ok := plainDay(text); ok {
		return single(newBound(formDay, day)), nil
	}
	p := dateParser{text: text}
	if p.skip('[') {
		return p.set()
	}
	s, err := p.span(false)
	if err != nil {
		return Date{}, err
	}
	return Date{span: s}, nil
}

// MustParseDate is [ParseDate] for texts known to be right, in tests and tables. It panics if text is not.
func MustParseDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// plainDay is the day of a text like "2020-11-09". Nearly all dates of an import are of this form, and
// this takes a third of the parser's time; for anything else ok is false.
func plainDay(text string) (day Day, ok bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	for _, i := range [...]int{0, 1, 2, 3, 5, 6, 8, 9} {
		if !isDigit(text[i]) {
			return 0, false
		}
	}
	two := func(i int) int { return int(text[i]-'0')*10 + int(text[i+1]-'0') }
	y, m, d := two(0)*100+two(2), two(5), two(8)
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, false
	}
	return civil(y, m, d), true
}

// A dateParser reads a text from left to right.
type dateParser struct {
	text string
	at   int // the next byte
}

// peek is the next byte, 0 at the end. A 0 in the text is no date either, so the two need not be told apart.
func (p *dateParser) peek() byte { return p.ahead(0) }

func (p *dateParser) ahead(n int) byte {
	if p.at+n < len(p.text) {
		return p.text[p.at+n]
	}
	return 0
}

func (p *dateParser) skip(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *dateParser) skipDots() bool {
	if p.peek() != '.' || p.ahead(1) != '.' {
		return false
	}
	p.at += 2
	return true
}

// ended reports whether a span ends here.
func (p *dateParser) ended(inSet bool) bool {
	return p.at == len(p.text) || inSet && (p.peek() == ',' || p.peek() == ']')
}

// set reads a one-of set after its opening bracket.
func (p *dateParser) set() (Date, error) {
	spans := make([]span, 0, 1+strings.Count(p.text, ","))
	for {
		s, err := p.span(true)
		if err != nil {
			return Date{}, err
		}
		spans = append(spans, s)
		switch {
		case p.skip(','):
		case !p.skip(']'):
			return Date{}, p.fail(p.at, wantMember)
		case p.at < len(p.text):
			return Date{}, p.fail(p.at, wantEnd)
		default:
			return oneOf(spans), nil
		}
	}
}

// span reads a date, an interval or, in a set, a range, up to its end.
func (p *dateParser) span(inSet bool) (span, error) {
	start := p.at
	var from, to bound
	var kind spanKind
	var err error
	switch {
	case p.skipDots():
		from = openStart
	case p.peek() == '/':
		from = unknownEnd
	default:
		if from, err = p.point(); err != nil {
			return 0, err
		}
	}
	end := p.at
	switch {
	case p.skip('/'):
		kind = kindInterval
		end = p.at
		if to, err = p.intervalEnd(inSet); err != nil {
			return 0, err
		}
		if from == unknownEnd && to == unknownEnd {
			return 0, p.fail(start, wantSide)
		}
	case from == openStart && !inSet:
		return 0, p.fail(p.at, wantOpen)
	case from == openStart:
		kind = kindRange
		if p.ended(inSet) {
			return 0, p.fail(p.at, wantUntil)
		}
		if to, err = p.point(); err != nil {
			return 0, err
		}
	case inSet && p.skipDots():
		kind, to = kindRange, openEnd
		end = p.at
		if !p.ended(inSet) {
			if to, err = p.point(); err != nil {
				return 0, err
			}
		}
	default:
		kind, to = kindSingle, from
	}
	if !p.ended(inSet) {
		return 0, p.fail(p.at, p.trailing(inSet))
	}
	if to.last() < from.first() {
		return 0, p.fail(end, wantLater)
	}
	if from == to && kind == kindRange {
		kind = kindSingle
	}
	return newSpan(kind, from, to), nil
}

func (p *dateParser) intervalEnd(inSet bool) (bound, error) {
	switch {
	case p.skipDots():
		return openEnd, nil
	case p.ended(inSet):
		return unknownEnd, nil
	}
	return p.point()
}

// point reads a day, month, year or decade with its mark.
func (p *dateParser) point() (bound, error) {
	start := p.at
	sign := 1
	if p.skip('-') {
		sign = -1
	}
	year, n := 0, 0
	for n < 4 && isDigit(p.ahead(n)) {
		year = year*10 + int(p.ahead(n)-'0')
		n++
	}
	decade := n == 3 && p.ahead(3) == 'X'
	if n < 4 && !decade || isDigit(p.ahead(4)) {
		return 0, p.failYear(start, n)
	}
	p.at += 4
	if sign < 0 && year == 0 {
		return 0, p.fail(start+1, wantYearZero)
	}
	year *= sign
	if decade {
		// Of the ten years -1999 to -1990, the one that the digits name comes last.
		first := year * 10
		if sign < 0 {
			first -= 9
		}
		return p.marked(decadeOf(first)), nil
	}
	if !p.skip('-') {
		return p.marked(yearOf(year)), nil
	}
	return p.monthAndDay(year)
}

// monthAndDay reads what follows the year and its hyphen.
func (p *dateParser) monthAndDay(year int) (bound, error) {
	if p.skipXX() {
		// A month that is not given leaves the year, and so does a day with it.
		if p.skip('-') && !p.skipXX() {
			return 0, p.fail(p.at, wantDayX)
		}
		return p.marked(yearOf(year)), nil
	}
	month, ok := p.twoDigits()
	if !ok || month < 1 || month > 12 {
		return 0, p.failMonth(month)
	}
	p.at += 2
	last := daysIn(year, month)
	if !p.skip('-') || p.skipXX() {
		return p.marked(monthOf(year, month)), nil
	}
	day, ok := p.twoDigits()
	if !ok || day < 1 || day > last {
		return 0, p.fail(p.at, wantDay+", 01 to "+string([]byte{digit(last / 10), digit(last)}))
	}
	p.at += 2
	return p.marked(newBound(formDay, civil(year, month, day))), nil
}

func civil(year, month, day int) Day { return Day(civilDay(int64(year), int64(month), int64(day))) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// twoDigits is the number that the next two bytes are; ok is false if they are none or a third follows.
func (p *dateParser) twoDigits() (n int, ok bool) {
	if !isDigit(p.ahead(0)) || !isDigit(p.ahead(1)) || isDigit(p.ahead(2)) {
		return 0, false
	}
	return int(p.ahead(0)-'0')*10 + int(p.ahead(1)-'0'), true
}

func (p *dateParser) skipXX() bool {
	if p.peek() != 'X' || p.ahead(1) != 'X' {
		return false
	}
	p.at += 2
	return true
}

// marked reads the mark, if there is one, and gives it to b.
func (p *dateParser) marked(b bound) bound {
	switch c := p.peek(); {
	case c == '%':
		b |= approximate | uncertain
	case c == '~' && p.ahead(1) == '?', c == '?' && p.ahead(1) == '~':
		b |= approximate | uncertain
		p.at++
	case c == '~':
		b |= approximate
	case c == '?':
		b |= uncertain
	default:
		return b
	}
	p.at++
	return b
}

// failYear is the error for a year that has n digits, or more than four.
func (p *dateParser) failYear(start, n int) error {
	next := p.ahead(n)
	switch {
	case n == 4, n == 0 && next == 'Y':
		return p.fail(p.at, wantFewer)
	case next == 'X':
		return p.fail(p.at, wantDecade)
	case next == 'x':
		return p.fail(p.at, wantCapital)
	case n == 0 && (next == '~' || next == '?' || next == '%'):
		return p.fail(p.at, wantMarkNot)
	case n == 0 && next == '{':
		return p.fail(p.at, wantNoAll)
	case n == 0 && start == 0:
		return p.fail(start, wantDate)
	}
	return p.fail(p.at, wantYear)
}

func (p *dateParser) failMonth(month int) error {
	switch {
	case month >= 21 && month <= 41: // the standard's codes for parts of a year
		return p.fail(p.at, wantNoSeason)
	case p.peek() == 'X' || p.ahead(1) == 'X':
		return p.fail(p.at, wantMonthX)
	}
	return p.fail(p.at, wantMonth)
}

// trailing is what to expect where a date goes on after its end.
func (p *dateParser) trailing(inSet bool) string {
	switch {
	case p.peek() == 'T':
		return wantNoTime
	case p.peek() == '-' && strings.IndexByte("~?%", p.text[p.at-1]) >= 0:
		return wantMarkLast
	case p.peek() == '.' && p.ahead(1) == '.' && !inSet:
		return wantBrackets
	case inSet:
		return wantMember
	}
	return wantEnd
}
