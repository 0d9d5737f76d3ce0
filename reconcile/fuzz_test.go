package reconcile

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// FuzzReadBatch reads batches of strangers: each is read or refused with a place that is there, and never more than asked for.
func FuzzReadBatch(f *testing.F) {
	for _, text := range []string{
		`{}`, `[]`, `null`, `{"q0":{"query":"Armenia"}}`, `{"q0":{"query":"x","type":"State","limit":3,"type_strict":"any"}}`,
		`{"q0":{"properties":[{"pid":"date","v":["2020",7,true,null,{"id":"t:ARM","name":"Armenia","x":1}]}]}}`,
		`{"a/b~":{"query":1}}`, `{"q":{"query":"\ud800"}}`, `{"q":{"query":"x","limit":1e400}}`, `{"q":{"query":"x","limit":1e18}}`, `{"":{"query":"x","v":1}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		batch, err := readBatch(text)
		if err != nil {
			e, ok := errors.AsType[*requestError](err)
			if !ok || e.status < 400 || e.status > 499 || e.message == "" {
				t.Fatalf("%q is refused with %v", text, err)
			}
			if e.path != "" && (!strings.HasPrefix(e.path, "/") || !jsontext.Pointer(e.path).IsValid()) {
				t.Errorf("%q is refused at %q", text, e.path)
			}
			return
		}
		if len(batch) > maxBatch {
			t.Errorf("%d queries are read", len(batch))
		}
		for key, q := range batch {
			if strings.TrimSpace(q.Query) == "" && len(q.Properties) == 0 {
				t.Errorf("query %q asks for nothing", key)
			}
			if n := q.limit(); n < 1 || n > maxLimit {
				t.Errorf("query %q has the limit %d", key, n)
			}
		}
	})
}

// FuzzReadExtend does the same for what is to be fetched.
func FuzzReadExtend(f *testing.F) {
	for _, text := range []string{
		`{}`, `null`, `{"ids":[],"properties":[]}`, `{"ids":["t:ARM"],"properties":[{"id":"date","settings":{"limit":"1"}}]}`,
		`{"ids":["t:ARM"],"properties":[{"id":"date","name":"Date","settings":{"limit":-1}}]}`, `{"ids":["t:ARM"],"properties":[{"id":"date","settings":{"a/b":[1]}}]}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := readExtend(text)
		for i := 0; err == nil && i < len(q.Properties); i++ {
			var n int
			if n, err = q.Properties[i].limit("/properties/0"); err == nil && (n < 1 || n > maxValues) {
				t.Errorf("%q asks for %d values", text, n)
			}
		}
		if err == nil {
			return
		}
		if e, ok := errors.AsType[*requestError](err); !ok || e.path != "" && !jsontext.Pointer(e.path).IsValid() {
			t.Errorf("%q is refused with %v", text, err)
		}
	})
}
