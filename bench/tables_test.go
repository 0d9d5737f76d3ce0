package bench

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"

	"entente/graph"
)

// A record is what counts here of a line of the generated graph.
type record struct {
	Entity, Kind, Name, Date, Published string

	Claim, From, To, When, Stance string
	Qualifiers                    struct{ AsPartOf string }
	Source                        struct{ Document, Locator, Quote string }
}

// Tables are a generated graph as rows, by table, in the text form of COPY.
type tables struct {
	rows    map[string]*bytes.Buffer
	numbers map[string]int    // of entities, in the order of the file
	days    map[string]string // of agreements and documents
	told    map[tied]bool     // of each tie, that a claim before told of it
	claims  int
}

// Tied is a tie, whoever tells of it.
type tied struct{ predicate, from, to string }

// readTables makes rows of a generated graph.
func readTables(r io.Reader) (*tables, error) {
	t := &tables{rows: map[string]*bytes.Buffer{}, numbers: map[string]int{}, days: map[string]string{}, told: map[tied]bool{}}
	for d := json.NewDecoder(r); ; {
		var x record
		err := d.Decode(&x)
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err == nil && x.Entity != "" {
			t.entity(&x)
		} else if err == nil {
			err = t.claim(&x)
		}
		if err != nil {
			return nil, fmt.Errorf("record %d of the generated graph: %w", len(t.numbers)+t.claims+1, err)
		}
	}
}

// null is how COPY has it in a text.
const null = `\N`

func orNull(text string) string {
	if text == "" {
		return null
	}
	return text
}

var escaped = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// row adds one to a table: numbers, truth values and texts, of which [null] is none.
func (t *tables) row(table string, values ...any) {
	b := t.rows[table]
	if b == nil {
		b = &bytes.Buffer{}
		t.rows[table] = b
	}
	for i, value := range values {
		if i > 0 {
			b.WriteByte('\t')
		}
		switch value := value.(type) {
		case string:
			if value == null {
				b.WriteString(null)
			} else {
				_, _ = escaped.WriteString(b, value) // a buffer takes all
			}
		default:
			fmt.Fprint(b, value)
		}
	}
	b.WriteByte('\n')
}

func (t *tables) entity(x *record) {
	no := len(t.numbers)
	t.numbers[x.Entity] = no
	t.days[x.Entity] = x.Date + x.Published // none has both
	t.row("entity", no, "gen:"+x.Entity, enumOf(x.Kind), x.Name, orNull(x.Date))
}

// enumOf is a word of the vocabulary as the API has it.
func enumOf(word string) string {
	var b strings.Builder
	for i, r := range word {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// claim adds what a claim says to the table that it belongs to, if any question asks about such.
func (t *tables) claim(x *record) error {
	t.claims++
	var unknown string
	number := func(id string) int {
		no, ok := t.numbers[id]
		if !ok {
			unknown = id
		}
		return no
	}
	from, to, document := number(x.From), number(x.To), number(x.Source.Document)
	locator, quote := orNull(x.Source.Locator), orNull(x.Source.Quote)
	switch x.Claim {
	case "signed", "mediated":
		tie := tied{x.Claim, x.From, x.To}
		t.row("tie", t.claims, to, from, enumOf(x.Claim), t.days[x.To], !t.told[tie], document, locator, quote)
		t.told[tie] = true
	case "follows", "implements", "supersedes":
		t.row("relation", t.claims, from, to, enumOf(x.Claim), document, locator, quote)
	case "recognized":
		when, err := graph.ParseDate(x.When)
		if err != nil {
			return err
		}
		part, until := math.MaxInt32, "infinity" // no_part() in tables.sql
		if x.Qualifiers.AsPartOf != "" {
			part = number(x.Qualifiers.AsPartOf)
		}
		if when.Throughout() {
			until = when.Latest().Date().String()
		}
		t.row("word", t.claims, to, from, part, t.days[x.Source.Document], when.Earliest().Date().String(), until, x.When,
			x.Stance == "DENIED", document, locator, quote)
	}
	if unknown != "" {
		return fmt.Errorf("claim %d names %q, which no record before it is about", t.claims, unknown)
	}
	return nil
}

// names adds the names with the forms of their words, as they are ranked.
func (t *tables) names(p *plainNames) {
	for no, entity := range p.entity {
		t.row("name", no, entity, p.text[no], p.words[no], p.weight[no], vector(p, p.foldOf[no]), vector(p, p.anyOf[no]))
	}
}

// vector is a list of forms as PostgreSQL reads one.
func vector(p *plainNames, forms []uint32) string {
	list := make([]string, len(forms))
	for i, form := range forms {
		list[i] = lexeme(p.forms[form])
	}
	return strings.Join(list, " ")
}

// lexeme quotes a form as a part of a tsvector or a tsquery.
func lexeme(form string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(form) + "'"
}
