package loader

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"entente/loader/format"
)

// An Input is something to read records from.
type Input struct {
	// Name stands in problems.
	Name string
	// Open begins to read. It is called once; an error becomes a problem of the input.
	Open func() (io.ReadCloser, error)
	// Size is the number of bytes that Open's reader will give, as far as it is known; 0 if not. It serves progress only.
	Size int64
	// Format, if it is not nil, reads the input; otherwise it holds records.
	Format *format.Format
}

// errKind marks a path that is no regular file. Opening a FIFO would wait for ever, and a device need not end.
var errKind = errors.New("not a regular file")

// errEncoding marks a text that is not UTF-8 by its byte-order mark.
var errEncoding = errors.New("text in UTF-16")

// FileInput is the input for a path as a user gives it: a regular file, or stdin for "-". Nothing is opened yet.
func FileInput(path string, stdin io.Reader) Input {
	if path == "-" {
		return Input{Name: "standard input", Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }}
	}
	in := Input{Name: path, Open: func() (io.ReadCloser, error) { return openRegular(path) }}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		in.Size = info.Size()
	}
	return in
}

// openRegular opens a regular file, or what a link leads to if that is one.
func openRegular(path string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w but %s", path, errKind, modeName(info.Mode()))
	}
	return os.Open(path)
}

// modeName names what is no regular file.
func modeName(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeDevice != 0:
		return "a device"
	case m&fs.ModeSocket != 0:
		return "a socket"
	}
	return "something else"
}

// openProblem tells why an input could not be read at all.
func openProblem(name string, err error) *Problem {
	found := err.Error()
	switch {
	case errors.Is(err, errEncoding):
		return &Problem{File: name, Found: found, Expected: "text in UTF-8"}
	case errors.Is(err, fs.ErrNotExist):
		found = "no such file"
	case errors.Is(err, fs.ErrPermission):
		found = "a file that may not be read"
	case errors.Is(err, errKind):
		_, found, _ = strings.Cut(found, " but ")
	default:
		if p, ok := errors.AsType[*fs.PathError](err); ok {
			found = p.Err.Error()
		}
	}
	return &Problem{File: name, Found: found, Expected: `a regular file, or "-" for standard input`}
}

// A source is an opened input, unpacked.
type source struct {
	*bufio.Reader
	packing string // "gzip" or "zstd"; empty for plain text
	close   func()
}

// readSize is what is read at a time, and about what one decoder takes at a time.
const readSize = 256 << 10

// maxWindow bounds the memory that a zstd frame may ask for. A frame of a few bytes can ask for gigabytes.
const maxWindow = 8 << 20

// openSource opens an input and recognizes how it is packed by its first bytes. Bytes read are counted in read.
func openSource(in Input, read *atomic.Int64) (*source, error) {
	file, err := in.Open()
	if err != nil {
		return nil, err
	}
	s := &source{Reader: bufio.NewReaderSize(&counter{file, read}, readSize), close: func() { _ = file.Close() }}
	magic, _ := s.Peek(4) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		s.packing = "gzip"
		unpacked, err := gzip.NewReader(s.Reader)
		if err != nil {
			s.close()
			return nil, fmt.Errorf("damaged gzip data (%w)", err)
		}
		s.Reader = bufio.NewReaderSize(unpacked, readSize)
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		s.packing = "zstd"
		unpacked, err := zstd.NewReader(s.Reader, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
		if err != nil {
			s.close()
			return nil, fmt.Errorf("damaged zstd data (%w)", err)
		}
		s.close = func() { unpacked.Close(); _ = file.Close() }
		s.Reader = bufio.NewReaderSize(unpacked, readSize)
	}
	return s, nil
}

// passMark passes over the byte-order mark of a text in UTF-8, and refuses one of UTF-16.
func (s *source) passMark() error {
	start, _ := s.Peek(3)
	switch {
	case bytes.Equal(start, []byte{0xef, 0xbb, 0xbf}):
		_, _ = s.Discard(3)
	case bytes.HasPrefix(start, []byte{0xfe, 0xff}), bytes.HasPrefix(start, []byte{0xff, 0xfe}):
		return errEncoding
	}
	return nil
}

// damage tells of a read that failed.
func (s *source) damage(err error) *Problem {
	if errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		return &Problem{
			Found:    fmt.Sprintf("zstd data that asks for a window of more than %d MiB", maxWindow>>20),
			Expected: "a file packed with a smaller window",
		}
	}
	if s.packing != "" {
		return &Problem{Found: fmt.Sprintf("damaged %s data (%v)", s.packing, err), Expected: "a whole file"}
	}
	return &Problem{Found: err.Error(), Expected: "a file that can be read to its end"}
}

// A counter counts what is read through it.
type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}
