package reconcile_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestExtend fetches properties of every sort, of entities that have them and that have not.
func TestExtend(t *testing.T) {
	srv := serve(t)
	query := `{"ids": ["t:ARM", "iso3:AZE", "t:deal", "t:front-1", "t:nothing"], "properties": [
		{"id": "name"}, {"id": "alias", "settings": {"limit": 1}}, {"id": "id-iso3"}, {"id": "date"}, {"id": "country"},
		{"id": "inverse-leads", "settings": {"limit": ""}}, {"id": "inverse-signed", "settings": {"limit": "1"}}, {"id": "strength"}, {"id": "id"}, {"id": "locatedIn"}]}`
	want := `{
		"meta": [
			{"id": "name", "name": "Name"}, {"id": "alias", "name": "Alias"}, {"id": "id-iso3", "name": "ISO 3166-1 alpha-3 code"}, {"id": "date", "name": "Date"},
			{"id": "country", "name": "Country", "type": {"id": "State", "name": "State"}},
			{"id": "inverse-leads", "name": "Is led by", "type": {"id": "Leader", "name": "Leader"}}, {"id": "inverse-signed", "name": "Was signed by"},
			{"id": "strength", "name": "Strength"}, {"id": "id", "name": "Id in this graph"}, {"id": "locatedIn", "name": "Is located in"}],
		"rows": {
			"t:ARM": {"name": [{"str": "Armenia"}], "alias": [{"str": "Republic of Armenia"}], "id-iso3": [{"str": "ARM"}], "date": [], "country": [{"id": "t:ARM", "name": "Armenia"}],
				"inverse-leads": [{"id": "t:pashinyan", "name": "Nikol Pashinyan"}], "inverse-signed": [], "strength": [], "id": [{"str": "t:ARM"}], "locatedIn": []},
			"iso3:AZE": {"name": [{"str": "Azerbaijan"}], "alias": [], "id-iso3": [{"str": "AZE"}], "date": [], "country": [{"id": "t:AZE", "name": "Azerbaijan"}],
				"inverse-leads": [{"id": "t:i-aliyev", "name": "Ilham Aliyev"}], "inverse-signed": [], "strength": [], "id": [{"str": "t:AZE"}], "locatedIn": []},
			"t:deal": {"name": [{"str": "Ceasefire statement"}], "alias": [], "id-iso3": [], "date": [{"str": "2020-11-09"}], "country": [],
				"inverse-leads": [], "inverse-signed": [{"id": "t:ARM", "name": "Armenia"}], "strength": [], "id": [{"str": "t:deal"}], "locatedIn": []},
			"t:front-1": {"name": [{"str": "National Front"}], "alias": [], "id-iso3": [], "date": [], "country": [{"id": "t:ARM", "name": "Armenia"}],
				"inverse-leads": [], "inverse-signed": [], "strength": [{"float": 1200}], "id": [{"str": "t:front-1"}], "locatedIn": [{"id": "t:ARM", "name": "Armenia"}]},
			"t:nothing": {"name": [], "alias": [], "id-iso3": [], "date": [], "country": [], "inverse-leads": [], "inverse-signed": [], "strength": [], "id": [], "locatedIn": []}}}`
	posted := srv.post(t, "extend", query)
	got := srv.get(t, "?extend="+url.QueryEscape(query))
	for method, a := range map[string]answer{"POST": posted, "GET": got} {
		a.fits(t, http.StatusOK, "extension", nil)
		if diff := cmp.Diff(decode(t, []byte(want)), decode(t, a.body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", method, diff)
		}
	}
}

func decode(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

type named struct{ ID, Name string }

// TestPropose shows that every property that is proposed for a type can be fetched.
func TestPropose(t *testing.T) {
	srv := serve(t)
	ids := func(below string) (list []string) {
		t.Helper()
		var got struct{ Properties []named }
		a := srv.get(t, "/properties"+below)
		a.fits(t, http.StatusOK, "proposal", &got)
		for _, p := range got.Properties {
			list = append(list, p.ID)
		}
		return list
	}
	all, leader, agreement := ids(""), ids("?type=Leader"), ids("?type=Agreement")
	if !slices.Contains(leader, "leads") || slices.Contains(leader, "stage") || slices.Contains(leader, "inverse-signed") {
		t.Errorf("of a leader: %q", leader)
	}
	if !slices.Contains(agreement, "inverse-signed") || slices.Contains(agreement, "signed") {
		t.Errorf("of an agreement: %q", agreement)
	}
	if few := ids("?type=Agreement&limit=3"); !slices.Equal(few, agreement[:3]) {
		t.Errorf("limit=3 gives %q, want the first of %q", few, agreement)
	}
	for chunk := range slices.Chunk(all, 50) {
		var properties []map[string]string
		for _, id := range chunk {
			properties = append(properties, map[string]string{"id": id})
		}
		query, err := json.Marshal(map[string]any{"ids": []string{"t:ARM", "t:deal", "t:pashinyan", "t:front-1"}, "properties": properties})
		if err != nil {
			t.Fatal(err)
		}
		a := srv.post(t, "extend", string(query))
		a.fits(t, http.StatusOK, "extension", nil)
	}
}
