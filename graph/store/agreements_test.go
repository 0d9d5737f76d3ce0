package store

import (
	"slices"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
)

// checkAgreements compares the agreements of two who must have had parts with those that the lists of either have in common. A list of
// one is made of that one's parts, a list of two of one's parts and of those at the meetings.
func checkAgreements(t *rapid.T, v *View) {
	pick := func(label string) Entity {
		e, _ := v.Entity(rapid.SampledFrom(troupe).Draw(t, label))
		return e
	}
	a, b := pick("party"), pick("party or mediator")
	one, other := AgreementFilter{Between: []Entity{a}}, AgreementFilter{Between: []Entity{b}}
	both := AgreementFilter{Between: []Entity{a, b}}
	if rapid.Bool().Draw(t, "mediated") {
		other, both = AgreementFilter{MediatedBy: []Entity{b}}, AgreementFilter{Between: []Entity{a}, MediatedBy: []Entity{b}}
	}
	others := agreementsOf(t, v, other)
	want := slices.DeleteFunc(agreementsOf(t, v, one), func(id graph.ID) bool { return !slices.Contains(others, id) })
	if diff := gocmp.Diff(want, agreementsOf(t, v, both)); diff != "" {
		t.Fatalf("%+v at commit %d as of %q (-in both lists +got):\n%s", both, v.Moment().Commit, v.asOf, diff)
	}
}

func agreementsOf(t *rapid.T, v *View, f AgreementFilter) []graph.ID {
	list, err := v.Agreements(f, DateAscending, Page{First: 1000})
	if err != nil {
		t.Fatal(err)
	}
	found := make([]graph.ID, len(list.Items))
	for i, e := range list.Items {
		found[i] = v.ID(e)
	}
	return found
}
