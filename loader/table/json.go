package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// mostJSON bounds a text of JSON, which is kept in memory.
const mostJSON = 1 << 30

// A record is one record of JSON as it stands, or what is wrong with it.
type record struct {
	data  []byte
	fault *Error
}

// isJSON tells JSON from separated values by its first signs: an object, or a list that begins with one or has nothing.
func isJSON(b *bufio.Reader) bool {
	start, _ := peek(b, peekSize) // an error comes again with the first read
	start = bytes.TrimSpace(start)
	if list, ok := bytes.CutPrefix(start, []byte("[")); ok {
		list = bytes.TrimSpace(list)
		return len(list) > 0 && (list[0] == '{' || list[0] == ']')
	}
	object, ok := bytes.CutPrefix(start, []byte("{"))
	object = bytes.TrimSpace(object)
	return ok && len(object) > 0 && (object[0] == '"' || object[0] == '}')
}

// openJSON reads a list of objects, or objects one after the other, as JSON Lines has them. The columns are the paths at which any of
// them has a text.
func openJSON(b *bufio.Reader) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(b, mostJSON+1))
	if err != nil {
		return nil, err
	}
	if len(data) > mostJSON {
		return nil, &Error{Found: fmt.Sprintf("JSON of more than %d MiB", mostJSON>>20), Expected: "less, in several files"}
	}
	t := &Table{index: make(map[string]int), json: cut(data)}
	if len(t.json) == 0 {
		return nil, &Error{Found: "an empty list", Expected: "a list of objects"}
	}
	for i := range t.json {
		if r := &t.json[i]; r.fault == nil {
			var v *value
			if v, r.fault = parse(r.data); v != nil {
				v.paths("", t.addColumn)
			}
		}
	}
	return t, nil
}

func (t *Table) addColumn(path string) {
	if _, there := t.index[path]; !there {
		t.index[path] = len(t.Columns)
		t.Columns = append(t.Columns, path)
	}
}

// records gives the records as rows.
func (t *Table) records(yield func(*Row, error) bool) {
	row := &Row{table: t}
	for _, r := range t.json {
		row.Number++
		if r.fault != nil {
			fault := *r.fault
			fault.Place = row.Place(fault.Place.Column)
			if !yield(row, &fault) {
				return
			}
			continue
		}
		row.value, _ = parse(r.data) // it was sound when the file was opened
		if !row.value.isBlank() && !yield(row, nil) {
			return
		}
	}
}

// cut finds the records. In a list, what is no JSON ends it; objects one after the other are read on from the next line.
func cut(data []byte) []record {
	isList := bytes.HasPrefix(bytes.TrimSpace(data), []byte("["))
	var list []record
	// What a record holds twice or in no encoding is the fault of that record, which its parsing finds.
	options := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	for len(data) > 0 {
		d := jsontext.NewDecoder(bytes.NewBuffer(data), options...)
		if isList {
			_, _ = d.ReadToken() // the bracket that is there
		}
		for {
			if isList && d.PeekKind() == ']' {
				if _, err := d.ReadToken(); err != nil {
					return append(list, record{fault: jsonFault(err, data)})
				}
				if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
					return append(list, record{fault: &Error{Found: fmt.Sprintf("%q behind the list", first(rest)), Expected: "nothing"}})
				}
				return list
			}
			value, err := d.ReadValue()
			if errors.Is(err, io.EOF) {
				return list
			}
			if err != nil {
				fault := jsonFault(err, data)
				if isList {
					fault.Found += "; nothing behind it is read"
				}
				list = append(list, record{fault: fault})
				break
			}
			list = append(list, record{data: bytes.Clone(value)})
		}
		if isList {
			return list
		}
		_, data = cutLine(bytes.TrimLeft(data[d.InputOffset():], " \t\r\n"))
	}
	return list
}

func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	return line, rest
}

// first is the beginning of a text, for a message.
func first(b []byte) []byte { return b[:min(len(b), 20)] }

// jsonFault is an error of the tokenizer.
func jsonFault(err error, data []byte) *Error {
	found := strings.TrimPrefix(err.Error(), "jsontext: ")
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		found = strings.TrimPrefix(wrong.Err.Error(), "jsontext: ")
		if at := int(wrong.ByteOffset); at < len(data) {
			found += fmt.Sprintf(" before %q", first(data[at:]))
		}
		if errors.Is(err, jsontext.ErrDuplicateName) {
			found = fmt.Sprintf("the member %q a second time", wrong.JSONPointer.LastToken())
		}
	}
	return &Error{Found: found, Expected: "JSON, each member of an object once"}
}
