package badgerkv

import (
	"bytes"
	"cmp"
	"strings"
	"testing"

	"entente/graph/kv"
)

// TestKeyGolden holds the encoding still: what is stored with it must stay readable.
func TestKeyGolden(t *testing.T) {
	for _, c := range []struct {
		key  kv.Key
		want string
	}{
		{kv.Key{Row: "head"}, "\x00\x04head"},
		{kv.Key{Row: "a", Col: "\x00\xff"}, "\x00\x01a\x00\xff"},
		{kv.Key{Row: strings.Repeat("r", 258), Col: "c"}, "\x01\x02" + strings.Repeat("r", 258) + "c"},
	} {
		if got := encode(c.key); string(got) != c.want {
			t.Errorf("encode(%v) = %q, want %q", c.key, got, c.want)
		}
	}
}

func FuzzKey(f *testing.F) {
	f.Add("a", "b", "a", "")
	f.Add("a", "\x00", "a\x00", "")
	f.Add("\xff", "\xff", "\xff\xff", "")
	f.Add("!badger!", "x", "!", "badger!")
	f.Add(strings.Repeat("r", 1024), "", "r", strings.Repeat("c", 1023))
	f.Fuzz(func(t *testing.T, row1, col1, row2, col2 string) {
		k1, k2 := kv.Key{Row: row1, Col: col1}, kv.Key{Row: row2, Col: col2}
		if kv.CheckKeys(k1, k2) != nil {
			return
		}
		b1, b2 := encode(k1), encode(k2)
		if bytes.Equal(b1, b2) != (k1 == k2) {
			t.Errorf("%v and %v are %q and %q", k1, k2, b1, b2)
		}
		if bytes.HasPrefix(b1, rowPrefix(row2)) != (row1 == row2) {
			t.Errorf("%v lies in row %q", k1, row2)
		}
		if row1 == row2 && bytes.Compare(b1, b2) != cmp.Compare(col1, col2) {
			t.Errorf("columns %q and %q sort as %q and %q", col1, col2, b1, b2)
		}
		if bytes.HasPrefix(b1, []byte("!badger!")) {
			t.Errorf("%v is one of Badger's own keys", k1)
		}
	})
}
