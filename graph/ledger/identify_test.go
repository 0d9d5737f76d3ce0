package ledger

import (
	"context"
	"errors"
	"slices"
	"testing"

	"entente/graph/kv"
	"entente/graph/kv/memkv"
)

// A recorder notes what is written to a store.
type recorder struct {
	kv.Store
	items map[kv.Key][]byte
}

func (r *recorder) Put(ctx context.Context, items ...kv.Item) error {
	for _, i := range items {
		r.items[i.Key] = slices.Clone(i.Value)
	}
	return r.Store.Put(ctx, items...)
}

func (r *recorder) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	for _, i := range append(with, kv.Item{Key: key, Value: new}) {
		r.items[i.Key] = slices.Clone(i.Value)
	}
	return r.Store.Swap(ctx, key, old, new, with...)
}

// TestChecker shows the checker every value of a ledger, and each with a byte changed, under another key, or of another ledger.
func TestChecker(t *testing.T) {
	values := func() (map[kv.Key][]byte, *Ledger) {
		engine := &recorder{Store: memkv.New(), items: map[kv.Key][]byte{}}
		l := openTest(t, engine)
		w := newWorld(3)
		for range tailLen + 3 { // so that a page is sealed
			l.writer.holds = false
			w.appendTo(t, l, w.next(1, 2, 0))
		}
		return engine.items, l
	}
	ours, l := values()
	theirs, _ := values()
	id, commit, err := Identify(ours[HeadKey()])
	if err != nil || id != l.ID() || commit != l.Head().Number {
		t.Errorf("Identify: %s at %d, %v; want %s at %d", id, commit, err, l.ID(), l.Head().Number)
	}
	check, err := Checker(ours[HeadKey()])
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for k, v := range ours {
		kinds[k.Row[:4]]++
		if err := check(k, v); err != nil {
			t.Errorf("%v: %v", k, err)
		}
		for at := 0; at < len(v); at += max(1, len(v)/50) {
			changed := slices.Clone(v)
			changed[at] ^= 4
			if err := check(k, changed); !errors.Is(err, ErrCorrupt) {
				t.Errorf("%v with byte %d changed: %v", k, at, err)
			}
		}
		if err := check(kv.Key{Row: k.Row, Col: k.Col + "x"}, v); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%v under another key: %v", k, err)
		}
	}
	for k, v := range theirs {
		if err := check(k, v); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%v of another ledger: %v", k, err)
		}
	}
	if kinds["head"] == 0 || kinds["page"] == 0 || kinds["bloc"] == 0 {
		t.Errorf("the ledger has keys %v", kinds)
	}
	for _, raw := range [][]byte{nil, []byte("x"), ours[HeadKey()][:40]} {
		if _, err := Checker(raw); !errors.Is(err, ErrCorrupt) {
			t.Errorf("Checker(%q): %v", raw, err)
		}
	}
}
