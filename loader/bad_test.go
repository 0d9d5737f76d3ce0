package loader_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"entente/loader"
)

// manyIDs fit into a record, but with their scheme no more.
var manyIDs = func() string {
	ids := make([]string, 115_000)
	for i := range ids {
		ids[i] = strconv.Itoa(10_000 + i)
	}
	return strings.Join(ids, `","`)
}()

// badRecords are records that must be refused, and how. The text is what a person reads, so it is compared whole.
var badRecords = []struct{ name, record, want string }{
	{"unknown field of a claim", `{"claim": "signed", "from": "ARM", "too": "deal"}`, `/too: found "too", expected a field of the record; did you mean "to"?`},
	{"unknown field of an entity", `{"entity": "ARM", "kind": "State", "alias_es": "x"}`, `/alias_es: found "alias_es", expected a field of the record; did you mean "aliases"?`},
	{"field that resembles nothing", `{"entity": "ARM", "population": "3"}`, `/population: found "population", expected a field of the record`},
	{"swapped letters", `{"claim": "signed", "form": "ARM", "to": "deal"}`, `/form: found "form", expected a field of the record; did you mean "from"?`},
	{"a name broken off", `{"claim": "sign", "from": "ARM", "to": "deal"}`, `/claim: found "sign", expected a predicate of the vocabulary; did you mean "signed"?`},
	{"misspelt predicate", `{"claim": "signd", "from": "ARM", "to": "deal"}`, `/claim: found "signd", expected a predicate of the vocabulary; did you mean "signed"?`},
	{"predicate in another case", `{"claim": "SIGNED", "from": "ARM", "to": "deal"}`, `/claim: found "SIGNED", expected a predicate of the vocabulary; did you mean "signed"?`},
	{"misspelt qualifier", `{"claim": "mediated", "from": "RUS", "to": "deal", "qualifiers": {"betwen": ["ARM"]}}`, `/qualifiers/betwen: found "betwen", expected a qualifier of the vocabulary; did you mean "between"?`},
	{"misspelt kind", `{"entity": "ARM", "kind": "Sate"}`, `/kind: found "Sate", expected one of State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document; did you mean "State"?`},
	{"kind in another form", `{"entity": "g", "kind": ["armed group"]}`, `/kind/0: found "armed group", expected one of State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document; did you mean "ArmedGroup"?`},
	{"misspelt stance", `{"claim": "signed", "from": "ARM", "to": "deal", "stance": "Denyed"}`, `/stance: found "Denyed", expected one of ASSERTED, DENIED, INTENDED, IMPLIED; did you mean "DENIED"?`},
	{"misspelt event type", `{"entity": "e", "eventType": "SUMIT"}`, `/eventType: found "SUMIT", expected one of SUMMIT, TALKS, MEDIATION, CALL, HOSTILITIES, APPEAL, STATEMENT, DECISION; did you mean "SUMMIT"?`},
	{"what is it", `{"clam": "signed", "from": "ARM"}`, `found an object that begins with "clam", expected a record, an object with "entity", "claim", "retract" or "reassert"; did you mean "claim"?`},
	{"nothing in it", `{}`, `found an empty object, expected a record, an object with "entity", "claim", "retract" or "reassert"`},
	{"two in one", `{"entity": "ARM", "claim": "signed"}`, `/claim: found "claim" beside "entity", expected one of them`},
	{"not an object", `["entity", "ARM"]`, `found a list, expected a record, an object with "entity", "claim", "retract" or "reassert"`},
	{"a text", `"ARM"`, `found a text, expected a record, an object with "entity", "claim", "retract" or "reassert"`},
	{"a number", `1e400`, `found a number, expected a record, an object with "entity", "claim", "retract" or "reassert"`},
	{"not JSON", `entity: ARM`, `found invalid character 'e' at start of value at byte 0, expected JSON`},
	{"cut off", `{"entity": "ARM", "kind"`, `/kind: found the end at byte 24, expected the rest of the record, all in one line`},
	{"two records in a line", `{"entity": "ARM", "kind": "State"} {"entity": "AZE", "kind": "State"}`, `found more after the record: "{\"entity\": \"AZE\", \"kind\": \"State\"}", expected one record a line`},
	{"comma at the end", `{"entity": "ARM", "kind": "State",}`, `found invalid character '}' at start of string (expecting '"') at byte 34, expected JSON`},
	{"NaN", `{"claim": "signed", "from": "ARM", "to": "d", "confidence": NaN}`, `/confidence: found invalid character 'N' at start of value at byte 60, expected JSON`},
	{"member twice", `{"entity": "ARM", "kind": "State", "kind": "Place"}`, `/kind: found the member a second time, expected each member once`},
	{"member twice, escaped and deep", `{"claim": "signed", "from": "a", "to": "b", "source": {"document": "d", "quote": "x", "qu\u006fte": "y"}}`, `/source/quote: found the member a second time, expected each member once`},
	{"broken UTF-8", "{\"entity\": \"ARM\", \"name\": \"Arm\xffenia\"}", `/name: found invalid UTF-8 at byte 30, expected UTF-8 text`},
	{"overlong UTF-8", "{\"entity\": \"ARM\", \"name\": \"\xc0\xaf\"}", `/name: found invalid UTF-8 at byte 27, expected UTF-8 text`},
	{"lone surrogate", `{"entity": "ARM", "name": "\ud83d"}`, "/name: found invalid surrogate pair `\\ud83d\"}` in string at byte 27, expected surrogates in pairs"},
	{"reversed surrogates", `{"entity": "ARM", "name": "\ude00\ud83d"}`, "/name: found invalid surrogate pair `\\ude00\\ud83d` in string at byte 27, expected surrogates in pairs"},
	{"raw NUL", "{\"entity\": \"ARM\", \"name\": \"a\x00b\"}", `/name: found invalid character '\x00' in string (expecting non-control character) at byte 28, expected JSON`},
	{"escaped NUL", `{"entity": "ARM", "name": "a\u0000b"}`, `/name: found "a\x00b", expected text without control characters (U+0000 at byte 1)`},
	{"newline in a name", `{"entity": "ARM", "name": "a\nb"}`, `/name: found "a\nb", expected text without control characters (U+000A at byte 1)`},
	{"number for a text", `{"entity": "ARM", "name": 7}`, `/name: found a number 7, expected a text or a list of texts`},
	{"number in a list", `{"entity": "ARM", "aliases": ["x", 7]}`, `/aliases/1: found a number 7, expected a text`},
	{"list in a list", `{"entity": "ARM", "aliases": [["x"]]}`, `/aliases/0: found a list ["x"], expected a text`},
	{"null", `{"claim": "signed", "from": "ARM", "to": null}`, `/to: found null, expected an id`},
	{"number for an id", `{"claim": "signed", "from": 1, "to": "deal"}`, `/from: found a number 1, expected an id`},
	{"object for an id", `{"claim": "signed", "from": {"id": "ARM"}, "to": "deal"}`, `/from: found an object {"id": "ARM"}, expected an id`},
	{"list for a value", `{"claim": "name", "from": "ARM", "value": ["x"]}`, `/value: found a list ["x"], expected a text`},
	{"empty list", `{"entity": "ARM", "aliases": []}`, `/aliases: found an empty list, expected a text or a list of texts`},
	{"empty name", `{"entity": "ARM", "name": ""}`, `/name: found "", expected a text that is not empty, or no such field`},
	{"empty id", `{"entity": "", "kind": "State"}`, `/entity: found "", expected an id such as "ARM" or "entente:ARM"`},
	{"blank in an id", `{"entity": "New Zealand", "kind": "State"}`, `/entity: found "New Zealand", expected an id without spaces or control characters (U+0020)`},
	{"strange scheme", `{"claim": "signed", "from": "ARM", "to": "PAX:1"}`, `/to: found "PAX:1", expected a scheme of a-z, 0-9, '.', '_' or '-' before the colon, beginning with a letter`},
	{"id in a qualifier", `{"claim": "mediated", "from": "RUS", "to": "deal", "qualifiers": {"between": ["ARM", "A B"]}}`, `/qualifiers/between/1: found "A B", expected an id without spaces or control characters (U+0020)`},
	{"several of a qualifier that stands once", `{"claim": "signed", "from": "ARM", "to": "deal", "qualifiers": {"capacity": ["a", "b"]}}`, `/qualifiers/capacity: found several, expected one`},
	{"boolean qualifier", `{"claim": "recognized", "from": "ARM", "to": "x", "qualifiers": {"asIndependent": true}}`, `/qualifiers/asIndependent: found a boolean true, expected a text or a list of texts`},
	{"other text of a fixed qualifier", `{"claim": "recognized", "from": "ARM", "to": "x", "qualifiers": {"asIndependent": "yes"}}`, `/qualifiers/asIndependent: found "yes", expected "true"`},
	{"qualifiers as a list", `{"claim": "signed", "from": "ARM", "to": "deal", "qualifiers": ["x"]}`, `/qualifiers: found a list ["x"], expected an object`},
	{"day that never was", `{"claim": "signed", "from": "ARM", "to": "deal", "when": "2023-02-29"}`, `/when: found "2023-02-29", expected an EDTF date (at byte 8: a day of that month, 01 to 28)`},
	{"date of another order", `{"entity": "deal", "date": "09.11.2020"}`, `/date: found "09.11.2020", expected an EDTF date (at byte 0: a year of four digits, as in "2020-11-09")`},
	{"date in a value", `{"claim": "date", "from": "deal", "value": "2020-13-01"}`, `/value: found "2020-13-01", expected an EDTF date (at byte 5: a month, 01 to 12)`},
	{"number for a date", `{"claim": "signed", "from": "ARM", "to": "deal", "said": 2020}`, `/said: found a number 2020, expected a date as a text, such as "2020-11-09"`},
	{"confidence too high", `{"claim": "signed", "from": "ARM", "to": "deal", "confidence": 95}`, `/confidence: found 95, expected a number over 0 and up to 1`},
	{"confidence beyond numbers", `{"claim": "signed", "from": "ARM", "to": "deal", "confidence": 1e400}`, `/confidence: found 1e400, expected a number over 0 and up to 1`},
	{"no confidence", `{"claim": "signed", "from": "ARM", "to": "deal", "confidence": 0}`, `/confidence: found 0, expected a number over 0 and up to 1`},
	{"confidence as a text", `{"claim": "signed", "from": "ARM", "to": "deal", "confidence": "0.5"}`, `/confidence: found a text "0.5", expected a number over 0 and up to 1`},
	{"source as a text", `{"claim": "signed", "from": "ARM", "to": "deal", "source": "doc"}`, `/source: found a text "doc", expected an object with "document"`},
	{"source without a document", `{"claim": "signed", "from": "ARM", "to": "deal", "source": {"quote": "x"}}`, `/source/document: found nothing, expected the document that is the source`},
	{"unknown field of a source", `{"claim": "signed", "from": "ARM", "to": "deal", "source": {"document": "d", "quot": "x"}}`, `/source/quot: found "quot", expected document, locator or quote; did you mean "quote"?`},
	{"no subject", `{"claim": "signed", "to": "deal"}`, `/from: found nothing, expected the id of the subject`},
	{"no object", `{"claim": "signed", "from": "ARM"}`, `/to: found nothing, expected the id of the object`},
	{"value for an object", `{"claim": "signed", "from": "ARM", "value": "deal"}`, `/value: found "deal", expected no value: signed takes an entity as to`},
	{"object for a value", `{"claim": "name", "from": "ARM", "to": "deal"}`, `/to: found "t:deal", expected no object: name takes a value of type NAME`},
	{"object and value", `{"claim": "follows", "from": "deal", "to": "deal2", "value": "the other deal"}`, `/value: found a value beside to, expected only one of the two`},
	{"same as itself", `{"claim": "sameAs", "from": "ARM", "to": "t:ARM"}`, `/to: found "t:ARM", expected another entity than the subject`},
	{"strength in words", `{"entity": "force", "strength": "about 1960"}`, `/strength: found "about 1960", expected a decimal number`},
	{"relative address", `{"entity": "doc", "url": ["/a.html"]}`, `/url/0: found "/a.html", expected an absolute http or https URL`},
	{"ids as a list", `{"entity": "ARM", "ids": ["iso3:ARM"]}`, `/ids: found a list ["iso3:ARM"], expected an object such as {"iso3": "ARM"}`},
	{"scheme of an id", `{"entity": "ARM", "ids": {"ISO3": "ARM"}}`, `/ids/ISO3: found "ISO3:ARM", expected scheme:value, such as "iso3:ARM"`},
	{"scheme with a colon", `{"entity": "ARM", "ids": {"iso3:x": "ARM"}}`, `/ids/iso3:x: found "iso3:x", expected a scheme without a colon`},
	{"number as an id", `{"entity": "ARM", "ids": {"cow": 371}}`, `/ids/cow: found a number 371, expected a text or a list of texts`},
	{"entity of which nothing is said", `{"entity": "ARM", "coder": "me"}`, `found nothing that is said of the entity, expected a kind, a name or another literal of the vocabulary`},
	{"retraction of what", `{"retract": "claim 7"}`, `/retract: found "claim 7", expected a claim id, a UUID such as "6fa459ea-ee8a-5ca4-894e-db77e160355e"`},
	{"misspelt reason", `{"retract": "6fa459ea-ee8a-5ca4-894e-db77e160355e", "reasn": "x"}`, `/reasn: found "reasn", expected a field of the record; did you mean "reason"?`},
	{"long name", `{"entity": "ARM", "name": "` + strings.Repeat("x", 1001) + `"}`, `/name: found 1001 bytes, expected at most 1000`},
	{"long record", `{"entity": "ARM", "name": "` + strings.Repeat("x", 1<<20) + `"}`, `found a record of 1048605 bytes, expected at most 1048576 bytes`},
	{"many values", `{"entity": "ARM", "aliases": ["` + strings.Repeat(`x","`, 10_000) + `x"]}`, `found more than 10000 values, expected at most 10000 in one record`},
	{"grows beyond a record", `{"claim": "mediated", "from": "a", "to": "b", "qualifiers": {"between": ["` + manyIDs + `"]}}`, `found a claim that takes 1175071 bytes in full, expected at most 1048576 bytes`},
	{"deep nesting", `{"claim": ` + strings.Repeat("[", 20_000), `/claim` + strings.Repeat("/0", 37) + `…: found exceeded max depth at byte 10009, expected JSON`},
	{"deep but closed", `{"claim": "signed", "from": ` + strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000) + `}`, `/from: found a list, expected an id`},
	{"name of a pointer", `{"entity": "ARM", "a/b~c": "x"}`, `/a~1b~0c: found "a/b~c", expected a field of the record`},
}

func TestBadRecords(t *testing.T) {
	for _, tt := range badRecords {
		t.Run(tt.name, func(t *testing.T) {
			changes, err := loader.DecodeRecord([]byte(tt.record), "t")
			p, ok := errors.AsType[*loader.Problem](err)
			if !ok || changes != nil {
				t.Fatalf("DecodeRecord = %v, %v, want a problem", changes, err)
			}
			if p.String() != tt.want {
				t.Errorf("got  %s\nwant %s", p, tt.want)
			}
		})
	}
}
