package ledger

import (
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
)

// TestDetach makes a claim whose texts are parts of a block's, and one of none: what is kept has texts of its own, so that the block can go.
func TestDetach(t *testing.T) {
	block := strings.Repeat("a quote of some length, ", 100)
	shared := []Qualifier{{Name: 1, Entity: 7}, {Name: 2, Entity: NoEntity, Value: block[50:60]}}
	for _, c := range []Claim{
		{Value: block[:10], Locator: block[10:12], Quote: block[20:90], Key: block[90:91], Qualifiers: shared},
		{Quote: block},
		{},
	} {
		want := c
		want.Qualifiers = slices.Clone(c.Qualifiers)
		length := len(c.Value) + len(c.Locator) + len(c.Quote) + len(c.Key)
		texts := []*string{&c.Value, &c.Locator, &c.Quote, &c.Key}
		for i := range c.Qualifiers {
			length += len(c.Qualifiers[i].Value)
		}
		if got := c.detach(); got != length {
			t.Errorf("detach gives %d bytes of texts, want %d", got, length)
		}
		if diff := cmp.Diff(want, c, equalDates); diff != "" {
			t.Errorf("the claim is another (-want +got):\n%s", diff)
		}
		for i := range c.Qualifiers {
			texts = append(texts, &c.Qualifiers[i].Value)
			if &c.Qualifiers[i] == &shared[i] {
				t.Errorf("qualifier %d is shared with others", i)
			}
		}
		from := uintptr(unsafe.Pointer(unsafe.StringData(block)))
		for i, text := range texts {
			if at := uintptr(unsafe.Pointer(unsafe.StringData(*text))); *text != "" && at >= from && at < from+uintptr(len(block)) {
				t.Errorf("text %d, %q, is part of the block", i, *text)
			}
		}
	}
}
