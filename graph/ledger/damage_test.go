package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

// contents are all items of the ledger, by the keys that its head lists.
func contents(t testing.TB, store kv.Store) []kv.Item {
	t.Helper()
	l, err := Open(t.Context(), store, Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := l.whole(t.Context(), l.current())
	if err != nil {
		t.Fatal(err)
	}
	items := []kv.Item{{Key: headKey(), Value: v.raw}}
	next := v.head.page
	for n := v.head.pages; n > 0; n-- {
		key := pageKey(n-1, next.writer)
		payload, value, _, err := l.readValue(t.Context(), key, kindPage, v.head.ledger)
		if err != nil {
			t.Fatal(err)
		}
		p, err := decodePage(payload)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, kv.Item{Key: key, Value: value})
		next = p.before
	}
	for s, err := range l.stream(t.Context(), v, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.pieces {
			key := blockKey(v.runOf(s.commit).writer, s.commit, s.ordinal+i)
			_, value, _, err := l.readValue(t.Context(), key, kindBlock, v.head.ledger)
			if err != nil {
				t.Fatal(err)
			}
			items = append(items, kv.Item{Key: key, Value: value})
		}
	}
	return items
}

// small is a ledger of as many epochs of one commit as given, and then one of two commits with changes.
func small(t testing.TB, store kv.Store, epochs int) *world {
	t.Helper()
	w := newWorld(11)
	for range epochs {
		w.appendTo(t, openTest(t, store), w.next(1, 1, 0))
	}
	l := openTest(t, store)
	w.appendTo(t, l, w.next(3, 4, 2))
	w.appendTo(t, l, w.next(1, 3, 1))
	return w
}

// everything reads the ledger by all ways and returns what it holds, or the first error.
func everything(ctx context.Context, store kv.Store) (all struct {
	Drained drained
	Claims  []Claim
	Changes []Change
}, err error,
) {
	l, err := Open(ctx, store, Options{Workers: 1})
	if err != nil {
		return all, err
	}
	if all.Drained, err = drain(ctx, l, 0); err != nil {
		return all, err
	}
	nos := make([]ClaimNo, len(all.Drained.Claims))
	for i := range nos {
		nos[i] = ClaimNo(i)
	}
	if all.Claims, err = l.Read(ctx, nos); err != nil {
		return all, err
	}
	for n := range all.Drained.Infos {
		changes, err := l.Changes(ctx, uint64(n+1))
		if err != nil {
			return all, err
		}
		all.Changes = append(all.Changes, changes...)
	}
	return all, nil
}

// TestEveryFlip turns over a bit of every byte of every value, one after the other. Each is noticed, by readers and by Verify.
func TestEveryFlip(t *testing.T) {
	inner := memkv.New()
	small(t, inner, 3)
	store := kvtest.NewFaulty(inner, 1)
	for _, item := range contents(t, inner) {
		for i := range item.Value {
			store.Damage(item.Key, kvtest.Flipped(8*i+i%8))
			if _, err := everything(t.Context(), store); !errors.Is(err, ErrCorrupt) {
				t.Fatalf("byte %d of %v: %v, want ErrCorrupt", i, item.Key, err)
			} else if c, _ := errors.AsType[*CorruptError](err); c.Key != item.Key {
				t.Fatalf("byte %d of %v: %v, which names another key", i, item.Key, err)
			}
			store.Heal()
		}
	}
}

// TestDamages shows each value hidden, empty, cut, and as another's. A ledger that was open before must notice too.
func TestDamages(t *testing.T) {
	inner := memkv.New()
	small(t, inner, tailLen+2)
	store := kvtest.NewFaulty(inner, 1)
	want, err := everything(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	items := contents(t, inner)
	other := func(i int) []byte { return items[(i+1)%len(items)].Value }
	for i, item := range items {
		if i > 4 && i < len(items)-4 && i%16 != 0 {
			continue // values of one kind are alike
		}
		for name, damage := range map[string]kvtest.Damage{
			"hidden": kvtest.Hidden, "emptied": kvtest.Emptied, "cut": kvtest.Cut(len(item.Value) - 1), "header alone": kvtest.Cut(headerLen),
			"another's": kvtest.Becomes(other(i)), "longer": kvtest.Becomes(append(bytes.Clone(item.Value), 0)),
		} {
			t.Run(fmt.Sprintf("%d/%s", i, name), func(t *testing.T) {
				open := openTest(t, store)
				store.Damage(item.Key, damage)
				defer store.Heal()
				hiddenHead := name == "hidden" && item.Key == headKey()
				if _, err := everything(t.Context(), store); !errors.Is(err, ErrCorrupt) && !hiddenHead {
					t.Errorf("a new ledger: %v, want ErrCorrupt", err)
				}
				report, err := open.Verify(t.Context(), nil)
				if err != nil || len(report.Problems) == 0 {
					t.Fatalf("Verify: %v, %d problems", err, len(report.Problems))
				}
				named := false
				for _, p := range report.Problems {
					c, ok := errors.AsType[*CorruptError](p)
					if !ok {
						t.Errorf("problem %v is no CorruptError", p)
					}
					named = named || ok && c.Key == item.Key
				}
				if !named {
					t.Errorf("no problem names %v: %v", item.Key, report.Problems)
				}
				// All but the one commit is still verified.
				if total := open.Head().Number; item.Key.Row != headKey().Row && len(item.Key.Row) > 8 && report.Commits < total-1 {
					t.Errorf("%d of %d commits verified after one damage: %v", report.Commits, total, report.Problems)
				}
			})
		}
	}
	got, err := everything(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, equalDates); diff != "" {
		t.Errorf("healed, it holds something else: %s", diff)
	}
}

// TestSwappedBlocks: a block of another commit, ordinal or writer, or of another ledger, is sound in itself but not there.
func TestSwappedBlocks(t *testing.T) {
	inner, foreign := memkv.New(), memkv.New()
	small(t, inner, 2)
	small(t, foreign, 2) // the same content and nonces of another ledger would differ by its id alone
	store := kvtest.NewFaulty(inner, 1)
	items, others := contents(t, inner), contents(t, foreign)
	for i, item := range items[1:] {
		for j, other := range append(items[1:], others[1:]...) {
			if i == j {
				continue
			}
			store.Damage(item.Key, kvtest.Becomes(other.Value))
			if _, err := everything(t.Context(), store); !errors.Is(err, ErrCorrupt) {
				t.Errorf("value %d in the place of %d: %v, want ErrCorrupt", j, i, err)
			}
			store.Heal()
		}
	}
}

// TestStaleHead: a head that was right once is noticed by whoever saw a newer one.
func TestStaleHead(t *testing.T) {
	store := kvtest.NewFaulty(memkv.New(), 1)
	small(t, store, 1)
	l := openTest(t, store)
	if !store.Rewind(headKey()) {
		t.Fatal("nothing to rewind")
	}
	if _, err := l.Refresh(t.Context()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("Refresh: %v, want ErrCorrupt", err)
	}
	if report, err := l.Verify(t.Context(), nil); err != nil || len(report.Problems) == 0 {
		t.Errorf("Verify: %v, %v", err, report.Problems)
	}
}

// TestScansThatEndEarly: no scan is believed by its end.
func TestScansThatEndEarly(t *testing.T) {
	inner := memkv.New()
	w := small(t, inner, 20)
	store := kvtest.NewFaulty(inner, 1)
	rows := map[string]bool{}
	for _, item := range contents(t, inner) {
		rows[item.Key.Row] = true
	}
	for _, n := range []int{0, 1, 2} {
		for row := range rows {
			store.EndScan(row, n)
		}
		w.compare(t, openTest(t, store))
	}
}

// TestPassingLies: reads that lie once in a while are read again, or are an error, and never another answer.
func TestPassingLies(t *testing.T) {
	inner := memkv.New()
	small(t, inner, 20)
	want, err := everything(t.Context(), inner)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for seed := range uint64(200) {
		store := kvtest.NewFaulty(inner, seed)
		store.Random(kvtest.Rates{Read: 0.02})
		got, err := everything(t.Context(), store)
		switch {
		case errors.Is(err, ErrCorrupt):
		case err != nil:
			t.Errorf("seed %d: %v, want ErrCorrupt or nothing", seed, err)
		default:
			right++
			if diff := cmp.Diff(want, got, equalDates); diff != "" {
				t.Errorf("seed %d (-want +got):\n%s", seed, diff)
			}
		}
	}
	if right < 100 {
		t.Errorf("of 200 runs with few lies only %d came through", right)
	}
}

// TestVerifyFindsFalseIDs: what is sound in bytes but false in content.
func TestVerifyFindsFalseIDs(t *testing.T) {
	l := openTest(t, memkv.New())
	w := newWorld(4)
	b := w.next(3, 5, 0)
	b.Claims[2].ID[0] ^= 1
	b.Entities[2] = b.Entities[0]
	w.appendTo(t, l, b)
	report, err := l.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) < 2 {
		t.Errorf("Verify: %v, %v; want a false id and an entity with two numbers", err, report.Problems)
	}
}
