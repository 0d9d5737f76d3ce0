package trace

import (
	"context"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/ledger"
)

// TestTracks reads tracks, hand-overs and gaps off meetings that are told by their dates and third parties: "2001-03-05 AB".
func TestTracks(t *testing.T) {
	tests := []struct {
		name     string
		meetings []string
		want     []string
	}{
		{"joined by way of another", []string{"2001-03-05 A", "2002-03-05 AB", "2003-03-05 B"}, []string{"AB 0 1 2", "gap 0 1 365", "gap 1 2 365"}},
		{"three years to the day", []string{"2001-03-05 A", "2004-03-05 A"}, []string{"A 0 1", "gap 0 1 1096"}},
		{"a day more", []string{"2001-03-05 A", "2004-03-06 A"}, []string{"A 0", "A 1", "from 0 to 1: - + - A", "gap 0 1 1097"}},
		{"by what lasted, not by what came last", []string{"2000-01-01/2004-01-01 A", "2001-01-01 A", "2005-01-01 A"}, []string{"A 0 1 2", "gap 0 2 366"}},
		{"what lasted to what came in it", []string{"2000-01-01/2009-01-01 A", "2004-01-01 A"}, []string{"A 0 1"}},
		{"what lasts on", []string{"2000-01-01/.. A", "2020-01-01 A"}, []string{"A 0 1"}},
		{"a month, at the worst", []string{"2001-03-31 A", "2004-03 A"}, []string{"A 0 1", "gap 0 1 1066"}},
		{"a month that may be too late", []string{"2001-03-05 A", "2004-03 A"}, []string{"A 0", "A 1", "from 0 to 1: - + - A", "gap 0 1 1092"}},
		{"some day of a decade", []string{"200X A", "2009-12-30 A"}, []string{"A 0 | 1", "A 1 | 0"}},
		{"doubtful", []string{"2001-03-05 A", "2001-03-06~ A", "2001-03-07? A"}, []string{"A 0", "A 1", "A 2", "from 0 to 1: - + - A", "from 1 to 2: - + - A"}},
		{"no end is known", []string{"2001-01-01 A", "2001-01-02/ A", "2003-01-01 A"}, []string{"A 0 2 | 1", "A 1 | 0", "gap 1 2 729"}},
		{"without a date, or without a third party", []string{"2001-01-01", "2001-01-01 A", "A", "AB"}, []string{"A 1", "A 2", "AB 3"}},
		{"parallel", []string{"2001-01-01 A", "2001-01-02 B", "2001-01-03 A"}, []string{"A 0 2 | 1", "B 1 | 0"}},
		{"on one day", []string{"2001-01-01 A", "2001-01-01 B"}, []string{"A 0 | 1", "B 1 | 0"}},
		{"handed over", []string{"2001-01-01 AB", "2001-01-02 C", "2001-01-03 A", "2001-01-04 D"}, []string{
			"AB 0 2 | 1", "C 1 | 0", "D 3", "from 2 to 3: A + D -",
		}},
		{"not handed over to what had begun", []string{"2001-01-01 A", "2001-01-02 B", "2001-01-03 C", "2001-01-04 B"}, []string{
			"A 0", "B 1 3 | 2", "C 2 | 1", "from 0 to 1: A + B -",
		}},
		{"taken up again", []string{"2001-01-01 AB", "2005-01-01 BC"}, []string{"AB 0", "BC 1", "from 0 to 1: A + C B", "gap 0 1 1461"}},
		{"the gap after what was over last", []string{"2001-01-01/2003-01-01", "2002-01-01", "2003-12-31", "2005"}, []string{"gap 0 2 364", "gap 2 3 367"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var meetings []MediatedMeeting
			for i, text := range test.meetings {
				meetings = append(meetings, meetingOf(ledger.EntityNo(i), text))
			}
			if diff := gocmp.Diff(test.want, reading(meetings)); diff != "" {
				t.Errorf("%v (-want +got):\n%s", test.meetings, diff)
			}
		})
	}
}

// meetingOf makes a meeting of its date and third parties, each a capital letter.
func meetingOf(no ledger.EntityNo, text string) MediatedMeeting {
	m := MediatedMeeting{Unit: &Unit{Meetings: []ledger.EntityNo{no}}}
	for word := range strings.FieldsSeq(text) {
		if word[0] < 'A' {
			m.Unit.Date = graph.MustParseDate(word)
			continue
		}
		for _, letter := range word {
			m.ThirdParties = append(m.ThirdParties, Tie{Role: graph.Mediated.Info().Code, For: ledger.EntityNo(letter)})
		}
	}
	return m
}

// reading tells tracks as their third parties, meetings and after a bar parallel tracks; hand-overs as those who left, joined and stayed.
func reading(meetings []MediatedMeeting) (lines []string) {
	letters := func(entities []ledger.EntityNo) string {
		text := ""
		for _, e := range entities {
			text += string(rune(e))
		}
		if text == "" {
			return "-"
		}
		return text
	}
	numbers := func(list []int) string { return strings.Trim(fmt.Sprint(list), "[]") }
	work := unlimited(context.Background())
	var tr tracker
	tracks, _ := tr.tracks(work, meetings)
	for _, tr := range tracks {
		line := letters(tr.ThirdParties) + " " + numbers(tr.Meetings)
		if len(tr.ParallelTo) > 0 {
			line += " | " + numbers(tr.ParallelTo)
		}
		lines = append(lines, line)
	}
	handOvers, _ := tr.handOvers(work, tracks, meetings)
	for _, h := range handOvers {
		lines = append(lines, fmt.Sprintf("from %d to %d: %s + %s %s", h.After, h.At, letters(h.Left), letters(h.Joined), letters(h.Stayed)))
	}
	for _, g := range gaps(meetings, 364) {
		lines = append(lines, fmt.Sprintf("gap %d %d %d", g.After, g.Before, g.Days))
	}
	return lines
}
