package bench

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv/badgerkv"
	"entente/graph/store"
	"entente/loader"
	"entente/resolvers"
)

// postgresBin names the folder of PostgreSQL's programs, initdb and pg_ctl among them.
const postgresBin = "ENTENTE_POSTGRES"

var (
	relations = flag.Int("relations", 2000, "how many relations the graph has that is asked beside a peer")
	draws     = flag.Int("draws", 30, "how often each question is drawn to be asked beside a peer")
	rounds    = flag.Int("rounds", 1, "how often each draw is timed beside a peer; the fastest counts")
	seed      = flag.Uint64("seed", 7, "of the graph and the draws that are asked beside a peer")
	some      = flag.String("questions", "", "which questions are asked beside a peer, such as Q4,Q5; all if empty")
)

// TestPostgres asks the API and PostgreSQL the same questions about the same graph, in turn: GraphQL over HTTP, and prepared statements, each over
// a Unix socket. The answers must be equal as JSON, each name and quote in it, and be those of the limit. The table of times is in
// the log (-v).
func TestPostgres(t *testing.T) {
	bin := os.Getenv(postgresBin)
	if bin == "" {
		t.Skipf("%s is not set; it names the folder of PostgreSQL's programs, such as /usr/lib/postgresql/15/bin", postgresBin)
	}
	opts := Options{Draws: *draws, Rounds: *rounds, Seed: *seed}
	if *some != "" {
		opts.Questions = strings.Split(*some, ",")
	}
	list, err := choose(opts.Questions)
	if err != nil {
		t.Fatal(err)
	}
	file := generated(t, *relations, *seed)
	m := measured(t, imported(t, file))
	c := &comparison{measurement: m, peer: newPostgres(t, bin, tablesOf(t, file, m.walker.names))}
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "\tdraws\tPostgreSQL\t95%\tHTTP\t95%\tx\tx 95%\t\n")
	for i := range list {
		q := &list[i]
		items, err := c.question(q, opts)
		if err != nil {
			t.Errorf("%s, %s: %v", q.name, q.asks, err)
			continue
		}
		theirs, ours := timesOf(items, byPeer), timesOf(items, byHTTP)
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%.2f\t%.2f\t\n", q.name, len(items), short(theirs.Median), short(theirs.P95),
			short(ours.Median), short(ours.P95), ratio(ours.Median, theirs.Median), ratio(ours.P95, theirs.P95))
	}
	if err := w.Flush(); err != nil {
		t.Error(err)
	}
	t.Logf("%d relations; x is how many times as long as PostgreSQL the API takes over HTTP, each over a Unix socket\n%s", *relations, &table)
}

// tablesOf are the rows of a graph in a file, and of its names.
func tablesOf(t *testing.T, file string, names *plainNames) *tables {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := readTables(f)
	if err != nil {
		t.Fatal(err)
	}
	rows.names(names)
	return rows
}

// generated makes the graph as "entente generate" does, in a file.
func generated(t *testing.T, relations int, seed uint64) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "generated.jsonl")
	c := exec.CommandContext(t.Context(), "go", "run", "entente", "generate",
		"--relations", fmt.Sprint(relations), "--seed", fmt.Sprint(seed), "-o", file)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", c, err, out)
	}
	return file
}

// imported has the graph of a file in an engine on disk, opened anew, so that it lies in memory as after any start.
func imported(t *testing.T, file string) *store.Store {
	t.Helper()
	folder := t.TempDir()
	engine, err := badgerkv.Open(folder, badgerkv.Options{MemTableSize: 64 << 20, Reserve: -1})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	open := func() (io.ReadCloser, error) { return os.Open(file) }
	report, err := loader.Import(t.Context(), st, []loader.Input{{Name: file, Open: open}}, loader.Options{Dataset: "gen", Author: "test"})
	if err := errors.Join(err, st.Close(), engine.Close()); err != nil {
		t.Fatal(err)
	}
	if n := report.ProblemCount(); n > 0 {
		t.Fatalf("the generated graph has %d problems", n)
	}
	if engine, err = badgerkv.Open(folder, badgerkv.Options{Reserve: -1}); err != nil {
		t.Fatal(err)
	}
	if st, err = store.Open(t.Context(), engine, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(st.Close(), engine.Close()); err != nil {
			t.Error(err)
		}
	})
	return st
}

// measured serves the API over a graph to be measured.
func measured(t *testing.T, st *store.Store) *measurement {
	t.Helper()
	schema, err := os.ReadFile("../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	decode := func([]byte, string) ([]store.Change, error) { return nil, errors.New("nothing is changed here") }
	api, err := resolvers.Handler(resolvers.Options{Schema: string(schema), Store: st, Decode: decode})
	if err != nil {
		t.Fatal(err)
	}
	c, err := newClient(t.Context(), api)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.close(); err != nil {
			t.Error(err)
		}
	})
	view := st.Head()
	view.Search(store.SearchQuery{Text: "a", Limit: 1}) // waits for the names
	return &measurement{ctx: t.Context(), view: view, walker: newWalker(newPlain(view)), client: c}
}

// byPeer is where the times of a peer are kept, in place of the engine's, which is not asked.
const byPeer = byEngine

// A comparison asks the API and a peer.
type comparison struct {
	*measurement
	peer *postgres
}

// question draws a question, compares the answers and takes the times.
func (c *comparison) question(q *question, opts Options) ([]item, error) {
	items, err := c.items(q, opts)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, errors.New("this graph has none to be drawn")
	}
	for i := range items {
		if err := c.same(q, &items[i]); err != nil {
			return nil, err
		}
	}
	for range opts.Rounds {
		for i := range items {
			arguments := argumentsOf(q.variables(c.view, &items[i].draw))
			began := time.Now()
			if _, err := c.peer.ask(c.ctx, q, arguments); err != nil {
				return nil, err
			}
			items[i].times[byPeer] = append(items[i].times[byPeer], time.Since(began))
		}
		for i := range items {
			if err := c.time(q, &items[i], byHTTP); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

// same is an error unless the peer's answer is that of the API, and what it finds that of the limit.
func (c *comparison) same(q *question, it *item) error {
	theirs, err := c.peer.ask(c.ctx, q, argumentsOf(q.variables(c.view, &it.draw)))
	if err != nil {
		return err
	}
	response, err := c.client.ask(it.request)
	if err != nil {
		return err
	}
	ours, err := dataOf(response)
	if err != nil {
		return err
	}
	var want, got any
	if err := errors.Join(json.Unmarshal(ours, &want), json.Unmarshal(theirs, &got)); err != nil {
		return err
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the API and the peer give different answers to %.300s (-API +peer):\n%s", it.request, diff)
	}
	r := &reader{view: c.view, data: theirs}
	found := slices.Clone(q.read(r, nil).settled(q.unordered))
	limit, err := c.ask(q, it, byLimit)
	if err := errors.Join(err, r.err); err != nil {
		return err
	}
	if limit = limit.settled(q.unordered); found.checksum() != limit.checksum() {
		return fmt.Errorf("the limit and the peer give different answers to %.300s: %v and %v", it.request, limit, found)
	}
	return nil
}
