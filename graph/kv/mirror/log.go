package mirror

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

// SegmentSize is about how large a segment gets before the next one begins, in bytes.
const SegmentSize = 64 << 20

// A Log is open for appending. One goroutine at a time appends, by [Log.Stage] and [Log.Sync]; any number look up meanwhile.
type Log struct {
	dir    string
	size   int64 // at which a segment is closed
	report Report
	index  *index

	file    *os.File // the last segment, nil until something is appended
	number  uint64   // of the last segment, 0 if there is none
	written int64    // bytes of it
	at      Position
	last    Sum // of the last record, of whichever kind

	staged  []byte // the next record
	entries []Entry
	failed  error
}

// Open reads the log in a folder, which need not be there; it is made by the first [Log.Stage]. size is that at which a
// segment is closed, 0 for [SegmentSize]. Damage is no error here: see [Log.Report].
func Open(dir string, size int64) (*Log, error) {
	segments, err := Segments(dir)
	if err != nil {
		return nil, err
	}
	l, err := Read(dir, segments)
	if err != nil {
		return nil, err
	}
	l.size, l.failed = cmp.Or(size, SegmentSize), nil
	l.at, l.last = l.report.End, l.report.last
	if n := len(segments); n > 0 {
		l.number, l.written = segments[n-1].Number, l.report.end
		if l.written == 0 { // it was just being made, and is made again
			l.number, l.written = l.number-1, l.size
		}
	}
	return l, nil
}

// Read reads the log that segments in a folder hold, or the beginnings of them that their sizes say. Nothing may be
// appended to it.
func Read(dir string, segments []Segment) (l *Log, err error) {
	l = &Log{dir: dir, index: newIndex(), failed: errors.New("mirror: opened to be read")}
	l.report, err = Scan(segments, func(e Entry) error {
		l.index.set(e)
		return nil
	})
	return l, err
}

// Report is what reading the log found when it was opened.
func (l *Log) Report() Report { return l.report }

// At is the position after the last write that was synced.
func (l *Log) At() Position { return l.at }

// Stage prepares the next write and returns the position it will lead to. Nothing is kept of it until [Log.Sync]; staging
// again replaces it. The values must not change before Sync has returned.
func (l *Log) Stage(puts []kv.Item, deletes []kv.Key) (Position, error) {
	if l.failed != nil {
		return Position{}, l.failed
	}
	if l.file == nil || l.written >= l.size {
		if err := l.turn(); err != nil {
			return Position{}, l.fail(err)
		}
	}
	var blank [headerLen]byte
	b := append(append(l.staged[:0], blank[:]...), kindWrite)
	b = binary.AppendUvarint(b, uint64(len(puts)+len(deletes)))
	l.entries = l.entries[:0]
	for _, i := range puts {
		l.entries = append(l.entries, Entry{Key: i.Key, Value: i.Value, Write: l.at.Write + 1, segment: l.number, offset: l.written + int64(len(b))})
		b = appendItem(b, opPut, i.Key, i.Value)
	}
	for _, k := range deletes {
		l.entries = append(l.entries, Entry{Key: k, Write: l.at.Write + 1, Delete: true})
		b = appendItem(b, opDelete, k, nil)
	}
	l.staged = b
	return Position{l.at.Mirror, l.at.Write + 1, seal(b, l.at.Write+1, l.last)}, nil
}

// Sync makes the staged write durable. After an error the log takes no more: what a failed sync left nobody knows.
func (l *Log) Sync() error {
	if l.failed != nil {
		return l.failed
	}
	if err := l.append(l.staged); err != nil {
		return l.fail(err)
	}
	l.at.Write++
	l.at.Sum = l.last
	for _, e := range l.entries {
		l.index.set(e)
	}
	clear(l.entries) // the values are the caller's
	return nil
}

// append writes a sealed record to the last segment.
func (l *Log) append(b []byte) error {
	if _, err := l.file.Write(b); err != nil {
		return err
	}
	if err := unix.Fdatasync(int(l.file.Fd())); err != nil {
		return fmt.Errorf("sync %s: %w", l.file.Name(), err)
	}
	l.written += int64(len(b))
	l.last = Sum(b[32:])
	return nil
}

func (l *Log) fail(err error) error {
	l.failed = fmt.Errorf("mirror: %w: %w", kv.ErrFailed, err)
	return l.failed
}

// turn opens the last segment to append to it, or begins the next.
func (l *Log) turn() error {
	if len(l.report.Damage) > 0 {
		return l.report.Damage[0]
	}
	if l.file == nil && l.written < l.size && l.number > 0 {
		f, err := os.OpenFile(filepath.Join(l.dir, segmentName(l.number)), os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return err
		}
		l.file = f
		// A write that was cut off would lie between those before and after it.
		if err := f.Truncate(l.written); err != nil {
			return err
		}
		return f.Sync()
	}
	if l.file != nil {
		err := l.file.Close()
		l.file = nil
		if err != nil {
			return err
		}
	}
	return l.begin()
}

// begin makes the next segment.
func (l *Log) begin() error {
	if l.number == 0 {
		l.at.Mirror = newID()
		if err := os.MkdirAll(l.dir, 0o755); err != nil {
			return err
		}
		if err := syncFolder(filepath.Dir(l.dir)); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(filepath.Join(l.dir, segmentName(l.number+1)), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	l.file, l.written = f, 0
	b := appendStart(make([]byte, headerLen), l.at.Mirror, l.number+1)
	seal(b, l.at.Write, l.last)
	if err := l.append(b); err != nil {
		return err
	}
	l.number++
	return syncFolder(l.dir)
}

// Close ends the use of the log. All that was synced is durable already.
func (l *Log) Close() error {
	l.failed = kv.ErrClosed
	if l.file == nil {
		return nil
	}
	f := l.file
	l.file = nil
	return f.Close()
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
