package ledger

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv"
)

// epochOfTests is when the clock of tests begins; each look at it takes a second.
var epochOfTests = time.Date(2023, 9, 20, 12, 0, 0, 0, time.UTC)

// clock is a clock for Options.Now that goes on by a second whenever it is asked.
func clock() func() time.Time {
	now := epochOfTests
	return func() time.Time { now = now.Add(time.Second); return now }
}

func noPause(int) time.Duration { return 0 }

func openTest(t testing.TB, store kv.Store) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), store, Options{Now: clock(), Pause: noPause, Workers: 2})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return l
}

// A world is what a ledger should hold: batches are made from it and appended to it.
type world struct {
	rng      *rand.Rand
	entities []graph.ID
	claims   []Claim
	commits  []Batch
	long     bool // some texts are of hundreds of KiB
}

func newWorld(seed uint64) *world { return &world{rng: rand.New(rand.NewPCG(seed, 1))} }

// next is a batch built on what there is. It is not part of the world until committed is called.
func (w *world) next(entities, claims, changes int) Batch {
	b := Batch{After: uint64(len(w.commits)), Author: "ann", Note: fmt.Sprintf("commit %d", len(w.commits)+1)}
	all := slices.Clip(w.entities)
	for range entities {
		id := graph.ID(fmt.Sprintf("test:%s-%d", []string{"a", "agr", "état"}[w.rng.IntN(3)], len(all)))
		b.Entities = append(b.Entities, id)
		all = append(all, id)
	}
	if len(all) == 0 {
		claims = 0
	}
	for range claims {
		b.Claims = append(b.Claims, w.claim(all))
	}
	total := len(w.claims) + len(b.Claims)
	for i := 0; i < changes && total > 0; i++ {
		b.Changes = append(b.Changes, Change{Claim: ClaimNo(w.rng.IntN(total)), Op: Op(1 + w.rng.IntN(4)), Reason: w.text(60)})
	}
	if len(b.Entities)+len(b.Claims)+len(b.Changes) == 0 {
		return w.next(1, 1, 0)
	}
	return b
}

func (w *world) committed(b Batch) {
	w.entities = append(w.entities, b.Entities...)
	w.claims = append(w.claims, b.Claims...)
	w.commits = append(w.commits, b)
}

// appendTo appends the batch to both.
func (w *world) appendTo(t testing.TB, l *Ledger, b Batch) Info {
	t.Helper()
	info, err := l.Append(t.Context(), b)
	if err != nil {
		t.Fatalf("Append after %d: %v", b.After, err)
	}
	w.committed(b)
	return info
}

func (w *world) text(most int) string {
	n := w.rng.IntN(most + 1)
	if w.long && w.rng.IntN(60) == 0 {
		n = w.rng.IntN(graph.MaxText - 8)
	}
	var b strings.Builder
	for b.Len() < n {
		b.WriteString([]string{"mediated ", "by ", "Moscow ", "Казимиров ", "\n", "Երևան ", "§", "12 "}[w.rng.IntN(8)])
		if w.long && b.Len() > 1000 { // random text does not compress, so that pieces are needed
			fmt.Fprintf(&b, "%x", w.rng.Uint64())
		}
	}
	return strings.TrimSpace(b.String())
}

// datesOfAllKinds has one of each way to write a date.
var datesOfAllKinds = []string{
	"2020-11-09", "1994-05-12", "0044-03-15", "-0043-03-15", "9999-12-31", "2020-11", "2020", "199X", "2004-06/2006", "2020/..", "../2023",
	"2020/", "/2020", "[2020-11-09,2020-11-10]", "[..1984]", "[1670..1672]", "2020~", "2020-11-09?", "2020-11%", "2020-11-09/2020-11-10",
}

func (w *world) date() graph.Date {
	if w.rng.IntN(3) > 0 {
		return (graph.DayOf(1990, 1, 1) + graph.Day(w.rng.IntN(12000))).Date()
	}
	return graph.MustParseDate(datesOfAllKinds[w.rng.IntN(len(datesOfAllKinds))])
}

func (w *world) literal(kind graph.LiteralType) string {
	switch kind {
	case graph.DateLiteral:
		return w.date().String()
	case graph.KindLiteral:
		return string(graph.Kinds()[w.rng.IntN(len(graph.Kinds()))])
	case graph.EventTypeLiteral:
		return string(graph.Summit)
	case graph.ExternalIDLiteral:
		return fmt.Sprintf("cow:%d", w.rng.IntN(1000))
	case graph.NumberLiteral:
		return fmt.Sprint(w.rng.IntN(3000))
	case graph.URLLiteral:
		return fmt.Sprintf("https://example.org/%d", w.rng.IntN(1000))
	case graph.NameLiteral:
		return fmt.Sprintf("Name %d", w.rng.IntN(1000))
	default:
		return "provision " + w.text(200)
	}
}

// claim is any claim about the entities, with its true id.
func (w *world) claim(entities []graph.ID) Claim {
	some := func() EntityNo { return EntityNo(w.rng.IntN(len(entities))) }
	maybe := func() EntityNo {
		if w.rng.IntN(3) == 0 {
			return NoEntity
		}
		return some()
	}
	predicates := graph.Predicates()
	p := predicates[w.rng.IntN(len(predicates))]
	c := Claim{
		Predicate: p.Code, From: some(), To: NoEntity, Stance: uint8(w.rng.IntN(4)),
		Claimant: maybe(), Coder: maybe(), Document: maybe(),
	}
	if p.Relation && (p.Literal == "" || w.rng.IntN(2) == 0) {
		c.To = some()
	} else {
		c.Value = w.literal(p.Literal)
	}
	if w.rng.IntN(4) > 0 {
		c.When = w.date()
	}
	if w.rng.IntN(2) == 0 {
		c.Said = w.date()
	}
	if w.rng.IntN(3) == 0 {
		c.Confidence = float64(1+w.rng.IntN(100)) / 100
	}
	if c.Document != NoEntity {
		c.Locator, c.Quote = w.text(20), w.text(120)
	}
	c.Key = w.text(12)
	for _, q := range graph.Qualifiers() {
		if w.rng.IntN(6) > 0 {
			continue
		}
		for range 1 + w.rng.IntN(2) {
			stored := Qualifier{Name: q.Code, Entity: NoEntity}
			switch {
			case q.Entity:
				stored.Entity = some()
			case q.Only != "":
				stored.Value = q.Only
			default:
				stored.Value = "x" + w.text(40)
			}
			c.Qualifiers = append(c.Qualifiers, stored)
		}
	}
	c.ID = trueID(&c, entities)
	return c
}

// trueID is the id of the claim's content, by the same words that [checkContent] puts it back into.
func trueID(c *Claim, entities []graph.ID) graph.ClaimID {
	g, err := inWords(c, func(n EntityNo) graph.ID { return entities[n] })
	if err != nil {
		panic(err)
	}
	return g.ID()
}

// drain collects all that Blocks gives.
type drained struct {
	Entities []graph.ID
	Claims   []HotClaim
	Changes  []Change
	Infos    []Info
}

func drain(ctx context.Context, l *Ledger, after uint64) (drained, error) {
	var d drained
	for b, err := range l.Blocks(ctx, after) {
		if err != nil {
			return d, err
		}
		d.Entities = append(d.Entities, b.Entities...)
		d.Claims = append(d.Claims, b.Claims...)
		d.Changes = append(d.Changes, b.Changes...)
		if b.End != nil {
			d.Infos = append(d.Infos, *b.End)
		}
	}
	return d, nil
}

// compare fails the test unless the ledger holds what the world does, by every way to read it.
func (w *world) compare(t testing.TB, l *Ledger) {
	t.Helper()
	got, err := drain(t.Context(), l, 0)
	if err != nil {
		t.Fatalf("Blocks: %v", err)
	}
	want := drained{Infos: got.Infos}
	for i := range w.claims {
		want.Claims = append(want.Claims, w.claims[i].Hot())
	}
	for n, b := range w.commits {
		want.Entities = append(want.Entities, b.Entities...)
		for _, c := range b.Changes {
			want.Changes = append(want.Changes, Change{Claim: c.Claim, Op: c.Op})
		}
		changes, err := l.Changes(t.Context(), uint64(n+1))
		if err != nil {
			t.Fatalf("Changes(%d): %v", n+1, err)
		}
		if diff := cmp.Diff(b.Changes, changes); diff != "" {
			t.Fatalf("Changes(%d) (-want +got):\n%s", n+1, diff)
		}
	}
	if diff := cmp.Diff(want, got, equalDates); diff != "" {
		t.Fatalf("Blocks (-want +got):\n%s", diff)
	}
	if len(got.Infos) != len(w.commits) || l.Head().Number != uint64(len(w.commits)) {
		t.Fatalf("%d commits, head %d, want %d", len(got.Infos), l.Head().Number, len(w.commits))
	}
	nos := make([]ClaimNo, len(w.claims))
	for i := range nos {
		nos[i] = ClaimNo(i)
	}
	w.rng.Shuffle(len(nos), func(i, j int) { nos[i], nos[j] = nos[j], nos[i] })
	ids, err := l.IDs(t.Context(), nos)
	if err != nil {
		t.Fatalf("IDs: %v", err)
	}
	for _, from := range []string{"blocks", "what is kept of them"} {
		claims, err := l.Read(t.Context(), nos)
		if err != nil {
			t.Fatalf("Read from %s: %v", from, err)
		}
		for i, n := range nos {
			if diff := cmp.Diff(w.claims[n], claims[i], equalDates); diff != "" {
				t.Fatalf("Read of claim %d from %s (-want +got):\n%s", n, from, diff)
			}
		}
	}
	for i, n := range nos {
		if ids[i] != w.claims[n].ID {
			t.Fatalf("IDs of claim %d: %v, want %v", n, ids[i], w.claims[n].ID)
		}
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("Verify: %v, %v", err, report.Problems)
	}
	if report.Claims != uint64(len(w.claims)) || report.Entities != uint64(len(w.entities)) || report.Commits != uint64(len(w.commits)) {
		t.Fatalf("Verify counts %+v, want %d claims", report, len(w.claims))
	}
}

// equalDates compares dates as the package graph says they may be compared.
var equalDates = cmp.Comparer(func(a, b graph.Date) bool { return a == b })
