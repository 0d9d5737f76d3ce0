// Package kvtest holds what an engine of [kv.Store] is tested with, and what users of one are tested against.
//
//   - [Run] is the contract as a table of tests. Every engine passes all of it.
//   - [RunRandom] makes random edits and compares the engine with a map.
//   - [Bench] measures the four things the ledger does all day.
//   - [Faulty] wraps a store and lets it fail on demand or at random, as disks and networks do.
package kvtest
