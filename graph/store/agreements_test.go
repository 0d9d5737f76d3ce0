package store

import (
	"slices"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
)

// checkAgreements compares the agreements of one or two who must have had parts with those of all agreements that are among their parts, which
// are gathered in another way.
func checkAgreements(t *rapid.T, v *View) {
	var f AgreementFilter
	want := agreementsOf(t, v, f)
	for _, label := range []string{"the one", "the other"} {
		actor, _ := v.Entity(rapid.SampledFrom(troupe).Draw(t, label))
		var roles []graph.Predicate
		switch rapid.SampledFrom([]string{"party", "mediator", "none"}).Draw(t, label+" as") {
		case "party":
			f.Between = append(f.Between, actor)
			for _, info := range graph.Predicates() {
				if info.Tie && !info.ThirdParty() {
					roles = append(roles, info.Name)
				}
			}
		case "mediator":
			f.MediatedBy = append(f.MediatedBy, actor)
			roles = []graph.Predicate{graph.Mediated}
		default:
			continue
		}
		var there []graph.ID
		for _, p := range v.EveryPart(ParticipationFilter{Actor: &actor, Roles: roles}) {
			there = append(there, v.ID(p.Meeting))
		}
		want = slices.DeleteFunc(want, func(id graph.ID) bool { return !slices.Contains(there, id) })
	}
	if diff := gocmp.Diff(want, agreementsOf(t, v, f)); diff != "" {
		t.Fatalf("%+v at commit %d as of %q (-among the parts +got):\n%s", f, v.Moment().Commit, v.asOf, diff)
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
