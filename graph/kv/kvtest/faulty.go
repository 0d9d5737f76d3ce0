package kvtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"entente/graph/kv"
)

// ErrInjected is in every error that [Faulty] makes up.
var ErrInjected = errors.New("kvtest: injected fault")

// A Fault is what becomes of one call that writes.
type Fault int

// The faults. Each stays within what [kv.Store] allows an engine to do.
const (
	None        Fault = iota // the call goes through
	Dropped                  // Put, Delete, Swap: an error, and nothing happened
	Partial                  // Put, Delete: an error, and a random subset happened
	Errored                  // Put, Delete: an error, and all of it happened
	Held                     // Put, Delete: an error, and it happens at Release; Swap: ErrUnknown, and tried then
	Repeated                 // Put, Delete: it succeeds, and happens once more at Release
	UnknownWon               // Swap: it happens, and the answer is ErrUnknown
	UnknownLost              // Swap: ErrUnknown, and at most a random subset of the items beside it happened
)

var (
	faultNames = []string{"none", "dropped", "partial", "errored", "held", "repeated", "unknown-won", "unknown-lost"}
	putFaults  = []Fault{Dropped, Partial, Errored, Held, Repeated}
	swapFaults = []Fault{Dropped, Held, UnknownWon, UnknownLost}
)

func (f Fault) String() string { return faultNames[f] }

// Rates are the probabilities that a call has a fault of its own accord; which one is drawn evenly.
type Rates struct {
	Write float64 // of each Put and Delete
	Swap  float64
	// Read is the probability that a Get shows one of its values wrong, once, or that a Scan ends early.
	Read float64
	// Fail is the probability that a Get, or an item of a Scan, gives an error. Nothing is wrong with that.
	Fail float64
}

// Faulty is a [kv.Store] that passes its calls on to another and lets some fail.
//
// Faults of writing are those an engine may have: the ledger must come through all of them. Faults of reading are
// lies, as damaged disks tell them: the ledger must notice each.
//
// Calls from one goroutine have the same faults for the same seed. All methods may be called concurrently.
type Faulty struct {
	inner kv.Store

	mu    sync.Mutex // guards all below; not held while inner is called
	rng   *rand.Rand
	seed  uint64
	rates Rates
	puts  []Fault // what the next Puts and Deletes have
	swaps []Fault
	held  []heldCall
	lies  lies
	log   []string
}

// A heldCall is a write that has not landed.
type heldCall struct {
	name string
	due  int // if above 0, the number of writes after which it lands of its own accord
	land func(context.Context) error
}

// NewFaulty wraps a store. Without further ado nothing fails. The wrapper's Close closes the store.
func NewFaulty(inner kv.Store, seed uint64) *Faulty {
	return &Faulty{inner: inner, seed: seed, rng: rand.New(rand.NewPCG(seed, 0)), lies: newLies()}
}

// Report makes a failing test print the seed and all that was done to it.
func (f *Faulty) Report(t testing.TB) {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("faults of seed %d:", f.seed)
			for _, line := range f.Log() {
				t.Log("  " + line)
			}
		}
	})
}

// Log returns a line for each fault so far.
func (f *Faulty) Log() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.log)
}

// Random lets calls fail by chance from now on, also held ones land. The zero Rates end that.
func (f *Faulty) Random(r Rates) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rates = r
}

// NextPut sets the faults of the next calls of Put and Delete, one each, after those already set. They come
// before anything random.
func (f *Faulty) NextPut(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range faults {
		if fault != None && !slices.Contains(putFaults, fault) {
			panic(fmt.Sprintf("kvtest: a Put cannot be %v", fault))
		}
		f.puts = append(f.puts, fault)
	}
}

// NextSwap sets the faults of the next calls of Swap, one each, after those already set.
func (f *Faulty) NextSwap(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range faults {
		if fault != None && !slices.Contains(swapFaults, fault) {
			panic(fmt.Sprintf("kvtest: a Swap cannot be %v", fault))
		}
		f.swaps = append(f.swaps, fault)
	}
}

// Release lands all held calls, in the order they came, and returns how many there were. What they return
// nobody hears, as nobody waits for them any more; it is in the log.
func (f *Faulty) Release() int {
	f.mu.Lock()
	held := f.held
	f.held = nil
	f.mu.Unlock()
	f.landAll(held)
	return len(held)
}

func (f *Faulty) landAll(held []heldCall) {
	for _, h := range held {
		f.note("landed %s: %v", h.name, h.land(context.Background()))
	}
}

func (f *Faulty) note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, fmt.Sprintf(format, args...))
}

// hold keeps a call back.
func (f *Faulty) hold(name string, land func(context.Context) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := heldCall{name: name, land: land}
	if f.rates != (Rates{}) {
		h.due = 1 + f.rng.IntN(8)
	}
	f.held = append(f.held, h)
}

// draw decides the fault of a call, and lands held calls whose time has come.
func (f *Faulty) draw(script *[]Fault, rate func(Rates) float64, faults []Fault) Fault {
	fault := None
	f.mu.Lock()
	switch r := rate(f.rates); {
	case len(*script) > 0:
		fault, *script = (*script)[0], (*script)[1:]
	case r > 0 && f.rng.Float64() < r:
		fault = faults[f.rng.IntN(len(faults))]
	}
	var due, rest []heldCall
	for _, h := range f.held {
		if h.due == 1 {
			due = append(due, h)
			continue
		}
		h.due = max(h.due-1, 0)
		rest = append(rest, h)
	}
	f.held = rest
	f.mu.Unlock()
	f.landAll(due)
	return fault
}
