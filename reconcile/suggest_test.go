package reconcile_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/reconcile"
)

// TestSuggest types texts and looks at what comes, in its order.
func TestSuggest(t *testing.T) {
	srv := serve(t)
	tests := []struct{ below, want string }{
		{"entity?prefix=arm", "t:ARM"},
		{"entity?prefix=Pash", "t:pashinyan"},
		{"entity?prefix=nikol+pa", "t:pashinyan"},
		{"entity?prefix=%D0%9F%D0%B0%D1%88", "t:pashinyan"},
		{"entity?prefix=iso3:ARM", "t:ARM"},
		{"entity?prefix=t:deal", "t:deal"},
		{"entity?prefix=aliyev&type=Leader", "t:h-aliyev, t:i-aliyev"},
		{"entity?prefix=aliyev&type=State", ""},
		{"entity?prefix=national&cursor=1", "t:front-2"},
		{"entity?prefix=national&cursor=5", ""},
		{"entity?prefix=", ""},
		{"entity", ""},
		{"property?prefix=countr", "country, locatedIn, inverse-locatedIn, id-fips"},
		{"property?prefix=iso", "id-iso2, id-iso3"},
		{"property?prefix=leader&type=Leader", "leads, id-archigos"},
		{"property?prefix=Is+led", "inverse-leads"},
		{"property?prefix=no+such", ""},
		{"type?prefix=arm", "ArmedGroup"},
		{"type?prefix=st", "State"},
		{"type?prefix=Armed+gr", "ArmedGroup"},
		{"type?prefix=&cursor=10", "Event, Document"},
	}
	for _, tt := range tests {
		var got struct{ Result []named }
		a := srv.get(t, "/suggest/"+tt.below)
		a.fits(t, http.StatusOK, "suggest", &got)
		var ids []string
		for _, r := range got.Result {
			ids = append(ids, r.ID)
		}
		if list := strings.Join(ids, ", "); list != tt.want {
			t.Errorf("%s suggests %q, want %q", tt.below, list, tt.want)
		}
	}
}

// TestFlyouts shows that a suggestion's picture says what it is of.
func TestFlyouts(t *testing.T) {
	srv := serve(t)
	for below, want := range map[string]string{
		"entity?id=t%3Apashinyan":   "Nikol Pashinyan",
		"property?id=id-iso3":       "ISO 3166-1 alpha-3 code",
		"type?id=PeacekeepingForce": "Peacekeeping force",
	} {
		var got struct{ ID, HTML string }
		a := srv.get(t, "/flyout/"+below)
		a.fits(t, http.StatusOK, "flyout", &got)
		if !strings.Contains(got.HTML, want) {
			t.Errorf("%s: %s", below, got.HTML)
		}
	}
}

// TestOpenRefine sends what OpenRefine 3.8 sends, in its order, from adding the service to fetching a column.
func TestOpenRefine(t *testing.T) {
	srv := serve(t)
	page := []string{"Origin", "http://127.0.0.1:3333", "Referer", "http://127.0.0.1:3333/", "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Accept", "application/json, text/javascript, */*; q=0.01"}
	backend := []string{"User-Agent", "OpenRefine/3.8.2 [fdc1ba5]", "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}
	frame := []string{"Referer", "http://127.0.0.1:3333/", "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}
	steps := []struct {
		name, method, below, form string
		headers                   []string
		schema                    string
	}{
		{"the service is added", "GET", "", "", page, "manifest"},
		{"or, in a fall-back, as a script", "GET", "?callback=jQuery35109_1&_=1700000000000", "", page, ""},
		{"types of the column are guessed", "POST", "", "queries=" + url.QueryEscape(`{"q0":{"query":"Armenia","limit":3},"q1":{"query":"Azerbaijan","limit":3}}`), backend, "result-batch"},
		{"a type is looked for", "GET", "/suggest/type?prefix=sta", "", page, "suggest"},
		{"a property is looked for", "GET", "/suggest/property?prefix=coun&type=State", "", page, "suggest"},
		{"cells are matched", "POST", "", "queries=" + url.QueryEscape(`{"q0":{"query":"National Front","type":"ArmedGroup","properties":[{"pid":"country","v":"Armenia"},{"pid":"date","v":2020}],"limit":5,"type_strict":"should"},"q1":{"query":"N. Pashinian","type":"ArmedGroup","properties":[{"pid":"country","v":{"id":"t:ARM","name":"Armenia"}}],"limit":5,"type_strict":"should"}}`), backend, "result-batch"},
		{"a candidate is looked at", "GET", "/preview?id=t%3AARM", "", frame, ""},
		{"another is looked for", "GET", "/suggest/entity?prefix=arme&type=State&type_strict=should", "", page, "suggest"},
		{"and hovered over", "GET", "/flyout/entity?id=t%3AARM", "", page, "flyout"},
		{"properties are proposed", "GET", "/properties?type=State&limit=50", "", page, "proposal"},
		{"columns are fetched", "POST", "", "extend=" + url.QueryEscape(`{"ids":["t:ARM","t:AZE"],"properties":[{"id":"id-iso3"},{"id":"inverse-leads","settings":{"limit":"1"}}]}`), backend, "extension"},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			a := srv.do(t, step.method, reconcile.Path+step.below, step.form, step.headers...)
			if step.schema != "" {
				a.fits(t, http.StatusOK, step.schema, nil)
			}
			if a.status != http.StatusOK {
				t.Errorf("status %d: %s", a.status, a.body)
			}
			if origin := a.header.Get("Access-Control-Allow-Origin"); step.headers[0] == "Origin" && origin != step.headers[1] {
				t.Errorf("the page may not read it: Access-Control-Allow-Origin is %q", origin)
			}
		})
	}
}
