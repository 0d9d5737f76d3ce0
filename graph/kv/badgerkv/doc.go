// Package badgerkv is the embedded engine: a [kv.Store] in a folder, on Badger.
//
// Badger keeps its word under kills and power loss as long as it syncs every write. Under damage to its
// files it serves wrong, empty or missing data without an error, its compaction spreads such damage, its
// value log hides failed syncs, and a full disk kills the process. The package therefore uses the part of
// Badger that is sound (the log, the memtables and tables that are never merged) and guards the rest:
//
//   - options.go turns off what is not sound, with the reason for each option;
//   - every write goes to a mirror, too (package mirror), and is acknowledged when both copies are durable; every value
//     that Badger gives is compared with what was written, and read from the mirror if it is not that;
//   - the folder is opened in steps ([Open]): what a stop left is put right, what damage left is refused, and Badger is first
//     tried on a copy in another process, since some damage makes it end its own;
//   - [Rebuild] makes both copies anew from what is sound in either: repair, erasure of bytes and compaction in one;
//   - a reserve of free space is demanded before every write, since Badger cannot survive a full disk;
//   - the first failure of a write, the first warning Badger logs and the first damage found end all writing
//     ([kv.ErrReadOnly]); a failed sync is never retried into a success;
//   - a panic of Badger, and a memory fault on one of its mapped files, becomes [kv.ErrCorrupt];
//   - Close waits for reads under way, for Badger dies if it is closed under one.
//
// A folder is meant for a local disk with ext4 or XFS. It holds
//
//	LOCK     the process id of whoever has it open
//	badger/  Badger's files
//	mirror/  the mirror's
//	ballast  space to be given up when the disk is full
//	guard/   copies for trials, while a folder is being opened
//	next/    what a rebuild has made, until it takes the others' place
//
// Copying the folder while it is open gives no backup: Badger may refuse to open the copy. [Mirror] may be copied.
package badgerkv
