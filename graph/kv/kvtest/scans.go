package kvtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"entente/graph/kv"
)

func testLimits(t *testing.T, open Opener) {
	s := start(t, open)
	row, largest := strings.Repeat("r", 24), bytes.Repeat([]byte{0xa5}, kv.MaxValue)
	col := strings.Repeat("\xff", kv.MaxKey-24)
	good := kv.Item{Key: key(row, col), Value: largest}
	put(t, s, good)
	wantValue(t, s, good.Key, largest)
	wantScan(t, s, row, col, "", col+"="+string(largest))
	wantScan(t, s, row, col+"\x00", "")
	wantScan(t, s, row, "", col+"\x00", col+"="+string(largest))
	swap(t, s, key(row, "swap"), nil, largest)
	swap(t, s, key(row, "swap"), largest, nil, kv.Item{Key: key(row, "with"), Value: largest})
	wantValue(t, s, key(row, "with"), largest)

	ok := item("ok", "c", "v")
	for _, c := range []struct {
		name string
		bad  kv.Item
		want error
	}{
		{"value one byte over", kv.Item{Key: key("ok", "v"), Value: append(largest, 0)}, kv.ErrTooBig},
		{"key one byte over", kv.Item{Key: key(row, col+"x")}, kv.ErrTooBig},
		{"row one byte over", kv.Item{Key: key(strings.Repeat("r", kv.MaxKey+1), "")}, kv.ErrTooBig},
		{"no row", kv.Item{Key: key("", "c")}, kv.ErrBadKey},
	} {
		ctx := t.Context()
		wantError(t, "Put: "+c.name, s.Put(ctx, ok, c.bad), c.want)
		wantError(t, "Swap: "+c.name, s.Swap(ctx, c.bad.Key, nil, c.bad.Value, ok), c.want)
		wantError(t, "Swap with: "+c.name, s.Swap(ctx, key("ok", "s"), nil, nil, ok, c.bad), c.want)
		if len(c.bad.Value) > kv.MaxValue {
			continue // what follows is of keys alone
		}
		wantError(t, "Delete: "+c.name, s.Delete(ctx, good.Key, c.bad.Key), c.want)
		_, err := s.Get(ctx, good.Key, c.bad.Key)
		wantError(t, "Get: "+c.name, err, c.want)
	}
	for row, want := range map[string]error{"": kv.ErrBadKey, strings.Repeat("r", kv.MaxKey+1): kv.ErrTooBig} {
		_, err := scan(t.Context(), s, row, "", "")
		wantError(t, fmt.Sprintf("Scan of a row of %d bytes", len(row)), err, want)
	}
	wantScan(t, s, "ok", "", "") // nothing of the refused calls was done
	wantValue(t, s, good.Key, largest)
}

// testManyItems puts and scans more items than any engine takes in one go.
func testManyItems(t *testing.T, open Opener) {
	s := start(t, open)
	var items []kv.Item
	var want []string
	for i := range 5000 {
		items = append(items, item("many", fmt.Sprintf("%06d", i*7919%5000), ""))
		want = append(want, fmt.Sprintf("%06d=", i))
	}
	put(t, s, items...)
	wantScan(t, s, "many", "", "", want...)
	wantScan(t, s, "many", "001000", "004000", want[1000:4000]...)
}

// testLargeItems puts more bytes in one call than an engine takes in one transaction.
func testLargeItems(t *testing.T, open Opener) {
	s := start(t, open)
	var items []kv.Item
	var want []string
	for i := range 24 {
		v := strings.Repeat(string(rune('a'+i)), kv.MaxValue)
		items = append(items, item("large", fmt.Sprintf("%02d", i), v))
		want = append(want, fmt.Sprintf("%02d=%s", i, v))
	}
	put(t, s, items...)
	wantScan(t, s, "large", "", "", want...)
}

func testScanBounds(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, item("r", "", "0"), item("r", "a", "1"), item("r", "a\x00", "2"))
	put(t, s, item("r", "b", "3"), item("r", "b\xff", "4"), item("r", "\xff\xff", "5"))
	all := []string{"=0", "a=1", "a\x00=2", "b=3", "b\xff=4", "\xff\xff=5"}
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"", "", all},
		{"a", "b", all[1:3]}, // from is in, to is not
		{"a\x00", "b\xff", all[2:4]},
		{"", "a", all[:1]},
		{"", "\x00", all[:1]}, // the smallest to that is one
		{"\x00", "", all[1:]},
		{"b", "", all[3:]}, // an empty to is the end
		{"\xff", "", all[5:]},
		{"\xff\xff\x00", "", nil},
		{"aa", "az", nil},
		{"b", "b", nil},
		{"b", "a", nil},          // from beyond to
		{"a", "a\x00", all[1:2]}, // one key
		{"", strings.Repeat("\xff", kv.MaxKey+5), all},
		{strings.Repeat("\xff", kv.MaxKey+5), "", nil},
	} {
		wantScan(t, s, "r", c.from, c.to, c.want...)
	}
}

func testScanRowsApart(t *testing.T, open Opener) {
	s := start(t, open)
	rows := []string{"a", "a\x00", "a\x00\x00", "aa", "b", "\x00", "\xff", "\xff\xff"}
	for _, r := range rows {
		put(t, s, item(r, "x", r), item(r, "\xff", r), item(r, "", r))
	}
	for _, r := range rows {
		wantScan(t, s, r, "", "", "="+r, "x="+r, "\xff="+r)
	}
	wantScan(t, s, "a\x00\x00\x00", "", "")
	wantScan(t, s, "ab", "", "")
}

func fill(t testing.TB, s kv.Store, row string, n int) {
	t.Helper()
	var items []kv.Item
	for i := range n {
		items = append(items, item(row, fmt.Sprintf("%06d", i), fmt.Sprint(i)))
	}
	put(t, s, items...)
}

func testScanBreak(t *testing.T, open Opener) {
	s := start(t, open)
	fill(t, s, "r", 300)
	for _, stop := range []int{1, 2, 16, 17, 64, 65, 299} {
		n := 0
		for i, err := range s.Scan(t.Context(), "r", "", "") {
			if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("%06d", n); i.Col != want {
				t.Fatalf("item %d is %q, want %q", n, i.Col, want)
			}
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("scan gave %d items before it could be left, want %d", n, stop)
		}
	}
}

func testScanTwice(t *testing.T, open Opener) {
	s := start(t, open)
	seq := s.Scan(t.Context(), "r", "", "")
	for n := range 3 {
		put(t, s, item("r", fmt.Sprint(n), ""))
		got := 0
		for _, err := range seq {
			if err != nil {
				t.Fatal(err)
			}
			got++
		}
		if got != n+1 {
			t.Errorf("ranging again over a scan gave %d items, want %d", got, n+1)
		}
	}
}

// testScanWhileWriting checks that a scan under way shows all that was there before it, once and in order, and
// of what is written meanwhile only what was written.
func testScanWhileWriting(t *testing.T, open Opener) {
	s := start(t, open)
	fill(t, s, "r", 2000)
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			col := fmt.Sprintf("%06d+", i*7%2000) // between two that are there
			if err := s.Put(ctx, item("r", col, "new")); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("Put: %v", err)
			}
			if err := s.Delete(ctx, key("r", col)); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("Delete: %v", err)
			}
		}
	})
	for range 5 {
		last, n := "", 0
		for i, err := range s.Scan(t.Context(), "r", "", "") {
			if err != nil {
				t.Fatal(err)
			}
			if i.Col <= last {
				t.Fatalf("%q comes after %q", i.Col, last)
			}
			last = i.Col
			if strings.HasSuffix(i.Col, "+") {
				if string(i.Value) != "new" {
					t.Errorf("%q = %q, which nobody wrote", i.Col, i.Value)
				}
				continue
			}
			if want := fmt.Sprintf("%06d", n); i.Col != want {
				t.Fatalf("item %d is %q, want %q", n, i.Col, want)
			}
			n++
		}
		if n != 2000 {
			t.Errorf("scan gave %d of 2000 items", n)
		}
	}
}

// testScanBodyCalls calls every method from the body of a loop over a scan.
func testScanBodyCalls(t *testing.T, open Opener) {
	s := start(t, open)
	fill(t, s, "r", 50)
	var head []byte
	for i, err := range s.Scan(t.Context(), "r", "", "") {
		if err != nil {
			t.Fatal(err)
		}
		wantValue(t, s, i.Key, i.Value)
		put(t, s, item("q", i.Col, "copied"))
		swap(t, s, key("head", ""), head, i.Value)
		head = i.Value
		if err := s.Delete(t.Context(), i.Key); err != nil {
			t.Fatal(err)
		}
		wantScan(t, s, "q", i.Col, "", i.Col+"=copied")
	}
	wantScan(t, s, "r", "", "")
	wantScan(t, s, "head", "", "", "=49")
}

func testCancelled(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, item("r", "there", "old"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for what, err := range allErrors(ctx, s, "r") {
		wantError(t, what, err, context.Canceled)
	}
	late, cancel := context.WithTimeout(t.Context(), -1)
	defer cancel()
	for what, err := range allErrors(late, s, "r") {
		wantError(t, what, err, context.DeadlineExceeded)
	}
	wantScan(t, s, "r", "", "", "there=old")
}

func testCancelledScan(t *testing.T, open Opener) {
	s := start(t, open)
	fill(t, s, "r", 300)
	for _, at := range []int{1, 16, 20, 64} {
		ctx, cancel := context.WithCancel(t.Context())
		n, errs := 0, 0
		for i, err := range s.Scan(ctx, "r", "", "") {
			if err != nil {
				wantError(t, "Scan", err, context.Canceled)
				if i.Key != (kv.Key{}) || i.Value != nil {
					t.Errorf("an error came with the item %v", i)
				}
				errs++
				continue
			}
			if n++; n == at {
				cancel()
			}
		}
		if n != at || errs != 1 {
			t.Errorf("cancelled at item %d: %d items and %d errors, want one error", at, n, errs)
		}
		cancel()
	}
}
