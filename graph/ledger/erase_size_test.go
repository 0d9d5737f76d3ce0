package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/memkv"
)

// withLong is a ledger of two commits, the second of one claim of a description as long as given, which ends in the secret.
func withLong(t testing.TB, store kv.Store, length int) (*world, *Ledger, ClaimNo) {
	t.Helper()
	w := newWorld(7)
	l := openTest(t, store)
	w.appendTo(t, l, w.next(3, 0, 0))
	c := w.secretClaim(graph.Description, false)
	c.Value = w.noise(length-len(secret)) + secret
	c.Key, c.Quote, c.Qualifiers = "", "", nil
	c.ID = trueID(&c, w.entities)
	no := ClaimNo(len(w.claims))
	w.appendTo(t, l, Batch{After: uint64(len(w.commits)), Claims: []Claim{c}})
	return w, l, no
}

// keeping is a store that cannot delete.
type keeping struct{ kv.Store }

func (keeping) Delete(context.Context, ...kv.Key) error { return kv.ErrReadOnly }

// TestEraseLeftOver stops an erasure when a block in pieces has been written again as one, before the rest of its pieces is
// deleted. The text is in that rest: Verify must say so and the next erasure must delete it.
func TestEraseLeftOver(t *testing.T) {
	store := memkv.New()
	w, l, no := withLong(t, store, 300_000)
	w.order(t, l, map[ClaimNo]Op{no: Redact})
	if _, err := openTest(t, keeping{store}).Erase(t.Context()); !errors.Is(err, kv.ErrReadOnly) {
		t.Fatal(err)
	}
	if findSecret(t, store) == "" {
		t.Fatal("nothing was left over")
	}
	l = openTest(t, store)
	report, err := l.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Error(), "was to be erased") {
		t.Errorf("Verify: %v, %v", report.Problems, err)
	}
	if n, err := l.Erase(t.Context()); n != 1 || err != nil {
		t.Errorf("Erase: %d blocks, %v", n, err)
	}
	if where := findSecret(t, store); where != "" {
		t.Errorf("the secret is still in %s", where)
	}
	w.compare(t, openTest(t, store))
}

// TestEraseGrows erases so little of blocks that just fit one value, or two, that what says so is longer. There is no
// room for another value behind them.
func TestEraseGrows(t *testing.T) {
	for pieces := 1; pieces <= 2; pieces++ {
		most := pieces * (maxValue - headerLen)
		grown := 0
		for length := most - 260; length < most; length += 12 {
			store := memkv.New()
			w, l, no := withLong(t, store, length)
			before, err := l.readBlock(t.Context(), l.current(), place{commit: 2})
			if err != nil {
				t.Fatal(err)
			}
			w.order(t, l, map[ClaimNo]Op{no: TakeDown})
			if n, err := l.Erase(t.Context()); n != 1 || err != nil {
				t.Fatalf("a text of %d bytes: Erase: %d blocks, %v", length, n, err)
			}
			w.compare(t, openTest(t, store))
			after, err := l.readBlock(t.Context(), l.current(), place{commit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if after.pieces > before.pieces {
				t.Errorf("a text of %d bytes: %d values, which had been %d", length, after.pieces, before.pieces)
			}
			if after.size > before.pieces*maxValue {
				grown++
			}
		}
		if grown == 0 {
			t.Errorf("of %d values, none had to be larger", pieces)
		}
	}
}

const erasedGoldenFile = "testdata/v1-erased.golden"

// TestGoldenErased reads a ledger that erased texts when that was new: quotes, all texts, a block in pieces, a last and
// a middle block. The file never changes.
func TestGoldenErased(t *testing.T) {
	written := memkv.New()
	w, l, long := withLong(t, written, 200_000)
	orders := map[ClaimNo]Op{long: Redact}
	b := w.next(1, 0, 0)
	for i, p := range []graph.Predicate{graph.NamePredicate, graph.ExternalID, graph.DatePredicate, "strength", graph.URL, graph.Description} {
		c := w.secretClaim(p, false)
		op := Redact
		if i%3 == 0 { // of these the rest stays
			op = TakeDown
			c.Value, c.Key, c.Qualifiers = "1960", "row 12", nil
		} else if p == graph.DatePredicate {
			c.Value = "2020-11-09"
		}
		c.ID = trueID(&c, w.entities)
		orders[long+1+ClaimNo(i)] = op
		b.Claims = append(b.Claims, c)
	}
	for range 300 { // so that these stand in another block than the commit's last
		b.Claims = append(b.Claims, w.claim(w.entities))
	}
	w.appendTo(t, l, b)
	w.order(t, l, orders)
	if _, err := l.Erase(t.Context()); err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile(erasedGoldenFile)
	if errors.Is(err, fs.ErrNotExist) && *update {
		golden = dump(t, written)
		err = os.WriteFile(erasedGoldenFile, golden, 0o444)
	}
	if err != nil {
		t.Fatal(err)
	}
	store, want := undump(t, golden)
	got := inJSON(t, store)
	if got != want {
		t.Error("the file's ledger no longer reads as what the file says it holds")
	}
	if today := inJSON(t, written); today != got {
		t.Error("what is written today reads in another way")
	}
	if strings.Contains(got, secret) || findSecret(t, store) != "" {
		t.Error("the file has what was erased")
	}
	report, err := openTest(t, store).Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("Verify: %v, %v", err, report.Problems)
	}
}
