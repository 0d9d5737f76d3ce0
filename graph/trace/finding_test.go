package trace_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
	"entente/loader"
)

// stage are the entities of planted claims.
const stage = `{"entity": "S", "kind": "State"}
{"entity": "T", "kind": "State"}
{"entity": "L", "kind": "Leader"}
{"entity": "O", "kind": "Organization"}
{"entity": "F", "kind": "PeacekeepingForce"}
{"entity": "G", "kind": "ArmedGroup"}
{"entity": "P", "kind": "Process"}
{"entity": "land", "kind": "Territory"}
{"entity": "m", "kind": "Agreement", "date": "2010-05-04"}
{"entity": "n", "kind": "Agreement"}
{"entity": "coder1", "kind": "Organization"}
{"entity": "coder2", "kind": "Organization"}
`

// storeOf is a store of planted records.
func storeOf(t testing.TB, records string) *store.Store {
	t.Helper()
	s := storeIn(t, memkv.New())
	plant(t, s, records)
	return s
}

// storeIn is a store in an engine.
func storeIn(t testing.TB, engine *memkv.Store) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plant commits records.
func plant(t testing.TB, s *store.Store, records string) {
	t.Helper()
	in := loader.Input{Name: "planted", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(records)), nil }}
	report, err := loader.Import(t.Context(), s, []loader.Input{in}, loader.Options{Dataset: "t"})
	if err != nil || report.Rejected > 0 {
		t.Fatal(err, report.Problems)
	}
}

// found tells all findings, a line each: "TWO_KINDS S: k1 k2", with the keys of the claims.
func found(t testing.TB, v *store.View, filter store.FindingFilter) []string {
	t.Helper()
	filter.Budget = 1 << 20
	list, err := v.Findings(t.Context(), filter, store.Page{First: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range list.Items {
		claims, err := v.ReadClaims(t.Context(), f.Claims)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(f.Kind, " ", strings.TrimPrefix(string(v.ID(f.About)), "t:"), ":")
		for i := range claims {
			if claims[i].Key != "" {
				line += " " + claims[i].Key
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// TestFindings plants what is wrong, and beside it what only looks like it.
func TestFindings(t *testing.T) {
	tests := []struct {
		name, records string
		want          []string
	}{
		{"a signature after all terms", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "key": "term"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}, "key": "tie"}`, []string{"NOT_IN_OFFICE L: tie term"}},
		{"between two terms, by a date of its own", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "key": "first"}
{"claim": "represents", "from": "L", "to": "S", "when": "2011/", "key": "second"}
{"claim": "agreed", "from": "L", "to": "n", "when": "2007", "key": "tie"}`, []string{"NOT_IN_OFFICE L: tie first second"}},
		{"in the office of the term by its name", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "qualifiers": {"capacity": "President"}, "key": "term"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"], "capacity": "President of the Republic of S"}, "key": "tie"}`, []string{"NOT_IN_OFFICE L: tie term"}},
		{"by a meeting's date, which one coder mended as another has it", `
{"claim": "date", "from": "n", "value": "2010-05-04", "coder": "coder1", "key": "mended"}
{"claim": "date", "from": "n", "value": "2010-04-05", "coder": "coder1", "key": "slip"}
{"claim": "date", "from": "n", "value": "2010-05-04", "coder": "coder2", "key": "confirmed"}
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "key": "term"}
{"claim": "signed", "from": "L", "to": "n", "key": "tie"}
{"claim": "agreed", "from": "L", "to": "n", "when": "2010", "key": "dated"}`, []string{
			"NOT_IN_OFFICE L: tie term mended confirmed", "NOT_IN_OFFICE L: dated term", "DAY_MONTH_SWAPPED n: mended slip confirmed",
		}},
		{"as the head of those he led, for an organ of theirs", `
{"claim": "partOf", "from": "O", "to": "S", "key": "organ"}
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "key": "term"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["O"], "capacity": "Head of State"}, "key": "tie"}`, []string{"NOT_IN_OFFICE L: tie term organ"}},
		{"after a term as a representative and a later one at the head, in the order of the claims", `
{"claim": "represents", "from": "L", "to": "S", "when": "2002/2004", "key": "envoy"}
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2001", "key": "head"}
{"claim": "signed", "from": "L", "to": "m", "key": "tie"}`, []string{"NOT_IN_OFFICE L: tie envoy head"}},
		{"in another office", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "qualifiers": {"capacity": "President"}}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"], "capacity": "Foreign Minister"}}`, nil},
		{"in another office than that of a head", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"], "capacity": "Presidential envoy"}}`, nil},
		{"for somebody else", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["T"]}}`, nil},
		{"perhaps in a second term", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004"}
{"claim": "represents", "from": "L", "to": "S"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"perhaps still in office", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"a term in doubt", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004~"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"a term that ended some time in the year", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2010"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"in office on another day, which says nothing of this one", `
{"claim": "leads", "from": "L", "to": "S", "when": "2004-05-05"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"a mediator needs no office", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004"}
{"claim": "mediated", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}}`, nil},
		{"a denied signature", `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}, "stance": "DENIED"}`, nil},

		{"two voices, two days", `
{"claim": "date", "from": "n", "value": "2010-05-04", "claimant": "coder1", "key": "a"}
{"claim": "date", "from": "n", "value": "2010-05-05", "claimant": "coder2", "key": "b"}`, []string{"DATES_DISAGREE n: a b"}},
		{"two coders, a day and another month", `
{"claim": "date", "from": "n", "value": "2010-05-04", "coder": "coder1", "key": "a"}
{"claim": "date", "from": "n", "value": "2010-06", "coder": "coder2", "key": "b"}`, []string{"DATES_DISAGREE n: a b"}},
		{"two voices who may agree", `
{"claim": "date", "from": "n", "value": "2010-05", "claimant": "coder1"}
{"claim": "date", "from": "n", "value": "2010-05-05", "claimant": "coder2"}
{"claim": "date", "from": "n", "value": "[2009,2010]", "claimant": "S"}`, nil},
		{"several days on one word", `
{"claim": "date", "from": "n", "value": "2010-05-09", "claimant": "coder1"}
{"claim": "date", "from": "n", "value": "2010-05-11", "claimant": "coder1"}
{"claim": "date", "from": "n", "value": "2010-05-11", "claimant": "coder2"}`, nil},
		{"a date in doubt", `
{"claim": "date", "from": "n", "value": "2010-05-09?", "claimant": "coder1"}
{"claim": "date", "from": "n", "value": "2010-05-11", "claimant": "coder2"}`, nil},
		{"day and month exchanged", `
{"claim": "date", "from": "n", "value": "2010-05-04", "claimant": "coder1", "key": "a"}
{"claim": "date", "from": "n", "value": "2010-04-05", "claimant": "coder2", "key": "b"}`, []string{"DAY_MONTH_SWAPPED n: a b"}},
		{"exchanged, mended by the same, and another who has a third", `
{"claim": "date", "from": "n", "value": "2010-05-04", "claimant": "coder1", "key": "mended", "qualifiers": {"inferred": "by the title"}}
{"claim": "date", "from": "n", "value": "2010-04-05", "claimant": "coder1", "key": "found"}
{"claim": "date", "from": "n", "value": "2010-07-07", "claimant": "coder2", "key": "other"}`, []string{"DATES_DISAGREE n: mended found other", "DAY_MONTH_SWAPPED n: mended found"}},
		{"a day that is the month", `
{"claim": "date", "from": "n", "value": "2010-05-05", "claimant": "coder1"}
{"claim": "date", "from": "n", "value": "2010-05-05", "claimant": "coder2"}`, nil},

		{"party for one, third party for another", `
{"claim": "signed", "from": "S", "to": "n", "coder": "coder1", "key": "a"}
{"claim": "thirdParty", "from": "S", "to": "n", "coder": "coder2", "key": "b"}`, []string{"PARTY_OR_THIRD_PARTY n: a b"}},
		{"the same through a leader", `
{"claim": "signed", "from": "L", "to": "n", "coder": "coder1", "qualifiers": {"onBehalfOf": ["S"]}, "key": "a"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder2", "key": "b"}`, []string{"PARTY_OR_THIRD_PARTY n: a b"}},
		{"the same through whom a leader led then, and through a state that acted for a part of its own", `
{"claim": "leads", "from": "L", "to": "S", "when": "2009/2011", "key": "leads"}
{"claim": "leads", "from": "L", "to": "T", "when": "2012/", "key": "leads another"}
{"claim": "partOf", "from": "O", "to": "T", "key": "organ"}
{"claim": "signed", "from": "L", "to": "m", "coder": "coder1", "key": "a"}
{"claim": "mediated", "from": "S", "to": "m", "coder": "coder2", "key": "b"}
{"claim": "signed", "from": "T", "to": "m", "coder": "coder1", "qualifiers": {"onBehalfOf": ["O"]}, "key": "c"}
{"claim": "mediated", "from": "T", "to": "m", "coder": "coder2", "key": "d"}`, []string{
			"PARTY_OR_THIRD_PARTY m: a b leads", "PARTY_OR_THIRD_PARTY m: c d organ",
		}},
		{"the same on behalf of a part and of the whole, which it counts for by itself", `
{"claim": "partOf", "from": "O", "to": "T", "key": "organ"}
{"claim": "signed", "from": "L", "to": "m", "coder": "coder1", "qualifiers": {"onBehalfOf": ["O", "T"]}, "key": "a"}
{"claim": "mediated", "from": "T", "to": "m", "coder": "coder2", "key": "b"}`, []string{"PARTY_OR_THIRD_PARTY m: a b"}},
		{"two roles for one coder", `
{"claim": "signed", "from": "S", "to": "n", "coder": "coder1", "key": "a"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder1", "key": "b"}
{"claim": "signed", "from": "S", "to": "n", "coder": "coder2", "key": "c"}`, []string{"TWO_ROLES n: a b"}},
		{"two roles on one word, encoded by two", `
{"claim": "signed", "from": "S", "to": "n", "coder": "coder1", "claimant": "n", "key": "a"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder2", "claimant": "n", "key": "b"}`, []string{"TWO_ROLES n: a b"}},
		{"two roles by nobody knows whom", `
{"claim": "signed", "from": "S", "to": "n", "key": "a"}
{"claim": "mediated", "from": "S", "to": "n", "key": "b"}`, []string{"TWO_ROLES n: a b"}},
		{"roles of one sort", `
{"claim": "thirdParty", "from": "S", "to": "n", "coder": "coder1"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder2"}
{"claim": "signed", "from": "T", "to": "n", "coder": "coder1"}
{"claim": "agreed", "from": "T", "to": "n", "coder": "coder2"}`, nil},
		{"roles in two meetings", `
{"claim": "signed", "from": "S", "to": "m", "coder": "coder1"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder1"}`, nil},
		{"a role that was only offered", `
{"claim": "signed", "from": "S", "to": "n", "coder": "coder1"}
{"claim": "mediated", "from": "S", "to": "n", "coder": "coder1", "stance": "INTENDED"}`, nil},

		{"a citation in words", `
{"claim": "implements", "from": "n", "value": "the protocol of 18 February", "key": "a"}
{"claim": "follows", "from": "n", "to": "m", "key": "b"}
{"claim": "references", "from": "n", "value": "a treaty to be made", "stance": "INTENDED", "key": "c"}
{"claim": "provision", "from": "n", "value": "a ceasefire", "key": "d"}`, []string{"DANGLING_REFERENCE n: a"}},

		{"before there was the state", `
{"claim": "date", "from": "S", "value": "2010-05-05/..", "key": "life"}
{"claim": "signed", "from": "S", "to": "m", "key": "tie"}`, []string{"OUTSIDE_LIFETIME S: tie life"}},
		{"by the date of a meeting that it took part in, and by that of its part", `
{"claim": "date", "from": "S", "value": "2010-05-05/..", "key": "life"}
{"claim": "date", "from": "n", "value": "2010-05-04", "key": "day"}
{"claim": "signed", "from": "S", "to": "n", "key": "tie"}
{"claim": "agreed", "from": "S", "to": "n", "when": "2010-05-03", "key": "dated"}`, []string{"OUTSIDE_LIFETIME S: tie life day", "OUTSIDE_LIFETIME S: dated life"}},
		{"by several dates of a meeting, in the order of their claims", `
{"claim": "date", "from": "S", "value": "2010-05-05/..", "key": "life"}
{"claim": "date", "from": "n", "value": "2010-05-03", "key": "one"}
{"claim": "date", "from": "n", "value": "2010-05-04", "claimant": "coder1", "key": "other"}
{"claim": "signed", "from": "S", "to": "n", "key": "tie"}`, []string{"DATES_DISAGREE n: one other", "OUTSIDE_LIFETIME S: tie life one other"}},
		{"on behalf of a state that had ended, led and represented after its end", `
{"claim": "date", "from": "S", "value": "1922/1991", "key": "life"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}, "key": "tie"}
{"claim": "leads", "from": "L", "to": "S", "when": "1992/..", "key": "leads"}`, []string{"OUTSIDE_LIFETIME S: tie life", "OUTSIDE_LIFETIME S: leads life"}},
		{"a force before it was set up", `
{"claim": "date", "from": "F", "value": "2020-11-10/", "key": "life"}
{"claim": "deployed", "from": "F", "to": "land", "when": "2019/2020-10", "key": "there"}
{"claim": "contributedTo", "from": "S", "to": "F", "when": "2020/", "key": "may be"}`, []string{"OUTSIDE_LIFETIME F: there life"}},
		{"a meeting of a process that had not begun", `
{"claim": "date", "from": "P", "value": "2011/", "key": "life"}
{"claim": "date", "from": "m", "value": "2010-05-04", "claimant": "coder1", "key": "day"}
{"claim": "belongsTo", "from": "m", "to": "P", "key": "a"}
{"claim": "belongsTo", "from": "n", "to": "P", "key": "b"}`, []string{"OUTSIDE_LIFETIME P: a life day"}},
		{"a lifetime in doubt, one that may be longer, a day that is none, and what one may do to the dead", `
{"claim": "date", "from": "S", "value": "1922/1991?"}
{"claim": "signed", "from": "S", "to": "m"}
{"claim": "date", "from": "T", "value": "1922/1991", "claimant": "coder1"}
{"claim": "date", "from": "T", "value": "1922/2010", "claimant": "coder2"}
{"claim": "signed", "from": "T", "to": "m"}
{"claim": "date", "from": "O", "value": "1991-09-21"}
{"claim": "signed", "from": "O", "to": "m"}
{"claim": "date", "from": "G", "value": "1922/1991"}
{"claim": "appealTo", "from": "L", "to": "G", "when": "2000"}
{"claim": "concerns", "from": "m", "to": "G"}`, nil},

		{"an alias that is the name of another", `
{"claim": "name", "from": "S", "value": "Ruritania", "key": "a"}
{"claim": "alias", "from": "T", "value": "RURITANIA", "key": "b"}`, []string{"SHARED_ALIAS S: a b"}},
		{"a name of two, a name of two kinds, and what one is spoken of as", `
{"claim": "name", "from": "S", "value": "Ruritania"}
{"claim": "name", "from": "T", "value": "Ruritania"}
{"claim": "alias", "from": "land", "value": "Ruritania"}
{"claim": "metonym", "from": "T", "value": "Strelsau"}
{"claim": "alias", "from": "S", "value": "Strelsau"}`, nil},
		{"an alias of what is one with it", `
{"claim": "name", "from": "S", "value": "Ruritania"}
{"claim": "alias", "from": "T", "value": "Ruritania"}
{"claim": "sameAs", "from": "S", "to": "T"}`, nil},

		{"two kinds, by a merger", `
{"claim": "sameAs", "from": "O", "to": "G"}`, []string{"TWO_KINDS O:"}},
		{"two kinds, one after the other", `
{"claim": "kind", "from": "G", "value": "Organization", "when": "2006", "key": "b"}`, nil},
		{"two kinds at a time", `
{"claim": "kind", "from": "G", "value": "Organization", "when": "2006", "claimant": "coder1", "key": "b"}`, []string{"TWO_KINDS G: b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := storeOf(t, stage+test.records).Head()
			if diff := cmp.Diff(test.want, found(t, v, store.FindingFilter{})); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFindingsOfGoneObjects withdraws all that says what a referred text is.
func TestFindingsOfGoneObjects(t *testing.T) {
	s := storeOf(t, stage+`{"claim": "follows", "from": "n", "to": "m", "key": "a"}`)
	v := s.Head()
	m, _ := v.Entity("t:m")
	claims, err := v.ReadClaims(t.Context(), v.Values(m, graph.KindPredicate))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context(), []store.Change{{Op: ledger.Withdraw, ID: claims[0].ClaimID}}, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"DANGLING_REFERENCE n: a"}, found(t, s.Head(), store.FindingFilter{})); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if lines := found(t, v, store.FindingFilter{}); lines != nil {
		t.Errorf("before that: %v", lines)
	}
}

// wrongs has a finding or two of most kinds.
const wrongs = stage + `
{"claim": "leads", "from": "L", "to": "S", "when": "2000/2004", "key": "term"}
{"claim": "signed", "from": "L", "to": "m", "qualifiers": {"onBehalfOf": ["S"]}, "coder": "coder1", "key": "tie"}
{"claim": "mediated", "from": "S", "to": "m", "coder": "coder2", "key": "third"}
{"claim": "signed", "from": "T", "to": "n", "when": "2012", "key": "late"}
{"claim": "date", "from": "T", "value": "1991/2011", "key": "life"}
{"claim": "date", "from": "n", "value": "2012-03", "claimant": "coder1", "key": "march"}
{"claim": "date", "from": "n", "value": "2012-04-01", "claimant": "coder2", "key": "april"}
{"claim": "references", "from": "n", "value": "another text", "key": "cited"}
{"claim": "kind", "from": "G", "value": "Organization", "when": "2006", "claimant": "coder1", "key": "kind"}
`

// TestFindingsAbout asks for some of the findings: about an entity, of some kinds, as of a day, and page by page.
func TestFindingsAbout(t *testing.T) {
	v := storeOf(t, wrongs).Head()
	all := []string{
		"NOT_IN_OFFICE L: tie term", "DATES_DISAGREE n: march april", "PARTY_OR_THIRD_PARTY m: tie third", "DANGLING_REFERENCE n: cited",
		"OUTSIDE_LIFETIME T: late life", "TWO_KINDS G: kind",
	}
	tests := []struct {
		name  string
		about graph.ID
		kinds []trace.FindingKind
		asOf  string
		want  []string
	}{
		{name: "all", want: all},
		{name: "some kinds", kinds: []trace.FindingKind{trace.TwoKinds, trace.DatesDisagree}, want: []string{all[1], all[5]}},
		{name: "no kinds", kinds: []trace.FindingKind{}},
		{name: "about a state, as principal and as actor", about: "t:S", want: []string{all[0], all[2]}},
		{name: "about a meeting", about: "t:m", want: []string{all[0], all[2]}},
		{name: "about an agreement, some kinds", about: "t:n", kinds: []trace.FindingKind{trace.DanglingReference, trace.OutsideLifetime}, want: []string{all[3], all[4]}},
		{name: "about what all is well with", about: "t:land"},
		{name: "as of a day before there was a second kind", asOf: "2005", want: []string{all[1], all[3]}},
		{name: "as of a day before the last signature", asOf: "2011", want: []string{all[0], all[1], all[2], all[3], all[5]}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at := store.At{}
			if test.asOf != "" {
				at.AsOf = date(t, test.asOf)
			}
			view, err := v.With(at)
			if err != nil {
				t.Fatal(err)
			}
			filter := store.FindingFilter{Kinds: test.kinds}
			if test.about != "" {
				e, _ := view.Entity(test.about)
				filter.About = &e
			}
			if diff := cmp.Diff(test.want, found(t, view, filter)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("page by page", func(t *testing.T) {
		var kinds []string
		page := store.Page{First: 2}
		for {
			list, err := v.Findings(t.Context(), store.FindingFilter{Budget: 1 << 20}, page)
			if err != nil || list.Total() != len(all) || list.Partial {
				t.Fatalf("%d of %d, partial %v: %v", list.Total(), len(all), list.Partial, err)
			}
			for _, f := range list.Items {
				kinds = append(kinds, string(f.Kind))
			}
			if !list.HasNext {
				break
			}
			page.After = list.Cursor(len(list.Items) - 1)
		}
		want := []string{"NOT_IN_OFFICE", "DATES_DISAGREE", "PARTY_OR_THIRD_PARTY", "DANGLING_REFERENCE", "OUTSIDE_LIFETIME", "TWO_KINDS"}
		if diff := cmp.Diff(want, kinds); diff != "" {
			t.Errorf("kinds on the pages (-want +got):\n%s", diff)
		}
	})
}

// TestFindingsOutOfBudget gives every budget from none to enough: what is listed is always among all, and it is said whether it may be
// less.
func TestFindingsOutOfBudget(t *testing.T) {
	s := storeOf(t, wrongs).Head().Snapshot()
	whole, err := trace.Findings(t.Context(), s, trace.FindingQuestion{Budget: 1 << 20})
	if err != nil || whole.Partial {
		t.Fatal(whole, err)
	}
	for budget := 0; ; budget++ {
		a, err := trace.Findings(t.Context(), s, trace.FindingQuestion{Budget: budget})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Findings {
			if !slices.ContainsFunc(whole.Findings, func(g trace.Finding) bool { return cmp.Equal(f, g) }) {
				t.Fatalf("with a budget of %d it finds %+v", budget, f)
			}
		}
		if !a.Partial {
			if diff := cmp.Diff(whole.Findings, a.Findings); diff != "" || budget < 50 {
				t.Errorf("a budget of %d is enough (-whole +found):\n%s", budget, diff)
			}
			return
		}
	}
}

// TestFindingsGivenUp ends the context before and while a large graph is looked at.
func TestFindingsGivenUp(t *testing.T) {
	var records strings.Builder
	records.WriteString(stage)
	for i := range 5000 {
		fmt.Fprintf(&records, `{"entity": "place%d", "kind": "Place"}`+"\n", i)
	}
	s := storeOf(t, records.String()).Head().Snapshot()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a, err := trace.Findings(ctx, s, trace.FindingQuestion{Budget: 1 << 30}); !errors.Is(err, context.Canceled) || a != nil {
		t.Errorf("answer %v, error %v", a, err)
	}
}
