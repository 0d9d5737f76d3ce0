package kv

import (
	"context"
	"iter"
)

// A Store keeps values under keys. The package comment says what holds for all methods: missing and empty
// values, who owns bytes, contexts, errors, concurrency. The suite in package kvtest tests all of it.
type Store interface {
	// Get returns one value per key, in the order of the keys: nil for a missing key, never nil for one that is
	// there. A key may be asked for twice. Without keys the answer is empty. On error there are no values at all.
	// Get of a swapped key is linearizable; it may fail with [ErrUnknown] after a Swap that did. The values of
	// one call need not be of one moment.
	Get(ctx context.Context, keys ...Key) ([][]byte, error)

	// Scan yields the items of the row with from ≤ Col < to, sorted by Col as bytes. An empty to means to the end
	// of the row; from beyond to yields nothing. Bounds may be longer than a key. A Scan is not a snapshot: of
	// items written or deleted while it runs it may show any, each at most once; items that were acknowledged
	// before it started, and stay, it shows. An error is yielded once, with a zero Item, and ends the Scan. The
	// sequence may be ranged over again and then reads anew. Nothing is held open between two items: the body of
	// the loop may break, take its time, or call any method, Close included.
	Scan(ctx context.Context, row, from, to string) iter.Seq2[Item, error]

	// Put writes the items, over what is there. On nil all are durable; on an error any subset may be there, now
	// or later, and putting the same items again is the cure. Of a key given twice either value may stay.
	// Without items Put does nothing, but still fails on a closed store. A key that breaks a limit fails the
	// whole call before anything is written.
	Put(ctx context.Context, items ...Item) error

	// Delete removes the keys, durably on nil; a missing key is no error. On an error any subset may be gone. It
	// serves sweeping and erasure alone: nothing that can still be read should ever be deleted.
	Delete(ctx context.Context, keys ...Key) error

	// Swap sets key to new if it holds old, as one atomic step; of racing swaps with the same old one wins. A nil
	// old means that the key must be absent. On nil the swap is durable. [ErrConflict] means that the key held
	// something else, [ErrUnknown] that the engine cannot tell; on every other error the swap did not happen and
	// will not. The items of with are durable before the swap can be seen. If the swap does not happen any
	// subset of them may be there, as after a failed Put.
	Swap(ctx context.Context, key Key, old, new []byte, with ...Item) error

	// Close waits for calls under way, then frees all that the store holds. A Scan under way ends with
	// [ErrClosed] at its next item. To close again does nothing and returns nil.
	Close() error
}
