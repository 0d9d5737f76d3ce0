package graph

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write golden files anew")

// full is a claim with every part set.
func full() Claim {
	return Claim{
		Predicate: Mediated, From: "entente:RUS", To: "entente:stmt-2020-11-09",
		Qualifiers: []Qualifier{
			{Name: Between, Entity: "entente:AZE"},
			{Name: AsNamed, Value: "Moscow"},
			{Name: Between, Entity: "entente:ARM"},
			{Name: Inferred, Value: "one agreement: \"the statement\"\n\tand the ceasefire"},
		},
		When: MustParseDate("2020-11-10"), Said: MustParseDate("2023-09-20"), Stance: Implied,
		Claimant: "entente:article-publisher", Coder: "entente:entente", Confidence: 0.75,
		Source: Source{Document: "entente:doc-article", Locator: "paragraph 7", Quote: "mediated by Moscow – «Москва»"},
		Key:    "a7.3",
	}
}

// golden holds the identities of claims that must never change: stored claims are found by them.
type golden struct {
	Name      string
	Canonical string
	ID        string
}

func goldenClaims() []struct {
	name  string
	claim Claim
} {
	plain := Claim{Predicate: Signed, From: "entente:ARM", To: "pax:2324"}
	literal := Claim{Predicate: NamePredicate, From: "entente:ARM", Value: "Armenia"}
	dated := Claim{Predicate: DatePredicate, From: "pax:2324", Value: "[2020-11-10,2020-11-09]", Coder: "pax:v10"}
	text := Claim{Predicate: Alias, From: "entente:ARM", Value: "Հայաստան"}
	decomposed := Claim{Predicate: Alias, From: "entente:AZE", Value: "Azərbaycan Respublikası, Şuşa"}
	return []struct {
		name  string
		claim Claim
	}{{"plain", plain}, {"literal", literal}, {"set of dates", dated}, {"another script", text}, {"decomposed text", decomposed}, {"full", full()}}
}

func TestClaimIdentityIsGolden(t *testing.T) {
	var got []golden
	for _, c := range goldenClaims() {
		if err := c.claim.Normalize(); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got = append(got, golden{c.name, string(c.claim.AppendCanonical(nil)), c.claim.ID().String()})
	}
	const file = "testdata/claim_ids.golden.json"
	if *update {
		b, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []golden
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("identities changed, which would lose every stored claim (-want +got):\n%s", diff)
	}
}

func TestIdentityIsUUIDv5OfCanonicalJSON(t *testing.T) {
	c := full()
	if err := c.Normalize(); err != nil {
		t.Fatal(err)
	}
	if want := uuid.NewSHA1(namespace, c.AppendCanonical(nil)); ClaimID(want) != c.ID() {
		t.Errorf("ID() = %v, want %v", c.ID(), want)
	}
	if v := uuid.UUID(c.ID()).Version(); v != 5 {
		t.Errorf("the id is a UUID of version %d, want 5", v)
	}
}

// TestCanonicalFormIsRFC8785 compares with an implementation of the standard: canonical JSON is its own
// canonical form.
func TestCanonicalFormIsRFC8785(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := full()
		c.Value, c.To, c.Predicate = "", "entente:x", Mediated
		c.Source.Quote = rapid.StringMatching(`[ -~äәЖ\n\t"\\/<>&\x{2028}\x{1F600}]{0,40}`).Draw(t, "quote")
		c.Confidence = rapid.Float64Range(0, 1).Draw(t, "confidence")
		c.Qualifiers = c.Qualifiers[:rapid.IntRange(0, 4).Draw(t, "qualifiers")]
		if rapid.Bool().Draw(t, "bare") {
			c.Said, c.When, c.Claimant, c.Coder = Date{}, Date{}, "", ""
		}
		if err := c.Normalize(); err != nil {
			t.Fatal(err)
		}
		got := c.AppendCanonical(nil)
		want, err := jcs.Transform(got)
		if err != nil {
			t.Fatalf("not JSON: %v\n%s", err, got)
		}
		if string(want) != string(got) {
			t.Fatalf("AppendCanonical:\n%s\nRFC 8785:\n%s", got, want)
		}
	})
}

func TestEveryPartButTheKeyCountsForIdentity(t *testing.T) {
	base := full()
	if err := base.Normalize(); err != nil {
		t.Fatal(err)
	}
	changes := map[string]func(*Claim){
		"predicate":  func(c *Claim) { c.Predicate = "witnessed" },
		"from":       func(c *Claim) { c.From = "entente:USA" },
		"to":         func(c *Claim) { c.To = "entente:other" },
		"qualifier":  func(c *Claim) { c.Qualifiers = c.Qualifiers[1:] },
		"when":       func(c *Claim) { c.When = MustParseDate("2020-11-09") },
		"said":       func(c *Claim) { c.Said = Date{} },
		"stance":     func(c *Claim) { c.Stance = Asserted },
		"claimant":   func(c *Claim) { c.Claimant = "entente:other" },
		"coder":      func(c *Claim) { c.Coder = "" },
		"confidence": func(c *Claim) { c.Confidence = 0 },
		"document":   func(c *Claim) { c.Source.Document = "entente:other" },
		"locator":    func(c *Claim) { c.Source.Locator = "paragraph 8" },
		"quote":      func(c *Claim) { c.Source.Quote = "mediated" },
	}
	seen := map[ClaimID]string{base.ID(): "base"}
	for name, change := range changes {
		c := full()
		change(&c)
		if err := c.Normalize(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other, ok := seen[c.ID()]; ok {
			t.Errorf("changing the %s gives the id of %s", name, other)
		}
		seen[c.ID()] = name
	}
	keyed := full()
	keyed.Key = "another"
	keyed.Qualifiers[0], keyed.Qualifiers[2] = keyed.Qualifiers[2], keyed.Qualifiers[0]
	if err := keyed.Normalize(); err != nil {
		t.Fatal(err)
	}
	if keyed.ID() != base.ID() {
		t.Error("the source's key or the order of qualifiers changed the id")
	}
}

func TestNormalizeRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Claim)
		path   string
		words  string // in what was expected
	}{
		{"unknown predicate", func(c *Claim) { c.Predicate = "mediatd" }, "/claim", "vocabulary"},
		{"no subject", func(c *Claim) { c.From = "" }, "/from", "subject"},
		{"no object", func(c *Claim) { c.To = "" }, "/to", "object"},
		{"value of a relation", func(c *Claim) { c.To, c.Value = "", "x" }, "/value", "takes an entity"},
		{"both", func(c *Claim) { c.Value = "x" }, "/value", "only one"},
		{"object of a literal", func(c *Claim) { c.Predicate = Task }, "/to", "takes a value"},
		{"no value", func(c *Claim) { c.Predicate, c.To = Task, "" }, "/value", "TEXT"},
		{"bad date", func(c *Claim) { c.Predicate, c.To, c.Value = DatePredicate, "", "2020-13" }, "/value", "EDTF"},
		{"bad kind", func(c *Claim) { c.Predicate, c.To, c.Value = KindPredicate, "", "state" }, "/value", "State, Organization"},
		{"bad type", func(c *Claim) { c.Predicate, c.To, c.Value = EventTypeOf, "", "PARTY" }, "/value", "SUMMIT"},
		{"bad external id", func(c *Claim) { c.Predicate, c.To, c.Value = ExternalID, "", "ARM" }, "/value", "iso3:ARM"},
		{"code that is a name", func(c *Claim) { c.Predicate, c.To, c.Value = ExternalID, "", "iso3:Armenia" }, "/value", "iso3:ARM"},
		{"item without its letter", func(c *Claim) { c.Predicate, c.To, c.Value = ExternalID, "", "wikidata:399" }, "/value", "wikidata:Q399"},
		{"blank name", func(c *Claim) { c.Predicate, c.To, c.Value = Alias, "", "  " }, "/value", "a name"},
		{"bad number", func(c *Claim) { c.Predicate, c.To, c.Value = "strength", "", "1,960" }, "/value", "decimal"},
		{"bad url", func(c *Claim) { c.Predicate, c.To, c.Value = URL, "", "javascript:alert(1)" }, "/value", "http"},
		{"name of two lines", func(c *Claim) { c.Predicate, c.To, c.Value = Alias, "", "a\nb" }, "/value", "control"},
		{"control character", func(c *Claim) { c.Source.Quote = "a\x00b" }, "/source/quote", "control"},
		{"broken UTF-8", func(c *Claim) { c.Source.Quote = "a\xffb" }, "/source/quote", "UTF-8"},
		{"long name", func(c *Claim) { c.Predicate, c.To, c.Value = Alias, "", strings.Repeat("x", 1001) }, "/value", "at most 1000"},
		{"stance", func(c *Claim) { c.Stance = "MAYBE" }, "/stance", "ASSERTED"},
		{"confidence", func(c *Claim) { c.Confidence = 1.5 }, "/confidence", "up to 1"},
		{"unknown qualifier", func(c *Claim) { c.Qualifiers[0].Name = "amid" }, "/qualifiers/amid", "qualifier"},
		{"text for an entity", func(c *Claim) { c.Qualifiers[0] = Qualifier{Name: Between, Value: "x"} }, "/qualifiers/between", "entity"},
		{"entity for a text", func(c *Claim) { c.Qualifiers[0] = Qualifier{Name: Capacity, Entity: "a:b"} }, "/qualifiers/capacity", "a text"},
		{"two of a single qualifier", func(c *Claim) { c.Qualifiers[0] = Qualifier{Name: AsNamed, Value: "Russia"} }, "/qualifiers/asNamed", "one"},
		{"asIndependent", func(c *Claim) { c.Qualifiers[0] = Qualifier{Name: AsIndependent, Value: "yes"} }, "/qualifiers/asIndependent", "true"},
		{"quote of nothing", func(c *Claim) { c.Source.Document = "" }, "/source/document", "document"},
		{"same as itself", func(c *Claim) { c.Predicate, c.To = SameAs, c.From }, "/to", "another entity"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := full()
			test.change(&c)
			err := c.Normalize()
			f, ok := errors.AsType[*FieldError](err)
			if !ok {
				t.Fatalf("Normalize = %v, want a FieldError", err)
			}
			if f.Path != test.path || !strings.Contains(f.Expected, test.words) || f.Found == "" {
				t.Errorf("Normalize: %v, want path %s and %q", err, test.path, test.words)
			}
		})
	}
}

func TestCheckKinds(t *testing.T) {
	kinds := map[ID][]Kind{
		"a:state": {State}, "a:deal": {Agreement}, "a:both": {Place, State}, "a:city": {Place},
	}
	of := func(id ID) []Kind { return kinds[id] }
	tests := []struct {
		from, to ID
		path     string
	}{
		{"a:state", "a:deal", ""},
		{"a:both", "a:deal", ""},
		{"a:unknown", "a:deal", ""},
		{"a:city", "a:deal", "/from"},
		{"a:state", "a:city", "/to"},
	}
	for _, part := range []struct {
		claim Claim
		path  string
	}{
		{Claim{Predicate: Signed, From: "a:state", To: "a:deal", Claimant: "a:deal"}, ""},
		{Claim{Predicate: Signed, From: "a:state", To: "a:deal", Claimant: "a:city"}, "/claimant"},
		{Claim{Predicate: Signed, From: "a:state", To: "a:deal", Coder: "a:city"}, "/coder"},
		{Claim{Predicate: Signed, From: "a:state", To: "a:deal", Source: Source{Document: "a:state"}}, "/source/document"},
	} {
		path := ""
		if f, ok := errors.AsType[*FieldError](part.claim.CheckKinds(of)); ok {
			path = f.Path
		}
		if path != part.path {
			t.Errorf("CheckKinds(%+v) fails at %q, want %q", part.claim, path, part.path)
		}
	}
	for _, test := range tests {
		c := Claim{Predicate: Signed, From: test.from, To: test.to}
		path := ""
		if f, ok := errors.AsType[*FieldError](c.CheckKinds(of)); ok {
			path = f.Path
		}
		if path != test.path {
			t.Errorf("CheckKinds(%s signed %s) fails at %q, want %q", test.from, test.to, path, test.path)
		}
	}
}
