package mend_test

import (
	"testing"

	"entente/graph"
)

func TestThirdParties(t *testing.T) {
	testEvents(t, []eventTest{
		{
			"third parties of PAA-X and of MEND's own list, between two local parties",
			row{
				"third_party": "Egypt; UNITAMS", "third_party_id_MEND": "CON_82;MEND-58", "third_party_id_PAAX": "CON_82;", "third_party_id_GW": "651;",
				"local_parties": "Sudan; Civil Society (Default)", "local_party_id": "112;MEND",
				"Summary": "Talks went on. Under the eyes of Egypt Post a first text was read. In the end, Egypt invited both sides to Cairo. They came.",
			},
			[]graph.Predicate{graph.Mediated, graph.KindPredicate, graph.ExternalID, "participated"},
			[]string{
				"kind mend:SUD202301-1 = Event (med_event_ID SUD202301-1)",
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"kind mend:country-SDN = State (column conflict_country, Sudan)",
				"kind mend:country-SDN = State (column local_parties, Sudan)",
				"externalId mend:country-SDN = mend-party:112 (column local_parties, Sudan)",
				"participated mend:country-SDN -> mend:SUD202301-1 [asNamed=Sudan] 'Sudan' (med_event_ID SUD202301-1, column local_parties)",
				"kind mend:party-sudan-civil-society-default = Organization [inferred=MEND does not say of what kind its local parties are] (column local_parties, Civil Society (Default) in Sudan)",
				"participated mend:party-sudan-civil-society-default -> mend:SUD202301-1 [asNamed=Civil Society (Default)] 'Civil Society (Default)' (med_event_ID SUD202301-1, column local_parties)",
				"kind paax:CON_82 = State (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = mend:CON_82 (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = paax:CON_82 (column third_party_id_MEND, CON_82)",
				"mediated paax:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] [between=mend:country-SDN] [between=mend:party-sudan-civil-society-default] 'In the end, Egypt invited both sides to Cairo.' (med_event_ID SUD202301-1, column third_party and Summary)",
				"kind mend:MEND-58 = Organization (column third_party_id_MEND, MEND-58)",
				"externalId mend:MEND-58 = mend:MEND-58 (column third_party_id_MEND, MEND-58)",
				"mediated mend:MEND-58 -> mend:SUD202301-1 [asNamed=UNITAMS] [between=mend:country-SDN] [between=mend:party-sudan-civil-society-default] 'UNITAMS' (med_event_ID SUD202301-1, column third_party)",
			},
			nil, nil,
		},
		{
			"related to mediation; a state of MEND's own list; one twice",
			row{"med_type": "MR", "third_party": "Bhutan; Bhutan", "third_party_id_MEND": "MEND-11;MEND-11", "third_party_id_PAAX": ";"},
			[]graph.Predicate{graph.Mediated, graph.ThirdParty, graph.NamePredicate},
			[]string{
				"name mend:country-SDN = Sudan (column conflict_country, Sudan)",
				"name mend:MEND-11 = Bhutan (column third_party_id_MEND, MEND-11)",
				"thirdParty mend:MEND-11 -> mend:SUD202301-1 [asNamed=Bhutan] 'Bhutan' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"a third party that is named twice": 1},
		},
		{
			"no type, fewer names than ids",
			row{"med_type": "", "third_party": "Egypt", "third_party_id_MEND": "CON_82;IGO_8", "third_party_id_PAAX": "CON_82;IGO_8"},
			[]graph.Predicate{graph.Mediated, graph.ThirdParty},
			[]string{
				"thirdParty paax:CON_82 -> mend:SUD202301-1 (med_event_ID SUD202301-1, column third_party)",
				"thirdParty paax:IGO_8 -> mend:SUD202301-1 (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{
				"med_type is neither M nor MR, so the role of the third parties is not stated":       1,
				"third_party does not have one name for each of the ids, so the ids alone are taken": 1,
			},
		},
		{
			"ids of PAA-X that do not stand in the places of MEND's",
			row{"third_party": "Egypt; OCHA", "third_party_id_MEND": "CON_82;MEND-34", "third_party_id_PAAX": "CON_82"},
			[]graph.Predicate{graph.Mediated},
			[]string{
				"mediated mend:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] 'Egypt' (med_event_ID SUD202301-1, column third_party)",
				"mediated mend:MEND-34 -> mend:SUD202301-1 [asNamed=OCHA] 'OCHA' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"third_party_id_PAAX does not have one place for each of third_party_id_MEND, so it is left out": 1},
		},
		{
			"a country with the id of a party of the same abbreviation",
			row{"third_party": "US", "third_party_id_MEND": "POL_1001", "third_party_id_PAAX": "POL_1001"},
			[]graph.Predicate{graph.Mediated, graph.Alias},
			[]string{
				"mediated paax:POL_1001 -> mend:SUD202301-1 [asNamed=US] 'US' (med_event_ID SUD202301-1, column third_party)",
				"alias mend:country-USA = US (column third_party, US)",
				"mediated mend:country-USA -> mend:SUD202301-1 [asNamed=US] [inferred=the name is that of a country, the id is that of paax:POL_1001] 'US' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"a third party with the name of a country and the id of another actor; both are claimed": 1},
		},
		{
			"persons of several third parties, more numbers than names",
			row{
				"med_type": "MR", "third_party": "IGAD; Egypt", "third_party_id_MEND": "IGO_312;CON_82", "third_party_id_PAAX": "IGO_312;CON_82",
				"med_scope": "indnam9002;indnam9005;indnam9009", "individual_med_named": "Ana Bell; Zoe Dor",
			},
			[]graph.Predicate{graph.ThirdParty, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId paax:IGO_312 = mend:IGO_312 (column third_party_id_MEND, IGO_312)",
				"externalId paax:IGO_312 = paax:IGO_312 (column third_party_id_MEND, IGO_312)",
				"thirdParty paax:IGO_312 -> mend:SUD202301-1 [asNamed=IGAD] 'IGAD' (med_event_ID SUD202301-1, column third_party)",
				"externalId paax:CON_82 = mend:CON_82 (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = paax:CON_82 (column third_party_id_MEND, CON_82)",
				"thirdParty paax:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] 'Egypt' (med_event_ID SUD202301-1, column third_party)",
				"thirdParty mend:person-ana-bell -> mend:SUD202301-1 [asNamed=Ana Bell] 'Ana Bell' (med_event_ID SUD202301-1, column individual_med_named)",
				"thirdParty mend:person-zoe-dor -> mend:SUD202301-1 [asNamed=Zoe Dor] 'Zoe Dor' (med_event_ID SUD202301-1, column individual_med_named)",
			},
			nil,
			map[string]int{
				"med_scope does not have one number for each of individual_med_named, so the names alone are taken": 1,
				"persons beside several third parties: the row does not say for whom they acted":                    1,
			},
		},
	})
}

func TestLocalParties(t *testing.T) {
	testEvents(t, []eventTest{
		{
			"local parties whose entries do not go with them",
			row{"local_parties": "Hamas; Fatah", "local_party_id": "209;PAAX;207", "conflict_country": "Israel"},
			[]graph.Predicate{"participated", graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"participated mend:party-israel-hamas -> mend:SUD202301-1 [asNamed=Hamas] 'Hamas' (med_event_ID SUD202301-1, column local_parties)",
				"participated mend:party-israel-fatah -> mend:SUD202301-1 [asNamed=Fatah] 'Fatah' (med_event_ID SUD202301-1, column local_parties)",
			},
			nil,
			map[string]int{"local_party_id does not have one entry for each of local_parties, so the names alone are taken": 1},
		},
		{
			"a party of ACLED's list, an empty name, a garbled one",
			row{"local_parties": "Beja Congress; ; National¬†Umma Party", "local_party_id": "ACLED; NL;NL"},
			[]graph.Predicate{graph.ExternalID, graph.NamePredicate, graph.Alias},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"name mend:country-SDN = Sudan (column conflict_country, Sudan)",
				"name mend:party-sudan-beja-congress = Beja Congress (column local_parties, Beja Congress in Sudan)",
				"externalId mend:party-sudan-beja-congress = acled:Beja Congress (column local_parties, Beja Congress in Sudan)",
				"alias mend:party-sudan-national-umma-party = National¬†Umma Party (column local_parties, National¬†Umma Party in Sudan)",
				"name mend:party-sudan-national-umma-party = National Umma Party [inferred=the name found is UTF-8 read in another encoding] (column local_parties, National¬†Umma Party in Sudan)",
			},
			nil,
			map[string]int{"a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before": 1},
		},
	})
}
