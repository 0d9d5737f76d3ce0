package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/memkv"
)

const secret = "SECRET"

// secretClaim is a claim all of whose texts are secret.
func (w *world) secretClaim(predicate graph.Predicate, long bool) Claim {
	c := Claim{
		Predicate: predicate.Info().Code, From: 0, To: NoEntity, Claimant: NoEntity, Coder: NoEntity, Document: 0,
		Value: secret + " value " + w.text(40), Locator: secret + " page", Quote: secret + " quote " + w.text(60), Key: secret + " key",
		Qualifiers: []Qualifier{
			{Name: graph.OnBehalfOf.Info().Code, Entity: 0},
			{Name: graph.Inferred.Info().Code, Entity: NoEntity, Value: secret + " reason"},
		},
	}
	if long {
		c.Value += w.noise(300_000)
	}
	c.ID = trueID(&c, w.entities)
	return c
}

// wantErased is what should be left of a claim: told by the documentation, not by the code.
func wantErased(c Claim, e Erasure) Claim {
	c.Erased = e
	c.Locator, c.Quote = "", ""
	if e == ErasedText {
		c.Key = ""
		c.Qualifiers = slices.DeleteFunc(slices.Clone(c.Qualifiers), func(q Qualifier) bool {
			return q.Entity == NoEntity && graph.QualifierOf(q.Name).Only == ""
		})
		if len(c.Qualifiers) == 0 {
			c.Qualifiers = nil
		}
		switch info := graph.PredicateOf(c.Predicate); {
		case c.Value == "":
		case info.Literal == graph.ExternalIDLiteral:
			c.Value = fmt.Sprintf("redacted:%x", c.ID[:4])
		case info.Literal != graph.KindLiteral && info.Literal != graph.EventTypeLiteral && info.Literal != graph.DateLiteral:
			c.Value = "[redacted]"
		}
	}
	return c
}

// order appends a commit that orders erasures, and changes the world as they should.
func (w *world) order(t testing.TB, l *Ledger, orders map[ClaimNo]Op) {
	t.Helper()
	b := Batch{After: uint64(len(w.commits)), Note: "takedown"}
	for n, op := range orders {
		b.Changes = append(b.Changes, Change{Claim: n, Op: op})
	}
	slices.SortFunc(b.Changes, func(a, b Change) int { return int(a.Claim) - int(b.Claim) })
	w.appendTo(t, l, b)
	for n, op := range orders {
		if e := op.erases(); e > w.claims[n].Erased {
			w.claims[n] = wantErased(w.claims[n], e)
		}
		for i := range w.commits {
			for j := range w.commits[i].Changes {
				if c := &w.commits[i].Changes[j]; c.Claim == n && op == Redact {
					c.Reason = ""
				}
			}
		}
	}
}

// findSecret looks for the secret in all that the store gives, packed and unpacked.
func findSecret(t testing.TB, store kv.Store) string {
	t.Helper()
	l := openTest(t, store)
	for s, err := range l.stream(t.Context(), l.current(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.payload {
			raw, err := s.payload[i].unpack()
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(raw), secret) {
				return fmt.Sprintf("commit %d, block %d, section %d", s.commit, s.ordinal, s.payload[i].kind)
			}
		}
		for n := range s.sums { // as many values as there ever were
			key := blockKey(l.current().runOf(s.commit).writer, s.commit, s.ordinal+n)
			values, err := store.Get(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(values[0]), secret) {
				return key.String()
			}
		}
	}
	return ""
}

// TestErase orders erasures in random ledgers; what is left is what should be, at every commit, and it verifies.
func TestErase(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rapid.Uint64().Draw(rt, "seed"))
		store := memkv.New()
		l := openTest(t, store)
		w.appendTo(t, l, w.next(3, 0, 0))
		orders := map[ClaimNo]Op{}
		for range rapid.IntRange(1, 6).Draw(rt, "commits") {
			b := w.next(w.rng.IntN(4), w.rng.IntN(40), w.rng.IntN(4))
			for range rapid.IntRange(0, 2).Draw(rt, "secrets") {
				n := ClaimNo(len(w.claims) + len(b.Claims))
				p := rapid.SampledFrom([]graph.Predicate{graph.NamePredicate, graph.Description, graph.ExternalID}).Draw(rt, "predicate")
				b.Claims = append(b.Claims, w.secretClaim(p, rapid.IntRange(0, 9).Draw(rt, "long") == 0))
				b.Changes = append(b.Changes, Change{Claim: n, Op: Withdraw, Reason: secret})
				orders[n] = Redact
			}
			w.appendTo(t, l, b)
		}
		for range rapid.IntRange(0, 3).Draw(rt, "others") {
			if len(w.claims) > 0 {
				n := ClaimNo(w.rng.IntN(len(w.claims)))
				if orders[n] == 0 {
					orders[n] = TakeDown
				}
			}
		}
		if len(orders) == 0 {
			return
		}
		w.compare(t, l) // which keeps the secrets
		before := l.Head()
		w.order(t, l, orders)
		if _, err := l.Erase(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.compare(t, l)
		w.compare(t, openTest(t, store))
		if where := findSecret(t, store); where != "" {
			t.Fatalf("the secret is still in %s", where)
		}
		if n, err := l.Erase(t.Context()); n > 0 || err != nil {
			t.Fatalf("a second time %d blocks were written, %v", n, err)
		}
		if got, err := l.Info(t.Context(), before.Number); err != nil || got != before {
			t.Fatalf("Info of the commit before: %+v, %v, want %+v", got, err, before)
		}
		// What was left to stand may have to go later, and commits go on.
		for n, op := range orders {
			if op == TakeDown {
				w.order(t, l, map[ClaimNo]Op{n: Redact})
				break
			}
		}
		if _, err := l.Erase(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.appendTo(t, l, w.next(1, 5, 1))
		w.compare(t, openTest(t, store))
	})
}

// slow is a store whose next Get, once it is armed, has read what it tells only when it is let go.
type slow struct {
	kv.Store
	armed      atomic.Bool
	read, tell chan struct{}
}

func (s *slow) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	values, err := s.Store.Get(ctx, keys...)
	if s.armed.CompareAndSwap(true, false) {
		close(s.read)
		<-s.tell
	}
	return values, err
}

// TestEraseDuringRead erases a claim and a reason while readers hold what they were: nobody who asks later is told that.
func TestEraseDuringRead(t *testing.T) {
	for _, read := range []func(l *Ledger) (any, error){
		func(l *Ledger) (any, error) { return l.Read(t.Context(), []ClaimNo{0}) },
		func(l *Ledger) (any, error) { return l.Changes(t.Context(), 2) },
	} {
		w := newWorld(1)
		store := &slow{Store: memkv.New(), read: make(chan struct{}), tell: make(chan struct{})}
		l := openTest(t, store)
		w.appendTo(t, l, w.next(1, 0, 0))
		w.appendTo(t, l, Batch{
			After: 1, Claims: []Claim{w.secretClaim(graph.Description, false)}, Changes: []Change{{Claim: 0, Op: Withdraw, Reason: secret}},
		})
		w.order(t, l, map[ClaimNo]Op{0: Redact})

		store.armed.Store(true)
		var reader sync.WaitGroup
		reader.Go(func() {
			if told, err := read(l); err != nil || !strings.Contains(fmt.Sprint(told), secret) {
				t.Errorf("told %v, %v; what was read before the erasure has the secret", told, err)
			}
		})
		<-store.read
		if n, err := l.Erase(t.Context()); n != 1 || err != nil {
			t.Fatalf("Erase wrote %d blocks, %v; want 1", n, err)
		}
		close(store.tell)
		reader.Wait()
		w.compare(t, l)
	}
}

// failing is a store whose n-th write fails, and all after it.
type failing struct {
	kv.Store
	left int
}

func (f *failing) write() error {
	if f.left--; f.left < 0 {
		return kv.ErrReadOnly
	}
	return nil
}

func (f *failing) Put(ctx context.Context, items ...kv.Item) error {
	if err := f.write(); err != nil {
		return err
	}
	return f.Store.Put(ctx, items...)
}

func (f *failing) Delete(ctx context.Context, keys ...kv.Key) error {
	if err := f.write(); err != nil {
		return err
	}
	return f.Store.Delete(ctx, keys...)
}

// TestEraseStopped stops an erasure after each of its writes. Meanwhile the ledger reads, and says what is to be done; then the
// next one finishes it.
func TestEraseStopped(t *testing.T) {
	for writes := 0; ; writes++ {
		w := newWorld(7)
		store := memkv.New()
		l := openTest(t, store)
		w.appendTo(t, l, w.next(3, 2, 0))
		orders := map[ClaimNo]Op{}
		for n := range 4 {
			b := w.next(1, 20, 1)
			orders[ClaimNo(len(w.claims)+len(b.Claims))] = Redact
			b.Claims = append(b.Claims, w.secretClaim(graph.Description, n == 2))
			w.appendTo(t, l, b)
		}
		w.order(t, l, orders)
		_, err := openTest(t, &failing{store, writes}).Erase(t.Context())
		if err == nil {
			if writes < 5 {
				t.Errorf("it took %d writes", writes)
			}
			return
		}
		if !errors.Is(err, kv.ErrReadOnly) {
			t.Fatal(err)
		}
		l = openTest(t, store)
		if _, err := drain(t.Context(), l, 0); err != nil {
			t.Fatalf("stopped after %d writes: %v", writes, err)
		}
		report, err := l.Verify(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			if !strings.Contains(p.Error(), "was to be erased") {
				t.Errorf("stopped after %d writes: %v", writes, p)
			}
		}
		if _, err := l.Erase(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.compare(t, openTest(t, store))
	}
}

// TestEraseUnordered: texts that are missing without an order are damage.
func TestEraseUnordered(t *testing.T) {
	w := newWorld(1)
	store := memkv.New()
	l := openTest(t, store)
	w.appendTo(t, l, w.next(2, 0, 0))
	c := w.secretClaim(graph.NamePredicate, false)
	c = wantErased(c, ErasedText)
	w.appendTo(t, l, Batch{After: 1, Claims: []Claim{c}})
	report, err := l.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) != 1 || !errors.Is(report.Problems[0], ErrCorrupt) {
		t.Errorf("Verify: %v, %v", report.Problems, err)
	}
}
