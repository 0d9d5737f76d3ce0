package trace_test

import (
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/data"
	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
	"entente/loader"
)

// curated is the graph of the records that come with the program.
func curated(t testing.TB) *topology.Snapshot {
	t.Helper()
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(data.Files, "*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var inputs []loader.Input
	for _, name := range files {
		inputs = append(inputs, loader.Input{Name: name, Open: func() (io.ReadCloser, error) { return data.Files.Open(name) }})
	}
	report, err := loader.Import(t.Context(), s, inputs, loader.Options{Dataset: data.Dataset})
	if err != nil || report.Rejected > 0 {
		t.Fatal(err, report.Problems)
	}
	return s.Head().Snapshot()
}

func entity(t testing.TB, s *topology.Snapshot, id graph.ID) ledger.EntityNo {
	t.Helper()
	e, ok := s.Entity(id)
	if !ok {
		t.Fatalf("no %s", id)
	}
	return s.Group(e)
}

// entities finds several.
func entities(t testing.TB, s *topology.Snapshot, ids []graph.ID) (found []ledger.EntityNo) {
	t.Helper()
	for _, id := range ids {
		found = append(found, entity(t, s, id))
	}
	return found
}

// keysOf are the keys of claims, in their order.
func keysOf(t testing.TB, v *store.View, nos []store.ClaimNo) (keys []string) {
	t.Helper()
	claims, err := v.ReadClaims(t.Context(), nos)
	if err != nil {
		t.Fatal(err)
	}
	for i := range claims {
		keys = append(keys, claims[i].Key)
	}
	return keys
}

// question is the one that the API asks by default.
func question(t testing.TB, s *topology.Snapshot, from, to graph.ID) trace.ChainQuestion {
	t.Helper()
	return trace.ChainQuestion{
		From: entity(t, s, from), To: entity(t, s, to), Order: trace.NonDecreasing, Objective: trace.FewestHops,
		MinimumRole: graph.Mediated, MaxHops: 6, Filter: trace.Filter{RollUp: true}, First: 100, Budget: 1 << 24,
	}
}

// line tells a chain: "a -meeting(date)- b -meeting(date)- c".
func line(s *topology.Snapshot, c *trace.Chain) string {
	text := string(s.ID(c.Hops[0].From))
	for _, h := range c.Hops {
		text += fmt.Sprintf(" -%s(%s)- %s", s.ID(h.Unit.Meetings[0]), h.When, s.ID(h.To))
	}
	return strings.ReplaceAll(text, "entente:", "")
}

// TestCuratedChains asks who brought Armenia and Azerbaijan together, in the curated records.
func TestCuratedChains(t *testing.T) {
	s := curated(t)
	tests := []struct {
		name   string
		change func(*trace.ChainQuestion)
		want   []string // the first ones, or all if there are fewer
		total  int64
	}{
		{"through one meeting each", func(q *trace.ChainQuestion) {
			q.Window = trace.Window{From: date(t, "1995"), To: date(t, "2020-12")}
		}, []string{
			"ARM -nk-1684(1995-02-04)- OSCE -nk-1684(1995-02-04)- AZE",
			"ARM -stmt-2020-11-09([2020-11-09,2020-11-10])- RUS -stmt-2020-11-09([2020-11-09,2020-11-10])- AZE",
		}, 2},
		{"strictly one after the other, but for the meeting that serves twice", func(q *trace.ChainQuestion) {
			q.Order, q.Window = trace.Strict, trace.Window{To: date(t, "1994-05-05")}
		}, []string{
			"ARM -nk-611(1991-09-23)- RUS -nk-611(1991-09-23)- AZE",
			"ARM -nk-611(1991-09-23)- RUS -nk-1722(1993-06-27)- AZE",
			"ARM -nk-611(1991-09-23)- RUS -nk-1731(1993-09-13)- AZE",
			"ARM -nk-611(1991-09-23)- RUS -nk-310(1994-05-05)- AZE",
			"ARM -nk-611(1991-09-23)- KAZ -nk-611(1991-09-23)- AZE",
			"ARM -nk-310(1994-05-05)- RUS -nk-310(1994-05-05)- AZE",
		}, 6},
		{"the earliest", func(q *trace.ChainQuestion) { q.Objective = trace.EarliestArrival }, []string{
			"ARM -nk-611(1991-09-23)- RUS -nk-611(1991-09-23)- AZE",
			"ARM -nk-611(1991-09-23)- KAZ -nk-611(1991-09-23)- AZE",
		}, 2},
		{"without Russia, as of 2000", func(q *trace.ChainQuestion) {
			q.Exclude, q.AsOf = []ledger.EntityNo{entity(t, s, "entente:RUS")}, date(t, "2000")
		}, []string{
			"ARM -nk-611(1991-09-23)- KAZ -nk-611(1991-09-23)- AZE",
			"ARM -nk-1684(1995-02-04)- OSCE -nk-1684(1995-02-04)- AZE",
		}, 2},
		{"the second of them", func(q *trace.ChainQuestion) {
			q.Exclude, q.AsOf, q.Skip = []ledger.EntityNo{entity(t, s, "entente:RUS")}, date(t, "2000"), big.NewInt(1)
		}, []string{"ARM -nk-1684(1995-02-04)- OSCE -nk-1684(1995-02-04)- AZE"}, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := question(t, s, "entente:ARM", "entente:AZE")
			test.change(&q)
			a, err := trace.Chains(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range a.Chains {
				got = append(got, line(s, &a.Chains[i]))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || a.Total.Cmp(big.NewInt(test.total)) != 0 {
				t.Errorf("%v chains (-want +got):\n%s", a.Total, diff)
			}
			for i := range a.Chains {
				for _, h := range a.Chains[i].Hops {
					if len(h.FromTies) == 0 || len(h.ToTies) == 0 {
						t.Errorf("%s: a hop without a tie to rest on", got[i])
					}
				}
			}
		})
	}
}

// TestWhyNot asks for chains that are not there.
func TestWhyNot(t *testing.T) {
	s := curated(t)
	tests := []struct {
		name     string
		from, to graph.ID
		change   func(*trace.ChainQuestion)
		want     trace.Reason
		nearest  []string
	}{
		{"only backwards", "entente:USA", "entente:KAZ", func(*trace.ChainQuestion) {}, trace.RunsBack, []string{"order NONE 2"}},
		{"nobody met it", "entente:lachin-corridor", "entente:ARM", func(*trace.ChainQuestion) {}, trace.NoTies, nil},
		{"too far", "entente:ARM", "entente:AZE", func(q *trace.ChainQuestion) { q.MaxHops = 1 }, trace.BeyondMaxHops, []string{"maxHops 2 2", "mediationHops false 1"}},
		{"at another time", "entente:ARM", "entente:AZE", func(q *trace.ChainQuestion) {
			q.Window = trace.Window{From: date(t, "1996"), To: date(t, "2000")}
		}, trace.OutsideWindow, []string{"window null 2"}},
		{"only without those who connect them", "entente:ARM", "entente:KAZ", func(q *trace.ChainQuestion) {
			q.Exclude = []ledger.EntityNo{entity(t, s, "entente:nk-611")}
		}, trace.NoTies, []string{"exclude [] 1"}},
		{"without each of two who connect them", "entente:ARM", "entente:AZE", func(q *trace.ChainQuestion) {
			q.Exclude = []ledger.EntityNo{entity(t, s, "entente:RUS"), entity(t, s, "entente:KAZ")}
			q.Window = trace.Window{To: date(t, "1994-05-04")}
		}, trace.OutsideWindow, []string{
			"window null 2", "minimumRole THIRD_PARTY 2", "mediationHops false 1", "rollUp false 2", `exclude ["entente:KAZ"] 2`, `exclude ["entente:RUS"] 2`,
		}},
		{"of a leader, whose parts are his state's", "entente:pashinyan", "entente:AZE", func(q *trace.ChainQuestion) {
			q.AnyMeeting = true
		}, trace.NoTies, []string{"rollUp false 1"}},
		{"on the word of one who was not there", "entente:ARM", "entente:AZE", func(q *trace.ChainQuestion) {
			q.Claimants, q.AsOf = []ledger.EntityNo{entity(t, s, "entente:putin")}, date(t, "2000")
			q.Roles, q.Stances = []graph.Predicate{graph.Signed, graph.Mediated}, []graph.Stance{graph.Asserted}
		}, trace.NoTies, []string{"claimants null 2"}},
		{"out of budget", "entente:ARM", "entente:AZE", func(q *trace.ChainQuestion) { q.Budget = 3 }, trace.OutOfBudget, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := question(t, s, test.from, test.to)
			test.change(&q)
			a, err := trace.Chains(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			if a.WhyNot == nil || a.WhyNot.Reason != test.want || a.Partial != (test.want == trace.OutOfBudget) {
				t.Fatalf("answer %+v, want %s", a, test.want)
			}
			var nearest []string
			for _, r := range a.WhyNot.Nearest {
				nearest = append(nearest, fmt.Sprint(r.Option, " ", r.Value, " ", r.Hops))
			}
			if diff := cmp.Diff(test.nearest, nearest); diff != "" {
				t.Errorf("%s: nearest (-want +got):\n%s", a.WhyNot.Text, diff)
			}
			if w := a.WhyNot; w.Reason == trace.RunsBack && (w.Chain == nil || w.BrokenAt != 1 || w.BackDays < 365) {
				t.Errorf("%s: broken at %d by %d days, chain %v", w.Text, w.BrokenAt, w.BackDays, w.Chain)
			}
		})
	}
}

// TestWhyNotInWords reads how long the chains are that only a window keeps away, and of whom it is said that he has no tie.
func TestWhyNotInWords(t *testing.T) {
	s := curated(t)
	for _, tt := range []struct {
		from, to graph.ID
		want     string
	}{
		{"entente:ARM", "entente:KAZ", "chains of 1 hop exist, but all go through meetings outside the window"},
		{"entente:ARM", "entente:AZE", "chains of 2 hops exist, but all go through meetings outside the window"},
		{"entente:pashinyan", "entente:AZE", "Nikol Pashinyan (entente:pashinyan) has no tie to a meeting that counts in this question; those that it has count for Armenia (entente:ARM)"},
		{"entente:ARM", "entente:lachin-corridor", "Lachin corridor (entente:lachin-corridor) has no tie to a meeting that counts in this question"},
	} {
		q := question(t, s, tt.from, tt.to)
		q.Window = trace.Window{From: date(t, "1996"), To: date(t, "2000")}
		a, err := trace.Chains(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		if a.WhyNot == nil || a.WhyNot.Text != tt.want {
			t.Errorf("from %s to %s: %+v, want %q", tt.from, tt.to, a.WhyNot, tt.want)
		}
	}
	unnamed := storeOf(t, stage).Head().Snapshot()
	a, err := trace.Chains(t.Context(), unnamed, question(t, unnamed, "t:S", "t:T"))
	if want := "t:S has no tie to a meeting that counts in this question"; err != nil || a.WhyNot == nil || a.WhyNot.Text != want {
		t.Errorf("of one without a name: %+v, %v, want %q", a.WhyNot, err, want)
	}
}

func date(t testing.TB, text string) graph.Date {
	t.Helper()
	d, err := graph.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
