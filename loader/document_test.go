package loader_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"entente/loader"
)

func TestDocument(t *testing.T) {
	a, d, s := strings.TrimSpace(arm), strings.TrimSpace(deal), strings.TrimSpace(sign)
	claims := `"claims": [` + s + `]`
	entities := `"entities": [` + a + `,` + "\n" + d + `]`
	tests := []struct {
		name, document string
		added          int
		want           []string
	}{
		{"whole", `{` + entities + `,` + claims + `}`, 6, nil},
		{"claims first", "\ufeff\n\t{ " + claims + " , " + entities + " } \r\n", 6, nil},
		{"retractions first", `{"retractions": [], ` + claims + `,` + entities + `}`, 6, nil},
		{"empty lists", `{"entities": [ ], "claims": [], "retractions": []}`, 0, nil},
		{"escaped name", `{"entities": [` + a + `], "\u0063laims": []}`, 3, nil},
		{"bad record", `{"entities": [` + a + ",\n" + `{"entity": "x", "kind": "Sate"}, ` + d + `]}`, 5, []string{
			`f:2: /entities/1/kind: found "Sate", expected one of State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document; did you mean "State"?`,
		}},
		{"record in the wrong list", `{"entities": [` + a + `,` + s + `], "claims": [` + d + `]}`, 3, []string{
			`f:1: /entities/1: found a record of the form "claim", expected one that belongs into "entities"`,
			`f:1: /claims/0: found a record of the form "entity", expected one that belongs into "claims"`,
		}},
		{"undeclared", "{\"entities\": [" + a + "],\n" + claims + `}`, 3, []string{`f:2: /claims/0/to: found "t:deal", expected an entity that a record declares with its kind, here or in the graph`}},
		{"no record", `{"entities": [7, "x", null, ` + a + `]}`, 3, []string{
			`f:1: /entities/0: found a number, expected a record, an object with "entity", "claim", "retract" or "reassert"`,
			`f:1: /entities/1: found a text, expected a record, an object with "entity", "claim", "retract" or "reassert"`,
			`f:1: /entities/2: found null, expected a record, an object with "entity", "claim", "retract" or "reassert"`,
		}},
		{"member twice in a record", `{"entities": [{"entity": "x", "entity": "y"}, ` + a + `]}`, 3, []string{`f:1: /entities/0/entity: found the member a second time, expected each member once`}},
		{"list twice", `{` + entities + `,` + claims + `,` + "\n" + `"entities": [` + a + `]}`, 6, []string{`f:3: byte 251: found the member "entities" a second time, expected each member once`}},
		{"unknown list", `{"entity_list": [` + a + `], ` + entities + `}`, 5, []string{`f:1: /entity_list: found "entity_list", expected "entities", "claims" or "retractions"`}},
		{"misspelt list", `{"entites": [` + a + `], ` + entities + `}`, 5, []string{`f:1: /entites: found "entites", expected "entities", "claims" or "retractions"; did you mean "entities"?`}},
		{"list that is none", `{"entities": {}}`, 0, []string{`f:1: byte 13: found '{', expected '['`}},
		{"cut off between", `{"entities": [` + a + `,`, 3, []string{`f:1: byte 92: found the end of the file, expected the rest of the document`}},
		{"cut off within a record", `{"entities": [` + a + `,{"enti`, 3, []string{`f:1: byte 98: found the end of the file, expected the rest of the document`}},
		{"cut off after the list", `{"entities": [` + a + `]`, 3, []string{`f:1: byte 92: found the end of the file, expected the rest of the document`}},
		{"no comma", `{"entities": [` + a + a + `]}`, 3, []string{`f:1: byte 91: found '{', expected "," or "]"`}},
		{"comma at the end", `{"entities": [` + a + `,]}`, 3, []string{`f:1: byte 92: found ']', expected a record`}},
		{"no comma between lists", `{"entities": [` + a + `] "claims": []}`, 3, []string{`f:1: byte 93: found '"', expected "," or "}"`}},
		{"name without quotes", `{"entities": [` + a + `], claims: []}`, 3, []string{`f:1: byte 94: found 'c', expected the name of a list`}},
		{"more after it", `{"entities": [` + a + `]}` + "\n" + d, 3, []string{`f:2: byte 94: found '{', expected the end of the document`}},
		{"broken record ends it", `{"entities": [` + a + ",\n" + `{"entity": x}, ` + d + `]}`, 3, []string{`f:2: /entities/1/entity: found invalid character 'x' at start of value at byte 11, expected JSON`}},
		{"quote left open", `{"entities": [` + a + `,{"entity": "x, "kind": "State"},` + d + `]}`, 3, []string{`f:1: byte 187: found the end of the file, expected the rest of the document`}},
		{"long record", `{"entities": [{"entity": "x", "name": "` + strings.Repeat("x", 3<<20) + `"}, ` + a + `]}`, 3, []string{`f:1: /entities/0: found a longer record, expected at most 1048576 bytes`}},
		{"deep record", `{"entities": [` + a + `, ` + strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20) + `, ` + d + `]}`, 5, []string{`f:1: /entities/1: found a longer record, expected at most 1048576 bytes`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := load(t, open(t), loader.Options{}, text("f", tt.document))
			if diff := cmp.Diff(tt.want, problems(r)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if r.Added != tt.added || r.Rejected != len(tt.want) {
				t.Errorf("added %d, rejected %d, want %d, %d", r.Added, r.Rejected, tt.added, len(tt.want))
			}
			if len(tt.document) > 1<<16 {
				return
			}
			// However few bytes a read gives, the outcome is the same.
			in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) {
				return io.NopCloser(iotest.OneByteReader(strings.NewReader(tt.document))), nil
			}}
			slow := load(t, open(t), loader.Options{}, in)
			if diff := cmp.Diff(problems(r), problems(slow)); diff != "" || slow.Added != r.Added {
				t.Errorf("byte by byte: added %d, problems (-whole +slow):\n%s", slow.Added, diff)
			}
		})
	}
}

// TestDocumentAsLines checks that a large document gives what its records give as lines.
func TestDocumentAsLines(t *testing.T) {
	lines := bytes.Split(bytes.TrimSpace(generated(5000)), []byte("\n"))
	var entities, claims [][]byte
	for _, l := range lines {
		if bytes.HasPrefix(l, []byte(`{"entity"`)) {
			entities = append(entities, l)
		} else {
			claims = append(claims, l)
		}
	}
	document := `{"claims": [` + string(bytes.Join(claims, []byte(",\n"))) + `], "entities": [` + string(bytes.Join(entities, []byte(", "))) + `]}`
	want, got := open(t), open(t)
	sound(t, load(t, want, loader.Options{}, text("lines", string(generated(5000)))))
	r := load(t, got, loader.Options{}, text("document", document))
	if sound(t, r); r.Entities != len(entities) || r.Claims != len(claims) {
		t.Errorf("read %d entities, %d claims", r.Entities, r.Claims)
	}
	if export(t, got) != export(t, want) {
		t.Error("the graphs differ")
	}
}
