package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

// troupe are actors and meetings for many ties.
var (
	troupe  = []graph.ID{"t:busy", "u:busy", "t:envoy", "t:other"}
	rounds  = 60
	roundID = func(i int) graph.ID { return graph.ID(fmt.Sprintf("t:round-%d", i)) }
)

// drawTie draws a tie: mostly one of a busy actor, without a date, asserted.
func drawTie(t *rapid.T) graph.Claim {
	c := graph.Claim{
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.Mediated, graph.Mediated, graph.Mediated, graph.Signed}).Draw(t, "role"),
		From:      rapid.SampledFrom([]graph.ID{"t:busy", "t:busy", "t:busy", "u:busy", "u:busy", "u:busy", "t:envoy", "t:other"}).Draw(t, "actor"),
		To:        roundID(rapid.IntRange(0, rounds-1).Draw(t, "meeting")),
	}
	switch rapid.IntRange(0, 14).Draw(t, "odd") {
	case 0:
		c.When = graph.MustParseDate(rapid.SampledFrom([]string{"2001-02-03", "2001-02-04", "2001-02-07", "2001-02", "2000/2002"}).Draw(t, "own date"))
	case 1:
		c.Stance = rapid.SampledFrom([]graph.Stance{graph.Denied, graph.Implied, graph.Intended}).Draw(t, "stance")
	case 2, 3:
		c.Claimant = rapid.SampledFrom(troupe).Draw(t, "claimant")
	case 4, 5:
		c.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: rapid.SampledFrom(troupe).Draw(t, "principal")}}
	}
	return c
}

// drawDate draws what a meeting is dated: mostly a day of a few.
func drawDate(t *rapid.T, meeting graph.ID) graph.Claim {
	date := fmt.Sprintf("2001-02-%02d", rapid.IntRange(1, 9).Draw(t, "day"))
	if rapid.IntRange(0, 7).Draw(t, "coarse") == 0 {
		date = rapid.SampledFrom([]string{"2001-02", "2001-02-04~", "[2001-02-03,2001-02-05]", "2000/2003"}).Draw(t, "date")
	}
	return graph.Claim{Predicate: graph.DatePredicate, From: meeting, Value: date}
}

// drawTurn draws what happens in one commit.
func drawTurn(t *rapid.T, made []graph.ClaimID) (changes []Change) {
	for range rapid.SampledFrom([]int{1, 1, 5, 70}).Draw(t, "ties") {
		changes = append(changes, assertion(drawTie(t)))
	}
	switch rapid.IntRange(0, 3).Draw(t, "what else") {
	case 0:
		changes = append(changes, assertion(drawDate(t, roundID(rapid.IntRange(0, rounds-1).Draw(t, "dated")))))
	case 1:
		for range rapid.IntRange(1, 5).Draw(t, "turns") {
			op := rapid.SampledFrom([]Op{ledger.Withdraw, ledger.Withdraw, ledger.Reassert}).Draw(t, "op")
			changes = append(changes, Change{Op: op, ID: rapid.SampledFrom(made).Draw(t, "claim"), Reason: "drawn"})
		}
	case 2:
		ends := [][2]graph.ID{{"t:busy", "u:busy"}, {roundID(1), roundID(2)}, {roundID(3), roundID(4)}, {"t:envoy", "t:other"}}
		pair := rapid.SampledFrom(ends).Draw(t, "merged")
		changes = append(changes, assertion(graph.Claim{Predicate: graph.SameAs, From: pair[0], To: pair[1]}))
	}
	return changes
}

// partRow is a part with its place, as a text.
type partRow struct {
	text string
	at   place
}

// partsByHand makes the parts that the filter asks for of all claims there are, as the words say it.
func partsByHand(t *rapid.T, v *View, f ParticipationFilter) []partRow {
	nos := make([]ClaimNo, v.snap.Claims())
	for i := range nos {
		nos[i] = ClaimNo(i)
	}
	claims, err := v.ReadClaims(context.Background(), nos)
	if err != nil {
		t.Fatal(err)
	}
	type made struct {
		Participation
		owns    []graph.Date
		stances []graph.Stance
		denied  bool
	}
	byKey := make(map[partKey]*made)
	for i := range claims {
		c := &claims[i]
		info := c.Predicate.Info()
		if !c.Standing || !info.Tie || f.Roles != nil && !slices.Contains(f.Roles, info.Name) ||
			f.Meeting != nil && c.Object != *f.Meeting || !info.Counts(cmp.Or(c.When, v.snap.Date(c.Object)), v.asOf) {
			continue
		}
		var principals []Entity
		for _, q := range c.Qualifiers {
			if e, ok := v.Entity(q.Entity); ok && q.Name == graph.OnBehalfOf {
				principals = append(principals, e)
			}
		}
		if principals == nil {
			principals = []Entity{NoEntity}
		}
		for _, principal := range principals {
			if f.Actor != nil && c.Subject != *f.Actor && principal != *f.Actor {
				continue
			}
			key := partKey{info.Code, c.Subject, c.Object, principal}
			p := byKey[key]
			if p == nil {
				p = &made{Participation: Participation{Actor: c.Subject, Meeting: c.Object, OnBehalfOf: principal, role: info.Code}}
				byKey[key] = p
			}
			p.denied = p.denied || c.Stance == graph.Denied
			if f.Stances == nil && (c.Stance == graph.Asserted || c.Stance == graph.Implied) || slices.Contains(f.Stances, c.Stance) {
				p.Claims, p.stances = append(p.Claims, c.No), append(p.stances, c.Stance)
				p.owns = append(p.owns, c.When)
			}
		}
	}
	var rows []partRow
	for _, p := range byKey {
		p.When = cmp.Or(graph.OneOf(p.owns...), v.snap.Date(p.Meeting))
		if len(p.Claims) == 0 || !f.Window.Has(p.When) {
			continue
		}
		stance := p.stances[0]
		for _, s := range []graph.Stance{graph.Denied, graph.Intended, graph.Implied, graph.Asserted} {
			if slices.Contains(p.stances, s) {
				stance = s
			}
		}
		rows = append(rows, partRow{rowOf(v, &p.Participation, stance, p.denied && stance != graph.Denied), p.place(f.Actor != nil)})
	}
	slices.SortFunc(rows, func(a, b partRow) int { return slices.Compare(a.at[:], b.at[:]) })
	return rows
}

func rowOf(v *View, p *Participation, stance graph.Stance, disputed bool) string {
	text := fmt.Sprint(v.ID(p.Actor), " ", p.Role(), " ", v.ID(p.Meeting), " ", p.When, " ", stance, " ", p.Claims)
	if p.OnBehalfOf != NoEntity {
		text += fmt.Sprint(" for ", v.ID(p.OnBehalfOf))
	}
	if disputed {
		text += " disputed"
	}
	return text
}

// checkParts asks for parts page by page.
func checkParts(t *rapid.T, v *View, f ParticipationFilter, size int) {
	want := partsByHand(t, v, f)
	var got []string
	page := Page{First: size}
	for {
		list, err := v.Participations(f, page)
		if err != nil {
			t.Fatal(err)
		}
		if list.Total() != len(want) || list.HasPrevious != (page.After != "") {
			t.Fatalf("after %d parts there are %d in all, others before: %v; want %d", len(got), list.Total(), list.HasPrevious, len(want))
		}
		for i := range list.Items {
			stance, disputed := v.Standing(&list.Items[i])
			got = append(got, rowOf(v, &list.Items[i], stance, disputed))
			page.After = list.Cursor(i)
		}
		if list.HasNext != (len(got) < len(want)) {
			t.Fatalf("after %d of %d parts there are more: %v", len(got), len(want), list.HasNext)
		}
		if !list.HasNext {
			break
		}
	}
	var rows []string
	for _, row := range want {
		rows = append(rows, row.text)
	}
	if diff := gocmp.Diff(rows, got); diff != "" {
		t.Fatalf("parts at commit %d, as of %q, of %s, by pages of %d (-by hand +listed):\n%s", v.snap.Commit(), v.asOf, describeFilter(v, &f), size, diff)
	}
}

func describeFilter(v *View, f *ParticipationFilter) string {
	text := fmt.Sprint(f.Roles, " ", f.Window.From, "..", f.Window.To, " ", f.Stances)
	for _, e := range []*Entity{f.Actor, f.Meeting} {
		if e != nil {
			text += " " + string(v.ID(*e))
		}
	}
	return text
}

// drawFilter draws what is asked of a view.
func drawFilter(t *rapid.T, v *View) (f ParticipationFilter) {
	if rapid.IntRange(0, 5).Draw(t, "of a meeting") == 0 {
		e, _ := v.Entity(roundID(rapid.IntRange(0, 5).Draw(t, "meeting asked")))
		f.Meeting = &e
	} else {
		e, _ := v.Entity(rapid.SampledFrom(slices.Concat(troupe, []graph.ID{"t:busy", "t:busy"})).Draw(t, "actor asked"))
		f.Actor = &e
	}
	f.Roles = rapid.SampledFrom([][]graph.Predicate{nil, {graph.Mediated}, {graph.Signed, graph.Mediated}}).Draw(t, "roles")
	f.Stances = rapid.SampledFrom([][]graph.Stance{nil, nil, {graph.Denied}, graph.Stances()}).Draw(t, "stances")
	days := []graph.Date{{}, {}, day("2001-02-02"), day("2001-02-05"), day("2001-02-08"), day("2001-02")}
	f.Window = Window{rapid.SampledFrom(days).Draw(t, "from"), rapid.SampledFrom(days).Draw(t, "to")}
	return f
}

// TestParticipationsByHand makes random commits of ties, dates, retractions, and merges, asks after each, so that what is kept for an actor must do for what
// comes, and then asks of the past. Lists of agreements, which rest on parts, are asked for on the way.
func TestParticipationsByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		s, err := Open(ctx, memkv.New(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.topology.RebuildAfter(rapid.SampledFrom([]int{0, 100, 1 << 20}).Draw(t, "rebuild after"))
		var made []graph.ClaimID
		commit := func(changes []Change) {
			if _, err := s.Commit(ctx, changes, CommitOptions{JoinOwn: true}); err != nil {
				t.Fatal(err)
			}
			for _, c := range changes {
				if c.Op == Assert {
					made = append(made, c.ID)
				}
			}
		}
		var changes []Change
		for _, id := range troupe {
			changes = append(changes, assertion(graph.Claim{Predicate: graph.KindPredicate, From: id, Value: "State"}))
		}
		for i := range rounds {
			changes = append(changes, assertion(graph.Claim{Predicate: graph.KindPredicate, From: roundID(i), Value: "Agreement"}))
		}
		commit(changes)
		made = nil // kinds stay
		changes = nil
		for i := range rounds {
			if rapid.IntRange(0, 9).Draw(t, "undated") > 0 {
				changes = append(changes, assertion(drawDate(t, roundID(i))))
			}
		}
		for range 140 {
			changes = append(changes, assertion(drawTie(t)))
		}
		commit(changes)
		ask := func(v *View) {
			for range 2 {
				asked := v
				if when := rapid.SampledFrom([]string{"", "", "2001-02-05"}).Draw(t, "as of"); when != "" {
					if asked, err = v.With(At{AsOf: day(when)}); err != nil {
						t.Fatal(err)
					}
				}
				checkParts(t, asked, drawFilter(t, asked), rapid.SampledFrom([]int{1, 3, 10, 1000}).Draw(t, "page"))
				checkAgreements(t, asked)
			}
		}
		views := []*View{s.Head()}
		for range rapid.IntRange(1, 6).Draw(t, "commits") {
			ask(s.Head())
			commit(drawTurn(t, made))
			views = append(views, s.Head())
		}
		ask(s.Head())
		for _, v := range views {
			ask(v)
		}
	})
}
