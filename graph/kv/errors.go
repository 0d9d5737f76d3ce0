package kv

import "errors"

var (
	// ErrConflict is returned by Swap if the key does not hold the old value. Nothing was swapped.
	ErrConflict = errors.New("kv: conflict")
	// ErrUnknown is returned by Swap if the engine cannot say whether the swap happened. It may even happen
	// later. The caller finds out by reading the key.
	ErrUnknown = errors.New("kv: outcome unknown")
	// ErrTooBig marks a key over MaxKey or a value over MaxValue. Nothing of the call was done.
	ErrTooBig = errors.New("kv: too big")
	// ErrBadKey marks a key that no engine can hold: one without a row. Nothing of the call was done.
	ErrBadKey = errors.New("kv: bad key")
	// ErrClosed is returned by every call after Close, and by a Scan that was under way.
	ErrClosed = errors.New("kv: store is closed")
	// ErrCorrupt marks data that the engine could not read although the key may exist. It is never the answer
	// for a key that is missing.
	ErrCorrupt = errors.New("kv: corrupt")
	// ErrReadOnly is returned by writes once the engine has had a failure after which its writes cannot be
	// trusted. The error's text gives the first reason. Only opening the store again leads out.
	ErrReadOnly = errors.New("kv: store refuses writes")
	// ErrNoSpace is returned by writes if the disk has less free space than the store's reserve. Nothing was
	// written, and the call may be repeated when there is space again.
	ErrNoSpace = errors.New("kv: no space left")
	// ErrInUse is returned on opening a store that another process, or this one, has open.
	ErrInUse = errors.New("kv: in use")
	// ErrFailed marks any other failure of the engine: a disk that does not answer, a server out of reach.
	ErrFailed = errors.New("kv: engine failed")
)
