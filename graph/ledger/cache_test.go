package ledger

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestCache compares a cache with a plain list of what it should hold, the most recent first.
func TestCache(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		type held struct {
			key   int
			size  int64
			value string
		}
		const limit = 100
		c := newCache[int, string](limit)
		var want []held
		var eras []uint64
		key := rapid.IntRange(0, 9)
		rt.Repeat(map[string]func(*rapid.T){
			"": func(rt *rapid.T) {
				var got []held
				size := int64(0)
				for k := c.recent.next; k != &c.recent; k = k.next {
					got = append(got, held{k.key, k.size, k.value})
					size += k.size
				}
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(held{})); diff != "" || size != c.size || size > limit || len(c.kept) != len(want) {
					rt.Fatalf("%d bytes of %d values, said to be %d of %d (-want +got):\n%s", size, len(got), c.size, len(c.kept), diff)
				}
			},
			"get": func(rt *rapid.T) {
				keys := rapid.SliceOfN(key, 0, 4).Draw(rt, "keys")
				got, values := make([]string, len(keys)), make([]string, len(keys))
				var absent []int
				for i, k := range keys {
					at := slices.IndexFunc(want, func(h held) bool { return h.key == k })
					if at < 0 {
						absent = append(absent, i)
						continue
					}
					h := want[at]
					want = append([]held{h}, slices.Delete(want, at, at+1)...)
					values[i] = h.value
				}
				missing, era := c.get(keys, got)
				if diff := cmp.Diff(values, got) + cmp.Diff(absent, missing); diff != "" {
					rt.Fatalf("get(%v): %s", keys, diff)
				}
				eras = append(eras, era)
			},
			"put": func(rt *rapid.T) {
				if len(eras) == 0 {
					rt.Skip()
				}
				era := rapid.SampledFrom(eras).Draw(rt, "era")
				h := held{key.Draw(rt, "key"), rapid.Int64Range(1, limit+5).Draw(rt, "size"), rapid.StringN(1, 3, -1).Draw(rt, "value")}
				c.put(era, h.key, h.value, h.size)
				if era != c.cleared || h.size > limit || slices.ContainsFunc(want, func(o held) bool { return o.key == h.key }) {
					return
				}
				want = append([]held{h}, want...)
				for total := int64(0); ; total = 0 {
					for _, o := range want {
						total += o.size
					}
					if total <= limit {
						return
					}
					want = want[:len(want)-1]
				}
			},
			"clear": func(*rapid.T) {
				c.clear()
				want = nil
			},
		})
	})
}
