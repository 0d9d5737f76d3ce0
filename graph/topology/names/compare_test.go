package names

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAlike(t *testing.T) {
	tests := []struct {
		a, b  string
		edits int
		ok    bool
	}{
		{"armenia", "armenia", 0, true},
		{"pashinyan", "пашинян", 0, true},
		{"grachov", "grachev", 0, true},
		{"armenia", "armenja", 1, true},
		{"azerbaijan", "azerbadjan", 1, true},
		{"kazimirovs", "kasimirof", 2, true},
		{"eln", "epl", 0, false},
		{"iran", "iraq", 1, true},
		{"armenia", "albania", 0, false},
		{"1998", "1999", 0, false},
		{"front", "army", 0, false},
	}
	for _, tt := range tests {
		a, b := NewWord(tt.a), NewWord(tt.b)
		if edits, ok := a.Alike(&b); edits != tt.edits || ok != tt.ok {
			t.Errorf("%q is like %q: %d, %v, want %d, %v", tt.a, tt.b, edits, ok, tt.edits, tt.ok)
		}
	}
}

func TestAlikeIsSymmetric(t *testing.T) {
	word := rapid.StringMatching(`[a-zəşа-яա-ֆ0-9]{1,40}`)
	rapid.Check(t, func(t *rapid.T) {
		text := word.Draw(t, "word")
		other := word.Draw(t, "another")
		if i := rapid.IntRange(0, 3).Draw(t, "change"); i > 0 {
			letters := []rune(text)
			other = string(append(letters[:len(letters)-1:len(letters)-1], []rune(other)[:min(i, len([]rune(other)))]...))
		}
		a, b := NewWord(text), NewWord(other)
		there, ok := a.Alike(&b)
		back, okBack := b.Alike(&a)
		if there != back || ok != okBack {
			t.Errorf("%q, %q: %d, %v and back %d, %v", text, other, there, ok, back, okBack)
		}
		if edits, ok := a.Alike(&a); edits != 0 || !ok {
			t.Errorf("%q is not like itself", text)
		}
	})
}
