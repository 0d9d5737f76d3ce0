package mend

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"entente/loader/format"
)

func TestMended(t *testing.T) {
	tests := []struct {
		found, want string
		ok          bool
	}{
		{"Mediation of T√ºrkiye", "Mediation of Türkiye", true},
		{"CÃ´te dâ\u0080\u0099Ivoire", "Côte d’Ivoire", true},
		{"Côte d’Ivoire", "Côte d’Ivoire", false},
		{"MadagascarÂ", "Madagascar", true},
		{"Сухум", "Сухум", false},
		{"plain", "plain", false},
		{"", "", false},
	}
	for _, test := range tests {
		if got, ok := mended(test.found); got != test.want || ok != test.ok {
			t.Errorf("mended(%q) = %q, %v, want %q, %v", test.found, got, ok, test.want, test.ok)
		}
	}
}

// TestMendedAll garbles texts as tables are garbled, and finds them again.
func TestMendedAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := "a" + rapid.StringOfN(rapid.RuneFrom([]rune("abcéüßñçøĞşİ’–")), 1, 20, -1).Draw(t, "text") + "z"
		// Latin-1 has a character for each byte, so nothing is lost by the misreading.
		found, err := charmap.ISO8859_1.NewDecoder().String(was)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := mended(found)
		if want := found != was; ok != want || got != was {
			t.Errorf("mended(%q) = %q, %v, want %q, %v", found, got, ok, was, want)
		}
	})
}

func TestPassage(t *testing.T) {
	tests := []struct{ text, name, want string }{
		{"One. Then came Egypt, and left. Three.", "Egypt", "Then came Egypt, and left."},
		{"The U.S. and Egypt met! Later they parted.", "Egypt", "The U.S. and Egypt met!"},
		{"The Egyptians met.", "Egypt", ""},
		{"In Port Sudan, the envoy of South Sudan met. The Sudan Tribune wrote of Sudan.", "Sudan", "The Sudan Tribune wrote of Sudan."},
		{"The Envoy Ana Bell met them.", "Ana Bell", "The Envoy Ana Bell met them."},
		{"Egypt", "Egypt", "Egypt"},
		{"", "Egypt", ""},
		{"Egypt", "", ""},
		{strings.Repeat("long ", 100) + "Egypt" + strings.Repeat(" short", 100), "Egypt", strings.Repeat("long ", 32) + "Egypt" + strings.Repeat(" short", 26)},
	}
	for _, test := range tests {
		if got := passage(test.text, test.name); got != test.want {
			t.Errorf("passage(%q, %q) = %q, want %q", test.text, test.name, got, test.want)
		}
	}
}

// TestPassageAll has a passage always be words of the text, whole ones, with the name among them.
func TestPassageAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"one", "Two.", "Egypt", "ü!", "long" + strings.Repeat("g", 200), "\n", "U.S.", ""})).Draw(t, "words"), " ")
		got := passage(text, "Egypt")
		if !strings.Contains(text, got) || got != "" && wordIndex(got, "Egypt") < 0 {
			t.Errorf("passage(%q) = %q", text, got)
		}
		if strings.Contains(" "+text+" ", " one Egypt one ") && got == "" {
			t.Errorf("passage(%q) is empty", text)
		}
	})
}

func TestCountryCode(t *testing.T) {
	tests := map[string]string{
		"Iran (Islamic Republic of)": "IRN", "Iran": "IRN", "the Gambia": "GMB", "Bosnia and Herzegovina": "BIH", "Saint Lucia": "LCA",
		"Sao Tome and Principe": "STP", "Cote d'Ivoire": "CIV", "US": "USA", "Turkey": "TUR", "Holy See (Vatican City State)": "VAT",
		"Sudan": "SDN", "South Sudan": "SSD", "Sudanese Armed Forces": "", "Yemen (2012-2022) Hadi": "", "Yugoslavia": "", "": "",
	}
	for name, want := range tests {
		if got := countryCode(name); got != want {
			t.Errorf("countryCode(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	long := strings.Repeat("ü", 200)
	if a, b := slug(long), slug(long+"x"); a == b || len(a) > 200 || !strings.HasPrefix(a, "üü") {
		t.Errorf("slug = %q and %q, want two that are not long", a, b)
	}
	if got, want := slug("National¬†Umma Party"), format.Slug("National Umma Party"); got != want {
		t.Errorf("slug = %q, want %q", got, want)
	}
}
