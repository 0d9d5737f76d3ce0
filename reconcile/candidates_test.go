package reconcile_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type results map[string]struct {
	Result []struct {
		ID, Name, Description string
		Score                 float64
		Match                 bool
		Features              []struct {
			ID    string
			Value any
		}
	}
}

// summary lists the candidates of a query that score at least half, the one that is taken with a mark.
func (r results) summary(key string) string {
	var parts []string
	for _, c := range r[key].Result {
		if c.Score < 50 {
			continue
		}
		text := c.ID
		if c.Match {
			text += " !"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// TestCandidates asks one query after another for the candidates that score at least half.
func TestCandidates(t *testing.T) {
	srv := serve(t)
	tests := []struct{ name, query, want string }{
		{"a name", `{"query": "Armenia"}`, "t:ARM !"},
		{"an alias", `{"query": "Republic of Armenia"}`, "t:ARM !"},
		{"another script", `{"query": "Никол Пашинян", "type": "Leader"}`, "t:pashinyan !"},
		{"initials", `{"query": "N. Pashinian", "type": ["Leader"]}`, "t:pashinyan !"},
		{"another romanisation", `{"query": "Azerbaidzhan"}`, "t:AZE !"},
		{"a misspelt name is not taken", `{"query": "Azerbaijam", "type": "State"}`, "t:AZE"},
		{"a surname that two have is not taken", `{"query": "Aliyev", "type": "Leader"}`, "t:h-aliyev, t:i-aliyev"},
		{"nor a name", `{"query": "National Front", "type": "ArmedGroup"}`, "t:front-1, t:front-2"},
		{"but with its country", `{"query": "National Front", "type": "ArmedGroup", "properties": [{"pid": "country", "v": "Azerbaijan"}]}`, "t:front-2 !"},
		{"by its code", `{"query": "National Front", "properties": [{"pid": "country", "v": "AZE"}]}`, "t:front-2 !"},
		{"as found before", `{"query": "National Front", "type": "ArmedGroup", "properties": [{"pid": "locatedIn", "v": {"id": "t:ARM", "name": "Armenia"}}]}`, "t:front-1 !"},
		{"who leads what", `{"query": "Aliyev", "type": "Leader", "properties": [{"pid": "leads", "v": ["Azerbaijan"]}]}`, "t:i-aliyev, t:h-aliyev"},
		{"a day", `{"query": "Ceasefire statement", "type": "Agreement", "properties": [{"pid": "date", "v": "2020-11-09"}]}`, "t:deal !"},
		{"a year, as a number", `{"query": "Ceasefire statement", "type": "Agreement", "properties": [{"pid": "date", "v": 1994}]}`, "t:old-deal !"},
		{"an id and no name", `{"properties": [{"pid": "id-iso3", "v": "ARM"}]}`, "t:ARM !"},
		{"its own id", `{"query": "t:ARM"}`, "t:ARM !"},
		{"an exact id", `{"query": "wikidata:Q399"}`, "t:ARM !"},
		{"an id that others may have, too", `{"query": "fips:AM"}`, "t:ARM"},
		{"a word for it that names something else", `{"query": "Yerevan"}`, ""},
		{"nothing like it", `{"query": "Xyzzy"}`, ""},
		{"no letters", `{"query": "!"}`, ""},
		{"a limit", `{"query": "National Front", "limit": 1}`, "t:front-1"},
		{"a kind that does not fit counts against it", `{"query": "Armenia", "type": "Leader"}`, ""},
		{"or leaves it out", `{"query": "National Front", "type": ["State", "Leader"], "type_strict": "any"}`, ""},
		{"any of several", `{"query": "National Front", "type": ["State", "ArmedGroup"], "type_strict": "any"}`, "t:front-1, t:front-2"},
		{"an empty cell says nothing", `{"query": "Armenia", "properties": [{"pid": "date", "v": ""}, {"pid": "country", "v": null}]}`, "t:ARM !"},
		{"another name as a property", `{"query": "Hayastan", "properties": [{"pid": "alias", "v": "Armenia"}]}`, "t:ARM !"},
		{"a kind as a property", `{"query": "Armenia", "properties": [{"pid": "kind", "v": "state"}]}`, "t:ARM !"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got results
			a := srv.post(t, "queries", `{"q0": `+tt.query+`}`)
			a.fits(t, http.StatusOK, "result-batch", &got)
			if diff := cmp.Diff(tt.want, got.summary("q0")); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", tt.query, diff, a.body)
			}
		})
	}
}

// TestUnreadValuesAreToldOf shows that a value which cannot be read is no reason to answer nothing, and not passed over in silence.
func TestUnreadValuesAreToldOf(t *testing.T) {
	var got results
	a := serve(t).post(t, "queries", `{"q": {"query": "Armenia", "properties": [
		{"pid": "date", "v": "some day"}, {"pid": "kind", "v": "Country"}, {"pid": "externalId", "v": "no id"}, {"pid": "leads", "v": {"id": "t:nobody"}}]}}`)
	a.fits(t, http.StatusOK, "result-batch", &got)
	var unread []string
	for _, f := range got["q"].Result[0].Features {
		if strings.HasPrefix(f.ID, "unread-") && f.Value == true {
			unread = append(unread, f.ID)
		}
	}
	if diff := cmp.Diff([]string{"unread-date", "unread-externalId", "unread-kind", "unread-leads"}, unread); diff != "" {
		t.Errorf("features (-want +got):\n%s", diff)
	}
}

// TestBatch shows that each query is answered under its key, whatever stands beside it, by GET as by POST.
func TestBatch(t *testing.T) {
	srv := serve(t)
	batch := make(map[string]map[string]any)
	for i := range 50 {
		batch[fmt.Sprintf("q%d", i)] = map[string]any{"query": []string{"Armenia", "Azerbaijan", "National Front"}[i%3]}
	}
	text, err := json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	var posted, got results
	a := srv.post(t, "queries", string(text))
	a.fits(t, http.StatusOK, "result-batch", &posted)
	b := srv.get(t, "?queries="+url.QueryEscape(string(text)))
	b.fits(t, http.StatusOK, "result-batch", &got)
	if diff := cmp.Diff(posted, got); diff != "" {
		t.Errorf("GET and POST differ (-POST +GET):\n%s", diff)
	}
	alone := results{}
	c := srv.post(t, "queries", `{"q4": {"query": "Azerbaijan"}}`)
	c.fits(t, http.StatusOK, "result-batch", &alone)
	if diff := cmp.Diff(alone["q4"], posted["q4"]); diff != "" || len(posted) != 50 {
		t.Errorf("alone and in a batch of %d (-alone +batch):\n%s", len(posted), diff)
	}
	batch["one more"] = map[string]any{"query": "Armenia"}
	text, err = json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	var refused errorOf
	d := srv.post(t, "queries", string(text))
	d.fits(t, http.StatusRequestEntityTooLarge, "error", &refused)
	if want := "the batch has 51 queries; at most 50"; refused.Error.Message != want {
		t.Errorf("it says %q, want %q", refused.Error.Message, want)
	}
}
