package kvtest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

var (
	head = kv.Key{Row: "head"}
	a    = kv.Item{Key: kv.Key{Row: "r", Col: "a"}, Value: []byte("A")}
	b    = kv.Item{Key: kv.Key{Row: "r", Col: "b"}, Value: []byte("B")}
)

// TestFaultyHealthy: without faults the wrapper is an engine like any other.
func TestFaultyHealthy(t *testing.T) {
	stores := map[string]*memkv.Store{}
	kvtest.Run(t, func(t testing.TB, dir string) kv.Store {
		if stores[dir] == nil {
			stores[dir] = memkv.New()
		} else {
			stores[dir] = stores[dir].Reopen()
		}
		f := kvtest.NewFaulty(stores[dir], 1)
		f.Report(t)
		return f
	})
}

// holds returns the columns of row r in the store below the wrapper.
func holds(t *testing.T, s kv.Store, row string) string {
	t.Helper()
	got := ""
	for i, err := range s.Scan(t.Context(), row, "", "") {
		if err != nil {
			t.Fatal(err)
		}
		got += i.Col + "=" + string(i.Value) + " "
	}
	return got
}

func TestFaultyPut(t *testing.T) {
	for _, c := range []struct {
		fault         kvtest.Fault
		fails         bool
		before, after string // what is there before and after Release
	}{
		{kvtest.None, false, "a=A b=B ", "a=A b=B "},
		{kvtest.Dropped, true, "", ""},
		{kvtest.Errored, true, "a=A b=B ", "a=A b=B "},
		{kvtest.Held, true, "", "a=A b=B "},
		{kvtest.Repeated, false, "a=A b=B ", "a=A b=B "},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			inner := memkv.New()
			f := kvtest.NewFaulty(inner, 1)
			f.NextPut(kvtest.None, c.fault)
			if err := f.Put(t.Context(), kv.Item{Key: head}); err != nil {
				t.Fatalf("the first Put: %v", err)
			}
			items := []kv.Item{a, {Key: b.Key, Value: []byte("B")}}
			err := f.Put(t.Context(), items...)
			items[1].Value[0] = 'x' // it is the caller's again
			injected := errors.Is(err, kvtest.ErrInjected) && errors.Is(err, kv.ErrFailed)
			if injected != c.fails || (err != nil) != c.fails {
				t.Errorf("Put: %v, want failure %v", err, c.fails)
			}
			if got := holds(t, inner, "r"); got != c.before {
				t.Errorf("before Release: %q, want %q", got, c.before)
			}
			f.Release()
			if got := holds(t, inner, "r"); got != c.after {
				t.Errorf("after Release: %q, want %q", got, c.after)
			}
			if err := f.Put(t.Context(), a); err != nil {
				t.Errorf("the third Put: %v", err)
			}
		})
	}
}

// TestFaultyLands: a held call lands over what was written after it, and so does a repeated one.
func TestFaultyLands(t *testing.T) {
	for _, fault := range []kvtest.Fault{kvtest.Held, kvtest.Repeated} {
		inner := memkv.New()
		f := kvtest.NewFaulty(inner, 1)
		f.NextPut(fault)
		_ = f.Put(t.Context(), a)
		if err := f.Put(t.Context(), kv.Item{Key: a.Key, Value: []byte("later")}); err != nil {
			t.Fatal(err)
		}
		if got := holds(t, inner, "r"); got != "a=later " {
			t.Errorf("%v: before Release: %q", fault, got)
		}
		if n := f.Release(); n != 1 {
			t.Errorf("%v: Release = %d, want 1", fault, n)
		}
		if got := holds(t, inner, "r"); got != "a=A " {
			t.Errorf("%v: after Release: %q", fault, got)
		}
		if n := f.Release(); n != 0 {
			t.Errorf("%v: second Release = %d, want 0", fault, n)
		}
	}
}

func TestFaultyPartial(t *testing.T) {
	// Some seed must give each of the four subsets.
	seen := map[string]bool{}
	for seed := range uint64(64) {
		inner := memkv.New()
		f := kvtest.NewFaulty(inner, seed)
		f.NextPut(kvtest.Partial)
		if err := f.Put(t.Context(), a, b); !errors.Is(err, kvtest.ErrInjected) {
			t.Fatalf("Put: %v", err)
		}
		seen[holds(t, inner, "r")] = true
	}
	want := map[string]bool{"": true, "a=A ": true, "b=B ": true, "a=A b=B ": true}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("subsets (-want +got):\n%s", diff)
	}
}

func TestFaultySwap(t *testing.T) {
	for _, c := range []struct {
		fault         kvtest.Fault
		want          error
		before, after string // head before and after Release
	}{
		{kvtest.None, nil, "=1 ", "=1 "},
		{kvtest.Dropped, kv.ErrFailed, "", ""},
		{kvtest.UnknownWon, kv.ErrUnknown, "=1 ", "=1 "},
		{kvtest.UnknownLost, kv.ErrUnknown, "", ""},
		{kvtest.Held, kv.ErrUnknown, "", "=1 "},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			inner := memkv.New()
			f := kvtest.NewFaulty(inner, 1)
			f.NextSwap(c.fault)
			if err := f.Swap(t.Context(), head, nil, []byte("1"), a); !errors.Is(err, c.want) {
				t.Errorf("Swap: %v, want %v", err, c.want)
			}
			if got := holds(t, inner, "head"); got != c.before {
				t.Errorf("before Release: %q, want %q", got, c.before)
			}
			if got := holds(t, inner, "r"); c.before != "" && got != "a=A " {
				t.Errorf("the swap is there without what goes with it: %q", got)
			}
			f.Release()
			if got := holds(t, inner, "head"); got != c.after {
				t.Errorf("after Release: %q, want %q", got, c.after)
			}
		})
	}
	// A swap that lands late has no effect if another has won.
	inner := memkv.New()
	f := kvtest.NewFaulty(inner, 1)
	f.NextSwap(kvtest.Held)
	_ = f.Swap(t.Context(), head, nil, []byte("1"))
	if err := f.Swap(t.Context(), head, nil, []byte("2")); err != nil {
		t.Fatal(err)
	}
	f.Release()
	if got := holds(t, inner, "head"); got != "=2 " {
		t.Errorf("after a late swap: %q", got)
	}
	// Even UnknownWon does not win against the wrong old value.
	f.NextSwap(kvtest.UnknownWon)
	if err := f.Swap(t.Context(), head, []byte("1"), []byte("3")); !errors.Is(err, kv.ErrConflict) {
		t.Errorf("Swap: %v, want a conflict", err)
	}
}

func TestFaultyLies(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(*kvtest.Faulty)
		get    []byte
		scan   string
	}{
		{"none", func(f *kvtest.Faulty) {}, []byte("A"), "a=A b=B "},
		{"hidden", func(f *kvtest.Faulty) { f.Damage(a.Key, kvtest.Hidden) }, nil, "b=B "},
		{"emptied", func(f *kvtest.Faulty) { f.Damage(a.Key, kvtest.Emptied) }, []byte{}, "a= b=B "},
		{"flipped", func(f *kvtest.Faulty) { f.Damage(a.Key, kvtest.Flipped(8+1)) }, []byte("C"), "a=C b=B "},
		{"cut", func(f *kvtest.Faulty) { f.Damage(a.Key, kvtest.Cut(0)) }, []byte{}, "a= b=B "},
		{"another's", func(f *kvtest.Faulty) { f.Damage(a.Key, kvtest.Becomes(b.Value)) }, []byte("B"), "a=B b=B "},
		{"old", func(f *kvtest.Faulty) { f.Rewind(a.Key) }, []byte("0"), "a=0 b=B "},
		{"before it was", func(f *kvtest.Faulty) { f.Rewind(b.Key) }, []byte("A"), "a=A "},
		{"scan ends", func(f *kvtest.Faulty) { f.EndScan("r", 1) }, []byte("A"), "a=A "},
		{"another scan ends", func(f *kvtest.Faulty) { f.EndScan("q", 0) }, []byte("A"), "a=A b=B "},
	} {
		t.Run(c.name, func(t *testing.T) {
			inner := memkv.New()
			f := kvtest.NewFaulty(inner, 1)
			for _, i := range []kv.Item{{Key: a.Key, Value: []byte("0")}, a, b} {
				if err := f.Put(t.Context(), i); err != nil {
					t.Fatal(err)
				}
			}
			c.damage(f)
			got, err := f.Get(t.Context(), a.Key)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([][]byte{c.get}, got); diff != "" {
				t.Errorf("Get (-want +got):\n%s", diff)
			}
			if got := holds(t, f, "r"); got != c.scan {
				t.Errorf("Scan: %q, want %q", got, c.scan)
			}
			if got := holds(t, inner, "r"); got != "a=A b=B " {
				t.Errorf("what is stored has changed: %q", got)
			}
			f.Heal()
			if got := holds(t, f, "r"); got != "a=A b=B " {
				t.Errorf("after Heal: %q", got)
			}
		})
	}
	if kvtest.NewFaulty(memkv.New(), 1).Rewind(a.Key) {
		t.Error("Rewind of a key never written = true")
	}
}

// history does the same work on a wrapper and returns everything it was told.
func history(ctx context.Context, f *kvtest.Faulty) []string {
	f.Random(kvtest.Rates{Write: 0.3, Swap: 0.4, Read: 0.2, Fail: 0.05})
	var told []string
	var old []byte
	for n := range 200 {
		err := f.Put(ctx, kv.Item{Key: kv.Key{Row: "r", Col: fmt.Sprint(n)}, Value: fmt.Appendf(nil, "value %d", n)}, a)
		told = append(told, fmt.Sprint(err))
		next := fmt.Appendf(nil, "head %d", n)
		told = append(told, fmt.Sprint(f.Swap(ctx, head, old, next, b)))
		got, err := f.Get(ctx, head, a.Key)
		told = append(told, fmt.Sprintf("%q %v", got, err))
		if err == nil {
			old = got[0]
		}
		count := 0
		for _, err := range f.Scan(ctx, "r", "", "") {
			if err != nil {
				told = append(told, err.Error())
			}
			count++
		}
		told = append(told, fmt.Sprint(count))
	}
	return append(told, f.Log()...)
}

func TestFaultyRandom(t *testing.T) {
	one := history(t.Context(), kvtest.NewFaulty(memkv.New(), 7))
	again := history(t.Context(), kvtest.NewFaulty(memkv.New(), 7))
	if diff := cmp.Diff(one, again); diff != "" {
		t.Errorf("two runs with one seed differ:\n%s", diff)
	}
	if other := history(t.Context(), kvtest.NewFaulty(memkv.New(), 8)); cmp.Equal(one, other) {
		t.Error("another seed gives the same run")
	}
	// Every kind of fault comes up.
	f := kvtest.NewFaulty(memkv.New(), 7)
	history(t.Context(), f)
	kinds := map[string]bool{}
	for _, line := range f.Log() {
		kind, _, _ := strings.Cut(line, " ")
		kinds[kind] = true
	}
	want := map[string]bool{}
	for _, k := range []string{
		"dropped:", "partial:", "errored:", "held:", "repeated:", "unknown-won:", "unknown-lost:", "landed",
		"hidden:", "emptied:", "rewound:", "flipped:", "ended:", "failed:",
	} {
		want[k] = true
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds of faults (-want +got):\n%s", diff)
	}
}
