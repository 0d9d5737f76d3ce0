package reconcile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/reconcile"
)

// TestManifest holds the manifest against the draft, and follows each address that it names.
func TestManifest(t *testing.T) {
	srv := serve(t)
	type service struct {
		URL    string `json:"service_url"`
		Path   string `json:"service_path"`
		Flyout string `json:"flyout_service_path"`
	}
	var m struct {
		ServiceVersion string
		View, Preview  struct{ URL string }
		Suggest        struct{ Entity, Property, Type service }
		Extend         struct {
			Propose service `json:"propose_properties"`
		}
		DefaultTypes []struct{ ID string }
	}
	for _, below := range []string{"", "/", "?lang=en"} {
		a := srv.get(t, below)
		a.fits(t, http.StatusOK, "manifest", &m)
	}
	if m.ServiceVersion != "entente test" || len(m.DefaultTypes) != 12 || m.DefaultTypes[3].ID != "Leader" {
		t.Errorf("the manifest is %+v", m)
	}
	follow := func(address, schema string) {
		t.Helper()
		if !strings.HasPrefix(address, srv.URL+"/") {
			t.Errorf("%s is not on %s", address, srv.URL)
			return
		}
		a := srv.do(t, http.MethodGet, strings.TrimPrefix(address, srv.URL), "")
		if schema != "" {
			a.fits(t, http.StatusOK, schema, nil)
		} else if a.status != http.StatusOK || a.header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: status %d, %s", address, a.status, a.header.Get("Content-Type"))
		}
	}
	armenia := url.QueryEscape("t:ARM")
	follow(strings.ReplaceAll(m.View.URL, "{{id}}", armenia), "")
	follow(strings.ReplaceAll(m.Preview.URL, "{{id}}", armenia), "")
	follow(m.Extend.Propose.URL+m.Extend.Propose.Path+"?type=State", "proposal")
	for id, s := range map[string]service{armenia: m.Suggest.Entity, "id-iso3": m.Suggest.Property, "ArmedGroup": m.Suggest.Type} {
		follow(s.URL+s.Path+"?prefix=a", "suggest")
		follow(s.URL+strings.ReplaceAll(s.Flyout, "${id}", id), "flyout")
	}
}

// TestBehindTLS shows that the manifest names addresses as the client has them.
func TestBehindTLS(t *testing.T) {
	a := serve(t).do(t, http.MethodGet, reconcile.Path, "", "Host", "localhost:9", "X-Forwarded-Proto", "https")
	if want := `"url":"https://localhost:9/reconcile/entity?id={{id}}"`; !bytes.Contains(a.body, []byte(want)) {
		t.Errorf("the manifest has no %s: %s", want, a.body)
	}
}

// TestErrors says of requests that cannot be answered why: by status, code, place, and the words of the message.
func TestErrors(t *testing.T) {
	srv := serve(t)
	form := func(name, value string) string { return url.Values{name: {value}}.Encode() }
	long := strings.Repeat("x", 1<<20)
	many := strings.TrimSuffix(strings.Repeat(`"x",`, 1001), ",")
	tests := []struct {
		name, method, below, form string
		headers                   []string
		status                    int
		code, path, message       string
	}{
		{"another method", "PUT", "", "", nil, 405, "BAD_REQUEST", "", "use GET, HEAD, POST, OPTIONS"},
		{"POST where there is only GET", "POST", "/suggest/type", "prefix=x", nil, 405, "BAD_REQUEST", "", "use GET, HEAD, OPTIONS"},
		{"an endpoint that is none", "GET", "/nothing", "", nil, 404, "NOT_FOUND", "", "there is nothing at /reconcile/nothing"},
		{"an unknown parameter", "GET", "?query=Armenia", "", nil, 400, "BAD_REQUEST", "", `found the parameter "query"`},
		{"an empty form", "POST", "", "x=y", nil, 400, "BAD_REQUEST", "", "send a form with queries or extend"},
		{"JSON for a form", "POST", "", "{}", []string{"Content-Type", "application/json"}, 415, "BAD_REQUEST", "", "send Content-Type: application/x-www-form-urlencoded"},
		{"a body that is too long", "POST", "", "queries=" + long, nil, 413, "TOO_LARGE", "", "the body is over 1048576 bytes"},
		{"a broken form", "POST", "", "queries=%zz", nil, 400, "BAD_REQUEST", "", "the form cannot be read"},
		{"a broken URL", "GET", "?queries=%zz", "", nil, 400, "BAD_REQUEST", "", "the parameters of the URL cannot be read"},
		{"no UTF-8", "GET", "?queries=%ff", "", nil, 400, "BAD_REQUEST", "", "not UTF-8"},
		{"queries twice", "POST", "", "queries={}&queries={}", nil, 400, "BAD_REQUEST", "", "queries is given 2 times"},
		{"both", "POST", "", "queries={}&extend={}", nil, 400, "BAD_REQUEST", "", "send queries or extend, not both"},

		{"no JSON", "POST", "", form("queries", "{"), nil, 400, "BAD_REQUEST", "", "queries is not one JSON object"},
		{"a list", "POST", "", form("queries", "[]"), nil, 400, "BAD_REQUEST", "", "queries is not one JSON object"},
		{"null", "POST", "", form("queries", "null"), nil, 400, "BAD_REQUEST", "", "queries is not one JSON object"},
		{"a key twice", "POST", "", form("queries", `{"a":{"query":"x"},"a":{"query":"y"}}`), nil, 400, "BAD_REQUEST", "", "without repeated names"},
		{"a query that is a text", "POST", "", form("queries", `{"q":"Armenia"}`), nil, 400, "BAD_REQUEST", "/q", "a query is an object"},
		{"a query without anything", "POST", "", form("queries", `{"q":{}}`), nil, 400, "BAD_REQUEST", "/q", "a query has a text that is not empty, or properties"},
		{"an unknown member", "POST", "", form("queries", `{"q/1":{"query":"x","kind":"y"}}`), nil, 400, "BAD_REQUEST", "/q~11/kind", "query is a text"},
		{"a number for a text", "POST", "", form("queries", `{"q":{"query":7}}`), nil, 400, "BAD_REQUEST", "/q/query", "query is a text"},
		{"an object for types", "POST", "", form("queries", `{"q":{"query":"x","type":{"id":"State"}}}`), nil, 400, "BAD_REQUEST", "/q/type", "type a text or a list"},
		{"a list in a value", "POST", "", form("queries", `{"q":{"query":"x","properties":[{"pid":"date","v":[["y"]]}]}}`), nil, 400, "BAD_REQUEST", "/q/properties/0/v/0", "v, a text, number"},
		{"no limit", "POST", "", form("queries", `{"q":{"query":"x","limit":0}}`), nil, 400, "BAD_REQUEST", "/q/limit", "a limit is a whole number from 1"},
		{"half a limit", "POST", "", form("queries", `{"q":{"query":"x","limit":1.5}}`), nil, 400, "BAD_REQUEST", "/q/limit", "a limit is a whole number from 1"},
		{"an unknown strictness", "POST", "", form("queries", `{"q":{"query":"x","type_strict":"none"}}`), nil, 400, "BAD_REQUEST", "/q/type_strict", "it is any, all or should"},
		{"an unknown type", "POST", "", form("queries", `{"q":{"query":"x","type":"Q5"}}`), nil, 400, "UNKNOWN_TYPE", "/q/type", `found the type "Q5"; types are State, Organization`},
		{"an unknown property", "POST", "", form("queries", `{"q":{"query":"x","properties":[{"pid":"date","v":"2020"},{"pid":"P31","v":"y"}]}}`), nil, 400, "UNKNOWN_PROPERTY", "/q/properties/1/pid", `found the property "P31": there is no such property`},
		{"a property that weighs nothing", "POST", "", form("queries", `{"q":{"query":"x","properties":[{"pid":"strength","v":"y"}]}}`), nil, 400, "UNKNOWN_PROPERTY", "/q/properties/0/pid", "it can be fetched, and weighs nothing"},

		{"extend is no JSON", "POST", "", form("extend", "{"), nil, 400, "BAD_REQUEST", "", "extend is not one JSON object"},
		{"extend without ids", "POST", "", form("extend", `{"properties":[]}`), nil, 400, "BAD_REQUEST", "/ids", "ids is a list of texts"},
		{"extend without properties", "POST", "", form("extend", `{"ids":[]}`), nil, 400, "BAD_REQUEST", "/properties", "properties is a list"},
		{"an id that is a number", "POST", "", form("extend", `{"ids":[7],"properties":[]}`), nil, 400, "BAD_REQUEST", "/ids/0", "extend is not one JSON object"},
		{"too many ids", "POST", "", form("extend", `{"ids":[`+many+`],"properties":[]}`), nil, 413, "TOO_LARGE", "/ids", "found 1001 ids; at most 1000"},
		{"an unknown property to fetch", "POST", "", form("extend", `{"ids":["t:ARM"],"properties":[{"id":"P31"}]}`), nil, 400, "UNKNOWN_PROPERTY", "/properties/0/id", "/reconcile/properties lists"},
		{"an unknown setting", "POST", "", form("extend", `{"ids":["t:ARM"],"properties":[{"id":"date","settings":{"rank":"best"}}]}`), nil, 400, "BAD_REQUEST", "/properties/0/settings/rank", "there is limit alone"},
		{"a setting that is no number", "POST", "", form("extend", `{"ids":["t:ARM"],"properties":[{"id":"date","settings":{"limit":"few"}}]}`), nil, 400, "BAD_REQUEST", "/properties/0/settings/limit", "a limit is a whole number"},

		{"a cursor that is none", "GET", "/suggest/entity?prefix=a&cursor=-1", "", nil, 400, "BAD_REQUEST", "", `cursor is "-1"; it is a number from 0 to 1000`},
		{"suggestions of an unknown type", "GET", "/suggest/entity?prefix=a&type=Q5", "", nil, 400, "UNKNOWN_TYPE", "", `found the type "Q5"`},
		{"properties of an unknown type", "GET", "/properties?type=Q5", "", nil, 400, "UNKNOWN_TYPE", "", `found the type "Q5"`},
		{"a picture of nothing", "GET", "/flyout/entity?id=t:nothing", "", nil, 404, "NOT_FOUND", "", `there is no entity "t:nothing"`},
		{"a picture of no property", "GET", "/flyout/property?id=P31", "", nil, 404, "NOT_FOUND", "", `there is no property "P31"`},
		{"a picture of no type", "GET", "/flyout/type?id=Q5", "", nil, 400, "UNKNOWN_TYPE", "", `found the type "Q5"`},
		{"a callback that is more than a name", "GET", "?callback=alert(1)//", "", nil, 400, "BAD_REQUEST", "", "callback is no name of a function"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := srv.do(t, tt.method, reconcile.Path+tt.below, tt.form, tt.headers...)
			var got errorOf
			a.fits(t, tt.status, "error", &got)
			if got.Error.Code != tt.code || got.Error.Path != tt.path || !strings.Contains(got.Error.Message, tt.message) {
				t.Errorf("%s at %q: %q, want %s at %q: %q", got.Error.Code, got.Error.Path, got.Error.Message, tt.code, tt.path, tt.message)
			}
			if allow := a.header.Get("Allow"); (tt.status == 405) != (allow != "") {
				t.Errorf("with status %d Allow is %q", tt.status, allow)
			}
		})
	}
}

// TestCallback shows that every answer can come as a script.
func TestCallback(t *testing.T) {
	srv := serve(t)
	for _, below := range []string{"?", "/suggest/entity?prefix=alert&", "/properties?limit=1&", "?queries=" + url.QueryEscape(`{"q":{"query":"</script>"}}`) + "&"} {
		a := srv.get(t, below+"callback=jQuery1.f_2")
		text, called := strings.CutPrefix(string(a.body), "/**/jQuery1.f_2(")
		text, ended := strings.CutSuffix(text, ");\n")
		if !called || !ended || !json.Valid([]byte(text)) || strings.ContainsAny(text, "<>") {
			t.Errorf("%s: %s", below, a.body)
		}
		if got := a.header.Get("Content-Type"); a.status != 200 || got != "application/javascript; charset=utf-8" {
			t.Errorf("%s: status %d, %s", below, a.status, got)
		}
	}
}

// TestOrigins sends requests as programs and as pages of browsers would, to a server for this machine alone.
func TestOrigins(t *testing.T) {
	srv := serve(t)
	host := srv.Listener.Addr().String()
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		headers []string
		status  int
		allowed string
	}{
		{"a program", nil, 200, ""},
		{"a page of OpenRefine", []string{"Origin", "http://127.0.0.1:3333", "Sec-Fetch-Site", "same-site"}, 200, "http://127.0.0.1:3333"},
		{"under its other name", []string{"Origin", "http://localhost:3333", "Sec-Fetch-Site", "cross-site"}, 200, "http://localhost:3333"},
		{"a script in a page of OpenRefine", []string{"Referer", "http://localhost:3333/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 200, ""},
		{"as localhost", []string{"Host", "localhost:" + port}, 200, ""},
		{"a person following a link", []string{"Referer", "https://elsewhere.example/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, 200, ""},
		{"a page elsewhere", []string{"Origin", "https://elsewhere.example"}, 403, ""},
		{"a page of nowhere", []string{"Origin", "null"}, 403, ""},
		{"a name that begins like ours", []string{"Origin", "http://localhost.elsewhere.example"}, 403, ""},
		{"a script in a page elsewhere", []string{"Referer", "https://elsewhere.example/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403, ""},
		{"that hides where it is", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403, ""},
		{"in an old browser", []string{"Referer", "https://elsewhere.example/"}, 403, ""},
		{"a name that was made to point here", []string{"Host", "elsewhere.example:" + port}, 403, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodOptions} {
				want := tt.status
				if method == http.MethodOptions && want == 200 {
					want = http.StatusNoContent
				}
				a := srv.do(t, method, reconcile.Path+"/suggest/type", "", tt.headers...)
				if got := a.header.Get("Access-Control-Allow-Origin"); a.status != want || got != tt.allowed {
					t.Errorf("%s: status %d and Access-Control-Allow-Origin %q, want %d and %q: %s", method, a.status, got, want, tt.allowed, a.body)
				}
			}
		})
	}
}

// TestOpenServer serves on an address that everybody reaches: every page may ask, and a preflight says how.
func TestOpenServer(t *testing.T) {
	h := reconcile.Handler(reconcile.Options{Store: openStore(t)})
	ctx := context.WithValue(t.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 8080})
	for method, status := range map[string]int{http.MethodGet: 200, http.MethodHead: 200, http.MethodOptions: 204} {
		r := httptest.NewRequestWithContext(ctx, method, "http://entente.example"+reconcile.Path, nil)
		r.Header.Set("Origin", "https://elsewhere.example")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Origin"); w.Code != status || got != "*" {
			t.Errorf("%s: status %d, Access-Control-Allow-Origin %q", method, w.Code, got)
		}
		if method != http.MethodOptions {
			continue
		}
		want := map[string]string{"Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS", "Access-Control-Allow-Headers": "Content-Type, Accept, X-Requested-With", "Access-Control-Max-Age": "600"}
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s is %q, want %q", name, got, value)
			}
		}
	}
}

// TestPagesEscape shows that what stands in a record never becomes part of a page.
func TestPagesEscape(t *testing.T) {
	srv := serve(t)
	for _, below := range []string{"/preview?id=t:script", "/entity?id=t:script", "/preview?id=" + url.QueryEscape("<b>no such</b>"), "/flyout/entity?id=t:script"} {
		a := srv.get(t, below)
		if bytes.Contains(a.body, []byte("<script")) || bytes.Contains(a.body, []byte("<b>")) || !bytes.Contains(a.body, []byte("</")) && !bytes.Contains(a.body, []byte(`\u003c/`)) {
			t.Errorf("%s: %s", below, a.body)
		}
	}
	a := srv.get(t, "/preview?id=t:nothing")
	if a.status != http.StatusNotFound || !bytes.Contains(a.body, []byte("There is no entity t:nothing here.")) {
		t.Errorf("a preview of nothing: %d %s", a.status, a.body)
	}
	want := []string{"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'", "nosniff", "no-store"}
	got := []string{a.header.Get("Content-Security-Policy"), a.header.Get("X-Content-Type-Options"), a.header.Get("Cache-Control")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	if got := srv.get(t, "/preview?id=t:deal"); !bytes.Contains(got.body, []byte("Ends the &lt;war&gt; &amp; more.")) {
		t.Errorf("a description that looks like a page: %s", got.body)
	}
}

// TestPage shows what a preview shows, and that the page shows more.
func TestPage(t *testing.T) {
	srv := serve(t)
	preview, page := srv.get(t, "/preview?id=t:ARM"), srv.get(t, "/entity?id=iso3:ARM")
	for _, text := range []string{"Armenia", "State, t:ARM", "Republic of Armenia", "iso3:ARM", ">Nikol Pashinyan</a>"} {
		if !bytes.Contains(preview.body, []byte(text)) || !bytes.Contains(page.body, []byte(text)) {
			t.Errorf("%q is missing in the preview or the page:\n%s\n%s", text, preview.body, page.body)
		}
	}
	if text := []byte(">Ceasefire statement</a>"); bytes.Contains(preview.body, text) || !bytes.Contains(page.body, text) {
		t.Errorf("what Armenia signed is to be on the page and not in the preview:\n%s\n%s", preview.body, page.body)
	}
	link := fmt.Sprintf(`href="%s/reconcile/entity?id=t%%3Apashinyan"`, srv.URL)
	if !bytes.Contains(preview.body, []byte(link)) {
		t.Errorf("the preview has no %s:\n%s", link, preview.body)
	}
}
