package data_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

// TestProcessAnswers asks the records of the process what a reader of PA-X would ask, and where its coding and
// PAA-X's part. Each claim is followed by who encoded it.
func TestProcessAnswers(t *testing.T) {
	to := func(id graph.ID, ties bool) func(*graph.Claim) bool {
		return func(c *graph.Claim) bool { return c.To == id && c.Predicate.Info().Tie == ties }
	}
	offices := func(id graph.ID) func(*graph.Claim) bool {
		return func(c *graph.Claim) bool {
			return c.From == id && (c.Predicate == graph.Leads || c.Predicate == graph.Represents)
		}
	}
	tests := []struct {
		question string
		pick     func(*graph.Claim) bool
		want     []string
	}{
		{"who was what to the Bishkek Protocol?", to("entente:nk-310", true), []string{
			"guliyev signed nk-310 asNamed=R. Guliyev capacity=Chairman of the Azerbaijani Supreme Soviet onBehalfOf=AZE inferred; said 1994-05-05 by nk-310, PA-X",
			"baburyan signed nk-310 asNamed=K. Babourian capacity=Chairman of the Nagorno Karabakh Republic Supreme Soviet onBehalfOf=nk-authorities inferred; said 1994-05-05 by nk-310, PA-X",
			"ararktsyan signed nk-310 asNamed=B. Ararktsian capacity=Chairman of the Supreme Soviet of Armenia onBehalfOf=ARM inferred; said 1994-05-05 by nk-310, PA-X",
			"shumeyko thirdParty nk-310 asNamed=V. Shumeyko capacity=Chairman of the Council of Federation of Russia onBehalfOf=RUS inferred by PA-X, PA-X",
			"sherimkulov thirdParty nk-310 asNamed=M. Sherimkulov capacity=Chairman of the Supreme Soviet of Kyrgyzstan onBehalfOf=KGZ inferred by PA-X, PA-X",
			"kazimirov mediated nk-310 asNamed=V. Kazimirov capacity=Plenipotentiary Representative of the President of the Russian Federation, Head of the Russian Mediation Mission onBehalfOf=RUS inferred; said 1994-05-05 by nk-310, entente",
			"kazimirov thirdParty nk-310 asNamed=V. Kazimirov capacity=Plenipotentiary Representative of the President of the Russian Federation, Head of the Russian Mediation Mission onBehalfOf=RUS inferred by PA-X, PA-X",
			"krotov thirdParty nk-310 asNamed=M. Krotov capacity=Head of the Secretariat of the Council of the Inter-Parliamentary Assembly of member states onBehalfOf=ipa-cis inferred by PA-X, PA-X",
			"AZE signed nk-310 by PAA-X, PAA-X",
			"ARM signed nk-310 by PAA-X, PAA-X",
			"KGZ thirdParty nk-310 by PAA-X, PAA-X",
			"RUS thirdParty nk-310 by PAA-X, PAA-X",
		}},
		{"what cites the Bishkek Protocol?", to("entente:nk-310", false), []string{
			"nk-990 references nk-310; said [1994-05-09..1994-05-11] by nk-990, entente",
		}},
		{"when and where was the ceasefire of May 1994 signed?", func(c *graph.Claim) bool {
			_, placed := c.Qualifier(graph.InPlace)
			return c.To == "entente:nk-990" && placed || c.From == "entente:nk-990" && (c.Predicate == graph.DatePredicate || c.Predicate == graph.LocatedIn)
		}, []string{
			"nk-990 date 1994-05-11 by PA-X, PA-X",
			"mammadov signed nk-990 asNamed=M. Mamedov onBehalfOf=AZE place=baku inferred; when 1994-05-09 by PA-X, entente",
			"sargsyan signed nk-990 asNamed=S. Sargsyan onBehalfOf=ARM place=yerevan inferred; when 1994-05-10 by PA-X, entente",
			"babayan signed nk-990 asNamed=S. Babayan onBehalfOf=nk-army place=stepanakert inferred; when 1994-05-11 by PA-X, entente",
			"nk-990 locatedIn bishkek by PA-X, entente",
			"nk-990 date [1994-05-09..1994-05-11] inferred; said 1994-07-27 by nk-1733, entente",
		}},
		{"who was copied in, and what does PAA-X make of it?", func(c *graph.Claim) bool {
			return (c.To == "entente:nk-1729" || c.To == "entente:nk-1730") && c.Predicate.Info().ThirdParty()
		}, []string{
			"nk-authorities addressed nk-1729 asNamed=the authorities of Nagorno-Karabakh; said 1993-08-30 by nk-1729, entente",
			"rus-mfa copied nk-1729 asNamed=MFA, Russian Federation; said 1993-08-30 by nk-1729, entente",
			"nk-authorities addressed nk-1730 asNamed=Nagorno-Karabakh inferred; said 1993-09-10 by nk-1730, entente",
			"RUS copied nk-1730 asNamed=Minister of Foreign Affairs, Russian Federation capacity=Minister of Foreign Affairs; said 1993-09-10 by nk-1730, entente",
			"RUS thirdParty nk-1729 by PAA-X, PAA-X",
			"RUS thirdParty nk-1730 by PAA-X, PAA-X",
		}},
		{"for whom did Sargsyan act, and as what?", offices("entente:sargsyan"), []string{
			"sargsyan represents nk-authorities asNamed=S. Sargsyan capacity=Minister of Defence inferred; when 1993-07-28; said 1993-07-28 by nk-1726, entente",
			"sargsyan represents nk-authorities asNamed=S. Sargsyan capacity=Minister of Defence of Nagorno-Karabakh inferred; when 1993-08-05; said 1993-08-05 by nk-1727, entente",
			"sargsyan represents ARM asNamed=S. Sargsyan capacity=Minister of Defense of Armenia inferred; when [1994-05-09..1994-05-11]; said [1994-05-09..1994-05-11] by nk-990, entente",
			"sargsyan represents ARM capacity=Minister of Defence of Armenia; when 1994-07-27; said 1994-07-27 by nk-1733, entente",
			"sargsyan represents ARM asNamed=Serge Sargsyan capacity=Minister of Defence of Armenia; when 1995-02-04; said 1995-02-04 by nk-1684, entente",
			"sargsyan leads ARM capacity=President inferred; when 2008-11-02; said 2008-11-02 by nk-823, entente",
			"sargsyan leads ARM capacity=President of Armenia inferred; when 2010-10-27; said 2010-10-27 by nk-1685, entente",
			"sargsyan leads ARM asNamed=Serge Sargsian capacity=President of Armenia; when 2010-12-01; said 2010-12-01 by nk-1686, entente",
			"sargsyan leads ARM asNamed=Serge Sargsian capacity=President of Armenia; when 2011-03-05; said 2011-03-05 by nk-1687, entente",
			"sargsyan leads ARM capacity=President of Armenia inferred; when 2016-06-20 by PA-X, entente",
			"sargsyan leads ARM capacity=President of the Republic of Armenia; when 2017-10-16; said 2017-10-16 by nk-1926, entente",
		}},
		{"for whom did Kazimirov act?", offices("entente:kazimirov"), []string{
			"kazimirov represents rus-mfa asNamed=V. Kazimirov inferred; when 1993-09-13 by PA-X, PA-X",
			"kazimirov represents RUS asNamed=V. Kazimirov capacity=Plenipotentiary Representative of the President of the Russian Federation, Head of the Russian Mediation Mission inferred; when 1994-05-05; said 1994-05-05 by nk-310, entente",
			"kazimirov represents minsk-conference; when 1995-02-04; said 1995-02-04 by nk-1684, entente",
		}},
		{"of what day is the statement of November 2021?", func(c *graph.Claim) bool {
			return c.From == "entente:nk-2396" && c.Predicate == graph.DatePredicate
		}, []string{
			"nk-2396 date 2021-11-26 by PA-X, PA-X",
			"nk-2396 date 2021-11-25 inferred; said 2022-10-31 by nk-2454, entente",
		}},
		{"what were the heads of delegation to the statement of Astana?", func(c *graph.Claim) bool {
			return c.To == "entente:nk-1686" && c.Predicate.Info().Tie && slices.Contains([]string{"medvedev", "fillon", "clinton"}, c.From.Name())
		}, []string{
			"medvedev thirdParty nk-1686 asNamed=Dmitri Medvedev capacity=President of the Russian Federation onBehalfOf=RUS by PA-X, PA-X",
			"fillon thirdParty nk-1686 asNamed=Francois Fillon capacity=Prime Minister of France onBehalfOf=FRA by PA-X, PA-X",
			"clinton thirdParty nk-1686 asNamed=Hillary Rodham Clinton capacity=Secretary of State of the United States onBehalfOf=USA by PA-X, PA-X",
			"medvedev agreed nk-1686 asNamed=Dmitri Medvedev capacity=President of the Russian Federation onBehalfOf=RUS; said 2010-12-01 by nk-1686, entente",
			"fillon agreed nk-1686 asNamed=Francois Fillon capacity=Prime Minister of France onBehalfOf=FRA; said 2010-12-01 by nk-1686, entente",
			"clinton agreed nk-1686 asNamed=Hillary Rodham Clinton capacity=Secretary of State of the United States onBehalfOf=USA; said 2010-12-01 by nk-1686, entente",
		}},
		{"who was at Geneva in 2017, and as what?", to("entente:summit-geneva-2017", true), []string{
			"sargsyan participated summit-geneva-2017 capacity=President of the Republic of Armenia onBehalfOf=ARM; said 2017-10-16 by nk-1926, entente",
			"aliyev participated summit-geneva-2017 capacity=President of the Republic of Azerbaijan onBehalfOf=AZE; said 2017-10-16 by nk-1926, entente",
			"nalbandian participated summit-geneva-2017 capacity=Foreign Minister onBehalfOf=ARM inferred; said 2017-10-16 by nk-1926, entente",
			"mammadyarov participated summit-geneva-2017 capacity=Foreign Minister onBehalfOf=AZE inferred; said 2017-10-16 by nk-1926, entente",
			"minsk-co-chairs convened summit-geneva-2017; said 2017-10-16 by nk-1926, entente",
			"popov convened summit-geneva-2017 capacity=Co-Chair of the OSCE Minsk Group onBehalfOf=RUS onBehalfOf=minsk-co-chairs inferred; said 2017-10-16 by nk-1926, entente",
			"visconti convened summit-geneva-2017 asNamed=Stephane Visconti capacity=Co-Chair of the OSCE Minsk Group onBehalfOf=FRA onBehalfOf=minsk-co-chairs inferred; said 2017-10-16 by nk-1926, entente",
			"schofer convened summit-geneva-2017 capacity=Co-Chair of the OSCE Minsk Group onBehalfOf=USA onBehalfOf=minsk-co-chairs inferred; said 2017-10-16 by nk-1926, entente",
			"kasprzyk thirdParty summit-geneva-2017 capacity=Personal Representative of the OSCE Chairperson-in-Office onBehalfOf=OSCE inferred; said 2017-10-16 by nk-1926, entente",
		}},
	}
	lines := mustRead(t)
	for _, test := range tests {
		t.Run(test.question, func(t *testing.T) {
			var got []string
			for c := range allClaims(lines) {
				if test.pick(c) {
					got = append(got, inWords(c)+", "+c.Coder.Name())
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", test.question, d)
			}
		})
	}
}

// TestThirdPartiesByYear tells the process in one line an agreement: its day in PA-X, and each third party with the
// strongest role that anybody gives it, for its principals where it acted for any. The roles at a summit are those
// at what was adopted there.
func TestThirdPartiesByYear(t *testing.T) {
	want := []string{
		"1991-09-23 611: KAZ mediated, RUS mediated",
		"1992-05-07 1683: IRN thirdParty",
		"1993-06-17 1721: none",
		"1993-06-27 1722: RUS mediated",
		"1993-07-24 1723: nk-authorities addressed",
		"1993-07-25 1724: nk-authorities addressed",
		"1993-07-27 1725: nk-authorities addressed",
		"1993-07-28 1726: none",
		"1993-08-05 1727: none",
		"1993-08-17 1728: none",
		"1993-08-30 1729: RUS thirdParty, nk-authorities addressed, rus-mfa copied",
		"1993-09-10 1730: RUS thirdParty, nk-authorities addressed",
		"1993-09-13 1731: RUS thirdParty, rus-mfa mediated",
		"1994-04-28 1732: RUS thirdParty, rus-mfa addressed, rus-mod addressed",
		"1994-05-05 310: KGZ thirdParty, RUS mediated, ipa-cis thirdParty",
		"1994-05-11 990: RUS mediated",
		"1994-07-27 1733: OSCE thirdParty, RUS thirdParty, minsk-conference addressed",
		"1995-02-04 1684: OSCE thirdParty, minsk-conference mediated",
		"2008-11-02 823: FRA thirdParty, OSCE thirdParty, RUS thirdParty, USA thirdParty",
		"2010-10-27 1685: RUS thirdParty",
		"2010-12-01 1686: FRA thirdParty, OSCE thirdParty, RUS thirdParty, USA thirdParty",
		"2011-03-05 1687: RUS thirdParty",
		"2016-06-20 1925: RUS thirdParty",
		"2017-10-16 1926: FRA convened, OSCE thirdParty, RUS convened, USA convened, minsk-co-chairs convened",
		"2020-10-10 2322: RUS thirdParty",
		"2020-10-25 2321: USA thirdParty",
		"2020-11-10 2324: RUS mediated",
		"2021-01-11 2455: RUS witnessed",
		"2021-11-26 2396: RUS thirdParty",
		"2022-10-06 2468: EU convened, FRA witnessed, european-council witnessed",
		"2022-10-31 2454: RUS witnessed",
		"2023-12-07 2601: none",
		"2025-08-08 2804: USA witnessed",
	}
	lines := mustRead(t)
	at := map[graph.ID][]graph.ID{} // summits, by what was adopted there
	for c := range allClaims(lines) {
		if c.Predicate == graph.AdoptedAt {
			at[c.From] = append(at[c.From], c.To)
		}
	}
	var got []string
	for id, agreement := range coded(lines, "pax") {
		roles := strongestRoles(lines, append(at[agreement], agreement))
		got = append(got, fmt.Sprintf("%s %s: %s", days[id], id, strings.Join(roles, ", ")))
	}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("third parties (-want +got):\n%s", d)
	}
}

// strongestRoles gives each third party of the meetings with its strongest role in any of them, or "none".
func strongestRoles(lines []line, meetings []graph.ID) (roles []string) {
	strongest := map[string]*graph.PredicateInfo{}
	for c := range allClaims(lines) {
		role := c.Predicate.Info()
		if !role.ThirdParty() || !slices.Contains(meetings, c.To) {
			continue
		}
		for _, actor := range principals(c) {
			if old := strongest[actor]; old == nil || old.Strength < role.Strength {
				strongest[actor] = role
			}
		}
	}
	for _, actor := range slices.Sorted(maps.Keys(strongest)) {
		roles = append(roles, fmt.Sprintf("%s %s", actor, strongest[actor].Name))
	}
	if roles == nil {
		return []string{"none"}
	}
	return roles
}

// principals are those on whose behalf the claim's subject acted, or the subject alone.
func principals(c *graph.Claim) (names []string) {
	for _, q := range c.Qualifiers {
		if q.Name == graph.OnBehalfOf {
			names = append(names, q.Entity.Name())
		}
	}
	if names == nil {
		names = []string{c.From.Name()}
	}
	return names
}
