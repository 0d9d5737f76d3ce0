package kv

import "fmt"

// The limits are those of the weakest engine, and breaking one is an error, never a silent cut.
const (
	// MaxKey is the largest size of a key in bytes, row and column together: 1 KiB.
	MaxKey = 1 << 10
	// MaxValue is the largest size of a value in bytes: 256 KiB.
	MaxValue = 256 << 10
)

// A Key names a value. Both parts may hold any bytes. Row is required; Col may be empty and then sorts first.
type Key struct{ Row, Col string }

// String gives the key as an error message shows it, quoted, since parts may hold any bytes.
func (k Key) String() string { return fmt.Sprintf("%q/%q", k.Row, k.Col) }

// Check reports a key that breaks a limit: [ErrBadKey] without a row, [ErrTooBig] over [MaxKey].
func (k Key) Check() error {
	if k.Row == "" {
		return fmt.Errorf("%w: empty row", ErrBadKey)
	}
	if n := len(k.Row) + len(k.Col); n > MaxKey {
		return fmt.Errorf("%w: key of %d bytes, at most %d", ErrTooBig, n, MaxKey)
	}
	return nil
}

// An Item is a key and its value.
type Item struct {
	Key
	Value []byte
}

// Check reports an item that breaks a limit of its key or, with [ErrTooBig], of its value.
func (i Item) Check() error {
	if err := i.Key.Check(); err != nil {
		return err
	}
	if len(i.Value) > MaxValue {
		return fmt.Errorf("%w: value of %v has %d bytes, at most %d", ErrTooBig, i.Key, len(i.Value), MaxValue)
	}
	return nil
}

// CheckKeys returns the first error of [Key.Check]. Every engine calls it before it does anything.
func CheckKeys(keys ...Key) error {
	for _, k := range keys {
		if err := k.Check(); err != nil {
			return err
		}
	}
	return nil
}

// CheckItems returns the first error of [Item.Check]. Every engine calls it before it does anything.
func CheckItems(items ...Item) error {
	for _, i := range items {
		if err := i.Check(); err != nil {
			return err
		}
	}
	return nil
}

// CheckSwap checks what Swap is given: the limits of all items, and that the key is not among the items that
// go with it, for then it would be written both by Swap and by Put ([ErrBadKey]).
func CheckSwap(key Key, value []byte, with ...Item) error {
	if err := (Item{key, value}).Check(); err != nil {
		return err
	}
	for _, i := range with {
		if i.Key == key {
			return fmt.Errorf("%w: %v is swapped and put in one call", ErrBadKey, key)
		}
	}
	return CheckItems(with...)
}
