package ucdp

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"entente/loader/format"
	"entente/loader/table"
)

// A conflictYear is a row of the armed-conflict table: a year of a conflict.
type conflictYear struct {
	at                  table.Place
	conflict            string
	year                int
	location, territory string
	incompatibility     string
	interstate          bool
	start, startWords   string // of the conflict, as exact as it is known; and the cells
	episode             string // the day on which the episode began, as exact as it is known
	episodeKey          string // the cell, which names the episode within the conflict
	ended               bool   // the episode, in this year
	end, version        string
	gwLoc               []string
	sides               [4]side
}

// A side is a cell of numbers, with the cell of their names.
type side struct {
	column   string
	ids      []string
	names    string
	states   bool     // the numbers are those of states, not of actors
	gw       []string // the states that the actors are governments of
	gwColumn string
}

func yearOf(row *table.Row) *conflictYear {
	text := row.Text
	y := &conflictYear{
		at: row.Place(""), conflict: format.Code(text("conflict_id")), location: text("location"), territory: format.Line(text("territory_name")),
		incompatibility: format.Code(text("incompatibility")), interstate: format.Code(text("type_of_conflict")) == "2",
		start: asExact(text("start_date"), text("start_prec")), startWords: text("start_date") + ", " + text("start_prec"),
		episode: asExact(text("start_date2"), text("start_prec2")), episodeKey: text("start_date2"),
		ended: format.Code(text("ep_end")) == "1", end: text("ep_end_date"), version: text("version"), gwLoc: list(text("gwno_loc")),
		sides: [4]side{
			{column: "side_a_id", ids: list(text("side_a_id")), names: text("side_a"), gw: list(text("gwno_a")), gwColumn: "gwno_a"},
			{column: "side_b_id", ids: list(text("side_b_id")), names: text("side_b"), gw: list(text("gwno_b")), gwColumn: "gwno_b"},
			{column: "gwno_a_2nd", ids: list(text("gwno_a_2nd")), names: text("side_a_2nd"), states: true},
			{column: "gwno_b_2nd", ids: list(text("gwno_b_2nd")), names: text("side_b_2nd"), states: true},
		},
	}
	y.year, _ = strconv.Atoi(format.Code(text("year")))
	return y
}

func (y *conflictYear) place(column string) table.Place {
	place := y.at
	place.Column = column
	return place
}

// name is the name of the conflict, as UCDP makes them elsewhere: "Ecuador - Peru", "Sudan: Government".
func (y *conflictYear) name() string {
	switch {
	case y.interstate:
		return strings.ReplaceAll(y.location, ", ", " - ")
	case y.incompatibility == "2":
		return y.location + ": Government"
	case y.incompatibility == "3":
		return y.location + ": " + y.territory + ", Government"
	}
	return y.location + ": " + y.territory
}

// asExact is a date as exact as a precision lets it be: 1 is a known day, 2 about that day; of 3 the month is known, of 4 and 5 the year, of 6
// the year about. The days of those are the last of their month or year.
func asExact(day, precision string) string {
	if len(day) != len("2006-01-02") {
		return day
	}
	switch format.Code(precision) {
	case "2":
		return day + "~"
	case "3":
		return day[:len("2006-01")]
	case "4", "5":
		return day[:len("2006")]
	case "6":
		return day[:len("2006")] + "~"
	}
	return day
}

func sortYears(years []*conflictYear) {
	slices.SortStableFunc(years, func(a, b *conflictYear) int { return cmp.Compare(a.year, b.year) })
}

// A spell is the years in which an actor stands on a side of a conflict, one after the other in one episode.
type spell struct {
	id    string
	side  int
	years []*conflictYear
}

// spells takes the years of a conflict, in their order, apart into the spells of those on a side.
func spells(years []*conflictYear, side int) []*spell {
	var all []*spell
	current := make(map[string]*spell)
	for _, y := range years {
		next := make(map[string]*spell)
		for _, id := range y.sides[side].ids {
			if id == "" || next[id] != nil {
				continue
			}
			s := current[id]
			if s == nil || !follows(y, s.years[len(s.years)-1]) {
				s = &spell{id: id, side: side}
				all = append(all, s)
			}
			s.years = append(s.years, y)
			next[id] = s
		}
		current = next
	}
	return all
}

func follows(y, before *conflictYear) bool {
	return y.year <= before.year+1 && y.episodeKey == before.episodeKey && !before.ended
}

// from names the beginning of the spell: the first year.
func (s *spell) from() string { return strconv.Itoa(s.years[0].year) }

// when is the time of the spell. Who comes after the first year of the episode, or goes before its last, does so some time in a year; the
// year with which the data end is no end.
func (s *spell) when(dataEnd int) string {
	first, last := s.years[0], s.years[len(s.years)-1]
	start, end := s.from(), strconv.Itoa(last.year)
	if strings.HasPrefix(first.episodeKey, start) {
		start = first.episode
	}
	switch {
	case last.ended && last.end != "":
		end = last.end
	case last.year == dataEnd:
		end = ""
	case start == end:
		return start
	}
	return start + "/" + end
}
