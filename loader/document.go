package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
	"entente/loader/nearest"
)

// listForms says which records the lists of a document hold. Retractions may be reassertions, too.
var listForms = map[string]form{"entities": entityForm, "claims": claimForm, "retractions": retractForm}

var listNames = []string{"entities", "claims", "retractions"}

// isDocument tells a document from lines by how the text begins: an object whose first member is one of the
// document's lists, or a list or object under a name that no record knows.
func isDocument(start []byte) bool {
	start = skipSpace(start)
	if len(start) == 0 || start[0] != '{' {
		return false
	}
	start = skipSpace(start[1:])
	end := 0
	if len(start) > 0 && start[0] == '"' {
		end = bytes.IndexByte(start[1:], '"') + 2
	}
	if end < 2 {
		return false
	}
	name := string(start[1 : end-1])
	if slices.Contains(listNames, name) {
		return true
	}
	rest := skipSpace(start[end:])
	if len(rest) < 2 || rest[0] != ':' {
		return false
	}
	rest = skipSpace(rest[1:])
	return len(rest) > 0 && (rest[0] == '[' || rest[0] == '{') &&
		!slices.Contains(claimFields, name) && !slices.Contains(entityFieldNames, name)
}

// A document is one JSON document that is being cut into records. It looks at brackets and quotes alone; whether a
// record is sound is for the decoders to say.
type document struct {
	*reader
	chunk *chunk
	seen  []string
}

// errStop ends the reading of a document: a problem was emitted, or nobody wants more.
var errStop = errors.New("stop")

// document cuts a JSON document.
func (r *reader) document() {
	d := &document{reader: r}
	d.begin()
	if err := d.object(); err != nil {
		return
	}
	if c, err := d.next(); err == nil {
		_ = d.broken(quotedByte(c), "the end of the document")
		return
	} else if !errors.Is(err, io.EOF) {
		_ = d.fail(err)
		return
	}
	d.emit(d.chunk)
}

// begin begins a new chunk.
func (d *document) begin() { d.chunk = &chunk{input: d.input, line: d.line, document: true} }

// broken emits what there is with the problem that ends it.
func (d *document) broken(found, expected string) error {
	p := brokenDocument(found, expected)
	p.Line, p.Offset = d.line, d.at
	d.chunk.problem = p
	d.emit(d.chunk)
	return errStop
}

// fail is for a read that failed.
func (d *document) fail(err error) error {
	if errors.Is(err, io.EOF) {
		return d.broken("the end of the file", "the rest of the document")
	}
	p := d.damage(err)
	p.Line, p.Offset = d.line, d.at
	d.chunk.problem = p
	d.emit(d.chunk)
	return errStop
}

// object reads the whole document.
func (d *document) object() error {
	if err := d.want('{'); err != nil {
		return err
	}
	for first := true; ; first = false {
		c, err := d.next()
		switch {
		case err != nil:
			return d.fail(err)
		case c == '}':
			d.skip(1)
			return nil
		case c == ',' && !first:
			d.skip(1)
			if c, err = d.next(); err != nil {
				return d.fail(err)
			}
		case !first:
			return d.broken(quotedByte(c), `"," or "}"`)
		}
		if c != '"' {
			return d.broken(quotedByte(c), "the name of a list")
		}
		if err := d.list(); err != nil {
			return err
		}
	}
}

// list reads a member of the document, which should be one of its lists.
func (d *document) list() error {
	quoted, long, err := d.value(nil)
	if err != nil {
		return d.fail(err)
	}
	text, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil || long {
		return d.broken(graph.Quoted(string(quoted)), "the name of a list")
	}
	name := string(text)
	if err := d.want(':'); err != nil {
		return err
	}
	switch {
	case slices.Contains(d.seen, name):
		return d.broken(fmt.Sprintf("the member %s a second time", graph.Quoted(name)), "each member once")
	case listForms[name] == noForm:
		return d.foreign(name)
	}
	d.seen = append(d.seen, name)
	if err := d.want('['); err != nil {
		return err
	}
	return d.elements(name)
}

// foreign reports a member that no document has, and passes over it.
func (d *document) foreign(name string) error {
	// It is remembered, too: that it comes twice is still a fault of the whole document.
	d.seen = append(d.seen, name)
	d.chunk.problem = &Problem{
		Line: d.line, Path: "/" + clip(pointer(name)), Found: graph.Quoted(name),
		Expected: `"entities", "claims" or "retractions"`, Nearest: nearest.Name(name, listNames),
	}
	if !d.emit(d.chunk) {
		return errStop
	}
	d.begin()
	if _, err := d.next(); err != nil {
		return d.fail(err)
	}
	if _, _, err := d.value(nil); err != nil {
		return d.fail(err)
	}
	return nil
}

// elements reads the records of a list, after its bracket.
func (d *document) elements(list string) error {
	for i := 0; ; i++ {
		c, err := d.next()
		switch {
		case err != nil:
			return d.fail(err)
		case c == ']':
			d.skip(1)
			return nil
		case i > 0 && c != ',':
			return d.broken(quotedByte(c), `"," or "]"`)
		case i > 0:
			d.skip(1)
			if _, err = d.next(); err != nil {
				return d.fail(err)
			}
		}
		s := span{start: len(d.chunk.data), line: d.line, list: list, index: i}
		data, long, err := d.value(d.chunk.data)
		if err != nil {
			return d.fail(err)
		}
		if long {
			data = data[:s.start] // what was kept of it; the decoder reports it at its place among the others
		} else if len(data) == s.start {
			c, _ := d.next()
			return d.broken(quotedByte(c), "a record")
		}
		s.end, s.tooLong = len(data), long
		d.chunk.data = data
		d.chunk.spans = append(d.chunk.spans, s)
		if len(data) >= readSize {
			if !d.emit(d.chunk) {
				return errStop
			}
			d.begin()
		}
	}
}

// want takes the one byte that must come next.
func (d *document) want(c byte) error {
	got, err := d.next()
	if err != nil {
		return d.fail(err)
	}
	if got != c {
		return d.broken(quotedByte(got), quotedByte(c))
	}
	d.skip(1)
	return nil
}

// window is what is buffered, at least a byte.
func (d *document) window() ([]byte, error) {
	if _, err := d.Peek(1); err != nil {
		return nil, err
	}
	return d.Peek(d.Buffered())
}

// skip takes bytes of the window.
func (d *document) skip(n int) {
	_, _ = d.Discard(n) // what was peeked at is there
	d.at += int64(n)
}

// next goes to the next byte that is not white space, without taking it.
func (d *document) next() (byte, error) {
	for {
		w, err := d.window()
		if err != nil {
			return 0, err
		}
		rest := skipSpace(w)
		n := len(w) - len(rest)
		d.line += bytes.Count(w[:n], []byte{'\n'})
		var c byte
		if len(rest) > 0 {
			c = rest[0]
		}
		d.skip(n)
		if len(rest) > 0 {
			return c, nil
		}
	}
}

// value takes one value, or what looks like one, and appends it to dst, which must begin with a byte that is not
// white space. A value longer than a record may be is passed over and not kept.
func (d *document) value(dst []byte) (whole []byte, long bool, err error) {
	start := len(dst)
	var end ender
	for {
		w, err := d.window()
		if err != nil {
			if errors.Is(err, io.EOF) && end.loose() {
				return dst, long, nil
			}
			return dst, long, err
		}
		n, ended := end.find(w)
		d.line += bytes.Count(w[:n], []byte{'\n'})
		if long = long || len(dst)-start+n > MaxRecord; !long {
			dst = append(dst, w[:n]...)
		}
		d.skip(n)
		if ended {
			return dst, long, nil
		}
	}
}
