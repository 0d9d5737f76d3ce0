package kvtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
)

// An Opener opens the store of a folder. Called again with the same folder after a Close it gives a store with
// what was there. It fails the test if it cannot.
type Opener func(t testing.TB, dir string) kv.Store

// contract is the table of all tests that an engine must pass.
var contract = []struct {
	name string
	test func(t *testing.T, open Opener)
}{
	{"Empty", testEmpty},
	{"Get", testGet},
	{"MissingAgainstEmpty", testMissingAgainstEmpty},
	{"AnyBytes", testAnyBytes},
	{"OwnsBytesGiven", testOwnsBytesGiven},
	{"GivesBytesAway", testGivesBytesAway},
	{"Overwrite", testOverwrite},
	{"Delete", testDelete},
	{"Limits", testLimits},
	{"ManyItems", testManyItems},
	{"LargeItems", testLargeItems},
	{"ScanBounds", testScanBounds},
	{"ScanRowsApart", testScanRowsApart},
	{"ScanBreak", testScanBreak},
	{"ScanTwice", testScanTwice},
	{"ScanWhileWriting", testScanWhileWriting},
	{"ScanBodyCalls", testScanBodyCalls},
	{"Cancelled", testCancelled},
	{"CancelledScan", testCancelledScan},
	{"Swap", testSwap},
	{"SwapEmpty", testSwapEmpty},
	{"SwapWith", testSwapWith},
	{"SwapWithMuch", testSwapWithMuch},
	{"SwapBadWith", testSwapBadWith},
	{"SwapRace", testSwapRace},
	{"SwapCounter", testSwapCounter},
	{"SwapWithVisible", testSwapWithVisible},
	{"PutVisible", testPutVisible},
	{"Reopen", testReopen},
	{"Closed", testClosed},
	{"CloseInScan", testCloseInScan},
	{"CloseUnderCalls", testCloseUnderCalls},
}

// Run tests that the engine keeps the contract of [kv.Store].
func Run(t *testing.T, open Opener) {
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

// start opens a new store and closes it at the end of the test.
func start(t testing.TB, open Opener) kv.Store {
	t.Helper()
	s := open(t, t.TempDir())
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func item(row, col, value string) kv.Item {
	return kv.Item{Key: kv.Key{Row: row, Col: col}, Value: []byte(value)}
}

func key(row, col string) kv.Key { return kv.Key{Row: row, Col: col} }

func put(t testing.TB, s kv.Store, items ...kv.Item) {
	t.Helper()
	if err := s.Put(t.Context(), items...); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

func swap(t testing.TB, s kv.Store, k kv.Key, old, new []byte, with ...kv.Item) {
	t.Helper()
	if err := s.Swap(t.Context(), k, old, new, with...); err != nil {
		t.Fatalf("Swap: %v", err)
	}
}

// wantValue checks one value, where nil stands for a missing key.
func wantValue(t testing.TB, s kv.Store, k kv.Key, want []byte) {
	t.Helper()
	got, err := s.Get(t.Context(), k)
	if err != nil {
		t.Fatalf("Get(%v): %v", k, err)
	}
	if len(got) != 1 || (got[0] == nil) != (want == nil) || !bytes.Equal(got[0], want) {
		t.Errorf("Get(%.50v) = %s, want %s", k, short(got...), short(want))
	}
}

// scan collects a scan as "col=value" texts.
func scan(ctx context.Context, s kv.Store, row, from, to string) (got []string, err error) {
	for i, err := range s.Scan(ctx, row, from, to) {
		if err != nil {
			return got, err
		}
		if i.Row != row {
			return got, fmt.Errorf("item of row %q in row %q", i.Row, row)
		}
		if i.Value == nil {
			return got, fmt.Errorf("nil value at %v", i.Key)
		}
		got = append(got, i.Col+"="+string(i.Value))
	}
	return got, nil
}

func wantScan(t testing.TB, s kv.Store, row, from, to string, want ...string) {
	t.Helper()
	got, err := scan(t.Context(), s, row, from, to)
	if err != nil {
		t.Fatalf("Scan(%q, %q, %q): %v", row, from, to, err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Scan(%.50q, %.50q, %.50q) gave %d items, want %d; (-want +got):\n%s",
			row, from, to, len(got), len(want), cmp.Diff(heads(want), heads(got)))
	}
}

// short shows values as an error message can bear them, nil apart from empty.
func short(values ...[]byte) string {
	var parts []string
	for _, v := range values {
		part := fmt.Sprintf("%d bytes %.40q", len(v), v)
		if v == nil {
			part = "nil"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// heads shortens texts; comparing long ones in full takes seconds under the race detector.
func heads(texts []string) []string {
	var short []string
	for _, t := range texts {
		short = append(short, fmt.Sprintf("%d: %.60q", len(t), t))
	}
	return short
}

func wantError(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", what, err, want)
	}
}

// allErrors calls every method once and returns their errors by name. The calls would change the store if they
// did anything.
func allErrors(ctx context.Context, s kv.Store, row string) map[string]error {
	errs := map[string]error{}
	_, errs["Get"] = s.Get(ctx, key(row, "there"))
	_, errs["Get of nothing"] = s.Get(ctx)
	_, errs["Scan"] = scan(ctx, s, row, "", "")
	errs["Put"] = s.Put(ctx, item(row, "put", "new"))
	errs["Put of nothing"] = s.Put(ctx)
	errs["Delete"] = s.Delete(ctx, key(row, "there"))
	errs["Swap"] = s.Swap(ctx, key(row, "swap"), nil, []byte("new"), item(row, "with", "new"))
	errs["Swap that would conflict"] = s.Swap(ctx, key(row, "there"), nil, []byte("new"))
	return errs
}

func testEmpty(t *testing.T, open Opener) {
	s := start(t, open)
	wantValue(t, s, key("r", "c"), nil)
	wantScan(t, s, "r", "", "")
	put(t, s)
	if got, err := s.Get(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("Get() = %q, %v; want nothing", got, err)
	}
	if err := s.Delete(t.Context(), key("r", "c")); err != nil {
		t.Errorf("Delete of a missing key: %v", err)
	}
	if err := s.Delete(t.Context()); err != nil {
		t.Errorf("Delete of nothing: %v", err)
	}
}

func testGet(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, item("r", "a", "1"), item("r", "b", "2"), item("q", "a", "3"))
	got, err := s.Get(t.Context(), key("q", "a"), key("r", "b"), key("r", "x"), key("r", "a"), key("q", "a"))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]byte{[]byte("3"), []byte("2"), nil, []byte("1"), []byte("3")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Get (-want +got):\n%s", diff)
	}
}

func testMissingAgainstEmpty(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, kv.Item{Key: key("r", "nil"), Value: nil}, kv.Item{Key: key("r", "empty"), Value: []byte{}})
	put(t, s, item("r", "", "no column"))
	wantValue(t, s, key("r", "nil"), []byte{})
	wantValue(t, s, key("r", "empty"), []byte{})
	wantValue(t, s, key("r", ""), []byte("no column"))
	wantValue(t, s, key("r", "missing"), nil)
	wantScan(t, s, "r", "", "", "=no column", "empty=", "nil=")
}

// testAnyBytes stores every combination of awkward rows and columns, so that an encoding that confuses two of
// them loses one.
func testAnyBytes(t *testing.T, open Opener) {
	s := start(t, open)
	parts := []string{
		"", "\x00", "\x00\x00", "\x00\x01", "\x00\xff", "\x01", "\x01\x00", "a", "a\x00", "a\x00b", "aa", "ab", "b",
		"!badger!", "\xfe", "\xff", "\xff\x00", "\xff\xff", "é", "\xc3",
	}
	var items []kv.Item
	for _, row := range parts[1:] {
		for _, col := range parts {
			items = append(items, item(row, col, row+"|"+col))
		}
	}
	put(t, s, items...)
	for _, i := range items {
		wantValue(t, s, i.Key, i.Value)
	}
	for _, row := range parts[1:] {
		var want []string
		for _, col := range slices.Sorted(slices.Values(parts)) {
			want = append(want, col+"="+row+"|"+col)
		}
		wantScan(t, s, row, "", "", want...)
	}
}

func testOwnsBytesGiven(t *testing.T, open Opener) {
	s := start(t, open)
	value, with, swapped := []byte("put"), []byte("with"), []byte("swap")
	old := []byte("swap")
	put(t, s, kv.Item{Key: key("r", "put"), Value: value})
	swap(t, s, key("r", "swap"), nil, swapped, kv.Item{Key: key("r", "with"), Value: with})
	copy(value, "xxx")
	copy(with, "xxxx")
	copy(swapped, "xxxx")
	wantScan(t, s, "r", "", "", "put=put", "swap=swap", "with=with")
	swap(t, s, key("r", "swap"), old, []byte("next"))
	copy(old, "xxxx")
	wantValue(t, s, key("r", "swap"), []byte("next"))
}

func testGivesBytesAway(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, item("r", "a", "value"), item("r", "b", "value"))
	got, err := s.Get(t.Context(), key("r", "a"), key("r", "a"))
	if err != nil {
		t.Fatal(err)
	}
	copy(got[0], "xxxxx")
	_ = append(got[0], "beyond its end"...)
	if string(got[1]) != "value" {
		t.Errorf("two values of one Get share their bytes: %q", got[1])
	}
	var items []kv.Item
	for i, err := range s.Scan(t.Context(), "r", "", "") {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, i)
		copy(i.Value, "yyyyy")
		_ = append(i.Value, "beyond its end"...)
	}
	if len(items) != 2 || string(items[0].Value) != "yyyyy" {
		t.Errorf("items kept from a scan: %q, want two that hold what was written into them", items)
	}
	wantScan(t, s, "r", "", "", "a=value", "b=value")
}

func testOverwrite(t *testing.T, open Opener) {
	s := start(t, open)
	for _, v := range []string{"first", "", "second, which is longer", "3"} {
		put(t, s, item("r", "c", v))
		wantValue(t, s, key("r", "c"), []byte(v))
		wantScan(t, s, "r", "", "", "c="+v)
	}
}

func testDelete(t *testing.T, open Opener) {
	s := start(t, open)
	put(t, s, item("r", "a", "1"), item("r", "b", ""), item("r", "c", "3"), item("q", "a", "4"))
	if err := s.Delete(t.Context(), key("r", "a"), key("r", "b"), key("r", "x"), key("r", "a")); err != nil {
		t.Fatal(err)
	}
	wantValue(t, s, key("r", "a"), nil)
	wantValue(t, s, key("r", "b"), nil)
	wantScan(t, s, "r", "", "", "c=3")
	wantScan(t, s, "q", "", "", "a=4")
	put(t, s, item("r", "a", "again"))
	wantScan(t, s, "r", "", "", "a=again", "c=3")

	// A swapped key that was deleted counts as absent.
	swap(t, s, key("r", "s"), nil, []byte("1"))
	if err := s.Delete(t.Context(), key("r", "s")); err != nil {
		t.Fatal(err)
	}
	wantError(t, "Swap of a deleted key", s.Swap(t.Context(), key("r", "s"), []byte("1"), []byte("2")), kv.ErrConflict)
	swap(t, s, key("r", "s"), nil, []byte("2"))

	var items []kv.Item
	var keys []kv.Key
	for i := range 1000 {
		keys = append(keys, key("many", fmt.Sprintf("%01000d", i)))
		items = append(items, kv.Item{Key: keys[i]})
	}
	put(t, s, items...)
	if err := s.Delete(t.Context(), keys...); err != nil {
		t.Fatal(err)
	}
	wantScan(t, s, "many", "", "")
}
