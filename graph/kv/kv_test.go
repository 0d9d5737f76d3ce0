package kv_test

import (
	"errors"
	"strings"
	"testing"

	"entente/graph/kv"
)

func TestCheck(t *testing.T) {
	k := kv.Key{Row: "r", Col: strings.Repeat("c", kv.MaxKey-1)}
	over := kv.Key{Row: "r", Col: k.Col + "c"}
	largest := make([]byte, kv.MaxValue)
	for _, c := range []struct {
		name string
		got  error
		want error
	}{
		{"no keys", kv.CheckKeys(), nil},
		{"largest key", kv.CheckKeys(k), nil},
		{"no column", kv.CheckKeys(kv.Key{Row: "r"}), nil},
		{"the second key is too big", kv.CheckKeys(k, over), kv.ErrTooBig},
		{"no row", kv.CheckKeys(kv.Key{Col: "c"}), kv.ErrBadKey},
		{"largest value", kv.CheckItems(kv.Item{Key: k, Value: largest}), nil},
		{"value too big", kv.CheckItems(kv.Item{Key: k}, kv.Item{Key: k, Value: append(largest, 0)}), kv.ErrTooBig},
		{"key of an item too big", kv.CheckItems(kv.Item{Key: over}), kv.ErrTooBig},
		{"swap", kv.CheckSwap(k, largest, kv.Item{Key: kv.Key{Row: "r"}}), nil},
		{"swap to a value too big", kv.CheckSwap(k, append(largest, 0)), kv.ErrTooBig},
		{"swap with itself", kv.CheckSwap(k, nil, kv.Item{Key: k}), kv.ErrBadKey},
		{"swap with an item too big", kv.CheckSwap(k, nil, kv.Item{Key: over}), kv.ErrTooBig},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestKeyString(t *testing.T) {
	if got, want := (kv.Key{Row: "a\x00", Col: "\xff"}).String(), `"a\x00"/"\xff"`; got != want {
		t.Errorf("String() = %s, want %s", got, want)
	}
}
