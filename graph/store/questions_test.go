package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

func day(s string) graph.Date { return graph.MustParseDate(s) }

func asOf(t *testing.T, s *Store, d string) *View {
	t.Helper()
	v, err := s.View(At{AsOf: day(d)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAspects asks about one claim of each aspect on days around its date.
func TestAspects(t *testing.T) {
	tests := []struct {
		name   string
		claim  graph.Claim
		counts map[string]bool
	}{
		{
			"what happened is there from its earliest day",
			graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal", When: day("2020-11")},
			map[string]bool{"2020-10-31": false, "2020-11-01": true, "2020-10": false, "2020": true, "2025-01-01": true},
		},
		{
			"a tie without a date is there from its meeting's",
			graph.Claim{Predicate: graph.Mediated, From: "t:RUS", To: "t:deal2"},
			map[string]bool{"1994-05-11": false, "1994-05-12": true},
		},
		{
			"a span is there while the day may lie in it",
			graph.Claim{Predicate: graph.Deployed, From: "t:force", To: "t:land", When: day("2020-11-10/2024-06")},
			map[string]bool{"2020-11-09": false, "2020-11-10": true, "2024-06-30": true, "2024-07-01": false},
		},
		{
			"a span that goes on",
			graph.Claim{Predicate: graph.Leads, From: "t:leader", To: "t:RUS", When: day("2018-05-08/..")},
			map[string]bool{"2018-05-07": false, "2018-05-08": true, "2050-01-01": true},
		},
		{
			"a span without a date may always be",
			graph.Claim{Predicate: graph.ContributedTo, From: "t:RUS", To: "t:force"},
			map[string]bool{"1900-01-01": true, "2050-01-01": true},
		},
		{
			"what lasts is there from its date on",
			graph.Claim{Predicate: graph.Recognized, From: "t:ARM", To: "t:land", When: day("2022-10-06")},
			map[string]bool{"2022-10-05": false, "2022-10-06": true, "2050-01-01": true},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := stage(t)
			tell(t, s, graph.Claim{Predicate: graph.DatePredicate, From: "t:deal2", Value: "1994-05-12"}, test.claim)
			for d, want := range test.counts {
				v := asOf(t, s, d)
				list, err := v.Claims(t.Context(), ClaimFilter{Predicates: []graph.Predicate{test.claim.Predicate}}, Page{First: 10})
				if err != nil {
					t.Fatal(err)
				}
				if got := list.Total() == 1; got != want {
					t.Errorf("as of %s the claim counts: %v, want %v", d, got, want)
				}
			}
		})
	}
}

// TestALaterWordOfTheSameClaimantReplaces: what lasts ends when its claimant says otherwise, and for no other reason.
func TestALaterWordOfTheSameClaimantReplaces(t *testing.T) {
	recognized := func(claimant graph.ID, when string, stance graph.Stance) graph.Claim {
		return graph.Claim{
			Predicate: graph.Recognized, From: "t:ARM", To: "t:land", When: day(when), Claimant: claimant, Stance: stance,
			Qualifiers: []graph.Qualifier{{Name: graph.AsPartOf, Entity: "t:AZE"}},
		}
	}
	s := stage(t)
	tell(t, s,
		recognized("t:RUS", "2022-10-06", graph.Asserted),
		recognized("t:RUS", "2023-05-14", graph.Asserted), // says the same again
		recognized("t:AZE", "2022-10-06", graph.Asserted),
		recognized("t:AZE", "2024-01-01", graph.Denied))
	for d, want := range map[string][]string{
		"2022-10-06": {"t:RUS 2022-10-06 ASSERTED", "t:AZE 2022-10-06 ASSERTED"},
		"2023-12-31": {"t:RUS 2022-10-06 ASSERTED", "t:RUS 2023-05-14 ASSERTED", "t:AZE 2022-10-06 ASSERTED"},
		"2024-01-01": {"t:RUS 2022-10-06 ASSERTED", "t:RUS 2023-05-14 ASSERTED", "t:AZE 2024-01-01 DENIED"},
	} {
		v := asOf(t, s, d)
		land := entity(t, v, "t:land")
		list, err := v.Claims(t.Context(), ClaimFilter{Object: &land}, Page{First: 10})
		if err != nil {
			t.Fatal(err)
		}
		claims, err := v.ReadClaims(t.Context(), list.Items)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range claims {
			got = append(got, strings.Join([]string{string(c.Claimant), c.When.String(), string(c.Stance)}, " "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("as of %s (-want +got):\n%s", d, diff)
		}
	}
	plain := func(when string, stance graph.Stance) graph.Claim {
		return graph.Claim{Predicate: graph.Recognized, From: "t:AZE", To: "t:ARM", When: day(when), Claimant: "t:AZE", Stance: stance}
	}
	tell(t, s, plain("1991", graph.Asserted), plain("1992", graph.Asserted), plain("1994", graph.Denied))
	for d, want := range map[string]int{"1991": 1, "1993": 2, "1995": 1} {
		v := asOf(t, s, d)
		arm := entity(t, v, "t:ARM")
		list, err := v.Claims(t.Context(), ClaimFilter{Object: &arm}, Page{First: 10})
		if err != nil || list.Total() != want {
			t.Errorf("as of %s there are %d recognitions without a qualifier, %v; want %d", d, list.Total(), err, want)
		}
	}
	tell(t, s,
		graph.Claim{Predicate: graph.NamePredicate, From: "t:land", Value: "Mountainous Karabakh", When: day("1991")},
		graph.Claim{Predicate: graph.NamePredicate, From: "t:land", Value: "Artsakh", When: day("2017-02-20")})
	for d, want := range map[string]string{"1990": "t:land", "2017-02-19": "Mountainous Karabakh", "2017-02-20": "Artsakh"} {
		v := asOf(t, s, d)
		if got := v.Name(entity(t, v, "t:land")); got != want {
			t.Errorf("as of %s the name is %q, want %q", d, got, want)
		}
	}
}

func TestOneFieldOfSeveralClaims(t *testing.T) {
	s := stage(t)
	name := func(text string, claimant graph.ID, stance graph.Stance, said string) graph.Claim {
		c := graph.Claim{Predicate: graph.NamePredicate, From: "t:deal", Value: text, Claimant: claimant, Stance: stance}
		if said != "" {
			c.Said = day(said)
		}
		return c
	}
	steps := []struct {
		claim graph.Claim
		want  string
	}{
		{name("implied", "t:ARM", graph.Implied, ""), "implied"},
		{name("denied", "t:ARM", graph.Denied, ""), "implied"},
		{name("first", "", graph.Asserted, ""), "first"},
		{name("implied", "t:AZE", graph.Implied, ""), "first"},
		{name("claimed", "t:ARM", graph.Asserted, ""), "claimed"},
		{name("later", "t:ARM", graph.Asserted, "2021"), "later"},
		{name("claimed", "t:AZE", graph.Asserted, ""), "claimed"},
	}
	for _, step := range steps {
		tell(t, s, step.claim)
		v := s.Head()
		if got := v.Name(entity(t, v, "t:deal")); got != step.want {
			t.Errorf("after %q by %q (%s) the name is %q, want %q", step.claim.Value, step.claim.Claimant, step.claim.Stance, got, step.want)
		}
	}
}

func TestSaidDefaultsToTheDocument(t *testing.T) {
	s := stage(t)
	ids := tell(t, s,
		graph.Claim{Predicate: graph.Published, From: "t:doc", Value: "2023-09-20"},
		graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: "a", Source: graph.Source{Document: "t:doc"}},
		graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: "b", Source: graph.Source{Document: "t:doc"}, Said: day("2023-05")},
		graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: "c"})
	v := s.Head()
	for i, want := range []string{"", "2023-09-20", "2023-05", ""} {
		no, ok, err := v.ClaimByID(t.Context(), ids[i])
		if err != nil || !ok {
			t.Fatalf("claim %d is not found: %v", i, err)
		}
		claims, err := v.ReadClaims(t.Context(), []ClaimNo{no})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Said(&claims[0]).String(); got != want {
			t.Errorf("claim %d was said %q, want %q", i, got, want)
		}
	}
	list, err := v.Claims(t.Context(), ClaimFilter{Said: Window{From: day("2023-09-01")}}, Page{First: 10})
	if err != nil || list.Total() != 1 {
		t.Errorf("%d claims said since September, %v; want 1", list.Total(), err)
	}
}

func TestParticipations(t *testing.T) {
	s := stage(t)
	signedFor := func(principal graph.ID) graph.Claim {
		return graph.Claim{Predicate: graph.Signed, From: "t:leader", To: "t:deal", Qualifiers: []graph.Qualifier{
			{Name: graph.OnBehalfOf, Entity: principal}, {Name: graph.Capacity, Value: "President"},
		}}
	}
	inferred := graph.Claim{
		Predicate: graph.Mediated, From: "t:RUS", To: "t:deal", When: day("2020-11-10"),
		Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: "why"}, {Name: graph.Between, Entity: "t:ARM"}, {Name: graph.Between, Entity: "t:AZE"}},
	}
	ids := tell(t, s,
		signedFor("t:RUS"),
		inferred,
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal", Claimant: "t:RUS"},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal", Claimant: "t:AZE", Stance: graph.Denied},
		graph.Claim{Predicate: graph.Signed, From: "t:AZE", To: "t:deal2", Stance: graph.Intended},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal2"},
		graph.Claim{Predicate: "negotiated", From: "t:leader", To: "t:deal2", Qualifiers: []graph.Qualifier{
			{Name: graph.OnBehalfOf, Entity: "t:RUS"}, {Name: graph.OnBehalfOf, Entity: "t:AZE"},
		}},
		graph.Claim{Predicate: graph.DatePredicate, From: "t:deal", Value: "2020-11-09"},
		graph.Claim{Predicate: graph.DatePredicate, From: "t:deal2", Value: "2021-01-11"})
	v := s.Head()
	ask := func(f ParticipationFilter) []string {
		t.Helper()
		list, err := v.Participations(f, Page{First: 10})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range list.Items {
			claims, err := v.ReadClaims(t.Context(), p.Claims)
			if err != nil {
				t.Fatal(err)
			}
			told := v.Particulars(claims)
			stance, disputed := v.Standing(&p)
			text := strings.Join([]string{string(v.ID(p.Actor)), string(p.Role()), string(v.ID(p.Meeting)), p.When.String(), string(stance)}, " ")
			if p.OnBehalfOf != NoEntity {
				text += " for " + string(v.ID(p.OnBehalfOf)) + " as " + told.Capacity
			}
			for _, e := range told.Between {
				text += " between " + string(v.ID(e))
			}
			if told.Inferred {
				text += " inferred"
			}
			if disputed {
				text += " disputed"
			}
			got = append(got, text+" "+strings.Repeat("*", len(p.Claims)))
		}
		return got
	}
	deal, arm, rus := entity(t, v, "t:deal"), entity(t, v, "t:ARM"), entity(t, v, "t:RUS")
	tests := []struct {
		name string
		f    ParticipationFilter
		want []string
	}{
		{"of a meeting, the strongest role first", ParticipationFilter{Meeting: &deal}, []string{
			"t:RUS mediated t:deal 2020-11-10 ASSERTED between t:ARM between t:AZE inferred *",
			"t:leader signed t:deal 2020-11-09 ASSERTED for t:RUS as President *",
			"t:ARM signed t:deal 2020-11-09 ASSERTED disputed **",
		}},
		{"of an actor, the newest first", ParticipationFilter{Actor: &arm}, []string{
			"t:ARM signed t:deal2 2021-01-11 ASSERTED *",
			"t:ARM signed t:deal 2020-11-09 ASSERTED disputed **",
		}},
		{"of a principal", ParticipationFilter{Actor: &rus, Roles: []graph.Predicate{graph.Signed}}, []string{
			"t:leader signed t:deal 2020-11-09 ASSERTED for t:RUS as President *",
		}},
		{"of one principal of two", ParticipationFilter{Actor: &rus, Roles: []graph.Predicate{"negotiated"}}, []string{
			"t:leader negotiated t:deal2 2021-01-11 ASSERTED for t:RUS as  *",
		}},
		{"in a window", ParticipationFilter{Actor: &arm, Window: Window{From: day("2021")}}, []string{
			"t:ARM signed t:deal2 2021-01-11 ASSERTED *",
		}},
		{"denied", ParticipationFilter{Actor: &arm, Stances: []graph.Stance{graph.Denied}}, []string{
			"t:ARM signed t:deal 2020-11-09 DENIED *",
		}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, ask(test.f)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	change(t, s, ledger.Withdraw, ids[1])
	v = s.Head()
	if got := ask(ParticipationFilter{Meeting: &deal, Roles: []graph.Predicate{graph.Mediated}}); len(got) != 0 {
		t.Errorf("after the retraction: %v", got)
	}
}

// cursors are those of all items of a page.
func cursors[T any](l List[T]) []string {
	list := make([]string, len(l.Items))
	for i := range list {
		list[i] = l.Cursor(i)
	}
	return list
}

// TestPagesMakeTheList walks lists page by page and compares with the whole.
func TestPagesMakeTheList(t *testing.T) {
	s := stage(t)
	for i := range 30 {
		tell(t, s, graph.Claim{Predicate: graph.Signed, From: cast[i%4].id, To: cast[4+i%3].id, When: graph.Day(i % 5).Date(), Source: graph.Source{Document: "t:doc", Quote: strings.Repeat("q", i)}})
	}
	v := s.Head()
	arm := entity(t, v, "t:ARM")
	lists := map[string]func(Page) ([]string, error){
		"claims": func(p Page) ([]string, error) {
			l, err := v.Claims(t.Context(), ClaimFilter{}, p)
			return cursors(l), err
		},
		"timeline": func(p Page) ([]string, error) {
			l, err := v.Timeline(t.Context(), arm, Window{}, p)
			return cursors(l), err
		},
		"participations": func(p Page) ([]string, error) {
			l, err := v.Participations(ParticipationFilter{Actor: &arm}, p)
			return cursors(l), err
		},
		"entities by name": func(p Page) ([]string, error) {
			l, err := v.Entities(nil, ByName, p)
			return cursors(l), err
		},
		"entities by relations": func(p Page) ([]string, error) {
			l, err := v.Entities(nil, ByRelations, p)
			return cursors(l), err
		},
		"agreements": func(p Page) ([]string, error) {
			l, err := v.Agreements(AgreementFilter{}, DateDescending, p)
			return cursors(l), err
		},
		"commits": func(p Page) ([]string, error) {
			l, err := v.Commits(t.Context(), p)
			return cursors(l), err
		},
	}
	for name, ask := range lists {
		whole, err := ask(Page{First: 1000})
		if err != nil || len(whole) < 2 {
			t.Fatalf("%s: %d items, %v", name, len(whole), err)
		}
		for size := 1; size <= len(whole); size += 3 {
			var walked []string
			after := ""
			for {
				page, err := ask(Page{First: size, After: after})
				if err != nil {
					t.Fatal(err)
				}
				walked = append(walked, page...)
				if len(page) < size {
					break
				}
				after = page[len(page)-1]
			}
			if !slices.Equal(walked, whole) {
				t.Errorf("%s in pages of %d gives %d items, want the %d of the whole list in its order", name, size, len(walked), len(whole))
			}
		}
		for _, bad := range []string{"x", "!!", "ZTA"} {
			if _, err := ask(Page{First: 1, After: bad}); !errors.Is(err, ErrCursor) {
				t.Errorf("%s after %q: %v, want ErrCursor", name, bad, err)
			}
		}
	}
}

func TestAgreementFilters(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.KindPredicate, From: "t:process", Value: "Process"},
		graph.Claim{Predicate: graph.NamePredicate, From: "t:deal", Value: "Trilateral statement"},
		graph.Claim{Predicate: graph.NamePredicate, From: "t:deal2", Value: "Bishkek Protocol"},
		graph.Claim{Predicate: graph.DatePredicate, From: "t:deal", Value: "2020-11-09"},
		graph.Claim{Predicate: graph.DatePredicate, From: "t:deal2", Value: "1994-05-05"},
		graph.Claim{Predicate: graph.Stage, From: "t:deal2", Value: "Ceasefire"},
		graph.Claim{Predicate: graph.BelongsTo, From: "t:deal2", To: "t:process"},
		graph.Claim{Predicate: graph.Concerns, From: "t:deal", To: "t:land"},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"},
		graph.Claim{Predicate: graph.Signed, From: "t:leader", To: "t:deal", Qualifiers: []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: "t:AZE"}}},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal2"},
		graph.Claim{Predicate: graph.Mediated, From: "t:RUS", To: "t:deal2"},
		graph.Claim{Predicate: graph.ThirdParty, From: "t:RUS", To: "t:deal"})
	v := s.Head()
	ref := func(id string) *Entity {
		e := entity(t, v, id)
		return &e
	}
	tests := []struct {
		name  string
		f     AgreementFilter
		order AgreementOrder
		want  string
	}{
		{"all by date", AgreementFilter{}, DateAscending, "t:deal2 t:deal u:deal"},
		{"all, newest first", AgreementFilter{}, DateDescending, "t:deal t:deal2 u:deal"},
		{"all by name", AgreementFilter{}, NameAscending, "t:deal2 t:deal u:deal"},
		{"between", AgreementFilter{Between: []Entity{*ref("t:ARM")}}, DateAscending, "t:deal2 t:deal"},
		{"between two, one by its leader", AgreementFilter{Between: []Entity{*ref("t:ARM"), *ref("t:AZE")}}, DateAscending, "t:deal"},
		{"a third party is no party", AgreementFilter{Between: []Entity{*ref("t:RUS")}}, DateAscending, ""},
		{"a third party is no mediator", AgreementFilter{MediatedBy: []Entity{*ref("t:RUS")}}, DateAscending, "t:deal2"},
		{"process", AgreementFilter{Process: ref("t:process")}, DateAscending, "t:deal2"},
		{"concerns", AgreementFilter{Concerns: ref("t:land")}, DateAscending, "t:deal"},
		{"stage", AgreementFilter{Stage: []string{"Ceasefire"}}, DateAscending, "t:deal2"},
		{"signed since", AgreementFilter{Signed: Window{From: day("2000")}}, DateAscending, "t:deal"},
		{"words", AgreementFilter{Text: "bishkek"}, DateAscending, "t:deal2"},
		{"words and a party", AgreementFilter{Text: "statement", Between: []Entity{*ref("t:ARM")}}, DateAscending, "t:deal"},
	}
	then, err := asOf(t, s, "2000-01-01").Agreements(AgreementFilter{}, DateAscending, Page{First: 10})
	if err != nil || len(then.Items) != 2 || v.ID(then.Items[0]) != "t:deal2" || v.ID(then.Items[1]) != "u:deal" {
		t.Errorf("as of 2000 there are %d agreements, %v; want the one of 1994 and the one without a date", len(then.Items), err)
	}
	for _, test := range tests {
		list, err := v.Agreements(test.f, test.order, Page{First: 10})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range list.Items {
			got = append(got, string(v.ID(e)))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}

// TestWindowAgreesWithItsDays compares a window with looking at every day.
func TestWindowAgreesWithItsDays(t *testing.T) {
	dates := []string{"2020-11-09", "2020-11", "2020", "2020-11-05/2020-11-20", "../2020-11-09", "2020-11-09/..", "[2020-11-01..2020-11-03]"}
	rapid.Check(t, func(t *rapid.T) {
		d := day(rapid.SampledFrom(dates).Draw(t, "date"))
		start := graph.DayOf(2020, 10, 20)
		from := start + graph.Day(rapid.IntRange(0, 40).Draw(t, "from"))
		to := from + graph.Day(rapid.IntRange(0, 20).Draw(t, "to"))
		w := Window{From: from.Date(), To: to.Date()}
		want := false
		for x := from; x <= to; x++ {
			want = want || d.Contains(x) != graph.Impossible
		}
		if got := w.Has(d); got != want {
			t.Fatalf("%v to %v has %v: %v, want %v", from, to, d, got, want)
		}
	})
}

// TestSearchFindsNamesHoweverTheyCame commits names one by one, many at once, and in bulk.
func TestSearchFindsNamesHoweverTheyCame(t *testing.T) {
	s := stage(t)
	called := func(n int, prefix string) []graph.Claim {
		var claims []graph.Claim
		for i := range n {
			claims = append(claims, graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: fmt.Sprint(prefix, i)})
		}
		return claims
	}
	finds := func(text string) bool {
		hits := s.Head().Search(SearchQuery{Text: text, Limit: 5})
		return len(hits) == 1 && hits[0].Matched.Text == text
	}
	tell(t, s, called(1, "few")...)
	tell(t, s, called(100, "many")...)
	if !finds("few0") || !finds("many99") {
		t.Error("a name that was committed is not found")
	}
	err := s.Bulk(func() error {
		tell(t, s, called(50, "bulk")...)
		tell(t, s, graph.Claim{Predicate: graph.NamePredicate, From: "t:ARM", Value: "Hayastan"})
		if v := s.Head(); v.Name(entity(t, v, "t:ARM")) != "Hayastan" {
			t.Errorf("within the bulk the name is %q", v.Name(entity(t, v, "t:ARM")))
		}
		return nil
	})
	if err != nil || !finds("bulk49") || !finds("Hayastan") || !finds("few0") {
		t.Errorf("after the bulk a name is not found, %v", err)
	}
}

// TestADateThatItsCoderMended: of a day and the same with day and month exchanged, both by one coder, the one that another coder has
// alone is the date.
func TestADateThatItsCoderMended(t *testing.T) {
	dated := func(coder graph.ID, day string) graph.Claim {
		return graph.Claim{Predicate: graph.DatePredicate, From: "t:a", Value: day, Coder: coder}
	}
	found, mended := dated("t:one", "1995-10-11"), dated("t:one", "1995-11-10")
	tests := []struct {
		name   string
		claims []graph.Claim
		want   string
	}{
		{"nobody else dates it", []graph.Claim{found, mended}, "[1995-10-11,1995-11-10]"},
		{"another coder confirms what was mended", []graph.Claim{found, mended, dated("t:two", "1995-11-10")}, "1995-11-10"},
		{"another coder confirms what was found", []graph.Claim{found, mended, dated("t:two", "1995-10-11")}, "1995-10-11"},
		{"another coder has both", []graph.Claim{found, mended, dated("t:two", "1995-11-10"), dated("t:two", "1995-10-11")}, "[1995-10-11,1995-11-10]"},
		{"another coder has a third day", []graph.Claim{found, mended, dated("t:two", "1995-12-01")}, "[1995-10-11,1995-11-10,1995-12-01]"},
		{"two coders have one each", []graph.Claim{found, dated("t:two", "1995-11-10")}, "[1995-10-11,1995-11-10]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, memkv.New())
			tell(t, s, graph.Claim{Predicate: graph.KindPredicate, From: "t:a", Value: "Agreement"},
				graph.Claim{Predicate: graph.KindPredicate, From: "t:one", Value: "Organization"},
				graph.Claim{Predicate: graph.KindPredicate, From: "t:two", Value: "Organization"})
			tell(t, s, test.claims...)
			e, _ := s.Head().Entity("t:a")
			if got := s.Head().Date(e).String(); got != test.want {
				t.Errorf("date = %s, want %s", got, test.want)
			}
			if got := s.Head().Snapshot().Date(e).String(); got != test.want {
				t.Errorf("date in memory = %s, want %s", got, test.want)
			}
		})
	}
}
