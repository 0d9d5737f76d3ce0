package graph

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// accepted maps texts to what they are read as, the days they lie between, and how. The first three parts are the
// examples of the standard as the Library of Congress publishes them, as far as they are supported.
var accepted = []struct {
	text, canonical  string
	earliest, latest string
	precision        DatePrecision
	flags            string
}{
	// Level 0.
	{"1985-04-12", "1985-04-12", "1985-04-12", "1985-04-12", PrecisionDay, ""},
	{"1985-04", "1985-04", "1985-04-01", "1985-04-30", PrecisionMonth, ""},
	{"1985", "1985", "1985-01-01", "1985-12-31", PrecisionYear, ""},
	{"1964/2008", "1964/2008", "1964-01-01", "2008-12-31", PrecisionInterval, ""},
	{"2004-06/2006-08", "2004-06/2006-08", "2004-06-01", "2006-08-31", PrecisionInterval, ""},
	{"2004-02-01/2005-02-08", "2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", PrecisionInterval, ""},
	{"2004-02-01/2005-02", "2004-02-01/2005-02", "2004-02-01", "2005-02-28", PrecisionInterval, ""},
	{"2004-02-01/2005", "2004-02-01/2005", "2004-02-01", "2005-12-31", PrecisionInterval, ""},
	{"2005/2006-02", "2005/2006-02", "2005-01-01", "2006-02-28", PrecisionInterval, ""},

	// Level 1.
	{"1984?", "1984?", "1984-01-01", "1984-12-31", PrecisionYear, "uncertain"},
	{"2004-06~", "2004-06~", "2004-06-01", "2004-06-30", PrecisionMonth, "approximate"},
	{"2004-06-11%", "2004-06-11%", "2004-06-11", "2004-06-11", PrecisionDay, "approximate uncertain"},
	{"201X", "201X", "2010-01-01", "2019-12-31", PrecisionDecade, ""},
	{"2004-XX", "2004", "2004-01-01", "2004-12-31", PrecisionYear, ""},
	{"1985-04-XX", "1985-04", "1985-04-01", "1985-04-30", PrecisionMonth, ""},
	{"1985-XX-XX", "1985", "1985-01-01", "1985-12-31", PrecisionYear, ""},
	{"1985-04-12/..", "1985-04-12/..", "1985-04-12", "..", PrecisionInterval, "open-end"},
	{"1985-04/..", "1985-04/..", "1985-04-01", "..", PrecisionInterval, "open-end"},
	{"1985/..", "1985/..", "1985-01-01", "..", PrecisionInterval, "open-end"},
	{"../1985-04-12", "../1985-04-12", "..", "1985-04-12", PrecisionInterval, "open-start"},
	{"../1985-04", "../1985-04", "..", "1985-04-30", PrecisionInterval, "open-start"},
	{"../1985", "../1985", "..", "1985-12-31", PrecisionInterval, "open-start"},
	{"1985-04-12/", "1985-04-12/", "1985-04-12", "..", PrecisionInterval, "unknown-end"},
	{"1985-04/", "1985-04/", "1985-04-01", "..", PrecisionInterval, "unknown-end"},
	{"1985/", "1985/", "1985-01-01", "..", PrecisionInterval, "unknown-end"},
	{"/1985-04-12", "/1985-04-12", "..", "1985-04-12", PrecisionInterval, "unknown-start"},
	{"/1985-04", "/1985-04", "..", "1985-04-30", PrecisionInterval, "unknown-start"},
	{"/1985", "/1985", "..", "1985-12-31", PrecisionInterval, "unknown-start"},
	{"-1985", "-1985", "-1985-01-01", "-1985-12-31", PrecisionYear, ""},

	// Level 2.
	{"[1667,1668,1670..1672]", "[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", PrecisionSet, ""},
	{"[..1760-12-03]", "[..1760-12-03]", "..", "1760-12-03", PrecisionSet, "open-start"},
	{"[1760-12..]", "[1760-12..]", "1760-12-01", "..", PrecisionSet, "open-end"},
	{"[1760-01,1760-02,1760-12..]", "[1760-01,1760-02,1760-12..]", "1760-01-01", "..", PrecisionSet, "open-end"},
	{"[1667,1760-12]", "[1667,1760-12]", "1667-01-01", "1760-12-31", PrecisionSet, ""},
	{"[..1984]", "[..1984]", "..", "1984-12-31", PrecisionSet, "open-start"},
	{"2004-06-XX/2004-07-03", "2004-06/2004-07-03", "2004-06-01", "2004-07-03", PrecisionInterval, ""},

	// Marks of the ends of intervals and of members.
	{"1984~/2004-06", "1984~/2004-06", "1984-01-01", "2004-06-30", PrecisionInterval, "approximate"},
	{"-1984?/2004%", "-1984?/2004%", "-1984-01-01", "2004-12-31", PrecisionInterval, "approximate uncertain"},
	{"1984-06-02?/", "1984-06-02?/", "1984-06-02", "..", PrecisionInterval, "unknown-end uncertain"},
	{"[2020?,2019~]", "[2019~,2020?]", "2019-01-01", "2020-12-31", PrecisionSet, "approximate uncertain"},
	{"[2019~..2020]", "[2019~..2020]", "2019-01-01", "2020-12-31", PrecisionSet, "approximate"},
	{"2020?~", "2020%", "2020-01-01", "2020-12-31", PrecisionYear, "approximate uncertain"},
	{"2020~?", "2020%", "2020-01-01", "2020-12-31", PrecisionYear, "approximate uncertain"},

	// The edges of the calendar.
	{"0000", "0000", "0000-01-01", "0000-12-31", PrecisionYear, ""},
	{"000X", "000X", "0000-01-01", "0009-12-31", PrecisionDecade, ""},
	{"-199X~", "-199X~", "-1999-01-01", "-1990-12-31", PrecisionDecade, "approximate"},
	{"-001X", "-001X", "-0019-01-01", "-0010-12-31", PrecisionDecade, ""},
	{"-9999-01-01/9999-12-31", "-9999-01-01/9999-12-31", "-9999-01-01", "9999-12-31", PrecisionInterval, ""},
	{"2000-02-29", "2000-02-29", "2000-02-29", "2000-02-29", PrecisionDay, ""},
	{"1900-02", "1900-02", "1900-02-01", "1900-02-28", PrecisionMonth, ""},

	// Intervals without a date on one side, and those that are one day.
	{"/..", "/..", "..", "..", PrecisionInterval, "open-end unknown-start"},
	{"../", "../", "..", "..", PrecisionInterval, "open-start unknown-end"},
	{"../..", "../..", "..", "..", PrecisionInterval, "open-start open-end"},
	{"2020-11-09/2020-11-09", "2020-11-09/2020-11-09", "2020-11-09", "2020-11-09", PrecisionInterval, ""},
	{"2004/2004-06", "2004/2004-06", "2004-01-01", "2004-06-30", PrecisionInterval, ""},
	{"2004-06/2004", "2004-06/2004", "2004-06-01", "2004-12-31", PrecisionInterval, ""},

	// Sets: sorted, without repetition, and no set where one date is left.
	{"[2020-11-10,2020-11-09]", "[2020-11-09,2020-11-10]", "2020-11-09", "2020-11-10", PrecisionSet, ""},
	{"[2020,2020-XX,2020]", "2020", "2020-01-01", "2020-12-31", PrecisionYear, ""},
	{"[2020?,2020]", "[2020,2020?]", "2020-01-01", "2020-12-31", PrecisionSet, "uncertain"},
	{"[2020-11-09]", "2020-11-09", "2020-11-09", "2020-11-09", PrecisionDay, ""},
	{"[1670..1670]", "1670", "1670-01-01", "1670-12-31", PrecisionYear, ""},
	{"[1670..1672]", "[1670..1672]", "1670-01-01", "1672-12-31", PrecisionSet, ""},
	{"[2020,2019-05]", "[2019-05,2020]", "2019-05-01", "2020-12-31", PrecisionSet, ""},
	{"[2020/..,../2023,2021/]", "[../2023,2020/..,2021/]", "..", "..", PrecisionSet, "open-start open-end unknown-end"},
	{"[2020/2021]", "2020/2021", "2020-01-01", "2021-12-31", PrecisionInterval, ""},
}

func TestParseDate(t *testing.T) {
	for _, tt := range accepted {
		d, err := ParseDate(tt.text)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", tt.text, err)
			continue
		}
		b := d.Bounds()
		if d.String() != tt.canonical || b.Earliest.String() != tt.earliest || b.Latest.String() != tt.latest || b.Precision != tt.precision {
			t.Errorf("ParseDate(%q) = %v, %v to %v, %v; want %v, %v to %v, %v", tt.text, d, b.Earliest, b.Latest, b.Precision, tt.canonical, tt.earliest, tt.latest, tt.precision)
		}
		if got := flags(b); got != tt.flags {
			t.Errorf("ParseDate(%q) has %q, want %q", tt.text, got, tt.flags)
		}
		if d.IsZero() || d.Earliest() != b.Earliest || d.Latest() != b.Latest {
			t.Errorf("ParseDate(%q): absent %t, %v to %v; want %+v", tt.text, d.IsZero(), d.Earliest(), d.Latest(), b)
		}
		if canonical := MustParseDate(tt.canonical); canonical != d {
			t.Errorf("ParseDate(%q) is not ParseDate(%q)", tt.text, tt.canonical)
		}
	}
}

// flags names the flags of b in the order of its fields.
func flags(b DateBounds) string {
	var names []string
	for _, f := range []struct {
		set  bool
		name string
	}{
		{b.OpenStart, "open-start"},
		{b.OpenEnd, "open-end"},
		{b.UnknownStart, "unknown-start"},
		{b.UnknownEnd, "unknown-end"},
		{b.Approximate, "approximate"},
		{b.Uncertain, "uncertain"},
	} {
		if f.set {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, " ")
}

// refused maps texts to where and why they are refused. The first part is the rest of the standard's examples.
var refused = []struct {
	text     string
	offset   int
	found    string
	expected string
}{
	{"1985-04-12T23:20:30", 10, "T23", wantNoTime},
	{"1985-04-12T23:20:30Z", 10, "T23", wantNoTime},
	{"1985-04-12T23:20:30-04", 10, "T23", wantNoTime},
	{"1985-04-12T23:20:30+04:30", 10, "T23", wantNoTime},
	{"Y170000002", 0, "Y170000002", wantFewer},
	{"Y-170000002", 0, "Y", wantFewer},
	{"2001-21", 5, "21", wantNoSeason},
	{"20XX", 0, "20XX", wantDecade},
	{"Y-17E7", 0, "Y", wantFewer},
	{"1950S2", 4, "S2", wantEnd},
	{"Y171010000S3", 0, "Y171010000S3", wantFewer},
	{"Y3388E2S3", 0, "Y3388E2S3", wantFewer},
	{"2001-34", 5, "34", wantNoSeason},
	{"{1667,1668,1670..1672}", 0, "{", wantNoAll},
	{"{1960,1961-12}", 0, "{", wantNoAll},
	{"{..1984}", 0, "{", wantNoAll},
	{"2004-06~-11", 8, "-", wantMarkLast},
	{"2004?-06-11", 5, "-", wantMarkLast},
	{"?2004-06-~11", 0, "?", wantMarkNot},
	{"2004-%06-11", 5, "%", wantMonth},
	{"156X-12-25", 4, "-", wantEnd},
	{"15XX-12-25", 0, "15XX", wantDecade},
	{"XXXX-12-XX", 0, "XXXX", wantDecade},
	{"1XXX-XX", 0, "1XXX", wantDecade},
	{"1XXX-12", 0, "1XXX", wantDecade},
	{"1984-1X", 5, "1X", wantMonthX},
	{"2004-06-~01/2004-06-~20", 8, "~", wantDay + ", 01 to 30"},

	// Days that never were.
	{"2020-02-30", 8, "30", wantDay + ", 01 to 29"},
	{"1900-02-29", 8, "29", wantDay + ", 01 to 28"},
	{"2021-04-31", 8, "31", wantDay + ", 01 to 30"},
	{"2020-01-00", 8, "00", wantDay + ", 01 to 31"},
	{"2020-13", 5, "13", wantMonth},
	{"2020-00", 5, "00", wantMonth},
	{"-0000", 1, "0000", wantYearZero},
	{"-000X", 1, "000X", wantYearZero},

	// Ends before their starts.
	{"2021/2020", 5, "2020", wantLater},
	{"2020-11-10/2020-11-09", 11, "2020", wantLater},
	{"[2021..2020]", 7, "2020", wantLater},
	{"[2020,2022/2021-05]", 11, "2021", wantLater},

	// What strangers write.
	{"", 0, "", wantDate},
	{"unknown", 0, "unknown", wantDate},
	{"31/02/1994", 0, "31", wantYear},
	{"09.11.2020", 0, "09", wantYear},
	{"20201109", 0, "20201109", wantFewer},
	{"2020-1-5", 5, "1", wantMonth},
	{"2020-01-5", 8, "5", wantDay + ", 01 to 31"},
	{"2020-011", 5, "011", wantMonth},
	{"2020-01-011", 8, "011", wantDay + ", 01 to 31"},
	{"2020-", 5, "", wantMonth},
	{"2020-01-", 8, "", wantDay + ", 01 to 31"},
	{" 2020", 0, " ", wantDate},
	{"2020 ", 4, " ", wantEnd},
	{"2020–2021", 4, "–", wantEnd},
	{"199x", 0, "199x", wantCapital},
	{"199", 0, "199", wantYear},
	{"-", 0, "-", wantDate},
	{"-12", 1, "12", wantYear},
	{"2020-XX-05", 8, "05", wantDayX},
	{"2020??", 5, "?", wantEnd},
	{"2020..2021", 4, ".", wantBrackets},
	{"2020/2021/2022", 9, "/", wantEnd},
	{"2020/21", 5, "21", wantYear},
	{"/", 0, "/", wantSide},
	{"..", 2, "", wantOpen},
	{".", 0, ".", wantDate},
	{"[]", 1, "]", wantYear},
	{"[", 1, "", wantYear},
	{"[2020", 5, "", wantMember},
	{"[2020,", 6, "", wantYear},
	{"[2020, 2021]", 6, " ", wantYear},
	{"[2020;2021]", 5, ";", wantMember},
	{"[2020]~", 6, "~", wantEnd},
	{"[[2020],2021]", 1, "[", wantYear},
	{"[..]", 3, "]", wantUntil},
	{"[2020....2021]", 7, ".", wantYear},
	{"[../2020..2021]", 8, ".", wantMember},
	{"[,2020]", 1, ",", wantYear},
	{"2020\x00", 4, "\x00", wantEnd},
	{"\xff", 0, "\xff", wantDate},
}

func TestParseDateRefuses(t *testing.T) {
	for _, tt := range refused {
		d, err := ParseDate(tt.text)
		var got *DateError
		if !errors.Is(err, ErrDate) || !errors.As(err, &got) || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want a DateError", tt.text, d, err)
			continue
		}
		want := &DateError{Text: tt.text, Offset: tt.offset, Found: tt.found, Expected: tt.expected}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseDate(%q): (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestDateErrorText(t *testing.T) {
	for text, want := range map[string]string{
		"2020-13-01": `graph: bad date "2020-13-01": found "13" at byte 5, expected a month, 01 to 12`,
		"2020-":      `graph: bad date "2020-": found the end at byte 5, expected a month, 01 to 12`,
	} {
		if _, err := ParseDate(text); err == nil || err.Error() != want {
			t.Errorf("ParseDate(%q) says %v, want %s", text, err, want)
		}
	}
	// A long text is cut between two characters.
	_, err := ParseDate("2020-01-01" + strings.Repeat("ՀՀ", 1000))
	var got *DateError
	if !errors.As(err, &got) {
		t.Fatalf("a long text gives %v", err)
	}
	if want := "2020-01-01" + strings.Repeat("Հ", 35) + "…"; got.Text != want || got.Found != "Հ" {
		t.Errorf("quoted %q, found %q; want %q", got.Text, got.Found, want)
	}
}

func TestDateText(t *testing.T) {
	type record struct {
		When Date `json:"when,omitzero"`
	}
	for _, text := range []string{`{"when":"2020-11/.."}`, `{"when":"[2020-11-09,2020-11-10]"}`, `{}`} {
		var r record
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got, err := json.Marshal(r); err != nil || string(got) != text {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
	d := MustParseDate("2020")
	if err := d.UnmarshalText([]byte("2020-13")); !errors.Is(err, ErrDate) || d != MustParseDate("2020") {
		t.Errorf("after a bad text: %v, %v", d, err)
	}
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() {
		t.Errorf("after an empty text: %v, %v", d, err)
	}
}

func TestAbsentDate(t *testing.T) {
	var d Date
	want := DateBounds{Earliest: DayMin, Latest: DayMax, UnknownStart: true, UnknownEnd: true, Precision: PrecisionUnknown}
	if diff := cmp.Diff(want, d.Bounds()); diff != "" {
		t.Errorf("Bounds: (-want +got)\n%s", diff)
	}
	if !d.IsZero() || d.String() != "" || d.Throughout() {
		t.Errorf("IsZero %t, %q, Throughout %t", d.IsZero(), d, d.Throughout())
	}
	if got := d.Contains(0); got != Possible {
		t.Errorf("Contains = %v", got)
	}
	if from, ok := d.FirstFrom(7); from != 7 || !ok {
		t.Errorf("FirstFrom(7) = %v, %t", from, ok)
	}
	if until, ok := d.LastUntil(7); until != 7 || !ok {
		t.Errorf("LastUntil(7) = %v, %t", until, ok)
	}
	for _, strict := range []bool{false, true} {
		if got := Order(d, MustParseDate("2020"), strict); got != Possible {
			t.Errorf("Order(absent, 2020, %t) = %v", strict, got)
		}
		if got := Order(MustParseDate("2020"), d, strict); got != Possible {
			t.Errorf("Order(2020, absent, %t) = %v", strict, got)
		}
	}
}

func TestMustParseDatePanics(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, ErrDate) {
			t.Errorf("recovered %v", err)
		}
	}()
	MustParseDate("2020-02-30")
	t.Error("no panic")
}

func TestThroughout(t *testing.T) {
	for text, want := range map[string]bool{
		"2020-11-09":            false,
		"2020":                  false,
		"2020/2021":             true,
		"2020-11-09/2020-11-09": true,
		"/..":                   true,
		"[2020,2021]":           false,
		"[2020..2021]":          false,
		"[2020/..,2021/..]":     true,
		"[2020/..,2021]":        false,
	} {
		if got := MustParseDate(text).Throughout(); got != want {
			t.Errorf("%s: Throughout = %t", text, got)
		}
	}
}

// A plain day must cost an import nothing but time.
func TestParseDateAllocatesNothing(t *testing.T) {
	var d Date
	text := []byte("2020-11-09")
	for name, f := range map[string]func() error{
		"ParseDate":     func() (err error) { d, err = ParseDate("2020-11-09"); return err },
		"UnmarshalText": func() error { return d.UnmarshalText(text) },
		"interval":      func() (err error) { d, err = ParseDate("2020-11-09~/2023-09"); return err },
	} {
		var err error
		if n := testing.AllocsPerRun(100, func() { err = f() }); n != 0 || err != nil {
			t.Errorf("%s: %v allocations, %v", name, n, err)
		}
	}
}
