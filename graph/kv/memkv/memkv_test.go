package memkv_test

import (
	"sync"
	"testing"

	"go.uber.org/goleak"

	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// opener stands in for a disk: it remembers the store of each folder.
func opener() kvtest.Opener {
	var mu sync.Mutex
	stores := map[string]*memkv.Store{}
	return func(_ testing.TB, dir string) kv.Store {
		mu.Lock()
		defer mu.Unlock()
		if s := stores[dir]; s != nil {
			stores[dir] = s.Reopen()
		} else {
			stores[dir] = memkv.New()
		}
		return stores[dir]
	}
}

func TestContract(t *testing.T) { kvtest.Run(t, opener()) }

func TestRandom(t *testing.T) { kvtest.RunRandom(t, opener()) }

func BenchmarkEngine(b *testing.B) { kvtest.Bench(b, opener()) }
