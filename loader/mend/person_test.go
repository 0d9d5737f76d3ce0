package mend_test

import (
	"testing"

	"entente/graph"
)

func TestPersons(t *testing.T) {
	testEvents(t, []eventTest{
		{
			"persons of one third party, their numbers in med_scope",
			row{
				"third_party": "IGAD", "third_party_id_MEND": "IGO_312", "third_party_id_PAAX": "IGO_312",
				"med_scope": "indnam9002;NL", "individual_med_named": "Ana Bell; Cem Dor", "Summary": "The envoy Ana Bell arrived",
			},
			[]graph.Predicate{graph.Mediated, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId paax:IGO_312 = mend:IGO_312 (column third_party_id_MEND, IGO_312)",
				"externalId paax:IGO_312 = paax:IGO_312 (column third_party_id_MEND, IGO_312)",
				"mediated paax:IGO_312 -> mend:SUD202301-1 [asNamed=IGAD] 'IGAD' (med_event_ID SUD202301-1, column third_party)",
				"externalId mend:person-ana-bell = mend:indnam9002 (column individual_med_named, Ana Bell)",
				"mediated mend:person-ana-bell -> mend:SUD202301-1 [asNamed=Ana Bell] [inferred=the row has no other third party] [onBehalfOf=paax:IGO_312] 'The envoy Ana Bell arrived' (med_event_ID SUD202301-1, column individual_med_named and Summary)",
				"mediated mend:person-cem-dor -> mend:SUD202301-1 [asNamed=Cem Dor] [inferred=the row has no other third party] [onBehalfOf=paax:IGO_312] 'Cem Dor' (med_event_ID SUD202301-1, column individual_med_named)",
			},
			nil, nil,
		},
		{
			"a name without letters, an empty place",
			row{"individual_med_named": "?; ", "third_party": "Egypt", "third_party_id_MEND": "CON_82", "third_party_id_PAAX": "CON_82"},
			[]graph.Predicate{graph.Mediated},
			[]string{"mediated paax:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] 'Egypt' (med_event_ID SUD202301-1, column third_party)"},
			nil,
			map[string]int{
				"a name without letters": 1,
				"med_scope does not have one number for each of individual_med_named, so the names alone are taken": 1,
			},
		},
		{
			"one person of two numbers",
			row{"med_scope": "indnam9005;indnam9009", "individual_med_named": "Zoe Dor"},
			[]graph.Predicate{graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId mend:person-zoe-dor = mend:indnam9005 (column individual_med_named, Zoe Dor)",
				"externalId mend:person-zoe-dor = mend:indnam9009 (column individual_med_named, Zoe Dor)",
			},
			nil,
			map[string]int{"persons beside several third parties: the row does not say for whom they acted": 1},
		},
	})
}
