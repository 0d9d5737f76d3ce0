package names

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// letters of few kinds, so that random words are often near each other.
var (
	someWords = []string{
		"arm", "ARM", "army", "armenia", "armenian", "Yerevan", "Ереван", "Erevan", "Երևան", "yervean", "pashinyan", "Pashinian",
		"Пашинян", "pashiniann", "aliyev", "Əliyev", "Əliyeva", "alieyv", "of", "the", "state", "stat", "states", "1999", "1998", "17", "170",
		"baku", "bakı", "şuşa", "susa", "shusha", "stepanakert", "stepanakret", "kelbajar", "Kəlbəcər", "republic", "Republik",
		"Х", "ъ", "한국", "zürich", "zirich", strings.Repeat("щ", 20), strings.Repeat("ab", 17),
	}
	aWord = rapid.OneOf(rapid.SampledFrom(someWords), rapid.StringMatching(`[aeks]{1,5}`), rapid.StringMatching(`[АбЕеянс]{3,9}`),
		rapid.StringMatching(`[abn]{7,10}`))
	aText = rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(aWord, 0, 4).Draw(t, "words"), rapid.SampledFrom([]string{" ", "-", ", "}).Draw(t, "by"))
	})
	aQuery = rapid.Custom(func(t *rapid.T) Query {
		q := Query{
			Text:   strings.Join(rapid.SliceOfN(aWord, 1, 3).Draw(t, "words"), " "),
			Fuzzy:  rapid.Bool().Draw(t, "fuzzy"),
			Prefix: rapid.Bool().Draw(t, "prefix"),
			Limit:  rapid.SampledFrom([]int{0, 1, 3, 20, 300}).Draw(t, "limit"),
		}
		if cut := rapid.IntRange(0, 3).Draw(t, "cut"); q.Prefix && cut > 0 {
			r := []rune(q.Text)
			q.Text = string(r[:max(1, len(r)-cut)])
		}
		if salt := rapid.Uint32Range(0, 3).Draw(t, "salt"); salt > 0 {
			q.Rank = func(n uint32) (float32, bool) { return float32((n * 2654435761 >> 7) % 5), (n+salt)%7 > 0 }
		}
		return q
	})
)

// TestSearchIsScan: with adding, loading and building in any order, Search finds what looking at every
// name finds.
func TestSearchIsScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := New(), &oracle{}
		add := func(t *rapid.T, f func(uint32, string)) {
			// Often enough names to make segments, seldom enough to make heavy beginnings.
			n := rapid.SampledFrom([]int{1, 3, 70, 150}).Draw(t, "n")
			texts := rapid.SliceOfN(aText, 1, 40).Draw(t, "texts")
			for i := range n {
				text := texts[i%len(texts)]
				f(uint32(len(o.texts)), text)
				o.texts = append(o.texts, text)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) { add(t, x.Add) },
			"load": func(t *rapid.T) {
				add(t, x.Load)
				x.Add(uint32(len(o.texts)), "last")
				o.texts = append(o.texts, "last")
			},
			"flush": func(t *rapid.T) {
				add(t, x.Load)
				x.Flush()
			},
			"build": func(*rapid.T) { x.Build() },
			"gather": func(t *rapid.T) {
				add(t, x.Load)
				x.Show()
				adopt := make(chan func())
				go func() { adopt <- x.Gather() }()
				add(t, x.Load) // meanwhile
				x.Show()
				(<-adopt)()
			},
			"search": func(t *rapid.T) {
				q := aQuery.Draw(t, "query")
				want, got := o.search(q), x.Search(q)
				if len(want)+len(got) > 0 && !cmp.Equal(want, got) {
					t.Fatalf("Search(%+v) of %d names (-want +got):\n%s", q, len(o.texts), cmp.Diff(want, got))
				}
			},
			"": func(t *rapid.T) {
				if x.Len() != len(o.texts) {
					t.Fatalf("Len() = %d, want %d", x.Len(), len(o.texts))
				}
			},
		})
	})
}

func index(texts ...string) *Index {
	x := New()
	for i, s := range texts {
		x.Add(uint32(i), s)
	}
	return x
}

func found(x *Index, hits []Hit) []string {
	var s []string
	for _, h := range hits {
		s = append(s, fmt.Sprintf("%s (%s)", x.Text(h.Name), h.Match))
	}
	return s
}

func TestSearch(t *testing.T) {
	texts := []string{
		"Ministry of Foreign Affairs of Azerbaijan", "Azerbaijan", "Nikol Pashinyan", "Yerevan", "Army of Liberation", "ARM",
		"Pavel Grachov", "Vladimir Kazimirov", "Ilham Aliyev", "Armenia", "Republic of Artsakh", "Hotel Yerevan", "Agreement of 1999",
		"Agreement of 1998", "Nagorno-Karabakh",
	}
	tests := []struct {
		q    Query
		want []string
	}{
		{Query{Text: "Pashinian"}, []string{"Nikol Pashinyan (transliteration)"}},
		{Query{Text: "Пашинян"}, []string{"Nikol Pashinyan (transliteration)"}},
		{Query{Text: "Նիկոլ Փաշինյան"}, []string{"Nikol Pashinyan (transliteration)"}},
		{Query{Text: "пашин", Prefix: true}, []string{"Nikol Pashinyan (prefix)"}},
		{Query{Text: "nikol pash", Prefix: true}, []string{"Nikol Pashinyan (prefix)"}},
		{Query{Text: "pash nikol", Prefix: true}, nil},
		{Query{Text: "Yerevan"}, []string{"Yerevan (exact text)", "Hotel Yerevan (exact)"}},
		{Query{Text: "azerbaijan"}, []string{"Azerbaijan (exact text)", "Ministry of Foreign Affairs of Azerbaijan (exact)"}},
		{Query{Text: "ARM", Prefix: true, Fuzzy: true}, []string{"ARM (exact text)"}},
		{Query{Text: "arm"}, []string{"ARM (exact text)"}},
		{Query{Text: "arm", Prefix: true}, []string{"ARM (exact text)", "Armenia (prefix)", "Army of Liberation (prefix)"}},
		{Query{Text: "ART", Prefix: true}, []string{"Republic of Artsakh (prefix)"}},
		{Query{Text: "Grachev"}, []string{"Pavel Grachov (transliteration)"}},
		{Query{Text: "Казимиров"}, []string{"Vladimir Kazimirov (transliteration)"}},
		{Query{Text: "Kazmirov", Fuzzy: true}, []string{"Vladimir Kazimirov (fuzzy)"}},
		{Query{Text: "Əliyev"}, []string{"Ilham Aliyev (transliteration)"}},
		{Query{Text: "ilahm", Fuzzy: true}, []string{"Ilham Aliyev (fuzzy)"}},
		{Query{Text: "agreement 1999", Fuzzy: true}, []string{"Agreement of 1999 (exact)"}},
		{Query{Text: "karabakh"}, []string{"Nagorno-Karabakh (exact)"}},
		{Query{Text: "Нагорный Карабах"}, nil},
		{Query{Text: ""}, nil},
		{Query{Text: "...", Prefix: true, Fuzzy: true}, nil},
	}
	x := index(texts...)
	for range 2 { // from the tail, then from a segment
		for _, tt := range tests {
			if diff := cmp.Diff(tt.want, found(x, x.Search(tt.q))); diff != "" {
				t.Errorf("Search(%+v) (-want +got):\n%s", tt.q, diff)
			}
		}
		x.Build()
	}
}

// TestWeightsBreakTies: of equal scores the caller's weight, then the number decides; a name that the
// caller drops is not found.
func TestWeightsBreakTies(t *testing.T) {
	x := index("Yerevan", "Yerevan", "Yerevan", "Yerevan")
	hits := x.Search(Query{Text: "yerevan", Rank: func(n uint32) (float32, bool) { return []float32{1, 5, 0, 5}[n], n != 2 }})
	var got []uint32
	for _, h := range hits {
		got = append(got, h.Name)
	}
	if diff := cmp.Diff([]uint32{1, 3, 0}, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

// TestHeavyBeginnings searches beginnings that have lists of their own, against the scan.
func TestHeavyBeginnings(t *testing.T) {
	x, o := New(), &oracle{}
	for i := range uint32(3000) {
		text := generated(i)
		x.Load(i, text)
		o.texts = append(o.texts, text)
	}
	x.Build()
	if n := len(x.next.segs[0].folds.heavy); n < 10 {
		t.Fatalf("%d heavy beginnings; the test is of them", n)
	}
	third := func(n uint32) (float32, bool) { return float32(n % 11), n%3 == 0 }
	for _, text := range []string{"a", "l", "lead", "leader", "leader 1", "1", "12", "state 2", "agreement on c", "на", "п", "ivan p", "2 leader", "z"} {
		for _, q := range []Query{{Text: text, Prefix: true}, {Text: text, Prefix: true, Limit: 300}, {Text: text, Prefix: true, Fuzzy: true, Rank: third}} {
			if diff := cmp.Diff(o.search(q), append([]Hit{}, x.Search(q)...)); diff != "" {
				t.Errorf("Search(%+v) (-want +got):\n%s", q, diff)
			}
		}
	}
}

// TestReadersAndWriter: while one goroutine adds and builds, others find what was added before they
// looked, and texts are whole. The race detector does the rest.
func TestReadersAndWriter(t *testing.T) {
	x := New()
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				n := x.Len()
				if n == 0 {
					continue
				}
				want := uint32(n - 1)
				hits := x.Search(Query{Text: generated(want), Rank: func(n uint32) (float32, bool) { return float32(n), n == want }})
				if len(hits) != 1 || hits[0].Match != ExactText {
					t.Errorf("Search(%q) of %d names = %v", generated(want), n, hits)
					return
				}
				for _, h := range x.Search(Query{Text: "leader 1", Prefix: true, Fuzzy: true}) {
					if got := x.Text(h.Name); got != generated(h.Name) {
						t.Errorf("Text(%d) = %q, want %q", h.Name, got, generated(h.Name))
						return
					}
				}
			}
		})
	}
	for i := range uint32(3000) {
		x.Add(i, generated(i))
		if i%1000 == 999 {
			x.Build()
		}
	}
	close(done)
	wg.Wait()
}

// FuzzSearch holds that no query and no name panics, that hits are the scan's, and that a name finds
// itself by its own text.
func FuzzSearch(f *testing.F) {
	for _, s := range [][2]string{
		{"Nikol Pashinyan", "Пашинян"},
		{"İlham Əliyev", "aliev"},
		{"a\xffb", "\xff"},
		{"ъ", "ь"},
		{"", "x"},
		{"한국 \u0301", "한"},
		{"Côte d'Ivoire", "d'iv"},
		{strings.Repeat("щ", 40), strings.Repeat("щ", 31)},
		{strings.Repeat("a ", 300), strings.Repeat("a ", 31)},
	} {
		f.Add(s[0], s[1], true, true)
	}
	f.Fuzz(func(t *testing.T, name, text string, prefix, fuzzy bool) {
		if len(Tokens(text)) > maxQueryWords || len(text) > maxQuery || len(name) > 1<<16 {
			text, name = text[:min(len(text), 2*maxQueryWords)], name[:min(len(name), 1<<16)]
		}
		o := &oracle{texts: []string{name, "Yerevan", name + " " + text}}
		x := index(o.texts...)
		for range 2 {
			q := Query{Text: text, Prefix: prefix, Fuzzy: fuzzy}
			want, got := o.search(q), x.Search(q)
			if len(want)+len(got) > 0 && !cmp.Equal(want, got) {
				t.Errorf("Search(%+v) of %q (-want +got):\n%s", q, o.texts, cmp.Diff(want, got))
			}
			if toks := Tokens(name); len(toks) > 0 && len(toks) <= maxQueryWords && len(name) <= maxQuery {
				if hits := x.Search(Query{Text: name}); len(hits) == 0 || hits[0].Match != ExactText {
					t.Errorf("Search(%q) = %v, want itself first", name, hits)
				}
			}
			x.Build()
		}
	})
}
