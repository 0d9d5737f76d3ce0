package ucdp_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/ucdp"
)

var conflictHeader = []string{
	"conflict_id", "location", "side_a", "side_a_id", "side_a_2nd", "side_b", "side_b_id", "side_b_2nd", "incompatibility", "territory_name", "year",
	"type_of_conflict", "start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "gwno_loc",
}

func readConflicts(t testing.TB, lines ...line) *formattest.Reading {
	t.Helper()
	return formattest.Read(t, &ucdp.Conflicts, "conflicts.csv", text(t, conflictHeader, lines...))
}

// year is a year of conflict 388 in Illyria, between its government and some groups.
func year(year, episode, precision, end, ids, names string) line {
	l := line{
		"conflict_id": "388", "location": "Illyria", "side_a": "Government of Illyria", "side_a_id": "71", "gwno_a": "911", "gwno_loc": "911",
		"incompatibility": "1", "territory_name": "The North", "type_of_conflict": "3", "start_date": "1990-05-31", "start_prec": "3",
		"year": year, "start_date2": episode, "start_prec2": precision, "ep_end": "0", "side_b_id": ids, "side_b": names,
	}
	if end != "" {
		l["ep_end"], l["ep_end_date"] = "1", end
	}
	return l
}

func TestSpells(t *testing.T) {
	tests := []struct {
		name  string
		lines []line
		want  []string
	}{
		{
			"an episode of which one group is not there in all years, and the next one",
			[]line{
				year("1990", "1990-05-31", "1", "", "501", "Front"),
				year("1991", "1990-05-31", "1", "", "501, 502", "Front, Rear"),
				year("1992", "1990-05-31", "1", "1992-02-03", "501", "Front"),
				year("1995", "1995-12-31", "5", "1995-12-31", "501", "Front"),
				year("1999", "1999-01-04", "2", "", "501", "Front"),
			},
			[]string{
				"partyTo ucdp-actor:71 -> ucdp-conflict:388 when 1990-05-31/1992-02-03 'Government of Illyria' (conflict_id 388, side_a_id 71, from 1990)",
				"partyTo ucdp-actor:71 -> ucdp-conflict:388 when 1995/1995-12-31 'Government of Illyria' (conflict_id 388, side_a_id 71, from 1995)",
				"partyTo ucdp-actor:71 -> ucdp-conflict:388 when 1999-01-04~/ 'Government of Illyria' (conflict_id 388, side_a_id 71, from 1999)",
				"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 1990-05-31/1992-02-03 'Front' (conflict_id 388, side_b_id 501, from 1990)",
				"partyTo ucdp-actor:502 -> ucdp-conflict:388 when 1991 'Front, Rear' (conflict_id 388, side_b_id 502, from 1991)",
				"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 1995/1995-12-31 'Front' (conflict_id 388, side_b_id 501, from 1995)",
				"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 1999-01-04~/ 'Front' (conflict_id 388, side_b_id 501, from 1999)",
			},
		},
		{
			"who goes and comes again, in rows of any order",
			[]line{
				year("1993", "1990-05-31", "3", "", "501", "Front"),
				year("1990", "1990-05-31", "3", "", "501", "Front"),
				year("1992", "1990-05-31", "3", "", "502", "Rear"),
				year("1991", "1990-05-31", "3", "", "501", "Front"),
			},
			[]string{
				"partyTo ucdp-actor:71 -> ucdp-conflict:388 when 1990-05/ 'Government of Illyria' (conflict_id 388, side_a_id 71, from 1990)",
				"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 1990-05/1991 'Front' (conflict_id 388, side_b_id 501, from 1990)",
				"partyTo ucdp-actor:502 -> ucdp-conflict:388 when 1992 'Rear' (conflict_id 388, side_b_id 502, from 1992)",
				"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 1993/ 'Front' (conflict_id 388, side_b_id 501, from 1993)",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := readConflicts(t, test.lines...)
			if diff := cmp.Diff(test.want, r.Lines("partyTo")); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q, claims (-want +got):\n%s", r.Problems, diff)
			}
		})
	}
}

func TestConflict(t *testing.T) {
	l := year("2020", "2020-07-16", "1", "2020-11-10", "501", "Front")
	l["side_b_2nd"], l["gwno_b_2nd"] = "Government of Ruritania", "912"
	r := readConflicts(t, l)
	want := []string{
		"name ucdp-conflict:388 = Illyria: The North [inferred=the table has no names; this is how UCDP names conflicts elsewhere] 'Illyria' (conflict_id 388, columns location and territory_name)",
		"date ucdp-conflict:388 = 1990-05/ '1990-05-31, 3' (conflict_id 388, columns start_date and start_prec)",
		"kind gw:911 = State (state 911)",
		"externalId gw:911 = gw:911 (state 911)",
		"name gw:911 = Illyria 'Illyria' (state 911)",
		"locatedIn ucdp-conflict:388 -> gw:911 'Illyria' (conflict_id 388, column gwno_loc)",
		"kind ucdp-territory:388/the-north = Territory 'The North' (conflict_id 388, column territory_name)",
		"name ucdp-territory:388/the-north = The North 'The North' (conflict_id 388, column territory_name)",
		"concerns ucdp-conflict:388 -> ucdp-territory:388/the-north 'The North' (conflict_id 388, column territory_name)",
		"externalId ucdp-actor:71 = gw:911 '911' (actor 71, column gwno_a)",
		"kind ucdp-actor:71 = State (actor 71)",
		"externalId ucdp-actor:71 = ucdp-actor:71 (actor 71)",
		"name ucdp-actor:71 = Government of Illyria 'Government of Illyria' (actor 71)",
		"partyTo ucdp-actor:71 -> ucdp-conflict:388 when 2020-07-16/2020-11-10 'Government of Illyria' (conflict_id 388, side_a_id 71, from 2020)",
		"kind ucdp-actor:501 = ArmedGroup (actor 501)",
		"externalId ucdp-actor:501 = ucdp-actor:501 (actor 501)",
		"name ucdp-actor:501 = Front 'Front' (actor 501)",
		"partyTo ucdp-actor:501 -> ucdp-conflict:388 when 2020-07-16/2020-11-10 'Front' (conflict_id 388, side_b_id 501, from 2020)",
		"kind gw:912 = State (state 912)",
		"externalId gw:912 = gw:912 (state 912)",
		"name gw:912 = Ruritania 'Ruritania' (state 912)",
		"partyTo gw:912 -> ucdp-conflict:388 when 2020-07-16/2020-11-10 'Government of Ruritania' (conflict_id 388, gwno_b_2nd 912, from 2020)",
	}
	var got []string
	for _, l := range r.Lines() {
		if !strings.Contains(l, "ucdp:UCDP =") && !strings.Contains(l, "ucdp:prio-acd =") && l != "kind ucdp-conflict:388 = Conflict (conflict_id 388)" &&
			l != "externalId ucdp-conflict:388 = ucdp-conflict:388 (conflict_id 388)" {
			got = append(got, l)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(r.Problems) > 0 {
		t.Errorf("problems %q, claims (-want +got):\n%s", r.Problems, diff)
	}
}

// TestOrganization has an actor that is an organization in both tables.
func TestOrganization(t *testing.T) {
	r := readConflicts(t, year("2012", "2012-03-26", "1", "", "1129", "Republic of South Sudan"))
	if got, want := r.Lines(graph.KindPredicate), "kind ucdp-actor:1129 = Organization (actor 1129)"; !slices.Contains(got, want) {
		t.Errorf("kinds %q, want %q among them", got, want)
	}
}

// TestNames has cells of several numbers, which are not in the order of their names.
func TestNames(t *testing.T) {
	const inferred = " [inferred=it never stands without others, and the names of those are known]"
	tests := []struct {
		name  string
		cells [][2]string // of side_b_id and side_b, a year each
		want  []string    // names of actors
		note  int
	}{
		{"alone", [][2]string{{"501", "Front"}}, []string{"501 = Front"}, 0},
		{"alone in another year", [][2]string{{"501, 502", "Rear, Front"}, {"501", "Front"}, {"502", "Rear"}}, []string{"501 = Front", "502 = Rear"}, 0},
		{"one is left over", [][2]string{{"501, 502", "Rear, Front"}, {"501", "Front"}}, []string{"501 = Front", "502 = Rear" + inferred}, 0},
		{
			"what all cells of a number have in common",
			[][2]string{{"501, 502", "Front, Rear"}, {"501, 503", "Front, Top"}},
			[]string{"501 = Front" + inferred, "502 = Rear" + inferred, "503 = Top" + inferred},
			0,
		},
		{"not to be told", [][2]string{{"501, 502", "Front, Rear"}}, nil, 2},
		{"a comma inside one of the names", [][2]string{{"501, 502", "Front, Rear, and more"}}, nil, 2},
		{"a comma inside the name", [][2]string{{"501", "Front, Rear and more"}}, []string{"501 = Front, Rear and more"}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var lines []line
			for i, c := range test.cells {
				lines = append(lines, year(strconv.Itoa(1990+i), "1990-01-04", "1", "", c[0], c[1]))
			}
			r := readConflicts(t, lines...)
			var got []string
			for _, l := range r.Lines(graph.NamePredicate) {
				if name, ok := strings.CutPrefix(l, "name ucdp-actor:5"); ok {
					name, _, _ = strings.Cut("5"+name, " '")
					got = append(got, name)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			if n := r.NoteCounts()["the name of an actor stands only with others, in an order of its own: none is claimed"]; n != test.note {
				t.Errorf("%d actors without a name are noted, want %d", n, test.note)
			}
		})
	}
}

func TestConflictNames(t *testing.T) {
	tests := []struct{ location, territory, incompatibility, kind, want string }{
		{"Sudan", "", "2", "3", "Sudan: Government"},
		{"Azerbaijan", "Artsakh (Nagorno-Karabakh)", "1", "4", "Azerbaijan: Artsakh (Nagorno-Karabakh)"},
		{"Illyria", "The North", "3", "3", "Illyria: The North, Government"},
		{"Ecuador, Peru", "Cordillera del Condor", "1", "2", "Ecuador - Peru"},
	}
	for _, test := range tests {
		l := year("1990", "1990-05-31", "1", "", "501", "Front")
		l["location"], l["territory_name"], l["incompatibility"], l["type_of_conflict"] = test.location, test.territory, test.incompatibility, test.kind
		r := readConflicts(t, l)
		got := ""
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Predicate == graph.NamePredicate && c.From == "ucdp-conflict:388" {
				got = c.Value
			}
		}
		if got != test.want {
			t.Errorf("the conflict of %q over %q is named %q, want %q", test.location, test.territory, got, test.want)
		}
	}
}

func TestConflictProblems(t *testing.T) {
	noNumber, noYear, noEnd := year("1990", "1990-05-31", "1", "", "501", "Front"), year("", "1990-05-31", "1", "", "501", "Front"), year("1991", "1991-05-31", "1", "1991-04-01", "", "")
	noNumber["conflict_id"] = ""
	r := readConflicts(t, noNumber, noYear, noEnd)
	want := []string{
		"row 2, column conflict_id: found nothing, expected the number of a conflict",
		`row 3, column year: found "", expected a year`,
		`row 4, column side_a_id: found "1991-05-31/1991-04-01", expected a date (at byte 11: an end that is not before the start)`,
	}
	if diff := cmp.Diff(want, r.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestSpellsCoverYears takes random years apart: each actor's spells begin in years in which it stands on its side, as many as it comes anew, in whatever order
// the rows are.
func TestSpellsCoverYears(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var lines []line
		want := make(map[string]bool) // the actors with their first years
		present := make(map[string]bool)
		for y := 1990; y < 1990+rapid.IntRange(1, 12).Draw(rt, "years"); y++ {
			now := make(map[string]bool)
			for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"501", "502", "503"}), 1, 3, rapid.ID).Draw(rt, "actors") {
				now[id] = true
				if !present[id] {
					want[fmt.Sprintf("side_b_id %s, from %d", id, y)] = true
				}
			}
			ids := make([]string, 0, len(now))
			for id := range now {
				ids = append(ids, id)
			}
			slices.Sort(ids)
			lines = append(lines, year(strconv.Itoa(y), "1990-01-04", "1", "", strings.Join(ids, ", "), ""))
			present = now
		}
		lines = rapid.Permutation(lines).Draw(rt, "order")
		got := make(map[string]bool)
		for _, l := range readConflicts(t, lines...).Lines("partyTo") {
			if _, spell, ok := strings.Cut(l, "(conflict_id 388, "); ok && strings.HasPrefix(spell, "side_b_id") {
				got[strings.TrimSuffix(spell, ")")] = true
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Errorf("spells (-want +got):\n%s", diff)
		}
	})
}
