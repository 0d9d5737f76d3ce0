package bench

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"entente/graph"
	"entente/graph/topology/names"
)

//go:embed testdata/postgres/*.sql
var statements embed.FS

// statement is the text of a file of SQL.
func statement(name string) (string, error) {
	text, err := statements.ReadFile("testdata/postgres/" + name + ".sql")
	return string(text), err
}

// A postgres is a server with the graph, and a connection to it on which the questions are prepared.
type postgres struct{ *pgconn.PgConn }

// newPostgres starts a server and loads it.
func newPostgres(t *testing.T, bin string, rows *tables) *postgres {
	t.Helper()
	c, err := pgconn.Connect(t.Context(), startPostgres(t, bin))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	p := &postgres{c}
	if err := p.load(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	if err := p.prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// load fills the tables, then makes what finds things in them.
func (p *postgres) load(ctx context.Context, t *tables) error {
	if err := p.run(ctx, "tables"); err != nil {
		return err
	}
	for table, rows := range t.rows {
		if _, err := p.CopyFrom(ctx, rows, "COPY "+table+" FROM STDIN"); err != nil {
			return fmt.Errorf("load the table %s: %w", table, err)
		}
	}
	for _, name := range []string{"indexes", "functions", "chains", "ordered_chains", "mediation_chains"} {
		if err := p.run(ctx, name); err != nil {
			return err
		}
	}
	_, err := p.Exec(ctx, "VACUUM (FREEZE, ANALYZE)").ReadAll()
	return err
}

// run runs the statements of a file.
func (p *postgres) run(ctx context.Context, name string) error {
	text, err := statement(name)
	if err != nil {
		return err
	}
	if _, err := p.Exec(ctx, text).ReadAll(); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

// prepare prepares the statement of each question, which has the name of its GraphQL document.
func (p *postgres) prepare(ctx context.Context) error {
	for _, q := range questions() {
		text, err := statement(q.statement())
		if err != nil {
			return err
		}
		if _, err := p.Prepare(ctx, q.statement(), text, nil); err != nil {
			return fmt.Errorf("%s.sql: %w", q.statement(), err)
		}
	}
	return nil
}

func (q *question) statement() string { return strings.TrimSuffix(q.document, ".graphql") }

// ask asks a question and returns the answer, one JSON text.
func (p *postgres) ask(ctx context.Context, q *question, arguments [][]byte) ([]byte, error) {
	result := p.ExecPrepared(ctx, q.statement(), arguments, nil, nil).Read()
	if result.Err != nil {
		return nil, result.Err
	}
	if len(result.Rows) != 1 {
		return nil, fmt.Errorf("%s.sql gives %d rows, want 1", q.statement(), len(result.Rows))
	}
	return result.Rows[0][0], nil
}

// argumentsOf are the variables of a question as arguments of its statement, in the order that the documents have them in.
func argumentsOf(variables map[string]any) [][]byte {
	var list [][]byte
	add := func(text string) { list = append(list, []byte(text)) }
	for _, name := range []string{"id", "agreement", "of", "from", "to", "between", "window", "day", "text"} {
		switch value := variables[name].(type) {
		case graph.ID:
			add(string(value))
		case []graph.ID:
			for _, id := range value {
				add(string(id))
			}
		case map[string]string:
			add(value["from"])
			add(value["to"])
		case string:
			if name != "text" {
				add(value)
				continue
			}
			for _, argument := range searchArguments(value) {
				add(argument)
			}
		}
	}
	return list
}

// searchArguments are the queries for the words as written, in any spelling, and with the last as a beginning, the number of different
// words and of all, and the text but for case and accents: all of it is the client's work.
func searchArguments(text string) []string {
	words, count := wordsOf(text)
	var folds, forms, beginnings []string
	for i, word := range words {
		var spellings, begun []string
		for _, form := range append(names.Keys(word), names.Fold(word)) {
			spellings = append(spellings, lexeme(form))
			begun = append(begun, lexeme(form)+":*")
		}
		folds, forms = append(folds, lexeme(names.Fold(word))), append(forms, "("+strings.Join(spellings, "|")+")")
		if i+1 < len(words) {
			begun = spellings
		}
		beginnings = append(beginnings, "("+strings.Join(begun, "|")+")")
	}
	return []string{
		strings.Join(folds, "&"), strings.Join(forms, "&"), strings.Join(beginnings, "&"),
		strconv.Itoa(len(words)), strconv.Itoa(count), names.Fold(text),
	}
}
