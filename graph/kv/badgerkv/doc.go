// Package badgerkv is the embedded engine: a [kv.Store] in a folder, on Badger.
//
// Badger keeps its word under kills and power loss as long as it syncs every write. Under damage to its
// files it serves wrong, empty or missing data without an error, its compaction spreads such damage, its
// value log hides failed syncs, and a full disk kills the process. The package therefore uses the part of
// Badger that is sound (the log, the memtables and tables that are never merged) and guards the rest:
//
//   - options.go turns off what is not sound, with the reason for each option;
//   - a reserve of free space is demanded before every write, since Badger cannot survive a full disk;
//   - the first failure of a write, and the first warning Badger logs, ends all writing ([kv.ErrReadOnly]);
//     a failed sync is never retried into a success;
//   - a panic of Badger, and a memory fault on one of its mapped files, becomes [kv.ErrCorrupt];
//   - Close waits for reads under way, for Badger dies if it is closed under one.
//
// What cannot be seen from here, above all a wrong value, the ledger finds by its own checksums and counts.
// A folder is meant for a local disk with ext4 or XFS.
//
// The folder holds a file LOCK with the process id of whoever has it open, and Badger's own files in badger/.
// Copying the folder while it is open gives no backup: Badger may refuse to open the copy.
package badgerkv
