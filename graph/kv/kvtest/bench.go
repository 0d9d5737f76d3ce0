package kvtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"entente/graph/kv"
)

// block is the size of what the ledger writes.
const block = 16 << 10

// Bench measures an engine at the work of a ledger: blocks of 16 KiB in, heads swapped, blocks read.
func Bench(b *testing.B, open Opener) {
	value := bytes.Repeat([]byte("sixteen bytes..."), block/16)
	// An import puts a commit's blocks in one call.
	for _, n := range []int{1, 16, 128} {
		b.Run(fmt.Sprintf("Put/blocks=%d", n), func(b *testing.B) {
			s := start(b, open)
			b.SetBytes(int64(n * block))
			for i := 0; b.Loop(); i++ {
				items := make([]kv.Item, n)
				for j := range items {
					items[j] = kv.Item{Key: key(fmt.Sprint(i/64), fmt.Sprintf("%08x/%04x", i, j)), Value: value}
				}
				put(b, s, items...)
			}
		})
	}
	// A small commit is one block of a few hundred bytes and a head.
	b.Run("Swap/with=one", func(b *testing.B) { benchSwap(b, start(b, open), true) })
	b.Run("Swap/put-then-swap", func(b *testing.B) { benchSwap(b, start(b, open), false) })

	const stored = 2048
	filled := func(b *testing.B) kv.Store {
		s := start(b, open)
		for i := 0; i < stored; i += 64 {
			var items []kv.Item
			for j := i; j < i+64; j++ {
				items = append(items, kv.Item{Key: key("r", fmt.Sprintf("%08x", j)), Value: value})
			}
			put(b, s, items...)
		}
		return s
	}
	b.Run("Get", func(b *testing.B) {
		s := filled(b)
		b.SetBytes(block)
		for i := 0; b.Loop(); i++ {
			got, err := s.Get(b.Context(), key("r", fmt.Sprintf("%08x", i*7919%stored)))
			if err != nil || len(got[0]) != block {
				b.Fatal(err, len(got[0]))
			}
		}
	})
	b.Run("Get/missing", func(b *testing.B) {
		s := filled(b)
		for i := 0; b.Loop(); i++ {
			got, err := s.Get(b.Context(), key("r", fmt.Sprintf("%08x+", i*7919%stored)))
			if err != nil || got[0] != nil {
				b.Fatal(err, got)
			}
		}
	})
	b.Run("Scan", func(b *testing.B) {
		s := filled(b)
		b.SetBytes(stored * block)
		for b.Loop() {
			n := 0
			for _, err := range s.Scan(b.Context(), "r", "", "") {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != stored {
				b.Fatalf("%d of %d items", n, stored)
			}
		}
	})
}

func benchSwap(b *testing.B, s kv.Store, together bool) {
	var head []byte
	content := bytes.Repeat([]byte("x"), 600)
	for i := 0; b.Loop(); i++ {
		next := append(binary.BigEndian.AppendUint64(nil, uint64(i)), content[:200]...)
		with := []kv.Item{{Key: key("blocks", fmt.Sprintf("%08x", i)), Value: content}}
		if !together {
			put(b, s, with...)
			with = nil
		}
		swap(b, s, key("head", ""), head, next, with...)
		head = next
	}
}
