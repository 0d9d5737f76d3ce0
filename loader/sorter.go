package loader

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/klauspost/compress/s2"
)

// A sorter sorts entries by key in bounded memory: what does not fit goes as sorted runs to a temporary file, and is
// merged in the end. Entries are added first and read afterwards, once.
type sorter struct {
	most  int
	bytes []byte
	items []sorted
	file  *os.File
	runs  []run
	size  int64 // of the file
}

// A sorted entry of the run in memory.
type sorted struct{ start, value, end int }

// A run is where a sorted run stands in the file.
type run struct{ from, until int64 }

func (s *sorter) key(i sorted) []byte { return s.bytes[i.start:i.value] }

// add adds an entry. Its bytes are copied.
func (s *sorter) add(key, value []byte) error {
	if len(s.bytes)+len(key)+len(value) > s.most && len(s.items) > 0 {
		if err := s.spill(); err != nil {
			return fmt.Errorf("sort in a temporary file: %w", err)
		}
	}
	start := len(s.bytes)
	s.bytes = append(append(s.bytes, key...), value...)
	s.items = append(s.items, sorted{start, start + len(key), len(s.bytes)})
	return nil
}

func (s *sorter) sort() {
	slices.SortFunc(s.items, func(a, b sorted) int { return bytes.Compare(s.key(a), s.key(b)) })
}

// spill writes what is in memory as a run.
func (s *sorter) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "entente-export-*"); err != nil {
			return err
		}
	}
	s.sort()
	file := &counted{Writer: s.file}
	out := s2.NewWriter(file, s2.WriterConcurrency(1))
	var head []byte
	for _, i := range s.items {
		head = binary.AppendUvarint(head[:0], uint64(i.value-i.start))
		head = binary.AppendUvarint(head, uint64(i.end-i.value))
		if _, err := out.Write(head); err != nil {
			return err
		}
		if _, err := out.Write(s.bytes[i.start:i.end]); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	s.runs = append(s.runs, run{s.size, s.size + file.n})
	s.size += file.n
	s.bytes, s.items = s.bytes[:0], s.items[:0]
	return nil
}

// counted counts what is written.
type counted struct {
	io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += int64(n)
	return n, err
}

// close removes the file.
func (s *sorter) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// each calls use with all entries in the order of their keys. Key and value are valid until use returns.
func (s *sorter) each(use func(key, value []byte) error) error {
	s.sort()
	if len(s.runs) == 0 {
		for _, i := range s.items {
			if err := use(s.key(i), s.bytes[i.value:i.end]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return fmt.Errorf("sort in a temporary file: %w", err)
	}
	var queue merger
	for _, r := range s.runs {
		in := &runReader{Reader: bufio.NewReader(s2.NewReader(io.NewSectionReader(s.file, r.from, r.until-r.from)))}
		if err := queue.add(in); err != nil {
			return err
		}
	}
	heap.Init(&queue)
	for len(queue) > 0 {
		first := queue[0]
		if err := use(first.key, first.value); err != nil {
			return err
		}
		switch err := first.next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&queue)
		case err != nil:
			return fmt.Errorf("read a temporary file: %w", err)
		default:
			heap.Fix(&queue, 0)
		}
	}
	return nil
}

// A runReader reads a run.
type runReader struct {
	*bufio.Reader
	key, value []byte
}

// next reads the next entry. The error is [io.EOF] at the end of the run.
func (r *runReader) next() error {
	keyLen, err := binary.ReadUvarint(r)
	if err != nil {
		return err
	}
	valueLen, err := binary.ReadUvarint(r)
	if err != nil {
		return unexpected(err)
	}
	n := int(keyLen + valueLen)
	r.key = slices.Grow(r.key[:0], n)[:n]
	if _, err := io.ReadFull(r.Reader, r.key); err != nil {
		return unexpected(err)
	}
	r.key, r.value = r.key[:keyLen], r.key[keyLen:]
	return nil
}

// unexpected keeps an end within an entry from passing for the end of the run.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A merger is a heap of runs by their first key.
type merger []*runReader

func (m *merger) add(r *runReader) error {
	if err := r.next(); err != nil {
		return fmt.Errorf("read a temporary file: %w", err)
	}
	*m = append(*m, r)
	return nil
}

func (m merger) Len() int           { return len(m) }
func (m merger) Less(i, j int) bool { return bytes.Compare(m[i].key, m[j].key) < 0 }
func (m merger) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }

// Push is part of heap.Interface; runs are added before the heap is one.
func (m *merger) Push(x any) { *m = append(*m, x.(*runReader)) }

// Pop is part of heap.Interface.
func (m *merger) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
