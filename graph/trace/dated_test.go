package trace_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// days are the dates of a summit, of the text adopted there, of a translation that is the same text, and of an accord by itself; beside them stand what does not date them: a date that
// is denied, one that was taken back, one of which is known that it is a slip, and when it was published.
const days = `{"entity": "vienna", "kind": "Event", "eventType": "SUMMIT"}
{"entity": "text", "kind": "Agreement"}
{"entity": "translation", "kind": "Agreement"}
{"entity": "accord", "kind": "Agreement"}
{"entity": "undated", "kind": "Agreement"}
{"entity": "paper", "kind": "Organization"}
{"entity": "archive", "kind": "Organization"}
{"claim": "adoptedAt", "from": "text", "to": "vienna"}
{"claim": "sameAs", "from": "translation", "to": "text"}
{"claim": "date", "from": "vienna", "value": "2001-03", "key": "summit"}
{"claim": "date", "from": "text", "value": "2001-03-05", "claimant": "paper", "key": "text"}
{"claim": "date", "from": "text", "value": "2001-03-05", "claimant": "archive", "stance": "IMPLIED", "key": "the same, implied"}
{"claim": "date", "from": "translation", "value": "2001-03-07", "key": "translation"}
{"claim": "date", "from": "text", "value": "2001-04-01", "stance": "DENIED", "key": "denied"}
{"claim": "date", "from": "accord", "value": "2010-05-04", "coder": "paper", "key": "mended"}
{"claim": "date", "from": "accord", "value": "2010-04-05", "coder": "paper", "key": "slip"}
{"claim": "date", "from": "accord", "value": "2010-05-04", "coder": "archive", "key": "confirmed"}
{"claim": "date", "from": "accord", "value": "2010-06", "coder": "archive", "key": "taken back"}
`

// TestDatedBy names the claims that dates are made of.
func TestDatedBy(t *testing.T) {
	s := storeOf(t, days)
	before := s.Head()
	for c, err := range before.Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Key != "taken back" {
			continue
		}
		if _, err := s.Commit(t.Context(), []store.Change{{Op: ledger.Withdraw, ID: c.Claim.ID()}}, store.CommitOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	now := s.Head()
	whole := []string{"summit", "text", "the same, implied", "translation"}
	for _, tt := range []struct {
		of   []graph.ID
		at   *store.View
		want []string
	}{
		{[]graph.ID{"t:vienna"}, now, whole},
		{[]graph.ID{"t:text"}, now, whole},
		{[]graph.ID{"t:translation"}, now, whole},
		{[]graph.ID{"t:accord"}, now, []string{"mended", "confirmed"}},
		{[]graph.ID{"t:accord"}, before, []string{"mended", "confirmed", "taken back"}},
		{[]graph.ID{"t:accord", "t:text", "t:undated", "t:vienna"}, now, append(whole, "mended", "confirmed")},
		{[]graph.ID{"t:undated"}, now, nil},
		{nil, now, nil},
	} {
		of := entities(t, tt.at.Snapshot(), tt.of)
		got := keysOf(t, tt.at, tt.at.DatedBy(of...))
		if diff := gocmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v at commit %d are dated by (-want +got):\n%s", tt.of, tt.at.Moment().Commit, diff)
		}
	}
}

// datings are the claims of the dates of a unit's meetings, as a look at all finds them. No date that is drawn for them is a slip.
func (n *naive) datings(unit []graph.ID) (claims []string) {
	for _, c := range n.facts(graph.DatePredicate) {
		if slices.Contains(unit, n.rep[c.From]) {
			claims = append(claims, c.ID().String())
		}
	}
	slices.Sort(claims)
	return claims
}

// A dating is what a unit's date is made of.
type dating struct {
	claims []string // by their ids, sorted
	date   graph.Date
}

// datingOf reads by which claims a unit is dated, and puts them together.
func datingOf(t *rapid.T, v *store.View, meetings ...store.Entity) (d dating) {
	claims, err := v.ReadClaims(t.Context(), v.DatedBy(meetings...))
	if err != nil {
		t.Fatal(err)
	}
	var dates []graph.Date
	for i := range claims {
		d.claims = append(d.claims, claims[i].ClaimID.String())
		dates = append(dates, graph.MustParseDate(claims[i].Value))
	}
	slices.Sort(d.claims)
	d.date = graph.OneOf(dates...)
	return d
}

// TestDatedByAgainstOracle compares the claims that units are dated by with what looking at every claim gives, at every commit, and puts them together to
// their date. Without any one of them, the date is what all the others make it.
func TestDatedByAgainstOracle(t *testing.T) {
	changed, units := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		check := func(v *store.View, n *naive) {
			for _, unit := range n.units() {
				first, _ := v.Entity(unit[0])
				got := datingOf(t, v, first)
				if diff := gocmp.Diff(n.datings(unit), got.claims); diff != "" {
					t.Fatalf("at commit %d %v is dated by (-want +got):\n%s", v.Moment().Commit, unit, diff)
				}
				if want := n.date(unit); got.date != want {
					t.Fatalf("at commit %d the claims of the date of %v make %s, want %s", v.Moment().Commit, unit, got.date, want)
				}
			}
		}
		everyCommit(t, func(v *store.View, n *naive, _ *drawn) { check(v, n) })
		s := graphs(t)
		for _, unit := range naiveOf(t, s.Head(), trace.Filter{}).units() {
			first, _ := s.Head().Entity(unit[0])
			before := datingOf(t, s.Head(), first)
			if len(before.claims) == 0 {
				continue
			}
			if len(unit) > 1 {
				units++
			}
			gone := rapid.SampledFrom(before.claims).Draw(t, "gone")
			id, err := graph.ParseClaimID(gone)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Commit(t.Context(), []store.Change{{Op: ledger.Withdraw, ID: id}}, store.CommitOptions{}); err != nil {
				t.Fatal(err)
			}
			after := datingOf(t, s.Head(), first)
			rest := slices.DeleteFunc(slices.Clone(before.claims), func(id string) bool { return id == gone })
			if diff := gocmp.Diff(rest, after.claims); diff != "" && len(rest)+len(after.claims) > 0 {
				t.Fatalf("%v without %s is dated by (-want +got):\n%s", unit, gone, diff)
			}
			check(s.Head(), naiveOf(t, s.Head(), trace.Filter{}))
			if before.date != after.date {
				changed++
			}
		}
	})
	if changed == 0 || units == 0 { // a date stays as it was too rarely to be wanted of every run
		t.Errorf("%d dates changed, %d of units of several meetings; the graphs show little", changed, units)
	}
}

// drawExchanges draws claims of some coders that date an agreement with day and month as they are, or exchanged.
func drawExchanges(t *rapid.T) (changes []store.Change) {
	for range rapid.IntRange(0, 6).Draw(t, "dates") {
		changes = append(changes, assertion(t, graph.Claim{
			Predicate: graph.DatePredicate, From: "t:m",
			Coder: rapid.SampledFrom([]graph.ID{"", "t:A", "t:B"}).Draw(t, "coder"),
			Value: rapid.SampledFrom([]string{"2010-05-04", "2010-04-05"}).Draw(t, "date"),
		}))
	}
	return changes
}

// TestDatedByWithoutSlips compares, where coders mend each other's dates, the claims that agreements are dated by with what the definition of a slip leaves.
func TestDatedByWithoutSlips(t *testing.T) {
	slips := 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawWrongs(t)
		commitDrawn(t, s, drawExchanges(t))
		v := s.Head()
		r := newRecords(t, v, graph.Date{})
		for _, id := range []graph.ID{"t:m", "t:n"} {
			claims, date := r.dates(id)
			var want []string
			for _, c := range r.sound(claims) {
				want = append(want, c.ID().String())
			}
			slices.Sort(want)
			slips += len(claims) - len(want)
			meeting, _ := v.Entity(id)
			got := datingOf(t, v, meeting)
			if diff := gocmp.Diff(want, got.claims); diff != "" || got.date != date {
				t.Fatalf("%s, of %s, is dated by claims that make %s (-want +got):\n%s", id, date, got.date, diff)
			}
		}
	})
	if slips == 0 {
		t.Error("no date is a slip; the graphs show little")
	}
}
