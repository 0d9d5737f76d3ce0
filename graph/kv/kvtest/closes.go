package kvtest

import (
	"fmt"
	"sync"
	"testing"

	"entente/graph/kv"
)

func testReopen(t *testing.T, open Opener) {
	dir := t.TempDir()
	var head []byte
	for n := range 4 {
		s := open(t, dir)
		wantValue(t, s, key("head", ""), head)
		for i := range n {
			col := fmt.Sprint(i)
			wantScan(t, s, "r\x00", col, col+"\x00", col+"=put "+col)
			wantValue(t, s, key("r\xff", col), []byte("with "+col))
			wantValue(t, s, key("empty", col), []byte{})
			wantValue(t, s, key("gone", col), nil)
		}
		col := fmt.Sprint(n)
		put(t, s, item("r\x00", col, "put "+col), item("empty", col, ""), item("gone", col, "x"))
		next := []byte("head " + col)
		swap(t, s, key("head", ""), head, next, item("r\xff", col, "with "+col))
		head = next
		if err := s.Delete(t.Context(), key("gone", col)); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
}

func testClosed(t *testing.T, open Opener) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, item("r", "there", "old"))
	before := s.Scan(t.Context(), "r", "", "")
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
		for what, err := range allErrors(t.Context(), s, "r") {
			wantError(t, what+" after Close", err, kv.ErrClosed)
		}
	}
	for _, err := range before {
		wantError(t, "Scan made before Close and begun after", err, kv.ErrClosed)
	}
	s = open(t, dir)
	wantScan(t, s, "r", "", "", "there=old")
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

func testCloseInScan(t *testing.T, open Opener) {
	for _, at := range []int{1, 16, 40} {
		s := open(t, t.TempDir())
		fill(t, s, "r", 100)
		n, errs := 0, 0
		for _, err := range s.Scan(t.Context(), "r", "", "") {
			if err != nil {
				wantError(t, "Scan", err, kv.ErrClosed)
				errs++
				continue
			}
			if n++; n == at {
				if err := s.Close(); err != nil {
					t.Fatalf("Close: %v", err)
				}
			}
		}
		if n != at || errs != 1 {
			t.Errorf("closed at item %d: the scan gave %d items and %d errors, want one error", at, n, errs)
		}
	}
}

// testCloseUnderCalls closes a store that is in full use. Every call either succeeds or finds it closed, and
// what was acknowledged is there afterwards.
func testCloseUnderCalls(t *testing.T, open Opener) {
	dir := t.TempDir()
	s := open(t, dir)
	fill(t, s, "r", 400)
	var wg sync.WaitGroup
	var running sync.WaitGroup
	acked := make([]int, 4)
	for n := range 4 {
		running.Add(2)
		wg.Go(func() {
			for i := 0; ; i++ {
				_, err := scan(t.Context(), s, "r", "", "")
				if i == 0 {
					running.Done()
				}
				if err != nil {
					wantError(t, "Scan", err, kv.ErrClosed)
					return
				}
			}
		})
		wg.Go(func() {
			for i := 0; ; i++ {
				err := s.Put(t.Context(), item("w", fmt.Sprintf("%d/%d", n, i), "x"))
				if i == 0 {
					running.Done()
				}
				if err != nil {
					wantError(t, "Put", err, kv.ErrClosed)
					return
				}
				acked[n] = i + 1
			}
		})
	}
	running.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	wg.Wait()

	s = open(t, dir)
	defer func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}()
	for n, count := range acked {
		for i := range count {
			wantValue(t, s, key("w", fmt.Sprintf("%d/%d", n, i)), []byte("x"))
		}
	}
}
