// Package kv is the seam between the ledger and whatever keeps its bytes.
//
// A [Store] holds values under a [Key] of two parts, a row and a column. Keys of one row lie together, sorted
// by column as bytes; between rows there is no order. That is all a wide-column engine gives, and it costs an
// embedded one nothing. There are two ways to write. [Store.Put] makes any number of items durable and
// promises no atomicity between them. [Store.Swap] changes one key atomically, from the value the caller
// believes to be there. A key is written by one of the two for its whole life, never by both.
//
// # Missing and empty
//
// [Store.Get] answers nil for a missing key and a slice that is not nil, of length 0, for an empty value. A nil
// Value in a Put, and a nil new in a Swap, store the empty value. In a Swap a nil old means that the key must
// be absent; an old that is not nil but empty means that the key must hold the empty value.
//
// # Bytes
//
// Whoever receives bytes owns them. A store never keeps a slice handed to it after the call has returned, so
// the caller may change it then (not before), and a slice got from a store may be changed at will.
//
// # Contexts
//
// A call whose context is done before it starts does nothing and returns the context's error. A Get or Scan
// under way ends with it soon. A Put under way may end with it, leaving a subset. A Swap under way is not
// torn: either it runs to its end or it returns [ErrUnknown].
//
// # Errors
//
// Every error matches one of the sentinels of this package, or is the context's, under [errors.Is]. After a
// write that failed the store may refuse all later writes with [ErrReadOnly]; it goes on answering reads as well
// as it can.
//
// # Concurrency and closing
//
// All methods may be called from any number of goroutines, also from the body of a loop over a Scan. What
// Put, Delete or Swap has acknowledged, every Get and Scan that starts later sees. After Close every call
// returns [ErrClosed].
//
// No caller should believe a store blindly. Engines have been seen to serve wrong, empty, old or missing data
// without an error after damage to a disk, and scans that end too early. The ledger therefore checks every
// value, counts what it reads and never takes the end of a scan for the end of the data.
package kv
