package names

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func meet(a, b string) bool {
	kb := Keys(b)
	return slices.ContainsFunc(Keys(a), func(k string) bool { return slices.Contains(kb, k) })
}

// TestSpellingsMeet: any two spellings in a row share a key.
func TestSpellingsMeet(t *testing.T) {
	rows := [][]string{
		{"Pashinyan", "Pashinian", "Пашинян", "Փաշինյան", "Փաշինեան"},
		{"Nikol", "Никол", "Նիկոլ"},
		{"Grachev", "Grachov", "Grachyov", "Грачёв", "Грачев"},
		{"Kazimirov", "Казимиров"},
		{"Aliyev", "Aliev", "Алиев"},
		{"Əliyev", "Aliyev"},
		{"Əliyev", "Алиев"},
		{"Ilham", "İlham", "Ильхам"},
		{"Heydar", "Гейдар"},
		{"Heydər", "Гейдар"},
		{"Sargsyan", "Sarkisian", "Sarkissian", "Саргсян", "Саркисян", "Սարգսյան"},
		{"Lavrov", "Лавров", "Lavroff", "Լավրով"},
		{"Mammadov", "Mamedov", "Мамедов", "Məmmədov", "Мамедов"},
		{"Petrosyan", "Petrossian", "Петросян", "Պետրոսյան"},
		{"Stepanakert", "Степанакерт", "Ստեփանակերտ"},
		{"Yerevan", "Erevan", "Ереван", "Երևան"},
		{"Baku", "Bakı", "Баку", "Բաքու"},
		{"Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskij", "Зеленский", "Зеленський"},
		{"Azerbaijan", "Азербайджан"},
		{"Azərbaycan", "Azerbaijan"},
		{"Karabakh", "Карабах", "Qarabağ", "Garabagh", "Ղարաբաղ"},
		{"Khankendi", "Xankəndi", "Ханкенди"},
		{"Kelbajar", "Kəlbəcər", "Кельбаджар"},
		{"Kalbajar", "Kəlbəcər"},
		{"Fuzuli", "Füzuli"},
		{"Fizuli", "Füzuli", "Физули"},
		{"Guliyev", "Quliyev"},
		{"Kuliev", "Quliyev", "Кулиев"},
		{"Jafarov", "Cəfərov", "Джафаров", "Dzhafarov"},
		{"Shusha", "Şuşa", "Шуша", "Շուշա"},
		{"Lachin", "Laçın", "Лачин"},
		{"Aghdam", "Agdam", "Ağdam", "Агдам"},
		{"Kocharyan", "Kotcharian", "Кочарян", "Քոչարյան"},
		{"Harutyunyan", "Arutyunyan", "Арутюнян", "Հարությունյան"},
		{"Mirzoyan", "Мирзоян", "Միրզոյան"},
		{"Artsakh", "Арцах", "Արցախ"},
		{"Bayramov", "Bairamov", "Байрамов"},
		{"Ceyhun", "Jeyhun", "Джейхун"},
		{"Sergey", "Sergei", "Sergej", "Сергей", "Սերգեյ"},
		{"Dmitry", "Dmitriy", "Dmitri", "Дмитрий"},
		{"Aleksandr", "Alexander", "Александр"},
		{"Aleksey", "Alexei", "Алексей"},
		{"Yevgeny", "Evgeniy", "Евгений"},
		{"Fyodorov", "Fedorov", "Фёдоров", "Федоров"},
		{"Solovyov", "Solovyev", "Soloviev", "Соловьёв", "Solov'ev"},
		{"Khrushchev", "Khrushchov", "Хрущёв"},
		{"Tbilisi", "Тбилиси", "თბილისი"},
		{"Hayastan", "Հայաստան"},
	}
	for _, row := range rows {
		for i, a := range row {
			for _, b := range row[i+1:] {
				if !meet(a, b) {
					t.Errorf("Keys(%q) = %q and Keys(%q) = %q do not meet", a, Keys(a), b, Keys(b))
				}
			}
		}
	}
}

// TestSpellingsPart: names that look alike and are not the same.
func TestSpellingsPart(t *testing.T) {
	pairs := [][2]string{
		{"ARM", "ARMY"},
		{"Armenia", "Armenian"},
		{"Iran", "Iraq"},
		{"Aliyev", "Alkhanov"},
		{"1999", "199"},
		{"11", "1"},
		{"Arman", "Armen"},
		{"Mali", "Male"},
		{"Georgia", "Georgy"},
		{"Niger", "Nigeria"},
		{"Lavrov", "Lvov"},
		{"Sargsyan", "Sahakyan"},
		{"Shusha", "Susa"},
	}
	for _, p := range pairs {
		if meet(p[0], p[1]) {
			t.Errorf("Keys(%q) = %q and Keys(%q) = %q meet", p[0], Keys(p[0]), p[1], Keys(p[1]))
		}
	}
}

// TestRulesMeet sets the sides of every rule into words of letters that no rule speaks of.
func TestRulesMeet(t *testing.T) {
	plain := rapid.StringMatching(`[bdlmnpr][au][lnr]`)
	for _, r := range slices.Concat(soundRules, wordRules) {
		rapid.Check(t, func(t *rapid.T) {
			a := rapid.SampledFrom(r.from).Draw(t, "a")
			b := rapid.SampledFrom(append(slices.Clone(r.from), r.to)).Draw(t, "b")
			before, after := plain.Draw(t, "before"), "u"+plain.Draw(t, "after")
			dress := func(s string) string {
				if rest, ok := strings.CutPrefix(s, "^"); ok {
					s = rest
				} else {
					s = before + s
				}
				if rest, ok := strings.CutSuffix(s, "$"); ok {
					return rest
				}
				return s + after
			}
			if !meet(dress(a), dress(b)) {
				t.Errorf("%s: Keys(%q) = %q and Keys(%q) = %q do not meet", r.why, dress(a), Keys(dress(a)), dress(b), Keys(dress(b)))
			}
		})
	}
}

// TestScriptsMeet writes random words by the table in another script: they meet their romanisation.
func TestScriptsMeet(t *testing.T) {
	byLetter := map[string]map[string]rune{} // script → romanisation → letter
	for script, letters := range map[string]string{
		"Russian": "абвгдежзиклмнопрстуфхцчшщэюя", "Armenian": "աբգդեզժիլխծկհձղչմնշպջսվտրցփքֆ", "Georgian": "აბგდევზიკლმნოპჟრსტუფქღშჩცძხჯჰ",
	} {
		m := map[string]rune{}
		for _, r := range letters {
			m[latin[r]] = r
		}
		byLetter[script] = m
	}
	rapid.Check(t, func(t *rapid.T) {
		for script, m := range byLetter {
			sounds := []string{}
			for s := range m {
				sounds = append(sounds, s)
			}
			slices.Sort(sounds)
			var a, b strings.Builder
			for range rapid.IntRange(2, 9).Draw(t, "length") {
				s := rapid.SampledFrom(sounds).Draw(t, "sound")
				// Latin cannot tell t-s from ts; put a vowel between.
				a.WriteString(s + "a")
				b.WriteRune(m[s])
				b.WriteRune(m["a"])
			}
			if !meet(a.String(), b.String()) {
				t.Errorf("%s: Keys(%q) = %q and Keys(%q) = %q do not meet", script, a.String(), Keys(a.String()), b.String(), Keys(b.String()))
			}
		}
	})
}
