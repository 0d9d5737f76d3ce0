package ftm

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"
	"strings"
)

const (
	// parts is into how many parts a shelf is cut. One part at a time is held in memory when it is read.
	parts = 256
	// mostHeld is how many bytes a shelf holds in memory before it writes them to its file.
	mostHeld = 8 << 20
)

// A shelf lays entries aside until the whole file has been read: in memory up to a bound, then in a temporary file. It is cut by
// the key of the entries, so that those of one key are in one part, and those of one key of two shelves in parts of the same
// number. It is filled first and read afterwards.
type shelf struct {
	held  [parts][]byte
	size  int // of all that is held
	most  int
	file  *os.File
	end   int64 // of the file
	laid  [parts][]stretch
	count [parts]int // of entries
}

// A stretch of the file belongs to one part.
type stretch struct{ from, until int64 }

func newShelf() *shelf { return &shelf{most: mostHeld} }

// partOf is the part of a key.
func partOf(key string) int {
	h := fnv.New64a()
	_, _ = io.WriteString(h, key) // never fails
	return int(h.Sum64() % parts)
}

// put lays an entry aside.
func (s *shelf) put(key string, fields ...string) error {
	part := partOf(key)
	b := s.held[part]
	before := len(b)
	for _, f := range append([]string{key}, fields...) {
		b = append(binary.AppendUvarint(b, uint64(len(f))), f...)
	}
	s.held[part] = b
	s.count[part]++
	if s.size += len(b) - before; s.size < s.most {
		return nil
	}
	return s.spill()
}

// spill writes what is held to the file.
func (s *shelf) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "entente-ftm-*"); err != nil {
			return fmt.Errorf("lay relations aside: %w", err)
		}
	}
	out := bufio.NewWriterSize(s.file, 1<<20)
	for i, b := range s.held {
		if len(b) == 0 {
			continue
		}
		if _, err := out.Write(b); err != nil {
			return fmt.Errorf("lay relations aside: %w", err)
		}
		until := s.end + int64(len(b))
		s.laid[i] = append(s.laid[i], stretch{s.end, until})
		s.end, s.held[i] = until, b[:0]
	}
	s.size = 0
	if err := out.Flush(); err != nil {
		return fmt.Errorf("lay relations aside: %w", err)
	}
	return nil
}

// close gives back what the shelf has.
func (s *shelf) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
	*s = shelf{most: s.most}
}

// each gives the entries of a part in the order in which they were put, the key first. All have the same number of fields, the key among
// them. The slice is used again for the next entry; the texts share the memory of the part.
func (s *shelf) each(part, fields int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		entry := make([]string, fields)
		rest, err := s.text(part)
		for range s.count[part] {
			for i := range entry {
				if err == nil {
					entry[i], rest, err = nextText(rest)
				}
			}
			if err != nil {
				yield(nil, fmt.Errorf("read what was laid aside: %w", err))
				return
			}
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// text is all of a part.
func (s *shelf) text(part int) (string, error) {
	var b strings.Builder
	for _, l := range s.laid[part] {
		b.Grow(int(l.until - l.from))
		if _, err := io.Copy(&b, io.NewSectionReader(s.file, l.from, l.until-l.from)); err != nil {
			return "", err
		}
	}
	b.Write(s.held[part])
	return b.String(), nil
}

// nextText cuts the next text off a part.
func nextText(part string) (text, rest string, err error) {
	n, used := uint64(0), 0
	for shift := 0; ; shift += 7 {
		if used == len(part) || shift > 63 {
			return "", "", io.ErrUnexpectedEOF
		}
		c := part[used]
		used++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			break
		}
	}
	if n > uint64(len(part)-used) {
		return "", "", io.ErrUnexpectedEOF
	}
	return part[used : used+int(n)], part[used+int(n):], nil
}
