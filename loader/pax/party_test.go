package pax_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

// ties are the predicates of a reading's parties and third parties.
func ties() []graph.Predicate {
	var list []graph.Predicate
	for _, p := range graph.Predicates() {
		if p.Tie {
			list = append(list, p.Name)
		}
	}
	return list
}

// short is a claim without what all claims of a cell share.
func short(line string) string {
	line, _, _ = strings.Cut(line, " (AgtId")
	return strings.ReplaceAll(strings.ReplaceAll(line, "pax:9001/", "~"), " -> pax:9001", "")
}

func TestSignatories(t *testing.T) {
	tests := []struct {
		name, con, part, third string
		want                   []string
		left                   map[string]int // what is left out, by reason, with the column for a "part of"
	}{
		{
			"headings with names", "Armenia/Azerbaijan/Russia", "For the Russian Federation:\nBoris Yeltsin\nFor the Azerbaijani Republic:\nAyaz Mutalibov\nFor Kazakhstan:\nNursultan Nazarbayev", "",
			[]string{
				"signed ~boris-yeltsin [onBehalfOf=gw:365] 'For the Russian Federation: […] Boris Yeltsin'",
				"signed ~ayaz-mutalibov [onBehalfOf=gw:373] 'For the Azerbaijani Republic: […] Ayaz Mutalibov'",
				"signed ~nursultan-nazarbayev [onBehalfOf=gw:705] 'For Kazakhstan: […] Nursultan Nazarbayev'",
			},
			nil,
		},
		{
			"an envoy for a country does not act for it", "Liberia", "NA", "Rev. Rupert HENTZAU OAU Eminent Person for Liberia\n\nMr Rupert Hentzau for Liberia",
			[]string{
				"thirdParty ~rupert-hentzau [asNamed=Mr Rupert Hentzau for Liberia] [onBehalfOf=gw:450] 'Mr Rupert Hentzau for Liberia'",
			},
			map[string]int{"ThrdPart names neither a person with an office nor a state": 1},
		},
		{
			"a state as the heading of a paragraph", "Armenia/Azerbaijan", "The Azerbaijan Republic\nYa. MAMEDOV \n\nThe Republic of Armenia\nL. TER-PETROSYAN", "The Islamic Republic of Iran",
			[]string{
				"signed ~ya-mamedov [onBehalfOf=gw:373] 'The Azerbaijan Republic […] Ya. MAMEDOV'",
				"signed ~l-ter-petrosyan [onBehalfOf=gw:371] 'The Republic of Armenia […] L. TER-PETROSYAN'",
				"thirdParty gw:630 [asNamed=The Islamic Republic of Iran] 'The Islamic Republic of Iran'",
			},
			nil,
		},
		{
			"an office, a colon, a name; and to whom it is addressed", "Armenia/Azerbaijan",
			"To Mr S Babayan, Ministry of defence of Nagorno-Karabakh\n\nActing Minister of Defence of the Azerbaijan Republic:S Abiyev", "Copied to MFA, Russian Federation",
			[]string{
				"addressed ~s-babayan [asNamed=Mr S Babayan] [capacity=Ministry of defence of Nagorno-Karabakh] 'To Mr S Babayan, Ministry of defence of Nagorno-Karabakh'",
				"signed ~s-abiyev [capacity=Acting Minister of Defence of the Azerbaijan Republic] [onBehalfOf=gw:373] 'Acting Minister of Defence of the Azerbaijan Republic:S Abiyev'",
				"copied gw:365 [asNamed=MFA, Russian Federation] [capacity=MFA, Russian Federation] 'Copied to MFA, Russian Federation'",
			},
			nil,
		},
		{
			"offices in parentheses on the next line, one of them of a mediator", "Armenia/Azerbaijan",
			"(signed by R. Guliyev, Chairman of the Azerbaijani Supreme Soviet)\nK. Babourian\n(Chairman of the Nagorno Karabakh Republic Supreme Soviet)",
			"V. Shumeyko\n(Chairman of the Council of Federation of Russia)\n\nV. Kazimirov\n(Plenipotentiary Representative of the President of the Russian Federation, Head of the\nRussian Mediation Mission)",
			[]string{
				"signed ~r-guliyev [capacity=Chairman of the Azerbaijani Supreme Soviet] [onBehalfOf=gw:373] '(signed by R. Guliyev, Chairman of the Azerbaijani Supreme Soviet)'",
				"signed ~k-babourian [capacity=Chairman of the Nagorno Karabakh Republic Supreme Soviet] 'K. Babourian\n(Chairman of the Nagorno Karabakh Republic Supreme Soviet)'",
				"thirdParty ~v-shumeyko [capacity=Chairman of the Council of Federation of Russia] [onBehalfOf=gw:365] 'V. Shumeyko\n(Chairman of the Council of Federation of Russia)'",
				"mediated ~v-kazimirov [capacity=Plenipotentiary Representative of the President of the Russian Federation, Head of the Russian Mediation Mission] [onBehalfOf=gw:365] " +
					"'V. Kazimirov\n(Plenipotentiary Representative of the President of the Russian Federation, Head of the\nRussian Mediation Mission)'",
			},
			nil,
		},
		{
			"a name and its office in turns, the last without one", "Armenia/Azerbaijan", "",
			"P. S. Grachev\nMinister of Defense of the Russian Federation \nV. N. Kazimirov",
			[]string{
				"thirdParty ~p-s-grachev [capacity=Minister of Defense of the Russian Federation] [onBehalfOf=gw:365] 'P. S. Grachev\nMinister of Defense of the Russian Federation'",
				"thirdParty ~v-n-kazimirov 'V. N. Kazimirov'",
			},
			nil,
		},
		{
			"an office and its name in turns", "Armenia/Azerbaijan", "Minister of Defense of Azerbaijan\nM. Mamedov\n \nNagorno Karabakh Army Commander\nS. Babayan", "",
			[]string{
				"signed ~m-mamedov [capacity=Minister of Defense of Azerbaijan] [onBehalfOf=gw:373] 'Minister of Defense of Azerbaijan\nM. Mamedov'",
				"signed ~s-babayan [capacity=Nagorno Karabakh Army Commander] 'Nagorno Karabakh Army Commander\nS. Babayan'",
			},
			nil,
		},
		{
			"an empty line after each line means nothing", "Ukraine", "For Ukraine:\n\nOlena Kovalenko\n\nMinister of Infrastructure\n", "",
			[]string{"signed ~olena-kovalenko [capacity=Minister of Infrastructure] [onBehalfOf=gw:369] 'For Ukraine: […] Olena Kovalenko\n\nMinister of Infrastructure'"},
			nil,
		},
		{
			"offices of states without names", "Armenia/Azerbaijan", "President of the Republic of Azerbaijan\nPrime Minister of the Republic of Armenia \n", "",
			[]string{
				"signed gw:373 [asNamed=President of the Republic of Azerbaijan] [capacity=President of the Republic of Azerbaijan] 'President of the Republic of Azerbaijan'",
				"signed gw:371 [asNamed=Prime Minister of the Republic of Armenia] [capacity=Prime Minister of the Republic of Armenia] 'Prime Minister of the Republic of Armenia'",
			},
			nil,
		},
		{
			"several states in one line", "Armenia/Azerbaijan", "Governments of the Republic of Armenia, and the Republic of Azerbaijan", "Russian Federation and France as Co-Chairs of the Minsk Group,",
			[]string{
				"signed gw:371 [asNamed=Governments of the Republic of Armenia, and the Republic of Azerbaijan] 'Governments of the Republic of Armenia, and the Republic of Azerbaijan'",
				"signed gw:373 [asNamed=Governments of the Republic of Armenia, and the Republic of Azerbaijan] 'Governments of the Republic of Armenia, and the Republic of Azerbaijan'",
				"thirdParty gw:365 [asNamed=Russian Federation and France as Co-Chairs of the Minsk Group] [capacity=as Co-Chairs of the Minsk Group] 'Russian Federation and France as Co-Chairs of the Minsk Group'",
				"thirdParty gw:220 [asNamed=Russian Federation and France as Co-Chairs of the Minsk Group] [capacity=as Co-Chairs of the Minsk Group] 'Russian Federation and France as Co-Chairs of the Minsk Group'",
			},
			nil,
		},
		{
			"pages, glued initials, and a witness in a heading", "Armenia/Azerbaijan", "Page 1.President of the Republic of Azerbaijan I.H.Aliyez",
			"Page 1. Agreement witnessed by: President Macron, President of the French Republic\nPresident Michel, President of the European Council",
			[]string{
				"signed ~i-h-aliyez [asNamed=I.H.Aliyez] [capacity=President of the Republic of Azerbaijan] [onBehalfOf=gw:373] 'President of the Republic of Azerbaijan I.H.Aliyez'",
				"witnessed ~macron [asNamed=President Macron] [capacity=President of the French Republic] [onBehalfOf=gw:220] 'Agreement witnessed by: President Macron, President of the French Republic'",
				"witnessed ~michel [asNamed=President Michel] [capacity=President of the European Council] 'Agreement witnessed by: […] President Michel, President of the European Council'",
			},
			nil,
		},
		{
			"a role in the words of the office", "Azerbaijan", "", "Russian Ministry of Foreign Affairs (as mediator) [No name is given].\n\nH.E. Donald J. TRUMP, President of the United States of America (witness)",
			[]string{
				"mediated gw:365 [asNamed=Russian Ministry of Foreign Affairs (as mediator)] [capacity=Russian Ministry of Foreign Affairs (as mediator)] 'Russian Ministry of Foreign Affairs (as mediator) [No name is given]'",
				"witnessed ~donald-j-trump [asNamed=H.E. Donald J. TRUMP] [capacity=President of the United States of America (witness)] [onBehalfOf=gw:2] 'H.E. Donald J. TRUMP, President of the United States of America (witness)'",
			},
			nil,
		},
		{
			"mediators within a sentence's end", "Armenia/Azerbaijan/Russia", "", "Mediating mission, led by President Boris Yeltsin of the Russian Federation and President Nursultan Nazarbayev of Kazakhstan",
			[]string{
				"mediated ~boris-yeltsin [asNamed=President Boris Yeltsin of the Russian Federation] [capacity=President] [onBehalfOf=gw:365] 'Mediating mission, led by President Boris Yeltsin of the Russian Federation and President Nursultan Nazarbayev of Kazakhstan'",
				"mediated ~nursultan-nazarbayev [asNamed=President Nursultan Nazarbayev of Kazakhstan] [capacity=President] [onBehalfOf=gw:705] 'Mediating mission, led by President Boris Yeltsin of the Russian Federation and President Nursultan Nazarbayev of Kazakhstan'",
			},
			nil,
		},
		{
			"the only government there is", "Colombia", "For the National Government: RUBEN VALDEZ, MARIA OLMO Y DANIEL ROJAS PEÑA\nFor the MOVEMENT: JORGE R", "",
			[]string{
				"signed ~ruben-valdez [inferred=the cell says \"Government\" without a name, and Con names one state] [onBehalfOf=gw:100] 'For the National Government: RUBEN VALDEZ, MARIA OLMO Y DANIEL ROJAS PEÑA'",
				"signed ~maria-olmo [inferred=the cell says \"Government\" without a name, and Con names one state] [onBehalfOf=gw:100] 'For the National Government: RUBEN VALDEZ, MARIA OLMO Y DANIEL ROJAS PEÑA'",
				"signed ~daniel-rojas-peña [inferred=the cell says \"Government\" without a name, and Con names one state] [onBehalfOf=gw:100] 'For the National Government: RUBEN VALDEZ, MARIA OLMO Y DANIEL ROJAS PEÑA'",
				"signed ~jorge-r [capacity=For the MOVEMENT] 'For the MOVEMENT: JORGE R'",
			},
			nil,
		},
		{
			"a government among several is not told", "Chad/Sudan", "For the Government: A. Nimeir", "",
			[]string{"signed ~a-nimeir [capacity=For the Government] 'For the Government: A. Nimeir'"},
			nil,
		},
		{
			"names of states within other names are not the states", "Nepal/Sudan", "Communist Party of Nepal; Sudan People's Liberation Army; Army of Sudanese; ARMY", "",
			nil,
			map[string]int{"Part names neither a person with an office nor a state": 4},
		},
		{
			"a party's chairman does not act for the state", "Nepal", "Ram Thapa, Chairman of the Communist Party of Nepal", "Ian Moss, Special Representative for Nepal; Ada Berg, Ambassador of Norway to Nepal; Li Wen, Former President of Kenya",
			[]string{
				"signed ~ram-thapa [capacity=Chairman of the Communist Party of Nepal] 'Ram Thapa, Chairman of the Communist Party of Nepal'",
				"thirdParty ~ian-moss [capacity=Special Representative for Nepal] 'Ian Moss, Special Representative for Nepal'",
				"thirdParty ~ada-berg [capacity=Ambassador of Norway to Nepal] [onBehalfOf=gw:385] 'Ada Berg, Ambassador of Norway to Nepal'",
				"thirdParty ~li-wen [capacity=Former President of Kenya] 'Li Wen, Former President of Kenya'",
			},
			nil,
		},
		{
			"several persons and offices in one line", "Armenia/Azerbaijan", "A. Baran, Minister of Defence, C. Doran, Chief of Staff; President Elan, President Faran; G. Horan, Minister, I. Joran", "",
			[]string{
				"signed ~a-baran [capacity=Minister of Defence] 'A. Baran, Minister of Defence, C. Doran, Chief of Staff'",
				"signed ~c-doran [capacity=Chief of Staff] 'A. Baran, Minister of Defence, C. Doran, Chief of Staff'",
			},
			map[string]int{"Part is an office without a name, of no state": 2},
		},
		{
			"a heading of other people ends the role of the one before", "Colombia", "", "Witnesses:\nA. Vega\nAccompanying persons:\nB. Mora", []string{
				"witnessed ~a-vega 'Witnesses: […] A. Vega'",
				"thirdParty ~b-mora [capacity=Accompanying persons] 'Accompanying persons: […] B. Mora'",
			}, nil,
		},
		{
			"who was not there to sign, and what cannot be told", "Armenia", "Agreement not signed, but a declaration of\nPresident of Armenia", "The meeting was chaired by Mr. A. Kent.\nHaris Silan",
			nil,
			map[string]int{
				"Part says that it was not signed":                              1,
				"ThrdPart is a sentence":                                        1,
				"ThrdPart is a name without office, side, honorific or initial": 1,
			},
		},
		{"nothing", "Armenia", "NA", "", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", test.con, "Part", test.part, "ThrdPart", test.third)
			var got []string
			for _, line := range r.Lines(ties()...) {
				got = append(got, short(line))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			left := map[string]int{}
			for what, n := range r.NoteCounts() {
				left[strings.TrimSuffix(strings.TrimPrefix(what, "a part of "), ", left out")] = n
			}
			want := test.left
			if want == nil {
				want = map[string]int{}
			}
			if diff := cmp.Diff(want, left); diff != "" {
				t.Errorf("left out (-want +got):\n%s", diff)
			}
			if len(r.Problems) > 0 {
				t.Errorf("problems: %q", r.Problems)
			}
		})
	}
}

// TestActors declares persons by their agreement, and the states they act for, once for the whole data set.
func TestActors(t *testing.T) {
	r := read(t, "Con", "Armenia", "ThrdPart", "Ada Berg, Ambassador of Norway")
	var got []string
	for _, line := range r.Lines(graph.KindPredicate, graph.NamePredicate, graph.ExternalID) {
		if strings.Contains(line, "ada-berg") || strings.Contains(line, "gw:385") {
			got = append(got, line)
		}
	}
	want := []string{
		"kind gw:385 = State (country Norway)",
		"name gw:385 = Norway (country Norway)",
		"externalId gw:385 = gw:385 (country Norway)",
		"externalId gw:385 = iso3:NOR (country Norway)",
		"kind pax:9001/ada-berg = Leader (AgtId 9001, column ThrdPart)",
		"name pax:9001/ada-berg = Ada Berg (AgtId 9001, column ThrdPart)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	i := slices.IndexFunc(r.Claims, func(c graph.Claim) bool { return c.Predicate == graph.ThirdParty })
	if key := r.Claims[i].Key; key != "AgtId 9001, ThrdPart 1" {
		t.Errorf("the key is %q, want the place of the item in its cell", key)
	}
}

// TestLongCell quotes of a long cell what a claim rests on, and no more.
func TestLongCell(t *testing.T) {
	filler := strings.Repeat("Delegates were present in large numbers and did not say for whom. \n", 300)
	r := read(t, "Con", "Armenia", "Part", filler+"A. Baran, Minister of Defence of Armenia\n"+filler)
	lines := r.Lines(graph.Signed)
	if want := "signed pax:9001/a-baran -> pax:9001 [capacity=Minister of Defence of Armenia] [onBehalfOf=gw:371] 'A. Baran, Minister of Defence of Armenia' (AgtId 9001, column Part)"; len(lines) != 1 || lines[0] != want {
		t.Errorf("claims %q, want %q alone", lines, want)
	}
}
