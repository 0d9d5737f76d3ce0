package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
	"entente/graph/store"
	"entente/loader/nearest"
)

// MaxRecord is the longest record, in bytes.
const MaxRecord = 1 << 20

// maxValues is the most claims that one entity record may stand for. It keeps a record within a commit.
const maxValues = 10_000

// A form says what sort of record it is.
type form byte

const (
	noForm form = iota
	entityForm
	claimForm
	retractForm
	reassertForm
)

// forms are the members that tell what a record is.
var forms = map[string]form{"entity": entityForm, "claim": claimForm, "retract": retractForm, "reassert": reassertForm}

var formNames = []string{"entity", "claim", "retract", "reassert"}

// DecodeRecord reads one record and gives the changes it stands for, with normal claims and their ids set. Bare ids
// belong to the dataset. The error is a *[Problem] without file and line. Nothing of data is kept.
func DecodeRecord(data []byte, dataset string) ([]store.Change, error) {
	if !graph.ValidDataset(dataset) {
		return nil, &Problem{Found: "the dataset " + graph.Quoted(dataset), Expected: wantDataset}
	}
	d := newDecoder(dataset)
	if _, p := d.record(data, ""); p != nil {
		return nil, p
	}
	return d.changes, nil
}

const wantDataset = "a name of a-z, 0-9, '.', '_' or '-' that begins with a letter, at most 31 bytes"

// A decoder turns records into changes. It serves one goroutine.
type decoder struct {
	dataset string
	changes []store.Change // grows; whoever takes them sets it anew

	json    *jsontext.Decoder
	buffer  bytes.Buffer
	members []member            // of the record
	inner   []member            // of an object in it
	ids     map[string]graph.ID // ids met, by their text as written
	written []byte
}

// idsKept bounds the ids a decoder remembers. Files name the same few coders and documents again and again.
const idsKept = 1 << 15

func newDecoder(dataset string) *decoder {
	return &decoder{dataset: dataset, json: jsontext.NewDecoder(bytes.NewReader(nil)), ids: make(map[string]graph.ID)}
}

// record reads one record. Its list, if it comes from a document, says which forms may stand there. On a problem,
// nothing of the record is among the changes.
func (d *decoder) record(data []byte, list string) (form, *Problem) {
	before := len(d.changes)
	kind, p := d.parse(data, list)
	// What a claim takes in full is at most some fifteen times what it took in the record: only of a long one need it be
	// looked at.
	if p == nil && len(data) > 1<<16 {
		p = d.checkWritten(d.changes[before:])
	}
	if p != nil {
		clear(d.changes[before:])
		d.changes = d.changes[:before]
	}
	return kind, p
}

// parse does the work of record, and may leave changes of a record with a problem.
func (d *decoder) parse(data []byte, list string) (form, *Problem) {
	if len(data) > MaxRecord {
		return noForm, tooLong(int64(len(data)))
	}
	if p := d.validate(data); p != nil {
		return noForm, p
	}
	data = skipSpace(data)
	if data[0] != '{' {
		return noForm, &Problem{Found: typeName(data), Expected: wantRecord}
	}
	d.members = members(d.members[:0], data)
	kind, p := d.form()
	if p != nil {
		return noForm, p
	}
	if want, ok := listForms[list]; ok && want != kind && (want != retractForm || kind != reassertForm) {
		return kind, &Problem{Found: "a record of the form " + strconv.Quote(formNames[kind-1]), Expected: "one that belongs into " + strconv.Quote(list)}
	}
	switch kind {
	case entityForm:
		return kind, d.entity()
	case claimForm:
		return kind, d.claim()
	}
	return kind, d.retraction(kind)
}

const wantRecord = `a record, an object with "entity", "claim", "retract" or "reassert"`

// tooLong is the problem of a record of n bytes; of more than anybody counted if n is 0.
func tooLong(n int64) *Problem {
	found := "a longer record"
	if n > 0 {
		found = fmt.Sprintf("a record of %d bytes", n)
	}
	return &Problem{Found: found, Expected: fmt.Sprintf("at most %d bytes", MaxRecord)}
}

// validate checks that data is one JSON value: in UTF-8, without lone surrogates and repeated members.
func (d *decoder) validate(data []byte) *Problem {
	d.buffer = *bytes.NewBuffer(data)
	d.json.Reset(&d.buffer)
	if _, err := d.json.ReadValue(); err != nil {
		return syntaxProblem(data, err)
	}
	if rest := skipSpace(data[d.json.InputOffset():]); len(rest) > 0 {
		return &Problem{Found: "more after the record: " + graph.Quoted(string(firstOf(rest))), Expected: "one record a line", syntax: true}
	}
	return nil
}

// firstOf cuts bytes to what an error need show.
func firstOf(b []byte) []byte { return b[:min(len(b), 200)] }

// syntaxProblem turns an error of the tokenizer into a problem.
func syntaxProblem(data []byte, err error) *Problem {
	if errors.Is(err, io.EOF) {
		return &Problem{Found: "nothing", Expected: wantRecord, syntax: true}
	}
	// The library tells sorts of errors apart by their text alone, but for two. Its version is pinned, and the tests compare
	// what is printed.
	s, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return &Problem{Found: err.Error(), Expected: "JSON", syntax: true}
	}
	p := &Problem{Path: clip(string(s.JSONPointer))}
	what := strings.TrimPrefix(s.Err.Error(), "jsontext: ")
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		p.Found, p.Expected = "the member a second time", "each member once"
	case strings.Contains(what, "UTF-8"):
		p.Found, p.Expected = fmt.Sprintf("%s at byte %d", what, s.ByteOffset), "UTF-8 text"
	case strings.Contains(what, "surrogate"):
		p.Found, p.Expected = fmt.Sprintf("%s at byte %d", what, s.ByteOffset), "surrogates in pairs"
	case errors.Is(err, io.ErrUnexpectedEOF):
		p.Found, p.Expected, p.syntax = fmt.Sprintf("the end at byte %d", len(data)), "the rest of the record, all in one line", true
	default:
		p.Found, p.Expected, p.syntax = fmt.Sprintf("%s at byte %d", what, s.ByteOffset), "JSON", true
	}
	return p
}

// form finds what the record is.
func (d *decoder) form() (form, *Problem) {
	found := noForm
	for _, m := range d.members {
		f := forms[m.name]
		switch {
		case f == noForm:
		case found != noForm:
			return noForm, &Problem{Path: "/" + m.name, Found: fmt.Sprintf("%q beside %q", m.name, formNames[found-1]), Expected: "one of them"}
		default:
			found = f
		}
	}
	if found != noForm {
		return found, nil
	}
	if len(d.members) == 0 {
		return noForm, &Problem{Found: "an empty object", Expected: wantRecord}
	}
	first := d.members[0].name
	return noForm, &Problem{
		Found: "an object that begins with " + graph.Quoted(first), Expected: wantRecord, Nearest: nearest.Name(first, formNames),
	}
}

// retraction reads a record that ends a claim or makes it stand again.
func (d *decoder) retraction(kind form) *Problem {
	change := store.Change{Op: withdraw}
	if kind == reassertForm {
		change.Op = reassert
	}
	name := formNames[kind-1]
	for _, m := range d.members {
		path := "/" + m.name
		if m.name != name && m.name != "reason" {
			return unknownField(m.name, []string{name, "reason"})
		}
		text, p := d.text(path, m.value)
		if p != nil {
			return p
		}
		var err error
		if m.name == "reason" {
			change.Reason, err = graph.NormalizeLiteral(graph.TextLiteral, text)
		} else {
			change.ID, err = graph.ParseClaimID(text)
		}
		if err != nil {
			return fieldProblem(path, err)
		}
	}
	d.changes = append(d.changes, change)
	return nil
}

// checkWritten refuses claims that an export would have to write as a record too long to be read again: ids grow by
// their scheme, and some letters by their normal form.
func (d *decoder) checkWritten(changes []store.Change) *Problem {
	for i := range changes {
		d.written = appendClaim(d.written[:0], &changes[i].Claim)
		if len(d.written) > MaxRecord {
			return &Problem{Found: fmt.Sprintf("a claim that takes %d bytes in full", len(d.written)), Expected: fmt.Sprintf("at most %d bytes", MaxRecord)}
		}
	}
	return nil
}

// pointer escapes a name for a JSON Pointer.
func pointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// unknownField is the problem of a member that the record's form does not have.
func unknownField(name string, known []string) *Problem {
	return &Problem{Path: "/" + clip(pointer(name)), Found: graph.Quoted(name), Expected: "a field of the record", Nearest: nearest.Name(name, known)}
}

// clip keeps a stranger's long name from filling a report.
func clip(s string) string {
	if len(s) <= 80 {
		return s
	}
	return strings.ToValidUTF8(s[:80], "") + "…"
}
