package graph

import (
	"regexp"
	"slices"
	"testing"
)

func TestVocabulary(t *testing.T) {
	codes := make(map[uint8]Predicate)
	names := make(map[Predicate]bool)
	strengths := 0
	for _, p := range Predicates() {
		if other, taken := codes[p.Code]; taken || p.Code == 0 || p.Code >= 128 {
			t.Errorf("%s has the code %d, taken by %q or out of 1-127", p.Name, p.Code, other)
		}
		codes[p.Code] = p.Name
		if names[p.Name] {
			t.Errorf("%s stands twice", p.Name)
		}
		names[p.Name] = true
		if p.Relation != (p.Code < 100) {
			t.Errorf("%s: relations have codes below 100, it has %d", p.Name, p.Code)
		}
		if p.Label == "" || p.Inverse == "" || p.Aspect == "" {
			t.Errorf("%s lacks a label or an aspect", p.Name)
		}
		if p.Tie && (!slices.Equal(p.From, partyKinds) || !slices.Equal(p.To, meetingKinds)) {
			t.Errorf("%s is a tie but does not bind parties to meetings", p.Name)
		}
		if p.ThirdParty() && !p.Tie {
			t.Errorf("%s is a third party's role and no tie", p.Name)
		}
		if p.ThirdParty() {
			strengths++
			if p.Strength != strengths {
				t.Errorf("%s has strength %d, want %d: roles stand weakest first", p.Name, p.Strength, strengths)
			}
		}
		for _, k := range slices.Concat(p.From, p.To) {
			if k.Validate() != nil {
				t.Errorf("%s allows the unknown kind %q", p.Name, k)
			}
		}
		for _, c := range p.CAMEO {
			if !regexp.MustCompile(`^[0-9]{2,4}$`).MatchString(c) {
				t.Errorf("%s has the CAMEO code %q", p.Name, c)
			}
		}
		if p.Wikidata != "" && !regexp.MustCompile(`^P[0-9]+$`).MatchString(p.Wikidata) {
			t.Errorf("%s has the Wikidata property %q", p.Name, p.Wikidata)
		}
		if PredicateOf(p.Code) != p || p.Name.Info() != p {
			t.Errorf("%s is not found by its code or name", p.Name)
		}
	}
	if got := Mediated.Info().Strength; got != strengths {
		t.Errorf("mediated has strength %d, want the most, %d", got, strengths)
	}
}

// TestStoredCodes pins the numbers that ledgers hold. A code may be added, never changed.
func TestStoredCodes(t *testing.T) {
	predicates := []Predicate{
		1: "copied", 2: "addressed", 3: "thirdParty", 4: "observed", 5: "facilitated", 6: "hosted", 7: "convened", 8: "witnessed",
		9: "guaranteed", 10: "mediated", 11: "signed", 12: "agreed", 13: "negotiated", 14: "participated", 15: "ratified", 16: "acceded",
		17: "withdrew", 18: "partyTo", 19: "recognized", 20: "brokeRelations", 21: "leads", 22: "represents", 23: "memberOf", 24: "partOf",
		25: "controls", 26: "capitalOf", 27: "locatedIn", 28: "deployed", 29: "contributedTo", 30: "mandatedBy", 31: "withdrewForce",
		32: "adoptedAt", 33: "belongsTo", 34: "concerns", 35: "follows", 36: "implements", 37: "supersedes", 38: "amends", 39: "extends",
		40: "references", 41: "issued", 42: "appealTo", 43: "affected", 44: "haltedMediation", 45: "sameAs",
		100: "name", 101: "alias", 102: "transliteration", 103: "metonym", 104: "externalId", 105: "kind", 106: "eventType", 107: "date",
		108: "status", 109: "stage", 110: "provision", 111: "strength", 112: "task", 113: "activity", 114: "assessment", 115: "text",
		116: "url", 117: "published", 118: "description",
	}
	for code, name := range predicates {
		if info := PredicateOf(uint8(code)); name != "" && (info == nil || info.Name != name) {
			t.Errorf("code %d is %v, want %s", code, info, name)
		}
	}
	for i, k := range []Kind{State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document} {
		if k.Code() != uint8(i+1) {
			t.Errorf("kind %s has the code %d, want %d", k, k.Code(), i+1)
		}
	}
	for i, s := range []Stance{Asserted, Denied, Intended, Implied} {
		if s.Code() != uint8(i) {
			t.Errorf("stance %s has the code %d, want %d", s, s.Code(), i)
		}
	}
	for i, q := range []QualifierName{OnBehalfOf, Capacity, Between, At, InPlace, AsPartOf, AsIndependent, Under, AsNamed, Inferred} {
		if q.Info().Code != uint8(i+1) || QualifierOf(uint8(i+1)).Name != q {
			t.Errorf("qualifier %s has the code %d, want %d", q, q.Info().Code, i+1)
		}
	}
}

func TestUpperSnake(t *testing.T) {
	for name, want := range map[string]string{"ArmedGroup": "ARMED_GROUP", "thirdParty": "THIRD_PARTY", "State": "STATE", "externalId": "EXTERNAL_ID"} {
		if got := UpperSnake(name); got != want {
			t.Errorf("UpperSnake(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSchemesAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(schemes, func(a, b SchemeInfo) int {
		if a.Scheme < b.Scheme {
			return -1
		}
		return 1
	}) {
		t.Error("schemes are not sorted, so some are not found")
	}
	for _, s := range schemes {
		if ExactScheme(s.Scheme) != s.Exact || !validScheme(s.Scheme) {
			t.Errorf("scheme %q is not found or not valid", s.Scheme)
		}
		if _, err := ParseExternalID(s.Scheme + ":" + s.Example); err != nil {
			t.Errorf("the example of scheme %q is refused: %v", s.Scheme, err)
		}
	}
	if ExactScheme("nobody") {
		t.Error("an unknown scheme is exact")
	}
}
