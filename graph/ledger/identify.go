package ledger

import (
	"encoding/hex"
	"fmt"
	"strings"

	"entente/graph/kv"
)

// What follows is for those who copy or mend an engine's values without opening the ledger in them.

// HeadKey is the key of the head, which tells all else.
func HeadKey() kv.Key { return headKey() }

// Identify says which ledger the head is of, and its newest commit. The error is that of [Open].
func Identify(raw []byte) (ledger string, commit uint64, err error) {
	h, err := someHead(raw)
	if err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(h.ledger[:]), h.last, nil
}

// Checker returns a function that says whether a value is as the ledger with this head wrote it under the key: a head, page
// or block whose checksum holds. Whether the ledger still refers to it, it does not say.
func Checker(raw []byte) (func(kv.Key, []byte) error, error) {
	h, err := someHead(raw)
	if err != nil {
		return nil, err
	}
	return func(key kv.Key, value []byte) error {
		var err error
		switch {
		case key == headKey():
			var other *head
			if other, err = someHead(value); err == nil && other.ledger != h.ledger {
				err = &CorruptError{Key: key, Found: "the head of ledger " + hex.EncodeToString(other.ledger[:])}
			}
		case strings.HasPrefix(key.Row, "page"):
			_, _, err = unseal(key, kindPage, h.ledger, value)
		case strings.HasPrefix(key.Row, "block"):
			_, _, err = unseal(key, kindBlock, h.ledger, value)
		default:
			err = fmt.Errorf("%w: %v is no key of a ledger", ErrCorrupt, key)
		}
		return err
	}, nil
}

// someHead is parseHead of a head that must be there.
func someHead(raw []byte) (*head, error) {
	if raw == nil {
		return nil, &CorruptError{Key: headKey(), Found: "no head"}
	}
	return parseHead(raw)
}
