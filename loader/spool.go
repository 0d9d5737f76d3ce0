package loader

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// A spool holds records that have to wait for the end of the inputs, in their order: in memory up to a bound, then in
// a temporary file. It is written first and read afterwards.
type spool struct {
	most   int
	memory []byte
	file   *os.File
	size   int64 // of the file
	count  int   // of records
	left   int   // changes of those records that are to be tried again
}

func newSpool(most int) *spool { return &spool{most: most} }

// spooledList numbers the lists of documents; 0 is a line.
var spooledLists = append([]string{""}, listNames...)

// add adds a record and which of its changes are to be tried again.
func (s *spool) add(o *origin, indexes []int) error {
	s.count++
	s.left += len(indexes)
	b := s.memory
	r := o.record
	// Nobody but this process reads it, so there is no version and no checksum.
	for _, n := range []int{o.input, o.number, r.line, int(r.form), listNumber(r.list), r.index, len(indexes)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, n := range indexes {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(binary.AppendUvarint(b, uint64(len(r.cell))), r.cell...)
	s.memory = append(binary.AppendUvarint(b, uint64(len(o.raw))), o.raw...)
	if len(s.memory) < s.most {
		return nil
	}
	return s.spill()
}

// listNumber is the number of a list, which every record's is.
func listNumber(list string) int {
	for i, name := range spooledLists {
		if name == list {
			return i
		}
	}
	return 0
}

// spill writes what is in memory to the file.
func (s *spool) spill() error {
	if s.file == nil {
		file, err := os.CreateTemp("", "entente-import-*")
		if err != nil {
			return fmt.Errorf("keep records that wait for others: %w", err)
		}
		s.file = file
	}
	n, err := s.file.Write(s.memory)
	s.size += int64(n)
	s.memory = s.memory[:0]
	if err != nil {
		return fmt.Errorf("keep records that wait for others: %w", err)
	}
	return nil
}

// close gives everything back. The spool is empty afterwards.
func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
	*s = spool{most: s.most}
}

// A spooled record is one that comes back from a spool.
type spooled struct {
	origin
	indexes []int
	at      int64 // where it stands in the spool
}

// each reads the records in their order.
func (s *spool) each(yield func(*spooled) error) error {
	r := &spoolReader{Reader: bufio.NewReaderSize(s.from(0), readSize)}
	for range s.count {
		record, err := r.next()
		if err != nil {
			return fmt.Errorf("read records that waited for others: %w", err)
		}
		if err := yield(record); err != nil {
			return err
		}
	}
	return nil
}

// one reads the record that stands at a place.
func (s *spool) one(at int64) (*spooled, error) {
	record, err := (&spoolReader{Reader: bufio.NewReaderSize(s.from(at), 4096), at: at}).next()
	if err != nil {
		return nil, fmt.Errorf("read a record that waited for others: %w", err)
	}
	return record, nil
}

// from reads on from a place: the file, which holds what came first, then the memory.
func (s *spool) from(at int64) io.Reader {
	memory := s.memory[max(0, at-s.size):]
	if at >= s.size {
		return &sliceReader{memory}
	}
	return io.MultiReader(io.NewSectionReader(s.file, at, s.size-at), &sliceReader{memory})
}

// A sliceReader reads bytes that nobody changes meanwhile.
type sliceReader struct{ rest []byte }

func (r *sliceReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// A spoolReader reads records one after the other.
type spoolReader struct {
	*bufio.Reader
	at int64
}

// ReadByte counts, so that a record's place is known.
func (r *spoolReader) ReadByte() (byte, error) {
	b, err := r.Reader.ReadByte()
	if err == nil {
		r.at++
	}
	return b, err
}

// next reads a record. The numbers stand in the order in which [spool.add] wrote them.
func (r *spoolReader) next() (*spooled, error) {
	s := &spooled{at: r.at}
	var err error
	number := func() int {
		n, failed := binary.ReadUvarint(r)
		if failed != nil && err == nil {
			err = failed
		}
		return int(n)
	}
	s.input, s.number = number(), number()
	s.record = &record{number: s.number, line: number(), form: form(number())}
	if list := number(); list < len(spooledLists) {
		s.record.list = spooledLists[list]
	}
	s.record.index = number()
	for n := number(); n > 0 && err == nil; n-- {
		s.indexes = append(s.indexes, number())
	}
	if err != nil {
		return nil, err
	}
	cell, err := r.bytes()
	if err != nil {
		return nil, err
	}
	s.record.cell = string(cell)
	s.raw, err = r.bytes()
	return s, err
}

// bytes reads as many bytes as the number before them says.
func (r *spoolReader) bytes() ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	b := make([]byte, n)
	got, err := io.ReadFull(r.Reader, b)
	r.at += int64(got)
	return b, err
}
