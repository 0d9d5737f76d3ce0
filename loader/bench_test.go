package loader_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

// generated are n records of agreements and who signed and mediated them, as a large dataset has them: entities first,
// a document for every 500 claims, quotes, exact ids. It is the same every time.
func generated(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString(`{"entity": "coder", "kind": "Organization", "name": "The coders"}` + "\n")
	states, deals := 200, n/8
	for i := range states {
		fmt.Fprintf(&b, `{"entity": "s%d", "kind": "State", "name": "State of %d", "ids": {"gw": "%d"}, "coder": "coder"}`+"\n", i, i, i)
	}
	for i := range deals {
		fmt.Fprintf(&b, `{"entity": "a%d", "kind": "Agreement", "name": "Accord of place %d", "date": "%d-%02d-%02d", "coder": "coder"}`+"\n",
			i, i, 1950+random.IntN(70), 1+random.IntN(12), 1+random.IntN(28))
	}
	for i := range n/500 + 1 {
		fmt.Fprintf(&b, `{"entity": "d%d", "kind": "Document", "name": "Volume %d", "published": "1999", "coder": "coder"}`+"\n", i, i)
	}
	predicates := []string{"signed", "signed", "mediated", "witnessed"}
	for i := range n - states - deals - n/500 - 2 {
		fmt.Fprintf(&b, `{"claim": "%s", "from": "s%d", "to": "a%d", "when": "%d-%02d-%02d", "coder": "coder", "source": {"document": "d%d", "locator": "page %d", "quote": "the parties met on day %d and put their hands to the text"}}`+"\n",
			predicates[random.IntN(4)], random.IntN(states), random.IntN(deals), 1950+random.IntN(70), 1+random.IntN(12), 1+random.IntN(28), i/500, i%500, i)
	}
	return b.Bytes()
}

func BenchmarkDecode(b *testing.B) {
	lines := bytes.Split(bytes.TrimSpace(generated(20_000)), []byte("\n"))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := loader.DecodeRecord(lines[i%len(lines)], "t"); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkImport100k(b *testing.B) {
	records := generated(100_000)
	b.SetBytes(int64(len(records)))
	b.ReportAllocs()
	for b.Loop() {
		st, err := store.Open(b.Context(), memkv.New(), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		in := loader.Input{Name: "generated", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(records)), nil }}
		report, err := loader.Import(b.Context(), st, []loader.Input{in}, loader.Options{Dataset: "t"})
		if err != nil || report.Rejected > 0 {
			b.Fatal(report.Problems, err)
		}
	}
}

func BenchmarkExport100k(b *testing.B) {
	st := open(b)
	load(b, st, loader.Options{}, text("generated", string(generated(100_000))))
	b.ReportAllocs()
	for b.Loop() {
		if err := loader.Export(b.Context(), st.Head(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
