package data_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"entente/data"
	"entente/graph"
)

// A line is one line of a record file: an entity with the literal claims it stands for, or one claim.
type line struct {
	where  string   // file:line
	entity graph.ID // empty for a claim
	claims []graph.Claim
}

// texts is a text or a list of texts.
type texts []string

func (t *texts) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var list []string
		err := decode(b, &list)
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("an empty list")
		}
		*t = list
		return err
	}
	*t = texts{""}
	return decode(b, &(*t)[0])
}

// shared are the fields that an entity record and a claim record have in common.
type shared struct {
	Said       string       `json:"said"`
	When       string       `json:"when"`
	Stance     graph.Stance `json:"stance"`
	Claimant   string       `json:"claimant"`
	Coder      string       `json:"coder"`
	Confidence float64      `json:"confidence"`
	Source     struct {
		Document string `json:"document"`
		Locator  string `json:"locator"`
		Quote    string `json:"quote"`
	} `json:"source"`
}

type claimRecord struct {
	Claim      graph.Predicate               `json:"claim"`
	Key        string                        `json:"key"`
	From       string                        `json:"from"`
	To         string                        `json:"to"`
	Value      string                        `json:"value"`
	Qualifiers map[graph.QualifierName]texts `json:"qualifiers"`
	shared
}

// sharedFields are the names of the fields of [shared] in a record.
var sharedFields = []string{"said", "when", "stance", "claimant", "coder", "confidence", "source"}

// plurals are the fields of an entity record that are not called by the predicate they stand for.
var plurals = map[string]graph.Predicate{
	"aliases":          graph.Alias,
	"transliterations": graph.Transliteration,
	"metonyms":         graph.Metonym,
}

// readFiles parses every line of every record file, in order.
func readFiles() ([]line, error) {
	names, err := fs.Glob(data.Files, "*.jsonl")
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, name := range names {
		content, err := data.Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if !bytes.HasSuffix(content, []byte("\n")) {
			return nil, fmt.Errorf("%s: the last line has no end", name)
		}
		for i, text := range bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n")) {
			l, err := parseLine(text)
			l.where = fmt.Sprintf("%s:%d", name, i+1)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", l.where, err)
			}
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// parseLine reads one record and brings its claims into their normal form.
func parseLine(text []byte) (line, error) {
	var fields map[string]json.RawMessage
	if err := decode(text, &fields); err != nil {
		return line{}, err
	}
	var l line
	var err error
	switch {
	case fields["entity"] != nil:
		l, err = parseEntity(text, fields)
	case fields["claim"] != nil:
		l, err = parseClaim(text)
	default:
		return line{}, fmt.Errorf("neither an entity nor a claim")
	}
	for i := range l.claims {
		if err == nil {
			err = l.claims[i].Normalize()
		}
	}
	return l, err
}

func parseEntity(text []byte, fields map[string]json.RawMessage) (line, error) {
	var head struct {
		Entity, Kind, Name string
		IDs                map[string]string
		shared
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return line{}, err
	}
	id, err := graph.ParseID(head.Entity, data.Dataset)
	if err != nil {
		return line{}, err
	}
	if head.Kind == "" || head.Name == "" {
		return line{}, fmt.Errorf("an entity without a kind or a name")
	}
	base := graph.Claim{From: id}
	if err := head.fill(&base); err != nil {
		return line{}, err
	}
	l := line{entity: id}
	add := func(predicate graph.Predicate, values ...string) {
		for _, value := range values {
			c := base
			c.Predicate, c.Value = predicate, value
			l.claims = append(l.claims, c)
		}
	}
	for _, scheme := range slices.Sorted(maps.Keys(head.IDs)) {
		add(graph.ExternalID, scheme+":"+head.IDs[scheme])
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name == "entity" || name == "ids" || slices.Contains(sharedFields, name) {
			continue
		}
		predicate, plural := plurals[name]
		if !plural {
			predicate = graph.Predicate(name)
		}
		if info := predicate.Info(); info == nil || info.Literal == "" {
			return line{}, fmt.Errorf("unknown field %q", name)
		}
		var values texts
		if err := decode(fields[name], &values); err != nil {
			return line{}, fmt.Errorf("%s: %w", name, err)
		}
		add(predicate, values...)
	}
	return l, nil
}

func parseClaim(text []byte) (line, error) {
	var r claimRecord
	if err := decode(text, &r); err != nil {
		return line{}, err
	}
	c := graph.Claim{Predicate: r.Claim, Value: r.Value, Key: r.Key}
	if err := r.fill(&c); err != nil {
		return line{}, err
	}
	err := parseIDs(&c.From, r.From, &c.To, r.To)
	if err != nil {
		return line{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(r.Qualifiers)) {
		for _, value := range r.Qualifiers[name] {
			q := graph.Qualifier{Name: name, Value: value}
			if info := name.Info(); info != nil && info.Entity {
				q.Value = ""
				if q.Entity, err = graph.ParseID(value, data.Dataset); err != nil {
					return line{}, err
				}
			}
			c.Qualifiers = append(c.Qualifiers, q)
		}
	}
	return line{claims: []graph.Claim{c}}, nil
}

// fill copies the shared fields into the claim.
func (s *shared) fill(c *graph.Claim) (err error) {
	c.Stance, c.Confidence = s.Stance, s.Confidence
	c.Source.Locator, c.Source.Quote = s.Source.Locator, s.Source.Quote
	for _, d := range []struct {
		date *graph.Date
		text string
	}{{&c.Said, s.Said}, {&c.When, s.When}} {
		if d.text == "" {
			continue
		}
		if *d.date, err = graph.ParseDate(d.text); err != nil {
			return err
		}
		if d.date.String() != d.text {
			return fmt.Errorf("the date %q is not canonical: %q", d.text, d.date)
		}
	}
	if err := parseIDs(&c.Claimant, s.Claimant, &c.Coder, s.Coder); err != nil {
		return err
	}
	var none graph.ID
	return parseIDs(&c.Source.Document, s.Source.Document, &none, "")
}

// parseIDs reads two ids, either of which may be absent.
func parseIDs(first *graph.ID, a string, second *graph.ID, b string) (err error) {
	if a != "" {
		if *first, err = graph.ParseID(a, data.Dataset); err != nil {
			return err
		}
	}
	if b != "" {
		*second, err = graph.ParseID(b, data.Dataset)
	}
	return err
}

// decode reads one JSON value and refuses unknown fields and anything after it.
func decode(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("more after the value: %q", strings.TrimSpace(string(b)))
	}
	return nil
}
