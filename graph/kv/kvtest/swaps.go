package kvtest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"entente/graph/kv"
)

func testSwap(t *testing.T, open Opener) {
	s := start(t, open)
	ctx, k := t.Context(), key("head", "")
	wantError(t, "absent, but old is given", s.Swap(ctx, k, []byte("x"), []byte("y")), kv.ErrConflict)
	wantValue(t, s, k, nil)
	swap(t, s, k, nil, []byte("1"))
	wantError(t, "there, but old is nil", s.Swap(ctx, k, nil, []byte("y")), kv.ErrConflict)
	wantError(t, "another old", s.Swap(ctx, k, []byte("2"), []byte("y")), kv.ErrConflict)
	wantError(t, "a longer old", s.Swap(ctx, k, []byte("11"), []byte("y")), kv.ErrConflict)
	wantValue(t, s, k, []byte("1"))
	swap(t, s, k, []byte("1"), []byte("1")) // to the same
	swap(t, s, k, []byte("1"), []byte("2"))
	wantError(t, "the same swap again", s.Swap(ctx, k, []byte("1"), []byte("2")), kv.ErrConflict)
	wantScan(t, s, "head", "", "", "=2")
}

func testSwapEmpty(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("r", "s")
	wantError(t, "absent, old is empty", s.Swap(t.Context(), k, []byte{}, []byte("x")), kv.ErrConflict)
	swap(t, s, k, nil, nil) // a nil new is the empty value
	wantValue(t, s, k, []byte{})
	wantError(t, "empty, old is nil", s.Swap(t.Context(), k, nil, []byte("x")), kv.ErrConflict)
	swap(t, s, k, []byte{}, []byte("x"))
	swap(t, s, k, []byte("x"), []byte{})
	wantValue(t, s, k, []byte{})
}

func testSwapWith(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("head", "")
	swap(t, s, k, nil, []byte("1"), item("blocks", "a", "A"), item("other", "b", ""), item("head", "beside", "B"))
	wantScan(t, s, "blocks", "", "", "a=A")
	wantScan(t, s, "other", "", "", "b=")
	wantScan(t, s, "head", "", "", "=1", "beside=B")
	err := s.Swap(t.Context(), k, []byte("wrong"), []byte("2"), item("blocks", "b", "lost"))
	wantError(t, "Swap with items and a wrong old", err, kv.ErrConflict)
	wantValue(t, s, k, []byte("1"))
}

// testSwapWithMuch gives a swap more than any engine takes in one transaction.
func testSwapWithMuch(t *testing.T, open Opener) {
	s := start(t, open)
	var with []kv.Item
	var want []string
	v := strings.Repeat("x", kv.MaxValue)
	for i := range 20 {
		with = append(with, item("blocks", fmt.Sprintf("%02d", i), v))
		want = append(want, fmt.Sprintf("%02d=%s", i, v))
	}
	swap(t, s, key("head", ""), nil, []byte("1"), with...)
	wantScan(t, s, "blocks", "", "", want...)
	wantValue(t, s, key("head", ""), []byte("1"))
	wantError(t, "again", s.Swap(t.Context(), key("head", ""), nil, []byte("2"), with...), kv.ErrConflict)
	wantValue(t, s, key("head", ""), []byte("1"))
}

func testSwapBadWith(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("head", "")
	err := s.Swap(t.Context(), k, nil, []byte("1"), item("r", "c", ""), kv.Item{Key: k})
	wantError(t, "the swapped key is among the items", err, kv.ErrBadKey)
	wantValue(t, s, k, nil)
	wantValue(t, s, key("r", "c"), nil)
}

const racers = 16

// testSwapRace lets sixteen swaps with the same old value race, again and again. One wins.
func testSwapRace(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("head", "")
	var old []byte
	for round := range 12 {
		var wg sync.WaitGroup
		var won atomic.Int32
		var winner atomic.Pointer[[]byte]
		begin := make(chan struct{})
		for n := range racers {
			wg.Go(func() {
				mine := fmt.Appendf(nil, "%d by %d", round, n)
				// Many items keep an engine busy between its look at the key and its writing of it.
				var with []kv.Item
				for i := range 300 {
					with = append(with, item("blocks", fmt.Sprintf("%s/%03d", mine, i), "block"))
				}
				<-begin
				err := s.Swap(t.Context(), k, old, mine, with...)
				switch {
				case err == nil:
					won.Add(1)
					winner.Store(&mine)
				case !errors.Is(err, kv.ErrConflict):
					t.Errorf("Swap: %v, want nil or a conflict", err)
				}
			})
		}
		close(begin)
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("round %d: %d swaps won, want 1", round, won.Load())
		}
		old = *winner.Load()
		wantValue(t, s, k, old)
		wantValue(t, s, key("blocks", string(old)+"/000"), []byte("block"))
		wantValue(t, s, key("blocks", string(old)+"/299"), []byte("block"))
	}
}

// testSwapCounter adds up a number from many goroutines; no addition may be lost.
func testSwapCounter(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("counter", "")
	const each = 10
	var wg sync.WaitGroup
	for range racers / 2 {
		wg.Go(func() {
			for done := 0; done < each; {
				got, err := s.Get(t.Context(), k)
				if err != nil {
					t.Errorf("Get: %v", err)
					return
				}
				var n uint64
				if got[0] != nil {
					n = binary.BigEndian.Uint64(got[0])
				}
				err = s.Swap(t.Context(), k, got[0], binary.BigEndian.AppendUint64(nil, n+1))
				switch {
				case err == nil:
					done++
				case !errors.Is(err, kv.ErrConflict):
					t.Errorf("Swap: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
	wantValue(t, s, k, binary.BigEndian.AppendUint64(nil, racers/2*each))
}

// testSwapWithVisible checks that whoever sees a swap sees the items that went with it, few or many.
func testSwapWithVisible(t *testing.T, open Opener) {
	s := start(t, open)
	k := key("head", "")
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				got, err := s.Get(t.Context(), k)
				if err != nil {
					t.Errorf("Get: %v", err)
					return
				}
				if got[0] == nil {
					continue
				}
				// Each swap brought 14 items; the last was written last.
				blocks, err := s.Get(t.Context(), key("blocks", string(got[0])+"/00"), key("blocks", string(got[0])+"/13"))
				if err != nil {
					t.Errorf("Get: %v", err)
					return
				}
				if blocks[0] == nil || blocks[1] == nil {
					t.Errorf("head %s is seen without its blocks", got[0])
					return
				}
			}
		})
	}
	var old []byte
	for n := range 12 {
		value := "small"
		if n%4 == 3 {
			value = strings.Repeat("x", kv.MaxValue) // too much for one transaction
		}
		head := fmt.Appendf(nil, "%03d", n)
		var with []kv.Item
		for i := range 14 {
			with = append(with, item("blocks", fmt.Sprintf("%s/%02d", head, i), value))
		}
		swap(t, s, k, old, head, with...)
		old = head
	}
	stop()
	wg.Wait()
}

// testPutVisible checks that what one goroutine has put every other sees, by Get and by Scan.
func testPutVisible(t *testing.T, open Opener) {
	s := start(t, open)
	done := make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(done)
		for i := range 100 {
			col := fmt.Sprintf("%03d", i)
			if err := s.Put(t.Context(), item("r", col, col)); err != nil {
				t.Errorf("Put: %v", err)
				return
			}
			done <- col
		}
	})
	n := 0
	for col := range done {
		wantValue(t, s, key("r", col), []byte(col))
		n++
		got, err := scan(t.Context(), s, "r", "", "")
		if err != nil {
			t.Error(err)
		}
		if len(got) < n {
			t.Errorf("Scan shows %d items after %d were acknowledged", len(got), n)
		}
	}
	wg.Wait()
}
