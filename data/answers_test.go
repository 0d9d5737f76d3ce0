package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

// TestAnswers asks the records, without any store, what a reader of the article would ask. What a correction changes
// shows here in words.
func TestAnswers(t *testing.T) {
	is := func(predicates ...graph.Predicate) func(*graph.Claim) bool {
		return func(c *graph.Claim) bool { return slices.Contains(predicates, c.Predicate) }
	}
	about := func(id graph.ID, predicates ...graph.Predicate) func(*graph.Claim) bool {
		return func(c *graph.Claim) bool {
			return (c.From == id || c.To == id) && slices.Contains(predicates, c.Predicate)
		}
	}
	tests := []struct {
		question string
		pick     func(*graph.Claim) bool
		want     []string
	}{
		{"who signed the statement?", about("entente:stmt-2020-11-09", graph.Signed), []string{
			"putin signed stmt-2020-11-09 asNamed=the leaders of Russia, Azerbaijan and Armenia onBehalfOf=RUS inferred; when 2020-11-09; said 2023-09-20 by rus-mfa",
			"aliyev signed stmt-2020-11-09 asNamed=the leaders of Russia, Azerbaijan and Armenia onBehalfOf=AZE inferred; when 2020-11-09; said 2023-09-20 by rus-mfa",
			"pashinyan signed stmt-2020-11-09 asNamed=the leaders of Russia, Azerbaijan and Armenia onBehalfOf=ARM inferred; when 2020-11-09; said 2023-09-20 by rus-mfa",
			"putin signed stmt-2020-11-09 capacity=President of the Russian Federation onBehalfOf=RUS; when [2020-11-09,2020-11-10]; said [2020-11-09,2020-11-10] by putin",
			"aliyev signed stmt-2020-11-09 capacity=President of the Republic of Azerbaijan onBehalfOf=AZE; when [2020-11-09,2020-11-10]; said [2020-11-09,2020-11-10] by aliyev",
			"pashinyan signed stmt-2020-11-09 capacity=Prime Minister of the Republic of Armenia onBehalfOf=ARM; when [2020-11-09,2020-11-10]; said [2020-11-09,2020-11-10] by pashinyan",
			"aliyev signed stmt-2020-11-09 capacity=President of the Republic of Azerbaijan onBehalfOf=AZE inferred; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
			"pashinyan signed stmt-2020-11-09 capacity=Prime Minister of the Republic of Armenia onBehalfOf=ARM inferred; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
			"putin signed stmt-2020-11-09 capacity=President of the Russian Federation onBehalfOf=RUS inferred; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
			"AZE signed stmt-2020-11-09 by PAA-X",
			"ARM signed stmt-2020-11-09 by PAA-X",
			"RUS signed stmt-2020-11-09 by PAA-X",
		}},
		{"who mediated what?", is(graph.Mediated), []string{
			"RUS mediated stmt-2020-11-09 asNamed=Moscow between=ARM between=AZE inferred; when 2020-11-10; said 2023-09-20 by article-publisher",
			"RUS mediated talks-peace-treaty between=ARM between=AZE; when 2022; said 2023-09-20 by article-publisher",
			"USA mediated talks-peace-treaty between=ARM between=AZE; when 2022; said 2023-09-20 by article-publisher",
			"EU mediated talks-peace-treaty between=ARM between=AZE; when 2022; said 2023-09-20 by article-publisher",
			"yeltsin mediated nk-611 capacity=President onBehalfOf=RUS; said 1991-09-23 by nk-611",
			"nazarbayev mediated nk-611 capacity=President onBehalfOf=KAZ; said 1991-09-23 by nk-611",
			"RUS mediated nk-1722 inferred by PA-X",
			"rus-mfa mediated nk-1731 asNamed=Russian Ministry of Foreign Affairs between=AZE between=nk-authorities inferred; said 1993-09-13 by nk-1731",
			"kazimirov mediated nk-1731 asNamed=V. Kazimirov onBehalfOf=rus-mfa inferred by PA-X",
			"kazimirov mediated nk-310 asNamed=V. Kazimirov capacity=Plenipotentiary Representative of the President of the Russian Federation, Head of the Russian Mediation Mission onBehalfOf=RUS inferred; said 1994-05-05 by nk-310",
			"RUS mediated nk-990 inferred; said 1994-07-27 by nk-1733",
			"kazimirov mediated nk-1684 onBehalfOf=minsk-conference inferred by PA-X",
		}},
		{"of what day is the statement, and who says so?", about("entente:stmt-2020-11-09", graph.DatePredicate), []string{
			"stmt-2020-11-09 date 2020-11-09; said 2023-09-20 by rus-mfa",
			"stmt-2020-11-09 date 2020-11-10 inferred; said 2023-09-20 by article-publisher",
			"stmt-2020-11-09 date 2020-11-10 by PA-X",
			"stmt-2020-11-09 date 2020-11-09 inferred; said 2021-01-11 by nk-2455",
			"stmt-2020-11-09 date 2020-11-09 inferred; said 2021-11-26 by nk-2396",
			"stmt-2020-11-09 date 2020-11-09 inferred; said 2022-10-31 by nk-2454",
		}},
		{"who says that Nagorno-Karabakh is part of Azerbaijan?", about("entente:nagorno-karabakh", graph.Recognized), []string{
			"ARM recognized nagorno-karabakh asNamed=Yerevan asPartOf=AZE at=summit-2022-10; when 2022-10; said 2023-09-20 by rus-mfa",
			"ARM recognized nagorno-karabakh asNamed=Yerevan asPartOf=AZE at=summit-2023-05; when 2023-05; said 2023-09-20 by rus-mfa",
			"ARM INTENDED recognized nagorno-karabakh asNamed=Yerevan asPartOf=AZE; when [2023-05-21..2023-05-31]; said [2023-05-21..2023-05-31] by pashinyan",
			"ARM IMPLIED recognized nagorno-karabakh asNamed=the Armenian leadership asPartOf=AZE inferred; when [2023-05-21..2023-09-20]; said [2023-05-21..2023-09-20] by putin",
		}},
		{"where is the force, under what, and for what?", about("entente:rus-peacekeepers", graph.Deployed, graph.ContributedTo, graph.MandatedBy, graph.Task, graph.Activity), []string{
			"rus-peacekeepers deployed nagorno-karabakh; when /2023-09-20; said 2023-09-20 by rus-mfa",
			"RUS contributedTo rus-peacekeepers; when /2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers task maintaining the ceasefire; when /2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers task ensuring contacts between the Azerbaijani and Armenian sides; when /2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers activity coordinating efforts to improve the humanitarian situation on the ground; when /2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers activity providing assistance to the civilian population; when 2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers activity providing medical aid to the civilian population; when 2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers activity evacuation; when 2023-09-20; said 2023-09-20 by rus-mfa",
			"rus-peacekeepers deployed nagorno-karabakh under=stmt-2020-11-09 inferred; when 2020-11-10/; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
			"rus-peacekeepers deployed lachin-corridor under=stmt-2020-11-09 inferred; when 2020-11-10/; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
			"rus-peacekeepers mandatedBy stmt-2020-11-09 inferred; when 2020-11-10/; said [2020-11-09,2020-11-10] by stmt-2020-11-09",
		}},
		{"what did the recognition affect?", is(graph.AffectedBy), []string{
			"armenia-recognition affected nk-settlement; when [2022-10,2023-05]; said 2023-09-20 by rus-mfa",
			"armenia-recognition affected stmt-2020-11-09; when [2022-10,2023-05]; said 2023-09-20 by rus-mfa",
			"armenia-recognition affected rus-peacekeepers; when [2022-10,2023-05]; said 2023-09-20 by rus-mfa",
		}},
		{"who held the dialogue of Baku and Stepanakert?", about("entente:talks-baku-stepanakert", "participated", "facilitated"), []string{
			"rus-peacekeepers facilitated talks-baku-stepanakert between=AZE between=nk-authorities; said 2023-09-20 by rus-mfa",
			"AZE participated talks-baku-stepanakert asNamed=Baku; said 2023-09-20 by rus-mfa",
			"nk-authorities participated talks-baku-stepanakert asNamed=Stepanakert inferred; said 2023-09-20 by rus-mfa",
		}},
		{"whom does \"Yerevan\" find?", func(c *graph.Claim) bool {
			return c.Value == "Yerevan" && (c.Predicate == graph.NamePredicate || c.Predicate == graph.Metonym)
		}, []string{
			"yerevan name Yerevan by entente",
			"ARM metonym Yerevan inferred; said 2023-09-20 by article-publisher",
		}},
		{"whom do other spellings of Pashinyan find?", func(c *graph.Claim) bool {
			return c.From == "entente:pashinyan" && c.Predicate == graph.Transliteration
		}, []string{
			"pashinyan transliteration Nikol Pashinian by entente",
			"pashinyan transliteration Никол Пашинян by entente",
			"pashinyan transliteration Նիկոլ Փաշինյան by entente",
			"pashinyan transliteration Nikol Paşinyan by entente",
		}},
	}
	lines := mustRead(t)
	for _, test := range tests {
		t.Run(test.question, func(t *testing.T) {
			var got []string
			for _, l := range lines {
				for i := range l.claims {
					if c := &l.claims[i]; test.pick(c) {
						got = append(got, inWords(c))
					}
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", test.question, d)
			}
		})
	}
}

// inWords writes a claim on one line: what, with which qualifiers, when, and said when and by whom.
func inWords(c *graph.Claim) string {
	var b strings.Builder
	b.WriteString(c.From.Name())
	if c.Stance != graph.Asserted {
		fmt.Fprintf(&b, " %s", c.Stance)
	}
	fmt.Fprintf(&b, " %s %s", c.Predicate, c.To.Name()+c.Value)
	for _, q := range c.Qualifiers {
		if q.Name != graph.Inferred {
			fmt.Fprintf(&b, " %s=%s", q.Name, q.Entity.Name()+q.Value)
		}
	}
	if _, inferred := c.Qualifier(graph.Inferred); inferred {
		b.WriteString(" inferred")
	}
	if when := c.When.String(); when != "" {
		b.WriteString("; when " + when)
	}
	if said := c.Said.String(); said != "" {
		b.WriteString("; said " + said)
	}
	b.WriteString(" by " + c.Claimant.Name())
	return b.String()
}
