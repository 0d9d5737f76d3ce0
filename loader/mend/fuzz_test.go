package mend_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/loader/format/formattest"
	"entente/loader/mend"
)

// FuzzRead reads files of all sorts: none stops the reading of it, the same claims come of it each time, and each says from where
// it is.
func FuzzRead(f *testing.F) {
	f.Add(events(row{
		"third_party": "US; Egypt", "third_party_id_MEND": "POL_1001;CON_82", "third_party_id_PAAX": "POL_1001;CON_82", "med_scope": "indnam1;NL",
		"individual_med_named": "Ana Bell", "source_urls": "https://a.example;http://[::1", "agmt_name": "T√ºrk", "Day": "31", "Month": "2",
		"local_parties": "Sudan; X", "local_party_id": "112;NL", "med_location - MULTISELECT": "Cairo, Egypt", "Summary": "A. Egypt met.",
	}))
	f.Add("MEND_ID,PAAX_ID,GW_ID,ActorName\nCON_1,CON_1,344,Croatia\nMEND-1,,,Ã©\n")
	f.Add("conflict_country,groupings_mechanisms,STARTDATE,ENDDATE,third_party,third_party_id_GLOPAD,description\nSudan,Quad,May 23 -,,AU,GP-6,\n")
	f.Fuzz(func(t *testing.T, content string) {
		first := formattest.Read(t, &mend.Format, "f.csv", content)
		second := formattest.Read(t, &mend.Format, "f.csv", content)
		if diff := cmp.Diff(first.Lines(), second.Lines()); diff != "" {
			t.Errorf("claims (-once +again):\n%s", diff)
		}
		for i := range first.Claims {
			if c := &first.Claims[i]; c.Source.Document == "" || c.Coder == "" {
				t.Errorf("a claim without a source: %s", formattest.Line(c))
			}
		}
	})
}
