package names

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// generated is name n of a synthetic graph: states, leaders, agreements and, now and then, one in Cyrillic.
func generated(n uint32) string {
	first := []string{"Ivan", "Aram", "Leyla", "Nikol", "Heydar", "Levon", "Anna", "Tigran", "Elmar", "Zurab", "Vartan", "Mikhail"}
	last := []string{
		"Pashinyan", "Aliyev", "Petrosyan", "Grachev", "Kazimirov", "Mammadov", "Kocharyan", "Lavrov", "Sargsyan", "Guliyev",
		"Bayramov", "Mirzoyan", "Vance", "Sumbatov", "Orujov",
	}
	on := []string{"ceasefire", "trade", "prisoners", "borders", "transit", "peacekeepers", "water", "demining", "observers"}
	h := n * 2654435761
	switch {
	case n%20 == 0:
		return fmt.Sprintf("State %d", n)
	case n%37 == 0:
		return fmt.Sprintf("Протокол %d о наблюдателях", n)
	case n%3 == 0:
		return fmt.Sprintf("Leader %d %s %s", n, first[h>>8%12], last[h>>16%15])
	}
	return fmt.Sprintf("Agreement on %s of %d no %d", on[h>>8%9], 1950+h>>12%75, n)
}

func TestTexts(t *testing.T) {
	x := New()
	long := strings.Repeat("long ", 40_000) // more than three chunks
	want := []string{"one", "", strings.Repeat("a", chunkSize-3), long, "Cafe\u0301", strings.Repeat("b", chunkSize), "", "end"}
	for i, s := range want {
		if i%2 == 0 {
			x.Add(uint32(i), s)
		} else {
			x.Load(uint32(i), s)
		}
	}
	x.Build()
	want[4] = "Café" // NFC
	for i, s := range want {
		if got := x.Text(uint32(i)); got != s {
			t.Errorf("Text(%d) has %d bytes, want %d", i, len(got), len(s))
		}
	}
	if got := x.Text(uint32(len(want))); got != "" {
		t.Errorf("text of a name not there = %q", got)
	}
}

// TestAddOutOfOrder: a number again is left alone, numbers skipped are names of no text.
func TestAddOutOfOrder(t *testing.T) {
	x := index("Yerevan")
	x.Add(0, "Baku")
	x.Add(3, "Tbilisi")
	if x.Len() != 4 || x.Text(0) != "Yerevan" || x.Text(1) != "" || x.Text(3) != "Tbilisi" {
		t.Errorf("Len %d, texts %q, %q, %q", x.Len(), x.Text(0), x.Text(1), x.Text(3))
	}
	if hits := x.Search(Query{Text: "baku"}); len(hits) > 0 {
		t.Errorf("baku: %v", hits)
	}
	if hits := x.Search(Query{Text: "tbilisi"}); len(hits) != 1 || hits[0].Name != 3 {
		t.Errorf("tbilisi: %v", hits)
	}
}

// TestLoadShowsAtBuild: what is loaded is seen after Build, not before.
func TestLoadShowsAtBuild(t *testing.T) {
	x := index("Yerevan")
	x.Load(1, "Baku")
	if n := x.Len(); n != 1 || len(x.Search(Query{Text: "baku"})) > 0 || x.Text(1) != "" {
		t.Errorf("loaded name seen; Len %d", n)
	}
	x.Build()
	if n := x.Len(); n != 2 || len(x.Search(Query{Text: "baku"})) != 1 || x.Text(1) != "Baku" {
		t.Errorf("loaded name not seen; Len %d", n)
	}
}

// TestFewSegments: adding alone keeps segments few.
func TestFewSegments(t *testing.T) {
	x := New()
	for i := range uint32(5000) {
		x.Add(i, generated(i))
		if n := len(x.next.segs); n > 3*5 {
			t.Fatalf("%d segments at %d names", n, i)
		}
	}
}

const many = 245_000

func loaded(n uint32) *Index {
	x := New()
	for i := range n {
		x.Load(i, generated(i))
	}
	x.Build()
	return x
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		loaded(many)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/name")
}

func BenchmarkBytes(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := loaded(many)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/many, "heap-B/name")
		b.ReportMetric(float64(x.Bytes())/many, "B/name")
		s := x.next.segs[0]
		b.ReportMetric(float64(x.next.texts.heap())/many, "texts-B/name")
		b.ReportMetric(float64(len(s.lists.arena))/many, "lists-B/name")
		b.ReportMetric(float64(s.folds.heap())/many, "folds-B/name")
		b.ReportMetric(float64(s.keys.heap())/many, "keys-B/name")
		runtime.KeepAlive(x)
	}
}

func BenchmarkAdd(b *testing.B) {
	x, n := New(), uint32(0)
	for b.Loop() {
		x.Add(n, generated(n))
		n++
	}
}

// BenchmarkSearch: leaderPrefix is the measured question, two words of which the last is a beginning.
func BenchmarkSearch(b *testing.B) {
	x := loaded(many)
	added := New()
	for i := range uint32(many) {
		added.Add(i, generated(i))
	}
	rank := func(n uint32) (float32, bool) { return float32(n & 7), true }
	for _, bb := range []struct {
		name string
		x    *Index
		q    Query
	}{
		{"leaderPrefix", x, Query{Text: "leader 47", Prefix: true}},
		{"surnamePrefix", x, Query{Text: "nikol pash", Prefix: true}},
		{"a", x, Query{Text: "a", Prefix: true}},
		{"le", x, Query{Text: "le", Prefix: true}},
		{"word", x, Query{Text: "State 17"}},
		{"common", x, Query{Text: "agreement"}},
		{"translit", x, Query{Text: "Пашинян"}},
		{"translitPrefix", x, Query{Text: "пашин", Prefix: true}},
		{"fuzzy1", x, Query{Text: "Pashnyan", Fuzzy: true}},
		{"fuzzyMiss", x, Query{Text: "Konstantinopel", Fuzzy: true}},
		{"miss", x, Query{Text: "qwerty", Prefix: true}},
		{"leaderPrefixAdded", added, Query{Text: "leader 47", Prefix: true}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			bb.q.Rank = rank
			b.ReportAllocs()
			for b.Loop() {
				bb.x.Search(bb.q)
			}
		})
	}
}
