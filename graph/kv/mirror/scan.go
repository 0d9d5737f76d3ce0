package mirror

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

// A Segment is a file of a log.
type Segment struct {
	Number uint64
	Path   string
	Size   int64
}

const segmentSuffix = ".seg"

func segmentName(number uint64) string { return fmt.Sprintf("%08d%s", number, segmentSuffix) }

// Segments lists the segments in a folder by number; all but the last are closed, and never change again. A folder that
// is not there has none.
func Segments(dir string) ([]Segment, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", kv.ErrFailed, err)
	}
	var segments []Segment
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), segmentSuffix)
		number, err := strconv.ParseUint(stem, 10, 64)
		if !ok || err != nil || e.Name() != segmentName(number) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", kv.ErrFailed, err)
		}
		segments = append(segments, Segment{number, filepath.Join(dir, e.Name()), info.Size()})
	}
	slices.SortFunc(segments, func(a, b Segment) int { return int(int64(a.Number) - int64(b.Number)) })
	return segments, nil
}

// A Report is what a scan of a log found.
type Report struct {
	// End is after the last sound write of the log.
	End Position
	// Damage lists what is wrong before the end.
	Damage []*Damage
	// Tail is where the last segment has bytes after its last sound record: a write that was cut off by a kill or a
	// power loss leaves such, and so does damage to the newest records. Nil if there are none.
	Tail *Damage

	segments []Segment
	end      int64 // where the last sound record of the last segment ends
	newest   place // of the last write's record
	last     Sum   // of the last record, of whichever kind
}

// Sound lists the segments with the sizes of what is sound in them, if there is no damage: the last may have a tail.
func (r *Report) Sound() []Segment {
	segments := slices.Clone(r.segments)
	if n := len(segments); n > 0 {
		segments[n-1].Size = r.end
		if r.end == 0 {
			segments = segments[:n-1]
		}
	}
	return segments
}

// Scan reads the segments in order and calls visit for each item of each sound write, values and all, which share
// memory that is gone when visit returns. It stops if visit returns an error. An error of the scan itself is about the
// disk; what is wrong with the log is in the report.
func Scan(segments []Segment, visit func(Entry) error) (Report, error) {
	s := scanner{visit: visit, report: Report{segments: segments}}
	for i := range segments {
		if err := s.segment(i); err != nil {
			return s.report, err
		}
	}
	return s.report, nil
}

// An Entry is an item of a write in a log.
type Entry struct {
	kv.Key
	Value  []byte // nil if the key was deleted
	Write  uint64
	Delete bool

	segment uint64 // its number
	offset  int64  // of the item in the file
}

type scanner struct {
	report  Report
	visit   func(Entry) error
	chained bool // report.last is that of the record right before
}

func (s *scanner) damage(segment int, offset int64, found string, args ...any) *Damage {
	return &Damage{s.report.segments[segment].Path, offset, fmt.Sprintf(found, args...)}
}

func (s *scanner) add(d *Damage) { s.report.Damage = append(s.report.Damage, d) }

// segment reads one file. Sound records are used wherever they lie; all else is damage, or the tail.
func (s *scanner) segment(i int) error {
	seg := s.report.segments[i]
	want := uint64(1)
	if i > 0 {
		want = s.report.segments[i-1].Number + 1
	}
	if seg.Number != want {
		s.add(s.damage(i, 0, "segment %s is not there", segmentName(want)))
		s.chained = false
	}
	err := mapped(seg, func(data []byte) error { return s.bytes(i, data) })
	if fault, ok := errors.AsType[*Damage](err); ok {
		s.add(fault)
		s.chained = false
		return nil
	}
	return err
}

// bytes reads the records that a segment holds.
func (s *scanner) bytes(segment int, data []byte) error {
	end := int64(0) // of the last sound record
	for at := int64(0); at < int64(len(data)); {
		r, err := parseRecord(data[at:])
		if err != nil {
			next := resync(data, at+1)
			if next < 0 {
				break
			}
			s.add(s.damage(segment, at, "%d bytes that are no sound record", next-at))
			s.chained = false
			at = next
			continue
		}
		if stop, err := s.record(segment, at, &r); err != nil || stop {
			return err
		}
		at += int64(r.len())
		end = at
	}
	newest := segment == len(s.report.segments)-1
	if newest {
		s.report.end = end
	}
	rest := int64(len(data)) - end
	if rest == 0 && end > 0 {
		return nil
	}
	d := s.damage(segment, end, "%d bytes that are no sound record", rest)
	if newest {
		s.report.Tail = d
		return nil
	}
	s.add(d)
	s.chained = false
	return nil
}

// resync finds the next sound record at or after the offset, -1 if there is none.
func resync(data []byte, from int64) int64 {
	for from < int64(len(data)) {
		n := bytes.Index(data[from:], []byte(recordMagic))
		if n < 0 {
			return -1
		}
		from += int64(n)
		if _, err := parseRecord(data[from:]); err == nil {
			return from
		}
		from++
	}
	return -1
}

// record takes a sound record. It stops the segment if that belongs to another mirror.
func (s *scanner) record(segment int, at int64, r *record) (stop bool, err error) {
	first := segment == 0 && at == 0
	if s.chained && r.prev != s.report.last || first && r.prev != (Sum{}) {
		s.add(s.damage(segment, at, "write %d, which does not follow the record before", r.write))
	}
	if at == 0 && r.kind() != kindStart {
		s.add(s.damage(segment, at, "a record that begins no segment"))
	}
	switch r.kind() {
	case kindStart:
		id, number, err := parseStart(r.body)
		if err != nil || at != 0 || number != s.report.segments[segment].Number {
			s.add(s.damage(segment, at, "the start of segment %d", number))
		}
		if s.report.End.Mirror == (ID{}) {
			s.report.End.Mirror = id
		}
		if id != s.report.End.Mirror {
			s.add(s.damage(segment, at, "a segment of mirror %v in mirror %v", id, s.report.End.Mirror))
			s.chained = false
			return true, nil
		}
	case kindWrite:
		if r.write <= s.report.End.Write {
			s.add(s.damage(segment, at, "write %d after write %d", r.write, s.report.End.Write))
		} else {
			s.report.End.Write, s.report.End.Sum = r.write, r.sum
			s.report.newest = place{segment: uint32(s.report.segments[segment].Number), offset: uint32(at)}
		}
		var visited error
		err := parseWrite(r.body, func(i *item) {
			if visited == nil {
				visited = s.visit(Entry{
					Key: i.key(), Value: i.value, Write: r.write, Delete: i.op == opDelete,
					segment: s.report.segments[segment].Number, offset: at + headerLen + int64(i.offset),
				})
			}
		})
		if err != nil {
			s.add(s.damage(segment, at, "a write that cannot be read"))
		}
		if visited != nil {
			return false, visited
		}
	default:
		s.add(s.damage(segment, at, "a record of kind %d", r.kind()))
	}
	s.report.last, s.chained = r.sum, true
	return false, nil
}

// mapped gives the bytes of a file to use, without taking memory for them. A fault of the disk under them is an error.
func mapped(seg Segment, use func([]byte) error) (err error) {
	f, err := os.Open(seg.Path)
	if err != nil {
		return fmt.Errorf("%w: %w", kv.ErrFailed, err)
	}
	defer f.Close()
	// The size may have grown since the segments were listed; what was there then is a prefix.
	if seg.Size == 0 {
		return use(nil)
	}
	data, err := unix.Mmap(int(f.Fd()), 0, int(seg.Size), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return fmt.Errorf("%w: map %s: %w", kv.ErrFailed, seg.Path, err)
	}
	_ = unix.Madvise(data, unix.MADV_SEQUENTIAL) // a hint alone
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			fault, ok := r.(interface {
				error
				Addr() uintptr
			})
			if !ok {
				panic(r)
			}
			err = &Damage{seg.Path, 0, fmt.Sprintf("the disk does not give its bytes: %v", fault)}
		}
		_ = unix.Munmap(data)
	}()
	return use(data)
}
