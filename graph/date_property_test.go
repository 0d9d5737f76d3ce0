package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The oracle knows nothing of the parser or of the rules: it draws a date and its text side by side, lists every
// reading as the days from one to another, and counts. Dates are drawn from one year in a window of two; the window's
// first day stands for all days before it and for an open start, its last day likewise.
var (
	windowFirst = int(time.Date(2003, 7, 1, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
	windowLast  = int(time.Date(2005, 6, 30, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
)

// A drawnDate is one of its members.
type drawnDate struct {
	text    string
	members []drawnSpan
}

type drawnSpan struct {
	from, to drawnEnd
	lasts    bool // else it is one day
	doubtful bool
	text     string
}

// A drawnEnd is some day from first to last.
type drawnEnd struct {
	first, last int
	text        string
	doubtful    bool
}

// readings calls yield with the first and last day of each reading.
func (s drawnSpan) readings(yield func(from, to int)) {
	if !s.lasts {
		for d := s.from.first; d <= s.to.last; d++ {
			yield(d, d)
		}
		return
	}
	for from := s.from.first; from <= s.from.last; from++ {
		for to := max(from, s.to.first); to <= s.to.last; to++ {
			yield(from, to)
		}
	}
}

// count is the number of readings, and of those that contain each day of the window.
func (d drawnDate) count() (all int, containing []int) {
	changes := make([]int, windowLast-windowFirst+2)
	for _, m := range d.members {
		m.readings(func(from, to int) {
			all++
			changes[from-windowFirst]++
			changes[to-windowFirst+1]--
		})
	}
	n := 0
	for i := range changes {
		n += changes[i]
		changes[i] = n
	}
	return all, changes[:len(changes)-1]
}

func (d drawnDate) doubtful() bool {
	return slices.ContainsFunc(d.members, func(m drawnSpan) bool { return m.doubtful })
}

func (d drawnDate) certainty(some, all bool) Certainty {
	switch {
	case !some:
		return Impossible
	case all && !d.doubtful():
		return Certain
	}
	return Possible
}

func drawEnd(t *rapid.T) drawnEnd {
	const year = 2004
	day := func(month, day int) int {
		return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
	}
	var e drawnEnd
	m := rapid.IntRange(1, 12).Draw(t, "month")
	switch rapid.IntRange(0, 4).Draw(t, "precision") {
	case 0:
		e = drawnEnd{first: day(1, 1), last: day(12, 31), text: rapid.SampledFrom([]string{"2004", "2004-XX", "2004-XX-XX"}).Draw(t, "year")}
	case 1:
		e = drawnEnd{first: day(m, 1), last: day(m+1, 0), text: fmt.Sprintf("2004-%02d%s", m, rapid.SampledFrom([]string{"", "-XX"}).Draw(t, "day"))}
	default:
		n := rapid.IntRange(1, day(m+1, 0)-day(m, 0)).Draw(t, "day")
		e = drawnEnd{first: day(m, n), last: day(m, n), text: fmt.Sprintf("2004-%02d-%02d", m, n)}
	}
	doubt := rapid.SampledFrom([]string{"", "", "", "", "", "", "~", "?", "%", "~?"}).Draw(t, "mark")
	e.text += doubt
	e.doubtful = doubt != ""
	return e
}

// drawSpan draws a date or interval, or a range where it may be.
func drawSpan(t *rapid.T, mayRange bool) drawnSpan {
	a, b := drawEnd(t), drawEnd(t)
	if b.last < a.first {
		a, b = b, a
	}
	openStart := drawnEnd{first: windowFirst, last: windowFirst, text: ".."}
	openEnd := drawnEnd{first: windowLast, last: windowLast, text: ".."}
	unknown := drawnEnd{first: windowFirst, last: windowLast}
	switch shape := rapid.IntRange(0, 9).Draw(t, "shape"); shape {
	case 0, 1, 2:
		return drawnSpan{from: a, to: a, text: a.text, doubtful: a.doubtful}
	case 3:
		if !mayRange {
			break
		}
		return drawnSpan{from: a, to: b, text: a.text + ".." + b.text, doubtful: a.doubtful || b.doubtful}
	case 4:
		if !mayRange {
			break
		}
		if rapid.Bool().Draw(t, "until") {
			return drawnSpan{from: openStart, to: b, text: ".." + b.text, doubtful: b.doubtful}
		}
		return drawnSpan{from: a, to: openEnd, text: a.text + "..", doubtful: a.doubtful}
	case 5:
		a = openStart
	case 6:
		b = openEnd
	case 7:
		a = unknown
	case 8:
		b = unknown
	}
	return drawnSpan{from: a, to: b, lasts: true, text: a.text + "/" + b.text, doubtful: a.doubtful || b.doubtful}
}

func drawDate(t *rapid.T) drawnDate {
	if rapid.IntRange(0, 2).Draw(t, "set") > 0 {
		s := drawSpan(t, false)
		return drawnDate{text: s.text, members: []drawnSpan{s}}
	}
	var d drawnDate
	var texts []string
	for range rapid.IntRange(1, 3).Draw(t, "members") {
		s := drawSpan(t, true)
		d.members = append(d.members, s)
		texts = append(texts, s.text)
	}
	d.text = "[" + strings.Join(texts, ",") + "]"
	return d
}

func TestContainsAgreesWithReadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawDate(t)
		d, err := ParseDate(drawn.text)
		if err != nil {
			t.Fatal(err)
		}
		all, containing := drawn.count()
		// The edges of the window stand for more than themselves.
		for i := 1; i < len(containing)-1; i++ {
			day, n := Day(windowFirst+i), containing[i]
			if got, want := d.Contains(day), drawn.certainty(n > 0, n == all); got != want {
				t.Fatalf("%s contains %v: %v, want %v (%d of %d readings)", drawn.text, day, got, want, n, all)
			}
		}
		first, last := slices.IndexFunc(containing, isPositive), len(containing)-1
		for containing[last] == 0 {
			last--
		}
		if got, want := d.Earliest(), edge(first); got != want {
			t.Errorf("%s begins on %v, want %v", drawn.text, got, want)
		}
		if got, want := d.Latest(), edge(last); got != want {
			t.Errorf("%s ends on %v, want %v", drawn.text, got, want)
		}
		i := rapid.IntRange(1, len(containing)-2).Draw(t, "day")
		from, ok := d.FirstFrom(Day(windowFirst + i))
		next := slices.IndexFunc(containing[i:], isPositive)
		if ok != (next >= 0) || ok && from != Day(windowFirst+i+next) {
			t.Errorf("%s from %v: %v, %t", drawn.text, Day(windowFirst+i), from, ok)
		}
		until, ok := d.LastUntil(Day(windowFirst + i))
		previous := i
		for previous >= 0 && containing[previous] == 0 {
			previous--
		}
		if ok != (previous >= 0) || ok && until != Day(windowFirst+previous) {
			t.Errorf("%s until %v: %v, %t", drawn.text, Day(windowFirst+i), until, ok)
		}
	})
}

func isPositive(n int) bool { return n > 0 }

// edge is the day with a place in the window, unbounded at both of its ends.
func edge(i int) Day {
	switch windowFirst + i {
	case windowFirst:
		return DayMin
	case windowLast:
		return DayMax
	}
	return Day(windowFirst + i)
}

func TestOrderAgreesWithReadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := drawDate(t), drawDate(t)
		a, b := MustParseDate(x.text), MustParseDate(y.text)
		_, xDays := x.count()
		_, yDays := y.count()
		for _, strict := range []bool{false, true} {
			some, all := false, true
			for i, n := range xDays {
				for j, m := range yDays {
					if n > 0 && m > 0 {
						ordered := i < j || !strict && i == j
						some, all = some || ordered, all && ordered
					}
				}
			}
			both := drawnDate{members: slices.Concat(x.members, y.members)}
			if got, want := Order(a, b, strict), both.certainty(some, all); got != want {
				t.Errorf("Order(%s, %s, %t) = %v, want %v", x.text, y.text, strict, got, want)
			}
			// If it is certain that a is not after b, b before a is impossible, and the other way about.
			if (Order(a, b, strict) == Certain) && Order(b, a, !strict) != Impossible {
				t.Errorf("%v and %v are in both orders", a, b)
			}
		}
	})
}

// The short way that plain days take must not differ from the long one.
func TestPlainDayAgreesWithParser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{3,5}-[0-3X][0-9X]-[0-4X][0-9X]|[12][09][0-9]{2}-0[1-9]-[0-3][0-9]|[0-9/:-]{10}`).Draw(t, "text")
		p := dateParser{text: text}
		s, err := p.span(false)
		if day, ok := plainDay(text); ok && (err != nil || day.Date() != Date{span: s}) {
			t.Errorf("plainDay(%q) = %v, but the parser says %v, %v", text, day, Date{span: s}, err)
		}
	})
}

func TestCanonicalText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawDate(t).text
		checkRoundTrip(t, MustParseDate(text))
	})
}

// checkRoundTrip checks what holds of every Date.
func checkRoundTrip(t interface{ Errorf(string, ...any) }, d Date) {
	again, err := ParseDate(d.String())
	if err != nil || again != d || again.String() != d.String() {
		t.Errorf("%v is read back as %v, %v", d, again, err)
	}
	if b := d.Bounds(); b.Earliest > b.Latest || b.Earliest != d.Earliest() || b.Latest != d.Latest() {
		t.Errorf("%v lies between %v and %v", d, b.Earliest, b.Latest)
	}
	if got := OneOf(d.Choices()...); got.Earliest() != d.Earliest() || got.Latest() != d.Latest() || len(got.String()) > len(d.String()) {
		t.Errorf("the choices of %v make %v", d, got)
	}
	for _, day := range []Day{d.Earliest(), d.Latest()} {
		if day != DayMin && day != DayMax && d.Contains(day) == Impossible {
			t.Errorf("%v does not contain %v", d, day)
		}
	}
	if b := d.Bounds(); (b.Approximate || b.Uncertain) && d.Contains(d.Earliest()) == Certain {
		t.Errorf("%v is certain of something", d)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, tt := range accepted {
		f.Add(tt.text)
	}
	for _, tt := range refused {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDate(text)
		if err != nil {
			if !d.IsZero() || err.Error() == "" {
				t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
			}
			return
		}
		if d.IsZero() {
			t.Errorf("ParseDate(%q) is absent", text)
		}
		checkRoundTrip(t, d)
	})
}
