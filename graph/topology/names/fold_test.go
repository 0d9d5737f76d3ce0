package names

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" -- ", nil},
		{"Nikol Pashinyan", []string{"nikol", "pashinyan"}},
		{"Ter-Petrosyan", []string{"ter", "petrosyan"}},
		{"Solov'ev", []string{"solovev"}},
		{"Solov’ev", []string{"solovev"}},
		{"Côte d’Ivoire", []string{"côte", "d", "ivoire"}},
		{"Cote d'Ivoire", []string{"cote", "d", "ivoire"}},
		{"People's Republic", []string{"peoples", "republic"}},
		{"Agreement of 1999, no. 1234", []string{"agreement", "of", "1999", "no", "1234"}},
		{"Baden Baden", []string{"baden", "baden"}},
		{"Əliyev İlham", []string{"əliyev", "i\u0307lham"}},
		{"STRASSE Straße", []string{"strasse", "strasse"}},
		{"Նիկոլ Փաշինյան", []string{"նիկոլ", "փաշինյան"}},
		{"№ 5", []string{"no", "5"}},
		{"a\xffb", []string{"a", "b"}},
		{"\u0301a", []string{"a"}},
		{strings.Repeat("x", 100), []string{strings.Repeat("x", maxWord)}},
		{strings.Repeat("я", 100), []string{strings.Repeat("я", maxWord)}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Tokens(tt.text)); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"  Şuşa,  Ağdam ", "susa agdam"},
		{"Грачёв", "грачев"},
		{"Bakı", "baki"},
		{"İlham Əliyev", "ilham eliyev"},
		{"Łódź", "lodz"},
		{"한국", "한국"},
	}
	for _, tt := range tests {
		if got := Fold(tt.text); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// FuzzFold holds that folding never panics, gives UTF-8, and is done after once: of words, of folds and
// of keys.
func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"", "Nikol Pashinyan", "Նիկոլ Փաշինյան", "Côte d'Ivoire", "İlham Əliyev", "a\xffb", "ẞ ŉ ǰ ΐ", "ﷺ", "℡", "\u0345",
		"한국", "Ꭰ ꭰ", "ა Ა", "ъь", "\u0301\u0301", "①²", "\xf2²", strings.Repeat("щ", 70),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fold := Fold(s)
		if again := Fold(fold); again != fold {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", s, again, fold)
		}
		for _, tok := range Tokens(s) {
			if got := Tokens(tok); !cmp.Equal(got, []string{tok}) {
				t.Errorf("Tokens(%q) = %q, want itself alone", tok, got)
			}
			if utf8.RuneCountInString(tok) > maxWord || !utf8.ValidString(tok) {
				t.Errorf("Tokens(%q) has %q", s, tok)
			}
			keys := Keys(tok)
			if len(keys) == 0 || len(keys) > maxKeys {
				t.Errorf("Keys(%q) = %q, want 1 to %d", tok, keys, maxKeys)
			}
			for _, k := range keys {
				if k == "" || !utf8.ValidString(k) {
					t.Errorf("Keys(%q) = %q", tok, keys)
				}
			}
		}
	})
}
