package badgerkv

import (
	"cmp"
	"log/slog"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"entente/graph/kv"
)

// format is the version of how keys and values lie in Badger (key.go). It is written to Badger's manifest,
// and Badger refuses to open a folder with another one.
//
//	1: the first
const format = 1

const (
	// DefaultMemTable serves; an import is faster with 64 MiB, at four times the memory.
	DefaultMemTable = 16 << 20
	// MinMemTable is the least that Badger takes together with our threshold of the value log.
	MinMemTable = 4 << 20
	// DefaultReserve of free space is kept for what other programs write between two of our checks and for
	// the tables that Badger makes of its memtables.
	DefaultReserve = 256 << 20
	// DefaultBallast is the size of a file that is there to be removed when the disk is full, so that the store
	// can at least be opened and read.
	DefaultBallast = 64 << 20
)

// Options of [Open]. The zero value serves.
type Options struct {
	// MemTableSize in bytes; 0 is [DefaultMemTable], less than [MinMemTable] is raised to it. A transaction takes
	// up to 15 % of it, and a restart reads up to this much of the log.
	MemTableSize int64
	// Reserve is the free space in bytes below which writes are refused with [kv.ErrNoSpace]; 0 is
	// [DefaultReserve] or four memtables, whichever is more; negative is no reserve, and then a full disk kills
	// the process.
	Reserve int64
	// Ballast is the size of the file that is given up when the disk is full, in bytes; 0 is [DefaultBallast],
	// negative none.
	Ballast int64
	// SegmentSize is that at which a file of the mirror is closed; 0 is the mirror's default.
	SegmentSize int64
	// Trial is a command that [Open] runs first, with a copy of Badger's folder as last argument, and that must
	// call [CheckOpen] on it: some damage makes Badger end its process. Nil goes without.
	Trial []string
	// Logger receives what Badger logs, from any goroutine; nil drops it.
	Logger func(level slog.Level, message string)
}

func (o Options) withDefaults() Options {
	o.MemTableSize = max(cmp.Or(o.MemTableSize, DefaultMemTable), MinMemTable)
	o.Reserve = max(cmp.Or(o.Reserve, max(DefaultReserve, 4*o.MemTableSize)), 0)
	o.Ballast = max(cmp.Or(o.Ballast, DefaultBallast), 0)
	if o.Logger == nil {
		o.Logger = func(slog.Level, string) {}
	}
	return o
}

// badger gives Badger's options. Never used anywhere: RunValueLogGC, DropAll, DropPrefix, Flatten, encryption
// (it does not detect damage; encrypt the disk instead).
func (o Options) badger(dir string, log badger.Logger) badger.Options {
	opts := badger.DefaultOptions(dir)

	// Without it a power loss costs acknowledged writes.
	opts.SyncWrites = true

	// No compaction. One failed sync or open in a compaction drops a table's keys for good and logs nothing;
	// a compaction over a damaged table loses all after the damage and sums the rest anew. The ledger hardly ever
	// overwrites, so there is nothing to compact, and writes and scans are 2 to 7 times faster. The limits of
	// level 0 lie where no store gets, or writes would stall.
	opts.NumCompactors = 0
	opts.NumLevelZeroTables = 1 << 19
	opts.NumLevelZeroTablesStall = 1 << 20
	opts.CompactL0OnClose = false

	// No value log: its failed syncs are swallowed, and a read error in it gives an empty value without an
	// error. No value is large enough to go there. Its file is there all the same, so the smallest there is.
	opts.ValueThreshold = 2 * kv.MaxValue
	opts.ValueLogFileSize = 1 << 20

	// Blocks of the ledger are compressed already. Without compression Badger needs no cache of blocks, and
	// damage to a byte hurts one value rather than a block. The tables' indexes are read from the mapped file.
	opts.Compression = options.None
	opts.BlockCacheSize = 0
	opts.IndexCacheSize = 0
	opts.BlockSize = 32 << 10 // two of the ledger's blocks; a smaller one only makes the index longer

	// Memory: one memtable being written, one being flushed.
	opts.MemTableSize = o.MemTableSize
	opts.NumMemtables = 2

	// Badger's own checksums do more harm than good: verified at open they kill the process in one of Badger's
	// goroutines, verified at read they turn damage into "not found". The ledger checks each value.
	opts.ChecksumVerificationMode = options.NoVerification

	// Swap has its own lock, which costs one transaction at a time nothing; Badger would keep a hash of each key
	// read and written.
	opts.DetectConflicts = false

	opts.NumVersionsToKeep = 1
	opts.MetricsEnabled = false // its metrics are globals of the process
	opts.ExternalMagicVersion = format
	opts.Logger = log
	return opts
}
