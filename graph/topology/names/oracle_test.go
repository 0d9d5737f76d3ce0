package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// oracle searches by looking at every name, by the definition of the package comment alone.
type oracle struct {
	texts []string
}

func (o *oracle) search(q Query) []Hit {
	toks := Tokens(q.Text)
	if len(toks) == 0 {
		return nil
	}
	type found struct {
		Hit
		words  int
		weight float32
		kind   int
	}
	var all []found
	memo := map[[2]string]int{} // texts repeat their words
	for n, text := range o.texts {
		words := Tokens(text)
		worst := 0
		for _, tok := range toks {
			best := 9
			for _, w := range words {
				// A repeated word counts where it is last.
				k, ok := memo[[2]string{tok, w}]
				if !ok {
					k = o.kind(tok, w, q.Prefix && lastIndex(toks, tok) == len(toks)-1, q.Fuzzy)
					memo[[2]string{tok, w}] = k
				}
				best = min(best, k)
			}
			worst = max(worst, best)
		}
		if len(words) == 0 || worst == 9 {
			continue
		}
		weight, ok := float32(0), true
		if q.Rank != nil {
			weight, ok = q.Rank(uint32(n))
		}
		if !ok {
			continue
		}
		distinct := slices.Clone(toks)
		slices.Sort(distinct)
		f := found{words: min(len(words), 255), weight: weight, kind: worst}
		f.Name = uint32(n)
		f.Score = float64(4-worst) + min(1, float64(len(slices.Compact(distinct)))/float64(f.words))
		f.Match = []MatchKind{Exact, Transliteration, Prefix, Fuzzy, Fuzzy}[worst]
		if worst == 0 && Fold(text) == Fold(q.Text) {
			f.Match = ExactText
			f.Score++
		}
		all = append(all, f)
	}
	limit := cmp.Or(max(q.Limit, 0), 20)
	var top []found
	code := isCapitals(q.Text)
	for kind := range 5 {
		if len(top) >= limit || code && kind >= 2 && len(top) > 0 {
			break
		}
		var some []found
		for _, f := range all {
			if f.kind == kind {
				some = append(some, f)
			}
		}
		slices.SortFunc(some, func(a, b found) int { return cmp.Or(a.words-b.words, cmp.Compare(a.Name, b.Name)) })
		top = append(top, some[:min(len(some), max(128, limit))]...)
	}
	slices.SortFunc(top, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.weight, a.weight), cmp.Compare(a.Name, b.Name))
	})
	hits := []Hit{}
	for _, f := range top[:min(len(top), limit)] {
		hits = append(hits, f.Hit)
	}
	return hits
}

func lastIndex(toks []string, tok string) int {
	at := -1
	for i, t := range toks {
		if t == tok {
			at = i
		}
	}
	return at
}

// kind is 0 exact, 1 transliteration, 2 prefix, 3 and 4 edits, 9 no match.
func (o *oracle) kind(q, w string, prefix, fuzzy bool) int {
	qf, wf := Fold(q), Fold(w)
	if qf == wf {
		return 0
	}
	best := 9
	for _, a := range append(Keys(q), qf) {
		for _, b := range append(Keys(w), wf) {
			switch n := len([]rune(qf)); {
			case a == b:
				best = min(best, 1)
			case prefix && strings.HasPrefix(b, a):
				best = min(best, 2)
			case !fuzzy || strings.ContainsFunc(qf, unicode.IsNumber) || n > 32 || len([]rune(a)) > 32:
			default:
				if d := edits([]rune(a), []rune(b)); d == 1 && n >= 4 || d == 2 && n >= 8 {
					best = min(best, 2+d)
				}
			}
		}
	}
	return best
}

// edits is the distance with swaps by the textbook's recursion, in a full table.
func edits(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func isCapitals(text string) bool {
	fields := strings.Fields(text)
	last := []rune(fields[len(fields)-1])
	if len(last) < 2 || len(last) > 4 {
		return false
	}
	for _, r := range last {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
