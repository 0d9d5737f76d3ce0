package resolvers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestHTTP sends requests of every form that is right or wrong, over a real connection.
func TestHTTP(t *testing.T) {
	srv := serve(t, smallStore(t))
	const ask = `{"query":"{moment{commit}}"}`
	with := func(method, target, body string, headers ...string) *http.Request {
		r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+target, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return r
	}
	get := func(values ...string) string {
		q := url.Values{}
		for i := 0; i < len(values); i += 2 {
			q.Add(values[i], values[i+1])
		}
		return "/graphql?" + q.Encode()
	}
	const asJSON, newer = "application/json", "application/graphql-response+json"
	tests := []struct {
		name    string
		request *http.Request
		status  int
		media   string
		code    string // of the first error, "" if there is data
	}{
		{"a post", srv.post(t, ask), 200, asJSON, ""},
		{"with a charset", srv.post(t, ask, "Content-Type", "application/json; charset=UTF-8"), 200, asJSON, ""},
		{"the newer type", srv.post(t, ask, "Accept", newer), 200, newer, ""},
		{"the preferred type", srv.post(t, ask, "Accept", "application/json;q=0.5, "+newer), 200, newer, ""},
		{"any type", srv.post(t, ask, "Accept", "text/html, */*;q=0.8"), 200, asJSON, ""},
		{"no type of ours", srv.post(t, ask, "Accept", "text/html"), 406, asJSON, codeBadRequest},
		{"a charset that is not ours", srv.post(t, ask, "Accept", "application/json; charset=utf-16"), 406, asJSON, codeBadRequest},
		{"a get", with("GET", get("query", "{moment{commit}}"), ""), 200, asJSON, ""},
		{"a get with everything", with("GET", get("query", "query a($c:Int){moment(at:{commit:$c}){commit}} query b{moment{commit}}", "operationName", "a", "variables", `{"c":1}`, "extensions", "{}"), ""), 200, asJSON, ""},
		{"extensions and members of others", srv.post(t, `{"query":"{moment{commit}}","extensions":{"a":1},"other":[1]}`), 200, asJSON, ""},
		{"nulls", srv.post(t, `{"query":"{moment{commit}}","operationName":null,"variables":null,"extensions":null}`), 200, asJSON, ""},

		{"another method", with("PUT", "/graphql", ask, "Content-Type", asJSON), 405, asJSON, codeBadRequest},
		{"a mutation by get", with("GET", get("query", `mutation{merge(keep:"a:a",absorb:"a:b",reason:"c"){added}}`), ""), 405, asJSON, codeBadRequest},
		{"a form", srv.post(t, "query=%7Bmoment%7Bcommit%7D%7D", "Content-Type", "application/x-www-form-urlencoded"), 415, asJSON, codeBadRequest},
		{"a form of parts", srv.post(t, ask, "Content-Type", "multipart/form-data; boundary=a"), 415, asJSON, codeBadRequest},
		{"text", srv.post(t, ask, "Content-Type", "text/plain"), 415, asJSON, codeBadRequest},
		{"no type", with("POST", "/graphql", ask), 415, asJSON, codeBadRequest},
		{"another charset", srv.post(t, ask, "Content-Type", "application/json; charset=latin1"), 415, asJSON, codeBadRequest},
		{"compressed", srv.post(t, ask, "Content-Encoding", "gzip"), 415, asJSON, codeBadRequest},
		{"too large", srv.post(t, `{"query":"`+strings.Repeat(" ", maxBody)+`"}`), 413, asJSON, codeTooLarge},
		{"no body", srv.post(t, ""), 400, asJSON, codeBadRequest},
		{"no JSON", srv.post(t, "{"), 400, asJSON, codeBadRequest},
		{"more than JSON", srv.post(t, ask+"{}"), 400, asJSON, codeBadRequest},
		{"a name twice", srv.post(t, `{"query":"{moment{commit}}","query":"{a}"}`), 400, asJSON, codeBadRequest},
		{"an unknown name twice", srv.post(t, `{"query":"{moment{commit}}","x":1,"x":2}`), 400, asJSON, codeBadRequest},
		{"a name twice further in", srv.post(t, `{"query":"{moment{commit}}","variables":{"a":1,"a":2}}`), 400, asJSON, codeBadRequest},
		{"a name in capitals", srv.post(t, `{"Query":"{moment{commit}}"}`), 400, asJSON, codeBadRequest},
		{"no UTF-8", srv.post(t, "{\"query\":\"\xff\"}"), 400, asJSON, codeBadRequest},
		{"null", srv.post(t, "null"), 400, asJSON, codeBadRequest},
		{"a batch", srv.post(t, "["+ask+","+ask+"]"), 400, asJSON, codeBadRequest},
		{"no query", srv.post(t, `{"variables":{}}`), 400, asJSON, codeBadRequest},
		{"a query that is no text", srv.post(t, `{"query":{}}`), 400, asJSON, codeBadRequest},
		{"an operation name that is no text", srv.post(t, `{"query":"{moment{commit}}","operationName":1}`), 400, asJSON, codeBadRequest},
		{"variables that are no object", srv.post(t, `{"query":"{moment{commit}}","variables":[1]}`), 400, asJSON, codeBadRequest},
		{"extensions that are no object", srv.post(t, `{"query":"{moment{commit}}","extensions":"a"}`), 400, asJSON, codeBadRequest},
		{"a get without query", with("GET", "/graphql", ""), 400, asJSON, codeBadRequest},
		{"a get of two queries", with("GET", get("query", "{moment{commit}}", "query", "{moment{commit}}"), ""), 400, asJSON, codeBadRequest},
		{"a get of bad extensions", with("GET", get("query", "{moment{commit}}", "extensions", `{"a":`), ""), 400, asJSON, codeBadRequest},
		{"a get of bad variables", with("GET", get("query", "{moment{commit}}", "variables", "{"), ""), 400, asJSON, codeBadRequest},
		{"a get of bad text", with("GET", get("query", "{moment{commit}}\xff"), ""), 400, asJSON, codeBadRequest},

		{"no GraphQL", srv.post(t, `{"query":"{"}`), 400, asJSON, codeParse},
		{"no GraphQL, for who reads the body", srv.post(t, `{"query":"{"}`, "Accept", asJSON), 200, asJSON, codeParse},
		{"no GraphQL, the newer type", srv.post(t, `{"query":"{"}`, "Accept", newer), 400, newer, codeParse},
		{"an unknown field", srv.post(t, `{"query":"{nothing}"}`, "Accept", newer), 400, newer, codeValidation},
		{"fields that do not go together", srv.post(t, `{"query":"{moment{a:commit a:ledger}}"}`), 400, asJSON, codeValidation},
		{"no operation", srv.post(t, `{"query":"fragment a on Query{moment{commit}}"}`), 400, asJSON, codeValidation},
		{"an operation that is not there", srv.post(t, `{"query":"query a{moment{commit}}","operationName":"b"}`), 400, asJSON, codeValidation},
		{"two operations and no name", srv.post(t, `{"query":"query a{moment{commit}} query b{moment{commit}}"}`), 400, asJSON, codeValidation},
		{"a subscription", srv.post(t, `{"query":"subscription{commits}"}`), 400, asJSON, codeValidation},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := srv.do(t, tt.request)
			media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
			var code string
			if codes := got.codes(); len(codes) > 0 {
				code = codes[0]
			}
			if got.status != tt.status || media != tt.media || code != tt.code {
				t.Errorf("status %d, %s, code %q; want %d, %s, %q: %s", got.status, media, code, tt.status, tt.media, tt.code, got.body)
			}
			if tt.code == "" && got.Extensions.Commit == 0 {
				t.Errorf("the answer names no commit: %s", got.body)
			}
			if tt.code != "" && len(got.Data) > 0 {
				t.Errorf("a refusal with data: %s", got.body)
			}
			if tt.status == 405 && got.header.Get("Allow") == "" {
				t.Errorf("405 without Allow")
			}
		})
	}
}

// TestVariables sends variables of right and wrong types.
func TestVariables(t *testing.T) {
	srv := serve(t, smallStore(t))
	const (
		first = `query($n: Int!) { entities(first: $n) { totalCount } }`
		list  = `query($k: [Kind!]) { entities(kinds: $k) { totalCount } }`
		input = `query($f: ClaimFilter) { claims(filter: $f) { totalCount } }`
		fuzzy = `query($b: Boolean) { search(text: "a", fuzzy: $b) { score } }`
		byID  = `query($i: ID!) { entity(id: $i) { id } }`
		date  = `query($d: Date) { moment(at: {asOf: $d}) { asOf } }`
		chain = `{ mediationChains(from: "entente:ARM", to: "entente:AZE", options: $o) { total } }`
	)
	tests := []struct {
		name, document string
		variables      []any
		message        string // what the error must speak of; "" for none
	}{
		{"a number", first, []any{"n", 3}, ""},
		{"a whole number with a point", first, []any{"n", 3.0}, ""},
		{"a default of a variable that is not nullable", `query($n: Int! = 2) { entities(first: $n) { totalCount } }`, nil, ""},
		{"a default, given", `query($n: Int! = 9000) { entities(first: $n) { totalCount } }`, []any{"n", 2}, ""},
		{"a default of a list", `query($k: [Kind!] = [STATE]) { entities(kinds: $k) { totalCount } }`, nil, ""},
		{"a nullable one left out", `query($n: Int) { entities(first: $n) { totalCount } }`, nil, ""},
		{"an explicit null", `query($n: Int) { entities(first: $n) { totalCount } }`, []any{"n", nil}, ""},
		{"a null literal", `{ entities(first: null, after: null) { totalCount } }`, nil, ""},
		{"a list", list, []any{"k", []string{"STATE", "PLACE"}}, ""},
		{"one for a list", list, []any{"k", "STATE"}, ""},
		{"an input", input, []any{"f", map[string]any{"predicates": []string{"SIGNED"}, "includeRetracted": nil}}, ""},
		{"an input without its default", input, []any{"f", map[string]any{"subject": "iso3:ARM"}}, ""},
		{"an input of fields with defaults, empty", "query($o: ChainOptions!) " + chain, []any{"o", map[string]any{}}, ""},
		{"the same with one of them", "query($o: ChainOptions!) " + chain, []any{"o", map[string]any{"maxHops": 2}}, ""},
		{"the same with null for all", "query($o: ChainOptions) " + chain, []any{"o", map[string]any{
			"order": nil, "certain": nil, "objective": nil, "mediationHops": nil, "minimumRole": nil, "maxHops": nil, "rollUp": nil, "roles": nil, "window": nil,
		}}, ""},
		{"null for all of it", "query($o: ChainOptions) " + chain, []any{"o", nil}, ""},
		{"nothing for it", "query($o: ChainOptions) " + chain, nil, ""},
		{"the same as a default", "query($o: ChainOptions = {maxHops: 2, window: {from: \"1990\"}}) " + chain, nil, ""},
		{"a boolean", fuzzy, []any{"b", false}, ""},
		{"a number for an id", byID, []any{"i", 12}, ""},
		{"one that is not declared", first, []any{"n", 3, "other", 1}, ""},

		{"text for a number", first, []any{"n", "abc"}, "$n"},
		{"a number in text", first, []any{"n", "5"}, "$n"},
		{"too large a number", first, []any{"n", 3e9}, "$n"},
		{"part of a number", first, []any{"n", 1.5}, "$n"},
		{"none for one that is not nullable", first, nil, "$n"},
		{"null for one that is not nullable", first, []any{"n", nil}, "$n"},
		{"no enum", list, []any{"k", []string{"STATE", "state"}}, "$k[1]"},
		{"null in a list", list, []any{"k", []any{nil}}, "$k[0]"},
		{"an unknown member", input, []any{"f", map[string]any{"nobody": 1}}, "nobody"},
		{"a member of the wrong type", input, []any{"f", map[string]any{"when": map[string]any{"from": 2020}}}, "$f.when.from"},
		{"no object", input, []any{"f", "a"}, "$f"},
		{"text for a boolean", fuzzy, []any{"b", "true"}, "$b"},
		{"part of a number for an id", byID, []any{"i", 1.5}, "$i"},
		{"a text for a field with a default", "query($o: ChainOptions!) " + chain, []any{"o", map[string]any{"maxHops": "2"}}, "$o.maxHops"},
		{"a number for a date", date, []any{"d", 2020}, "$d"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := srv.ask(t, tt.document, tt.variables...)
			switch {
			case tt.message == "" && (got.status != 200 || len(got.Errors) > 0):
				t.Errorf("status %d: %s", got.status, got.body)
			case tt.message != "" && (got.status != 400 || !slices.Equal(got.codes(), []string{codeInput}) || !strings.Contains(got.Errors[0].Message, tt.message)):
				t.Errorf("status %d, want 400 with %s and a message about %s: %s", got.status, codeInput, tt.message, got.body)
			}
		})
	}
}

// TestNullOptions asks for chains with null in place of options: that is to ask by the defaults.
func TestNullOptions(t *testing.T) {
	srv := serve(t, smallStore(t))
	ask := func(options string) string {
		got := srv.ask(t, `{ mediationChains(from: "entente:EU", to: "entente:RUS"`+options+`) {
			total hops chains { key } whyNot { reason text nearest { option value hops total } } } }`)
		if got.status != 200 || len(got.Errors) > 0 {
			t.Fatalf("%s: status %d: %s", options, got.status, got.body)
		}
		return got.body
	}
	want := ask("")
	for _, options := range []string{
		", options: null", ", options: {}",
		", options: {order: null, certain: null, objective: null, mediationHops: null, minimumRole: null, maxHops: null, rollUp: null, exclude: null}",
		", options: {order: NON_DECREASING, certain: false, objective: FEWEST_HOPS, mediationHops: true, minimumRole: MEDIATED, maxHops: 6, rollUp: true}",
	} {
		if got := ask(options); got != want {
			t.Errorf("with %s the answer is\n%s\nwithout\n%s", options, got, want)
		}
	}
	if ask(", options: {mediationHops: false, minimumRole: THIRD_PARTY}") == want {
		t.Error("options change nothing")
	}
}

// TestIntrospection runs the query that playgrounds begin with.
func TestIntrospection(t *testing.T) {
	srv := serve(t, emptyStore(t))
	var got struct {
		Schema struct {
			QueryType struct {
				Name string `json:"name"`
			} `json:"queryType"`
			Types []struct {
				Description string `json:"description"`
			} `json:"types"`
		} `json:"__schema"`
	}
	srv.ask(t, introspection).data(t, &got)
	if got.Schema.QueryType.Name != "Query" || len(got.Schema.Types) < 50 {
		t.Errorf("introspection tells of %d types and the query type %q", len(got.Schema.Types), got.Schema.QueryType.Name)
	}
}

// introspection is as deep as the query that GraphiQL sends.
const introspection = `query IntrospectionQuery {
	__schema { queryType { name } mutationType { name } subscriptionType { name } types { ...FullType }
		directives { name description locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL
	fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
	ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

// TestOptions checks that a handler is not made of less than it needs.
func TestOptions(t *testing.T) {
	s := emptyStore(t)
	for name, opts := range map[string]Options{
		"no store":        {Schema: schemaText(t), Decode: decodeRecord},
		"no decoder":      {Schema: schemaText(t), Store: s},
		"no schema":       {Store: s, Decode: decodeRecord},
		"another schema":  {Schema: "type Query { other: Int }", Store: s, Decode: decodeRecord},
		"a broken schema": {Schema: "type Query {", Store: s, Decode: decodeRecord},
	} {
		if _, err := Handler(opts); err == nil {
			t.Errorf("%s: a handler without an error", name)
		}
	}
}
