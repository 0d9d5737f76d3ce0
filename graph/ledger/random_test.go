package ledger

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

// A participant is a process with the ledger open, in the random test.
type participant struct {
	ledger *Ledger
	world  *world // what it believes the ledger to hold
}

// catchUp adds to the participant's world what the ledger holds after it, taken from the model.
func (p *participant) catchUp(model *world) {
	for n := len(p.world.commits); n < len(model.commits); n++ {
		p.world.committed(model.commits[n])
	}
}

// TestRandomWriters lets two writers commit, fail, die, open again, sweep and follow, in random order over a store that fails at random. The
// model is a list of batches: an Append that returned nil has put its batch at the end of it, one that returned an error has
// not, and one that does not know may have; the ledger must hold the list.
func TestRandomWriters(t *testing.T) {
	runs := uint64(60)
	if testing.Short() {
		runs = 20
	}
	for seed := range runs {
		if !t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { randomRun(t, seed) }) {
			return
		}
	}
}

func randomRun(t *testing.T, seed uint64) {
	inner := memkv.New()
	store := kvtest.NewFaulty(inner, seed)
	store.Report(t)
	rng := rand.New(rand.NewPCG(seed, 3))
	model := newWorld(seed)
	open := func() *participant {
		l, err := Open(t.Context(), inner, Options{Now: clock(), Pause: noPause, Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		l.store = store // opening reads the head as it is; all else may fail
		return &participant{ledger: l, world: newWorld(rng.Uint64())}
	}
	both := []*participant{open(), open()}
	store.Random(kvtest.Rates{Write: 0.15, Swap: 0.15})
	var doubtful *Batch // an append of unknown outcome, which may even take effect later
	settle := func() {
		// The truth is what a fresh ledger reads without faults.
		l, err := Open(t.Context(), inner, Options{Pause: noPause})
		if err != nil {
			t.Fatal(err)
		}
		switch n := int(l.Head().Number) - len(model.commits); {
		case n == 0:
		case n == 1 && doubtful != nil:
			model.committed(*doubtful)
			doubtful = nil
		default:
			t.Fatalf("the ledger has %d commits more than were acknowledged", n)
		}
	}
	for range 60 {
		p := both[rng.IntN(2)]
		switch action := rng.IntN(10); {
		case action == 0: // dies and comes back
			*p = *open()
		case action == 1:
			if _, err := p.ledger.Sweep(t.Context()); err != nil && !passing(err) {
				t.Fatalf("Sweep: %v", err)
			}
		default:
			settle()
			if rng.IntN(3) > 0 { // else it appends to what it knows, which may be stale
				p.catchUp(model)
			}
			b := p.world.next(rng.IntN(3), rng.IntN(8), rng.IntN(2))
			if rng.IntN(6) == 0 {
				b = p.world.big()
			}
			info, err := p.ledger.Append(t.Context(), b)
			stale := int(b.After) != len(model.commits)
			switch {
			case err == nil && (stale || info.Number != uint64(len(model.commits)+1)):
				if doubtful == nil {
					t.Fatalf("Append after %d gave commit %d, there were %d", b.After, info.Number, len(model.commits))
				}
				model.committed(*doubtful)
				doubtful = nil
				model.committed(b)
			case err == nil:
				model.committed(b)
				doubtful = nil // its number is taken, so it can no longer be published
			case errors.Is(err, kv.ErrUnknown):
				if !stale {
					doubtful = &b
				}
			case errors.Is(err, ErrStale), errors.Is(err, ErrFenced), passing(err):
			default:
				t.Fatalf("Append: %v", err)
			}
		}
	}
	store.Random(kvtest.Rates{})
	store.Release()
	settle()
	want := len(model.commits)
	l := openTest(t, inner)
	if int(l.Head().Number) != want {
		t.Fatalf("%d commits, want %d", l.Head().Number, want)
	}
	model.compare(t, l)
	for i, p := range both {
		if _, err := p.ledger.Refresh(t.Context()); err != nil {
			t.Errorf("participant %d: %v", i, err)
		}
		got, err := drain(t.Context(), p.ledger, 0)
		if err != nil || len(got.Infos) != want {
			t.Errorf("participant %d has %d commits, %v; want %d", i, len(got.Infos), err, want)
		}
		fresh, err := drain(t.Context(), l, 0)
		if diff := cmp.Diff(fresh, got, equalDates); err != nil || diff != "" {
			t.Errorf("participant %d sees another ledger: %v %s", i, err, diff)
		}
	}
}

// passing reports whether the error is one that the wrapper made up.
func passing(err error) bool {
	return errors.Is(err, kvtest.ErrInjected) || errors.Is(err, kv.ErrUnknown)
}
