package mend_test

import (
	"testing"

	"entente/graph"
)

func TestPlaces(t *testing.T) {
	testEvents(t, []eventTest{
		{
			"a town",
			row{"med_location - MULTISELECT": "Cairo, Egypt", "med_loc_cty": "EGY"},
			[]graph.Predicate{graph.LocatedIn, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId mend:country-EGY = iso3:EGY (column med_location - MULTISELECT, Egypt)",
				"locatedIn mend:place-cairo-egypt -> mend:country-EGY 'Cairo, Egypt' (column med_location - MULTISELECT, Cairo, Egypt)",
				"locatedIn mend:SUD202301-1 -> mend:place-cairo-egypt 'Cairo, Egypt' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil, nil,
		},
		{
			"a namesake in another country",
			row{"conflict_country": "Libya; Sudan", "med_location - MULTISELECT": "Tripoli, Lebanon", "med_loc_cty": "LBN"},
			[]graph.Predicate{graph.LocatedIn},
			[]string{
				"locatedIn mend:place-tripoli-lebanon -> mend:country-LBN 'Tripoli, Lebanon' (column med_location - MULTISELECT, Tripoli, Lebanon)",
				"locatedIn mend:SUD202301-1 -> mend:place-tripoli-lebanon 'Tripoli, Lebanon' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
				"locatedIn mend:place-tripoli-libya -> mend:country-LBY 'Tripoli, Libya' (column med_location - MULTISELECT, Tripoli, Libya)",
				"locatedIn mend:SUD202301-1 -> mend:place-tripoli-libya [inferred=the event concerns Libya; the place found is a namesake] 'Tripoli, Lebanon' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil,
			map[string]int{"a place of the same name in another country than the event is about": 1},
		},
		{
			"a code that is no country's",
			row{"med_location - MULTISELECT": "Gaza, Gaza Strip", "med_loc_cty": "XGZ"},
			[]graph.Predicate{graph.LocatedIn, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"locatedIn mend:place-gaza-gaza-strip -> mend:territory-gaza-strip 'Gaza, Gaza Strip' (column med_location - MULTISELECT, Gaza, Gaza Strip)",
				"locatedIn mend:SUD202301-1 -> mend:place-gaza-gaza-strip 'Gaza, Gaza Strip' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil, nil,
		},
		{
			"no place",
			row{"med_location - MULTISELECT": "Virtual", "med_loc_cty": "0"},
			[]graph.Predicate{graph.LocatedIn},
			nil, nil,
			map[string]int{"held at a distance, so that it has no place": 1},
		},
	})
}
