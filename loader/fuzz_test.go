package loader_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

// FuzzDecodeRecord checks that whatever comes is either refused with a problem or read as claims that are written and
// read again as the same claims.
func FuzzDecodeRecord(f *testing.F) {
	for _, record := range [][]byte{
		[]byte(arm), []byte(deal), []byte(sign),
		[]byte(`{"claim": "mediated", "from": "RUS", "to": "deal", "qualifiers": {"between": ["ARM", "AZE"], "capacity": "x"}, "when": "[2020-11-09,2020-11-10]", "said": "2023~", "stance": "IMPLIED", "claimant": "p", "coder": "c", "confidence": 0.5, "source": {"document": "d", "locator": "l", "quote": "q"}, "key": "7"}`),
		[]byte(`{"retract": "6fa459ea-ee8a-5ca4-894e-db77e160355e", "reason": "x"}`),
	} {
		f.Add(record)
	}
	for i, bad := range badRecords {
		if len(bad.record) < 1000 && i%2 == 0 {
			f.Add([]byte(bad.record))
		}
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		changes, err := loader.DecodeRecord(record, "t")
		if err != nil {
			p, ok := errors.AsType[*loader.Problem](err)
			if !ok || p.Found == "" || p.Expected == "" || len(p.String()) > 2000 {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if len(changes) == 0 {
			t.Fatal("neither changes nor an error")
		}
		for _, c := range changes {
			if c.Op != store.Assert {
				continue
			}
			written := loader.AppendClaim(nil, &c.Claim)
			again, err := loader.DecodeRecord(written, "other")
			if err != nil || len(again) != 1 {
				t.Fatalf("%s: read again: %v", written, err)
			}
			if twice := loader.AppendClaim(nil, &again[0].Claim); again[0].ID != c.ID || !bytes.Equal(twice, written) {
				t.Fatalf("written as %s, read again and written as %s", written, twice)
			}
		}
	})
}

// FuzzImport checks that no file makes an import fail, and that what was imported survives an export.
func FuzzImport(f *testing.F) {
	f.Add([]byte(arm + deal + sign))
	f.Add([]byte(sign + deal + "\n{\n" + arm))
	f.Add([]byte(`{"claims": [` + sign + `], "entities": [` + arm + `, {"entity": "deal", "kind": "Agreement"}], "retractions": [{"retract": "x"}]}`))
	f.Add([]byte("\ufeff{\"entities\": [], \"entities\": []}"))
	f.Add(gzipped(f, arm))
	f.Add(zstded(f, arm+deal))
	f.Fuzz(func(t *testing.T, content []byte) {
		imported := func(content []byte) (*loader.Report, []byte) {
			s, err := store.Open(t.Context(), memkv.New(), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
			r, err := loader.Import(t.Context(), s, []loader.Input{in}, loader.Options{Dataset: "t", CommitSize: 2})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := loader.Export(t.Context(), s.Head(), &b); err != nil {
				t.Fatal(err)
			}
			return r, b.Bytes()
		}
		_, first := imported(content)
		r, second := imported(first)
		if r.Rejected > 0 {
			t.Fatalf("an export is refused: %s\n%s", problems(r), first)
		}
		if diff := cmp.Diff(string(first), string(second)); diff != "" {
			t.Fatalf("export of the import of an export (-want +got):\n%s", diff)
		}
	})
}
