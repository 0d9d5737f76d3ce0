package ledger

import (
	"errors"
	"fmt"

	"entente/graph/kv"
)

var (
	// ErrStale is returned by Append if the ledger has moved past the commit the batch was built on. Nothing was
	// written. The caller reads what came, builds the batch anew and appends that.
	ErrStale = errors.New("ledger: batch built on an older commit")
	// ErrFenced is returned by Append after other writers took over again and again. Nothing of the batch was
	// published, and the same batch may be appended later if it is not stale by then.
	ErrFenced = errors.New("ledger: fenced by another writer")
	// ErrCorrupt marks stored bytes that are missing, damaged, or not what the ledger wrote there. It comes as a
	// [*CorruptError].
	ErrCorrupt = errors.New("ledger: corrupt")
	// ErrFormat marks bytes that are sound but of a format this version does not know, or not of a ledger.
	ErrFormat = errors.New("ledger: unknown format")
	// ErrTooBig marks a batch that no commit can hold. Nothing was written.
	ErrTooBig = errors.New("ledger: too big")
	// ErrBatch marks a batch that contradicts itself or the ledger: a number out of range, an unknown code, a value
	// beside an object. Nothing was written.
	ErrBatch = errors.New("ledger: bad batch")
	// ErrNoCommit is returned where a commit or claim is asked for that the ledger does not have.
	ErrNoCommit = errors.New("ledger: no such record")
	// ErrClosed is returned by every method that reads or writes the store after Close.
	ErrClosed = errors.New("ledger: closed")
)

// A CorruptError says what is damaged and where. It matches [ErrCorrupt], and the error of the engine if there was one.
type CorruptError struct {
	Commit uint64 // 0 where the damage is not inside a commit
	Block  int    // the ordinal of the stored value in its commit
	Key    kv.Key // the zero Key where no single key is to blame
	Found  string // what stood there
	Err    error  // of the engine; usually nil
}

func (e *CorruptError) Error() string {
	s := ErrCorrupt.Error() + ":"
	if e.Commit != 0 {
		s += fmt.Sprintf(" commit %d, block %d,", e.Commit, e.Block)
	}
	if e.Key != (kv.Key{}) {
		s += fmt.Sprintf(" key %v:", e.Key)
	}
	s += " " + e.Found
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap makes the error match [ErrCorrupt] as well as the engine's.
func (e *CorruptError) Unwrap() []error {
	if e.Err == nil {
		return []error{ErrCorrupt}
	}
	return []error{ErrCorrupt, e.Err}
}
