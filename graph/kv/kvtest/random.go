package kvtest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/graph/kv"
)

// RunRandom makes random edits, reads and restarts and compares the store with a map. A failure is shrunk and
// its seed printed.
func RunRandom(t *testing.T, open Opener) {
	m := &model{t: t, open: open, dir: t.TempDir()}
	m.store = open(t, m.dir)
	defer func() {
		if err := m.store.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}()
	rapid.Check(t, func(rt *rapid.T) {
		// One store serves all checks, each in rows of its own: opening takes longer than many edits.
		m.check++
		m.want = map[kv.Key][]byte{}
		rt.Repeat(map[string]func(*rapid.T){
			"put":    m.put,
			"swap":   m.swap,
			"delete": m.delete,
			"get":    m.get,
			"scan":   m.scan,
			"reopen": m.reopen,
		})
		m.everything(rt)
	})
}

// A model is a store and what it should hold.
type model struct {
	t     *testing.T
	open  Opener
	dir   string
	store kv.Store
	check int               // the number of the check, in all its rows
	want  map[kv.Key][]byte // never nil for a key that is there
}

func (m *model) row(name string) string { return fmt.Sprintf("%d%s", m.check, name) }

// Few and awkward parts, so that keys meet again.
var (
	rows    = []string{"/", "/\x00", "//", "\x00", "\xff", "\xff\xff"}
	someRow = rapid.SampledFrom(rows)
	someCol = rapid.SampledFrom([]string{
		"", "\x00", "\x00\x00", "\x01", "a", "a\x00", "ab", "b", "\xfe\xff", "\xff", "\xff\x00", "\xff\xff",
	})
	someValue = rapid.SliceOfN(rapid.Byte(), 0, 40)
)

func (m *model) someKey(rt *rapid.T) kv.Key {
	return kv.Key{Row: m.row(someRow.Draw(rt, "row")), Col: someCol.Draw(rt, "col")}
}

func (m *model) someItems(rt *rapid.T, most int) []kv.Item {
	var items []kv.Item
	seen := map[kv.Key]bool{} // which value stays of a key given twice is nobody's promise
	for range rapid.IntRange(0, most).Draw(rt, "items") {
		k := m.someKey(rt)
		if !seen[k] {
			items = append(items, kv.Item{Key: k, Value: someValue.Draw(rt, "value")})
		}
		seen[k] = true
	}
	return items
}

func (m *model) put(rt *rapid.T) {
	items := m.someItems(rt, 6)
	if err := m.store.Put(m.t.Context(), items...); err != nil {
		rt.Fatalf("Put: %v", err)
	}
	m.note(items...)
}

func (m *model) note(items ...kv.Item) {
	for _, i := range items {
		m.want[i.Key] = append([]byte{}, i.Value...)
	}
}

func (m *model) swap(rt *rapid.T) {
	k := m.someKey(rt)
	with := slices.DeleteFunc(m.someItems(rt, 3), func(i kv.Item) bool { return i.Key == k })
	current, there := m.want[k]
	old := current
	if rapid.IntRange(0, 3).Draw(rt, "guess") == 0 {
		old = rapid.SampledFrom([][]byte{nil, {}, {1}, append([]byte{0}, current...)}).Draw(rt, "old")
	}
	value := someValue.Draw(rt, "new")
	err := m.store.Swap(m.t.Context(), k, old, value, with...)
	if match := there == (old != nil) && string(old) == string(current); match {
		if err != nil {
			rt.Fatalf("Swap(%v, %q): %v", k, old, err)
		}
		m.note(append(with, kv.Item{Key: k, Value: value})...)
		return
	}
	if !errors.Is(err, kv.ErrConflict) {
		rt.Fatalf("Swap(%v, %q) = %v, want a conflict with %q", k, old, err, current)
	}
	// Any of the items may be there now. Put makes it certain.
	if err := m.store.Put(m.t.Context(), with...); err != nil {
		rt.Fatalf("Put: %v", err)
	}
	m.note(with...)
}

func (m *model) delete(rt *rapid.T) {
	var keys []kv.Key
	for _, i := range m.someItems(rt, 4) {
		keys = append(keys, i.Key)
		delete(m.want, i.Key)
	}
	if err := m.store.Delete(m.t.Context(), keys...); err != nil {
		rt.Fatalf("Delete: %v", err)
	}
}

func (m *model) get(rt *rapid.T) {
	var keys []kv.Key
	for range rapid.IntRange(1, 4).Draw(rt, "keys") {
		keys = append(keys, m.someKey(rt))
	}
	got, err := m.store.Get(m.t.Context(), keys...)
	if err != nil {
		rt.Fatalf("Get: %v", err)
	}
	for i, k := range keys {
		if want := m.want[k]; (got[i] == nil) != (want == nil) || string(got[i]) != string(want) {
			rt.Errorf("Get(%v) = %#v, want %#v", k, got[i], want)
		}
	}
}

func (m *model) scan(rt *rapid.T) {
	m.compare(rt, m.row(someRow.Draw(rt, "row")), someCol.Draw(rt, "from"), someCol.Draw(rt, "to"))
}

func (m *model) compare(rt *rapid.T, row, from, to string) {
	var cols []string
	for k := range m.want {
		if k.Row == row && from <= k.Col && (to == "" || k.Col < to) {
			cols = append(cols, k.Col)
		}
	}
	var want []string
	for _, col := range slices.Sorted(slices.Values(cols)) {
		want = append(want, fmt.Sprintf("%q=%q", col, m.want[kv.Key{Row: row, Col: col}]))
	}
	var got []string
	for i, err := range m.store.Scan(m.t.Context(), row, from, to) {
		if err != nil {
			rt.Fatalf("Scan: %v", err)
		}
		got = append(got, fmt.Sprintf("%q=%q", i.Col, i.Value))
	}
	if !slices.Equal(got, want) {
		rt.Errorf("Scan(%q, %q, %q) = %v, want %v", row, from, to, got, want)
	}
}

func (m *model) reopen(rt *rapid.T) {
	// Rare, since it costs as much as many edits.
	if rapid.IntRange(0, 14).Draw(rt, "patience") > 0 {
		rt.Skip("not now")
	}
	if err := m.store.Close(); err != nil {
		rt.Fatalf("Close: %v", err)
	}
	m.store = m.open(m.t, m.dir)
}

// everything compares all rows.
func (m *model) everything(rt *rapid.T) {
	for _, row := range rows {
		m.compare(rt, m.row(row), "", "")
	}
}
