package overlaykv

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// opener stands in for a disk: what was written to the store of a folder is what the next one lies over.
func opener() kvtest.Opener {
	var mu sync.Mutex
	stores := make(map[string]*Store)
	return func(_ testing.TB, dir string) kv.Store {
		mu.Lock()
		defer mu.Unlock()
		base := kv.Store(memkv.New())
		if s := stores[dir]; s != nil {
			base = &Store{base: s.base, top: s.top.Reopen(), gone: s.gone}
		}
		stores[dir] = New(base)
		return stores[dir]
	}
}

func TestContract(t *testing.T) { kvtest.Run(t, opener()) }

func TestRandom(t *testing.T) { kvtest.RunRandom(t, opener()) }

// TestBaseStays shows that nothing done to the overlay is in the engine below, and what each of them then holds.
func TestBaseStays(t *testing.T) {
	base := memkv.New()
	defer base.Close()
	item := func(col, value string) kv.Item {
		return kv.Item{Key: kv.Key{Row: "r", Col: col}, Value: []byte(value)}
	}
	if err := base.Put(t.Context(), item("a", "1"), item("b", "2"), item("c", "3")); err != nil {
		t.Fatal(err)
	}
	s := New(base)
	if err := s.Put(t.Context(), item("b", "two"), item("bb", "new")); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), item("a", "").Key); err != nil {
		t.Fatal(err)
	}
	if err := s.Swap(t.Context(), item("c", "").Key, []byte("3"), []byte("three"), item("d", "4")); err != nil {
		t.Fatal(err)
	}
	if err := s.Swap(t.Context(), item("a", "").Key, nil, []byte("again")); err != nil {
		t.Fatal(err)
	}
	rows := func(s kv.Store) (list []string) {
		for item, err := range s.Scan(t.Context(), "r", "", "") {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, item.Col+"="+string(item.Value))
		}
		return list
	}
	if diff := cmp.Diff([]string{"a=again", "b=two", "bb=new", "c=three", "d=4"}, rows(s)); diff != "" {
		t.Errorf("the overlay (-want +got):\n%s", diff)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a=1", "b=2", "c=3"}, rows(base)); diff != "" {
		t.Errorf("the engine below (-want +got):\n%s", diff)
	}
}
