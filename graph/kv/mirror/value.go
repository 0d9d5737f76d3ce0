package mirror

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"entente/graph/kv"
)

// A Verdict is what the log says of a value.
type Verdict int

// The verdicts.
const (
	Same    Verdict = iota // the value is the one that was written last
	Differs                // another value was written last, or a value where there is none
	Absent                 // nothing was written under the key, or it was deleted
)

// Check compares a value, nil for none, with what was written last under the key. It reads no file.
func (l *Log) Check(key kv.Key, value []byte) Verdict {
	p, ok := l.index.find(key.Row, key.Col)
	switch {
	case !ok:
		return Absent
	case value != nil && l.index.hashValue(value) == p.value:
		return Same
	}
	return Differs
}

// Value reads the copy of the value that was written last under the key. The error is a [*Damage] if it is not
// what was written.
func (l *Log) Value(key kv.Key) ([]byte, error) {
	p, ok := l.index.find(key.Row, key.Col)
	if !ok {
		return nil, fmt.Errorf("mirror: %w: nothing under %v", kv.ErrCorrupt, key)
	}
	f, err := os.Open(l.path(p))
	if err != nil {
		return nil, fmt.Errorf("mirror: %w: %w", kv.ErrFailed, err)
	}
	defer f.Close()
	i, err := l.read(f, p)
	if err == nil && i.key() != key {
		return nil, fmt.Errorf("mirror: %w: %v and %v have one hash", kv.ErrCorrupt, key, i.key())
	}
	return i.value, err
}

// Last reads the last write that was there when the log was opened.
func (l *Log) Last() (puts []kv.Item, deletes []kv.Key, err error) {
	path := l.path(l.report.newest)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("mirror: %w: %w", kv.ErrFailed, err)
	}
	offset := min(int(l.report.newest.offset), len(b))
	r, err := parseRecord(b[offset:])
	if err != nil || r.sum != l.report.End.Sum {
		return nil, nil, &Damage{path, int64(offset), "not the write that was there"}
	}
	err = parseWrite(r.body, func(i *item) {
		if i.op == opDelete {
			deletes = append(deletes, i.key())
		} else {
			puts = append(puts, kv.Item{Key: i.key(), Value: i.value})
		}
	})
	return puts, deletes, err
}

// Live reads the newest value of each key that has one, in the order they were written. What is damaged gives an error
// and is passed over.
func (l *Log) Live() iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		var f *os.File
		defer func() { _ = f.Close() }() // a nil file's is an error, too, of no interest
		var open uint32
		for _, p := range l.index.all() {
			if p.segment != open {
				_ = f.Close() // read alone
				var err error
				if f, err = os.Open(l.path(p)); err != nil {
					yield(kv.Item{}, fmt.Errorf("mirror: %w: %w", kv.ErrFailed, err))
					return
				}
				open = p.segment
			}
			i, err := l.read(f, p)
			if !yield(kv.Item{Key: i.key(), Value: i.value}, err) {
				return
			}
		}
	}
}

func (l *Log) path(p place) string { return filepath.Join(l.dir, segmentName(uint64(p.segment))) }

// itemRoom is more than an item takes: its op, its lengths, key and value.
const itemRoom = 1 + 3*10 + kv.MaxKey + kv.MaxValue

// read reads the item at a place.
func (l *Log) read(f *os.File, p place) (item, error) {
	b := make([]byte, 4<<10)
	for {
		n, err := f.ReadAt(b, int64(p.offset))
		if err != nil && !errors.Is(err, io.EOF) {
			return item{}, fmt.Errorf("mirror: %w: %w", kv.ErrFailed, err)
		}
		i, parseErr := parseItem(b[:n], 0)
		if parseErr != nil && n == len(b) && n < itemRoom {
			b = make([]byte, min(8*len(b), itemRoom))
			continue
		}
		if parseErr != nil || i.op != opPut || l.index.hashValue(i.value) != p.value {
			return item{}, &Damage{f.Name(), int64(p.offset), "not the value that was written there"}
		}
		return i, nil
	}
}
