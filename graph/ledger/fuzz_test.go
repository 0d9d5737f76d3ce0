package ledger

import (
	"bytes"
	"testing"

	"entente/graph/kv/memkv"
)

// seeds adds the payloads of a small ledger's values of a kind.
func seeds(f *testing.F, kind byte) {
	store := memkv.New()
	w := small(f, store, tailLen)
	// Some of its blocks have been written again.
	l := openTest(f, store)
	w.order(f, l, map[ClaimNo]Op{0: Redact, 1: TakeDown, ClaimNo(len(w.claims) - 1): Redact})
	if n, err := l.Erase(f.Context()); n == 0 || err != nil {
		f.Fatalf("Erase: %d blocks, %v", n, err)
	}
	for _, item := range contents(f, store) {
		if item.Value[3] == kind {
			f.Add(item.Value[headerLen:])
		}
	}
	f.Add([]byte{})
}

// FuzzDecodeBlock: whatever the bytes, decoding ends without a panic, and what it accepts encodes to a block that decodes to the same.
func FuzzDecodeBlock(f *testing.F) {
	seeds(f, kindBlock)
	f.Fuzz(func(t *testing.T, payload []byte) {
		d, err := decodeBlock(payload)
		if err != nil {
			return
		}
		claims, changes, err := joined(d)
		if err != nil || d.payload.find(sectionHot) == nil {
			return
		}
		for i := range claims {
			eachEntity(&claims[i], func(n EntityNo) {
				if uint64(n) >= d.entityLimit() {
					t.Fatalf("claim %d names entity %d of %d", i, n, d.entityLimit())
				}
			})
		}
		again := encodeRecords(&records{d.FirstEntity, d.Entities, d.FirstClaim, claims, changes})
		e, err := decodeBlock(again.bytes())
		if err != nil {
			t.Fatalf("what was decoded does not encode: %v", err)
		}
		claims2, changes2, err := joined(e)
		if err != nil || len(claims2) != len(claims) || len(changes2) != len(changes) || len(e.Entities) != len(d.Entities) {
			t.Fatalf("%d claims, %d changes, %d entities became %d, %d, %d: %v",
				len(claims), len(changes), len(d.Entities), len(claims2), len(changes2), len(e.Entities), err)
		}
	})
}

// joined are the whole claims and changes of a block.
func joined(d *decoded) ([]Claim, []Change, error) {
	cold, changes, err := d.decodeCold()
	claims := make([]Claim, len(cold))
	for i := range cold {
		claims[i] = join(&d.Claims[i], &cold[i])
	}
	return claims, changes, err
}

// FuzzDecodeHead: what decodes encodes to a head that decodes to the same.
func FuzzDecodeHead(f *testing.F) {
	seeds(f, kindHead)
	f.Fuzz(func(t *testing.T, payload []byte) {
		h, err := decodeHead(payload)
		if err != nil {
			return
		}
		once := h.append(nil)
		again, err := decodeHead(once)
		if err != nil {
			t.Fatalf("%x became %x: %v", payload, once, err)
		}
		if !bytes.Equal(again.append(nil), once) {
			t.Fatalf("%x is not stable", payload)
		}
	})
}

// FuzzDecodePage is the same for pages.
func FuzzDecodePage(f *testing.F) {
	seeds(f, kindPage)
	f.Fuzz(func(t *testing.T, payload []byte) {
		p, err := decodePage(payload)
		if err != nil {
			return
		}
		once := p.append(nil)
		again, err := decodePage(once)
		if err != nil || !bytes.Equal(again.append(nil), once) {
			t.Fatalf("%x became %x: %v", payload, once, err)
		}
	})
}

// FuzzUnseal: a value is accepted only if it is the very one that seal makes.
func FuzzUnseal(f *testing.F) {
	key := blockKey(nonce{1}, 2, 3)
	f.Add(seal(key, kindBlock, flagLast, nonce{9}, []byte("payload")))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, value []byte) {
		payload, flags, err := unseal(key, kindBlock, nonce{9}, value)
		if err == nil && !bytes.Equal(seal(key, kindBlock, flags, nonce{9}, payload), value) {
			t.Fatalf("accepted %x", value)
		}
	})
}
