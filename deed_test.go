package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/loader"
)

// A deed is a commit whose content follows from who does it and how often they have done one before, so that what
// is found in a ledger can be checked without having been written down. The deed number i of a writer brings a
// number of agreements that the writer signs with a partner, before a mediator. It also moves two claims on, which
// are retracted and asserted with another value: the writer's status is how many agreements it has signed, and its
// alias tells i. So at any boundary between commits, and only there, counts, names and statuses agree.
type deed struct {
	writer string
	index  int
}

// The cast of all deeds. The base brings the partner and the mediator, and is no writer.
const (
	deedDataset = "run"
	deedAuthor  = "writer"
	baseWriter  = "base"
	partner     = "partner"
	mediator    = "mediator"
)

// note names the deed in its commit.
func (d deed) note() string { return d.writer + " " + strconv.Itoa(d.index) }

// parseNote is the other way round.
func parseNote(note string) (d deed, err error) {
	writer, index, ok := strings.Cut(note, " ")
	i, err := strconv.Atoi(index)
	if !ok || err != nil || i < 0 {
		return deed{}, fmt.Errorf("the note %q is that of no deed", note)
	}
	return deed{writer, i}, nil
}

// size is how many agreements the deed brings. Most are small; the first writer imports, and what the second brings
// now and then goes over several blocks.
func (d deed) size() int {
	switch {
	case d.writer == baseWriter:
		return 0
	case d.writer == "w0":
		return 20 + d.index%30
	case d.writer == "w1" && d.index%7 == 0:
		return 12
	case d.writer == "solo" && d.index%32 == 31:
		return 300
	case d.writer == "solo" && d.index%8 == 7:
		return 30
	}
	return 1
}

// total is how many agreements the writer has signed after the deed.
func (d deed) total() int {
	sum := 0
	for i := range d.index + 1 {
		sum += deed{d.writer, i}.size()
	}
	return sum
}

// quote is text that does not compress, so that large deeds take many values of the store.
func (d deed) quote(j int) string {
	r := rand.New(rand.NewPCG(uint64(d.index), uint64(j)))
	b := make([]byte, 20+r.IntN(200))
	// More than fits into the write that also publishes the commit: such blocks are written before it, and may be left over.
	if d.size() == 300 && j%30 == 17 || d.size() == 12 {
		b = make([]byte, 50_000)
	}
	for i := range b {
		b[i] = byte('a' + r.IntN(26))
	}
	return string(b)
}

// records are the deed as an import file has it.
func (d deed) records() []string {
	var records []string
	add := func(fields map[string]any) {
		b, err := json.Marshal(fields)
		if err != nil {
			panic(err) // strings and numbers always marshal
		}
		records = append(records, string(b))
	}
	if d.writer == baseWriter {
		add(map[string]any{"entity": partner, "kind": "State", "name": "The Partner"})
		add(map[string]any{"entity": mediator, "kind": "State", "name": "The Mediator"})
		add(map[string]any{"entity": "book", "kind": "Document", "name": "Book of Deeds"})
		return records
	}
	if d.index == 0 {
		add(map[string]any{"entity": d.writer, "kind": "State", "name": "State of " + d.writer})
	}
	for j := range d.size() {
		id := fmt.Sprintf("%s-%d-%d", d.writer, d.index, j)
		day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, (d.index*7+j)%20_000).Format(time.DateOnly)
		add(map[string]any{"entity": id, "kind": "Agreement", "name": "Accord " + id, "date": day})
		add(map[string]any{"claim": "signed", "from": d.writer, "to": id})
		add(map[string]any{"claim": "signed", "from": partner, "to": id})
		add(map[string]any{"claim": "mediated", "from": mediator, "to": id, "source": map[string]any{"document": "book", "locator": id, "quote": d.quote(j)}})
	}
	if d.index > 0 {
		before := deed{d.writer, d.index - 1}
		for _, moved := range before.moving() {
			changes, err := loader.DecodeRecord([]byte(moved), deedDataset)
			if err != nil {
				panic(err)
			}
			add(map[string]any{"retract": changes[0].Claim.ID().String(), "reason": "moved on"})
		}
	}
	return append(records, d.moving()...)
}

// moving are the records that the writer's next deed takes back.
func (d deed) moving() []string {
	return []string{
		fmt.Sprintf(`{"claim":"status","from":%q,"value":"%d"}`, d.writer, d.total()),
		fmt.Sprintf(`{"claim":"alias","from":%q,"value":"Tally %s %d"}`, d.writer, d.writer, d.index),
	}
}

// changes are the deed for the store.
func (d deed) changes() ([]store.Change, error) {
	var changes []store.Change
	for _, record := range d.records() {
		decoded, err := loader.DecodeRecord([]byte(record), deedDataset)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", record, err)
		}
		changes = append(changes, decoded...)
	}
	return changes, nil
}

// commit does the deed.
func (d deed) commit(ctx context.Context, st *store.Store) (*ledger.Info, error) {
	changes, err := d.changes()
	if err != nil {
		return nil, err
	}
	result, err := st.Commit(ctx, changes, store.CommitOptions{Author: deedAuthor, Note: d.note(), Atomic: true})
	if err != nil {
		return nil, err
	}
	if result.Commit == nil {
		return nil, fmt.Errorf("%s came to nothing: %+v", d.note(), result)
	}
	return result.Commit, nil
}

// A tally is what is known of a folder of deeds.
type tally struct {
	c       *campaign
	acked   map[uint64]deed // by commit
	shown   uint64          // the newest commit that a reader was shown
	done    map[string]int  // by writer: how many deeds are in the ledger
	checked uint64          // up to this commit, the content was found right
}

func newTally(c *campaign) *tally {
	return &tally{c: c, acked: map[uint64]deed{}, done: map[string]int{}}
}

// check opens the folder and finds each commit to be a deed as a whole, of each writer one after the other, and each
// acknowledged one in its place. It is false if that is of no use any more. Content that was found right before
// is only read again if all is set.
func (y *tally) check(t *testing.T, folder string, all bool) bool {
	t.Helper()
	opened := false
	err := withStore(t.Context(), folder, 0, streams{out: &syncBuffer{}, err: &syncBuffer{}}, func(st *store.Store) error {
		opened = true
		if all {
			y.checked, y.done = 0, map[string]int{}
		}
		report, err := st.Verify(t.Context(), nil)
		if err != nil {
			return err
		}
		for _, problem := range report.Problems {
			y.c.tears("verify: %v", problem)
		}
		return y.checkCommits(t.Context(), st)
	})
	if err != nil && !opened {
		y.c.count(&y.c.failedOpens, 1)
	}
	if err != nil {
		t.Errorf("open and read the folder: %v", err)
	}
	return !t.Failed()
}

func (y *tally) checkCommits(ctx context.Context, st *store.Store) error {
	head := st.Head().Moment().Commit
	if head < y.shown {
		y.c.loses("a reader was shown commit %d, the newest is %d", y.shown, head)
	}
	for n, d := range y.acked {
		info, err := st.CommitInfo(ctx, n)
		if n > head || err != nil || info.Note != d.note() {
			y.c.loses("commit %d was acknowledged as %q; there is %q of %d, %v", n, d.note(), info.Note, head, err)
		}
	}
	for n := y.checked + 1; n <= head; n++ {
		if err := y.checkCommit(ctx, st, n); err != nil {
			return fmt.Errorf("commit %d: %w", n, err)
		}
	}
	y.checked, y.shown = head, head
	return nil
}

// checkCommit compares one commit with the deed that its note names, claim by claim.
func (y *tally) checkCommit(ctx context.Context, st *store.Store, n uint64) error {
	info, err := st.CommitInfo(ctx, n)
	if err != nil {
		return err
	}
	d, err := parseNote(info.Note)
	if err != nil {
		return err
	}
	if d.index != y.done[d.writer] {
		y.c.tears("commit %d is %q, but %s had done %d before", n, info.Note, d.writer, y.done[d.writer])
	}
	y.done[d.writer] = d.index + 1
	changes, err := d.changes()
	if err != nil {
		return err
	}
	var want []graph.Claim
	ended := 0
	for _, change := range changes {
		if change.Op == store.Assert {
			want = append(want, change.Claim)
		} else {
			ended++
		}
	}
	nos := make([]store.ClaimNo, 0, len(want))
	for no := info.FirstClaim; no < info.Claims; no++ {
		nos = append(nos, no)
	}
	view, err := st.View(store.At{Commit: &n})
	if err != nil {
		return err
	}
	claims, err := view.ReadClaims(ctx, nos)
	if err != nil {
		return err
	}
	got := make([]graph.Claim, len(claims))
	for i := range claims {
		got[i] = claims[i].Claim
		if !claims[i].Standing || claims[i].Commit != n || claims[i].ClaimID != claims[i].Claim.ID() {
			y.c.tears("commit %d: %+v does not stand at its own commit", n, claims[i])
		}
	}
	if info.Retracted != ended || info.Added != len(want) || !sameClaims(got, want) {
		y.c.tears("commit %d, %q: %d claims and %d ended, want %d and %d\n%.2000s", n, info.Note, info.Added, info.Retracted, len(want), ended,
			cmp.Diff(canonicals(want), canonicals(got)))
	}
	return nil
}

// sameClaims compares claims in order, by all they say.
func sameClaims(a, b []graph.Claim) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID() != b[i].ID() || a[i].Key != b[i].Key {
			return false
		}
	}
	return true
}

func canonicals(claims []graph.Claim) []string {
	texts := make([]string, len(claims))
	for i := range claims {
		texts[i] = string(claims[i].AppendCanonical(nil))
	}
	return texts
}

// TestDeeds shows that the checker of deeds finds what it is there to find.
func TestDeeds(t *testing.T) {
	if d, err := parseNote(deed{"w3", 17}.note()); err != nil || d != (deed{"w3", 17}) {
		t.Errorf("parseNote: %v, %v", d, err)
	}
	for _, note := range []string{"", "w3", "w3 x", "w3 -1"} {
		if d, err := parseNote(note); err == nil {
			t.Errorf("parseNote(%q) = %v, want an error", note, d)
		}
	}
	base := deed{baseWriter, 0}
	tests := []struct {
		name    string
		deeds   []deed
		ackedAt map[uint64]deed
		shown   uint64
		lost    int
		torn    int
	}{
		{"all is well", []deed{base, {"w0", 0}, {"w1", 0}, {"w0", 1}}, map[uint64]deed{4: {"w0", 1}}, 4, 0, 0},
		{"acknowledged and gone", []deed{base, {"w0", 0}}, map[uint64]deed{3: {"w0", 1}}, 2, 1, 0},
		{"acknowledged and another", []deed{base, {"w0", 0}}, map[uint64]deed{2: {"w1", 0}}, 2, 1, 0},
		{"shown and gone", []deed{base, {"w0", 0}}, nil, 3, 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			y := newTally(&campaign{fail: t.Logf})
			y.acked, y.shown = test.ackedAt, test.shown
			err := withStore(t.Context(), inMemory, 0, streams{out: &syncBuffer{}, err: &syncBuffer{}}, func(st *store.Store) error {
				for _, d := range test.deeds {
					if _, err := d.commit(t.Context(), st); err != nil {
						return err
					}
				}
				return y.checkCommits(t.Context(), st)
			})
			if err != nil || y.c.lost != test.lost || y.c.torn != test.torn {
				t.Errorf("lost %d, half-visible %d, %v; want %d, %d", y.c.lost, y.c.torn, err, test.lost, test.torn)
			}
		})
	}
	t.Run("torn", func(t *testing.T) {
		y := newTally(&campaign{fail: t.Logf})
		err := withStore(t.Context(), inMemory, 0, streams{out: &syncBuffer{}, err: &syncBuffer{}}, func(st *store.Store) error {
			changes, err := base.changes()
			if err != nil {
				return err
			}
			_, first := st.Commit(t.Context(), changes[:len(changes)-2], store.CommitOptions{Note: base.note()})
			return errors.Join(first, y.checkCommits(t.Context(), st))
		})
		if err != nil || y.c.torn != 1 {
			t.Errorf("half of a commit: %d half-visible, %v; want 1", y.c.torn, err)
		}
	})
}
