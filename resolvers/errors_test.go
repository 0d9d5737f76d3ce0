package resolvers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

// TestFieldErrors checks the code and path of what is wrong with arguments.
func TestFieldErrors(t *testing.T) {
	srv := serve(t, smallStore(t))
	tests := []struct {
		name, document string
		code           string
		path           []any
		message        string
	}{
		{"a page of none", `{a: entities(first: 0) {totalCount}}`, codeInput, []any{"a"}, "first"},
		{"too large a page", `{entities(first: 501) {totalCount}}`, codeInput, []any{"entities"}, "500"},
		{"a page of less than none", `{commits(first: -1) {totalCount}}`, codeInput, []any{"commits"}, "first"},
		{"no cursor", `{claims(after: "nonsense") {totalCount}}`, codeInput, []any{"claims"}, "after"},
		{"an empty cursor", `{entities(after: "") {totalCount}}`, codeInput, []any{"entities"}, "after"},
		{"a range that runs back", `{claims(filter: {when: {from: "2021", to: "2020"}}) {totalCount}}`, codeInput, []any{"claims"}, "filter.when"},
		{"a cursor of another list", `{entities(after: "ZTFjbGFpbXM6AAAAAAAAAAE") {totalCount}}`, codeInput, []any{"entities"}, "after"},
		{"a lineage of nothing", `{lineage(agreement: "entente:nobody") {partial}}`, codeInput, []any{"lineage"}, "entente:nobody"},
		{"a lineage of a state", `{lineage(agreement: "entente:ARM") {partial}}`, codeInput, []any{"lineage"}, "a STATE"},
		{"a lineage that goes nowhere", `{entity(id: "entente:stmt") {... on Agreement {lineage(maxDepth: 0) {partial}}}}`, codeInput, []any{"entity", "lineage"}, "maxDepth"},
		{"recognition of nothing", `{recognition(of: "nobody") {noneRecorded}}`, codeInput, []any{"recognition"}, "nobody"},
		{"recognition by nobody", `{recognition(of: "entente:NK", by: ["entente:ARM", "entente:nobody"]) {noneRecorded}}`, codeInput, []any{"recognition"}, "by[1]"},
		{"too large a page of positions", `{entity(id: "entente:ARM") {... on Party {recognizes(first: 501) {totalCount}}}}`, codeInput, []any{"entity", "recognizes"}, "first"},
		{"a difference of nothing", `{diff(entity: "entente:nobody", from: {commit: 1}, to: {commit: 2}) {addedCount}}`, codeInput, []any{"diff"}, "entente:nobody"},
		{"a difference from a time that did not come", `{diff(entity: "entente:ARM", from: {commit: 99}, to: {commit: 2}) {addedCount}}`, codeInput, []any{"diff"}, "commit 99"},
		{"no date", `{moment(at: {asOf: "2020-13"}) {commit}}`, codeInput, []any{"moment"}, "asOf"},
		{"a date that is a number", `{moment(at: {asOf: 2020}) {commit}}`, codeInput, []any{"moment"}, "asOf"},
		{"no moment", `{moment(at: {knownAt: "yesterday"}) {commit}}`, codeInput, []any{"moment"}, "knownAt"},
		{"two moments", `{moment(at: {knownAt: "2023-10-04T12:00:00Z", commit: 1}) {commit}}`, codeInput, []any{"moment"}, "commit"},
		{"a commit that is not there", `{moment(at: {commit: 4}) {commit}}`, codeInput, []any{"moment"}, "4"},
		{"a commit below none", `{moment(at: {commit: -1}) {commit}}`, codeInput, []any{"moment"}, "commit"},
		{"a range of no dates", `{claims(filter: {when: {from: "x"}}) {totalCount}}`, codeInput, []any{"claims"}, "filter.when.from"},
		{"a range of no dates, said", `{claims(filter: {said: {to: "x"}}) {totalCount}}`, codeInput, []any{"claims"}, "filter.said.to"},
		{"a range of agreements", `{agreements(filter: {signed: {to: "x"}}) {totalCount}}`, codeInput, []any{"agreements"}, "filter.signed.to"},
		{"deep inside", `{agreements(first: 1) {edges {node {parties(first: 1000) {totalCount}}}}}`, codeInput, []any{"agreements", "edges", 0.0, "node", "parties"}, "first"},
		{"a window", `{entity(id: "iso3:ARM") {timeline(window: {from: "x"}) {totalCount}}}`, codeInput, []any{"entity", "timeline"}, "window.from"},
		{"a party's role for a third party", `{entity(id: "entente:stmt") {... on Meeting {thirdParties(roles: [SIGNED]) {totalCount}}}}`, codeInput, []any{"entity", "thirdParties"}, "SIGNED"},
		{"a party's role for mediation", `{entity(id: "iso3:RUS") {... on Party {mediated(roles: [MEDIATED, AGREED]) {totalCount}}}}`, codeInput, []any{"entity", "mediated"}, "AGREED"},
		{"too much to look for", `{search(text: "` + strings.Repeat("a", 1001) + `") {score}}`, codeInput, []any{"search"}, "1000"},
		{"too many ids", `{nodes(ids: [` + strings.Repeat(`"a",`, 501) + `]) {id}}`, codeInput, []any{"nodes"}, "500"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := srv.ask(t, tt.document)
			if got.status != 200 || len(got.Errors) == 0 {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			e := got.Errors[0]
			if diff := cmp.Diff(tt.path, e.Path); diff != "" || e.Extensions.Code != tt.code || !strings.Contains(e.Message, tt.message) {
				t.Errorf("got %+v, want code %s and a message about %s; path (-want +got):\n%s", e, tt.code, tt.message, diff)
			}
			if got.Extensions.Commit != 3 {
				t.Errorf("the answer names commit %d, want 3", got.Extensions.Commit)
			}
		})
	}
}

// TestUnknownIDs checks that what is not there is null or empty, and no error.
func TestUnknownIDs(t *testing.T) {
	srv := serve(t, smallStore(t))
	const document = `query($id: ID!) {
		node(id: $id) { id }
		nodes(ids: [$id]) { id }
		entity(id: $id) { id }
		claims(filter: {subject: $id}) { totalCount edges { cursor } pageInfo { hasNextPage startCursor } }
		about: claims(filter: {about: $id}) { totalCount }
		claimants: claims(filter: {claimants: [$id]}) { totalCount }
		coders: claims(filter: {coders: [$id]}) { totalCount }
		source: claims(filter: {source: $id}) { totalCount }
		agreements(filter: {between: [$id]}) { totalCount }
		mediated: agreements(filter: {mediatedBy: [$id]}) { totalCount }
		process: agreements(filter: {process: $id}) { totalCount }
		concerns: agreements(filter: {concerns: $id}) { totalCount }
	}`
	none := map[string]any{"totalCount": 0.0}
	want := map[string]any{
		"node": nil, "nodes": []any{nil}, "entity": nil,
		"claims": map[string]any{"totalCount": 0.0, "edges": []any{}, "pageInfo": map[string]any{"hasNextPage": false, "startCursor": nil}},
		"about":  none, "claimants": none, "coders": none, "source": none, "agreements": none, "mediated": none, "process": none, "concerns": none,
	}
	for _, id := range []string{
		"entente:nobody", "iso3:QQQ", "ARM", "", ":", "a:", "commit:", "commit:0", "commit:x", "commit:18446744073709551616",
		"00000000-0000-0000-0000-000000000000", "\u0000", "entente:ARM\u0007", strings.Repeat("x", 5000), "entente:Ä\U0001F600",
	} {
		var got map[string]any
		srv.ask(t, document, "id", id).data(t, &got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("id %.20q (-want +got):\n%s", id, diff)
		}
	}
}

// TestTable checks every row of the table of errors, however deep in a chain the error is.
func TestTable(t *testing.T) {
	var log strings.Builder
	secret := errors.New("kv: /var/secret: it failed")
	a := &api{logger: slog.New(slog.NewTextHandler(&log, nil)), faults: []Fault{{secret, "NO_SPACE", "the disk is full"}}}
	for _, row := range append(slices.Clone(table), a.faults...) {
		got := a.say(fmt.Errorf("at /var/lib: %w", fmt.Errorf("deeper: %w", row.Err)), []any{"a", 1})
		if got.Extensions.Code != row.Code || got.Message == "" || row.Text != "" && got.Message != row.Text {
			t.Errorf("say(%v) = %+v, want code %s and %q", row.Err, got, row.Code, row.Text)
		}
	}
	got := a.say(errors.New("kv: /var/other: it failed"), []any{"a"})
	if got.Extensions.Code != codeInternal || got.Extensions.ID == "" || strings.Contains(got.Message, "/var") {
		t.Errorf("an unknown error is said as %+v", got)
	}
	if !strings.Contains(log.String(), "/var/other") || !strings.Contains(log.String(), got.Extensions.ID) {
		t.Errorf("the log does not tell what %s was: %s", got.Extensions.ID, log.String())
	}
}

// faulty is an engine that can be made to fail, or to give damaged values.
type faulty struct {
	kv.Store
	failing, damaging atomic.Bool
}

var errDisk = errors.New("engine: /dev/sda does not answer")

func (f *faulty) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	if f.failing.Load() {
		return nil, errDisk
	}
	values, err := f.Store.Get(ctx, keys...)
	if f.damaging.Load() {
		for _, v := range values {
			if len(v) > 0 {
				v[len(v)/2] ^= 0x40
			}
		}
	}
	return values, err
}

func (f *faulty) Scan(ctx context.Context, row, from, to string) iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		if f.failing.Load() {
			yield(kv.Item{}, errDisk)
			return
		}
		for item, err := range f.Store.Scan(ctx, row, from, to) {
			if f.damaging.Load() && len(item.Value) > 0 {
				item.Value[len(item.Value)/2] ^= 0x40
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

func (f *faulty) Put(ctx context.Context, items ...kv.Item) error {
	if f.failing.Load() {
		return errDisk
	}
	return f.Store.Put(ctx, items...)
}

func (f *faulty) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	if f.failing.Load() {
		return errDisk
	}
	return f.Store.Swap(ctx, key, old, new, with...)
}

// openFaulty is the small graph on an engine that fails on command, read anew so that nothing is kept in memory that
// a long-running server would not keep.
func openFaulty(t *testing.T) (*store.Store, *faulty) {
	t.Helper()
	engine := &faulty{Store: memkv.New()}
	s, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var changes []store.Change
	for _, line := range []string{
		`{"entity": "stmt", "kind": "Agreement", "name": "Trilateral statement"}`,
		`{"claim": "description", "from": "stmt", "value": "It ended the war."}`,
	} {
		decoded, err := decodeRecord([]byte(line), "entente")
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, decoded...)
	}
	commitAll(t, s, changes)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), engine, store.Options{Cache: 1}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, engine
}

// TestEngineFaults asks for what must be read from an engine that fails: the client learns a code, the log the rest.
func TestEngineFaults(t *testing.T) {
	const ask = `{entity(id: "entente:stmt") { name description }}`
	const change = `mutation { merge(keep: "entente:stmt", absorb: "entente:stmt2", reason: "a") { added } }`
	read := func(t *testing.T, srv *server, document, code string) *reply {
		t.Helper()
		got := srv.ask(t, document)
		if !slices.Equal(got.codes(), []string{code}) {
			t.Errorf("codes %q, want %q: %s", got.codes(), code, got.body)
		}
		for _, inner := range []string{"engine", "/dev", "kv:", "ledger:", "goroutine"} {
			if strings.Contains(got.body, inner) {
				t.Errorf("the answer tells of the inside: %s", got.body)
			}
		}
		return got
	}
	t.Run("unknown", func(t *testing.T) {
		s, engine := openFaulty(t)
		srv := serve(t, s)
		engine.failing.Store(true)
		got := read(t, srv, ask, codeInternal)
		if !strings.Contains(got.body, `"name":"Trilateral statement"`) {
			t.Errorf("what memory holds was not answered: %s", got.body)
		}
		if id := got.Errors[0].Extensions.ID; id == "" || !strings.Contains(srv.log.String(), id) || !strings.Contains(srv.log.String(), errDisk.Error()) {
			t.Errorf("the log does not tell of %q: %s", id, srv.log)
		}
	})
	t.Run("named", func(t *testing.T) {
		s, engine := openFaulty(t)
		srv := serve(t, s, Fault{errDisk, "READ_ONLY", "the disk does not answer"})
		engine.failing.Store(true)
		read(t, srv, ask, "READ_ONLY")
		commitment := `mutation { commit(input: {records: ["{\"entity\": \"other\", \"kind\": \"Place\", \"name\": \"Other\"}"]}) { added } }`
		read(t, srv, commitment, "READ_ONLY")
	})
	t.Run("damaged", func(t *testing.T) {
		s, engine := openFaulty(t)
		srv := serve(t, s)
		engine.damaging.Store(true)
		read(t, srv, ask, codeCorrupt)
		if !strings.Contains(srv.log.String(), ledger.ErrCorrupt.Error()) {
			t.Errorf("the log does not tell of the damage: %s", srv.log)
		}
	})
	t.Run("not there", func(t *testing.T) {
		s, _ := openFaulty(t)
		read(t, serve(t, s), change, codeNotFound)
	})
}

// TestPanic checks that a panic of a resolver is an internal error, and that its text stays inside.
func TestPanic(t *testing.T) {
	srv := serveWith(t, Options{Store: emptyStore(t), Decode: func([]byte, string) ([]store.Change, error) { panic("graph: a secret") }})
	got := srv.ask(t, `mutation { commit(input: {records: ["{}"]}) { added } }`)
	if !slices.Equal(got.codes(), []string{codeInternal}) || strings.Contains(got.body, "secret") || !cmp.Equal(got.Errors[0].Path, []any{"commit"}) {
		t.Errorf("a panic is answered with %s", got.body)
	}
	if log := srv.log.String(); !strings.Contains(log, "goroutine") || !strings.Contains(log, "a secret") {
		t.Errorf("the log has no stack, or not the text: %s", log)
	}
}

// TestGivenUp sends a request whose client has gone before it runs, and a change: whether a change went through does
// not depend on who waits for it.
func TestGivenUp(t *testing.T) {
	s := smallStore(t)
	srv := serve(t, s)
	gone, cancel := context.WithCancel(context.WithValue(t.Context(), http.LocalAddrContextKey, srv.Listener.Addr()))
	cancel()
	send := func(body string) *httptest.ResponseRecorder {
		r := srv.post(t, body).WithContext(gone)
		r.RemoteAddr, r.Host = "127.0.0.1:5000", "localhost"
		w := httptest.NewRecorder()
		srv.Config.Handler.ServeHTTP(w, r)
		return w
	}
	if w := send(`{"query":"{entities{totalCount}}"}`); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), codeTimeout) || strings.Contains(w.Body.String(), "context") {
		t.Errorf("a question: status %d: %s", w.Code, w.Body)
	}
	if w := send(aMerge); w.Code != http.StatusOK || s.Head().Moment().Commit != 4 {
		t.Errorf("a change: status %d, the head is commit %d: %s", w.Code, s.Head().Moment().Commit, w.Body)
	}
}
