package loader

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// A reader cuts inputs into chunks and hands them out in order.
type reader struct {
	*source
	input int
	emit  func(*chunk) bool // false once nobody wants more
	line  int               // of the next byte, from 1
	at    int64             // the next byte's place in the text
}

// lines cuts JSON Lines at ends of lines.
func (r *reader) lines() {
	var rest []byte // the beginning of a line that has not ended yet
	for {
		// Room for twice the rest, so that a line of a megabyte is copied a few times and not hundreds of times.
		data := make([]byte, len(rest), max(readSize, 2*len(rest)))
		copy(data, rest)
		data, err := fill(r, data)
		end := bytes.LastIndexByte(data, '\n') + 1
		if errors.Is(err, io.EOF) {
			end = len(data) // the last line need not have an end
		}
		c := &chunk{input: r.input, data: data[:end:end], line: r.line}
		rest = data[end:]
		r.line += bytes.Count(c.data, []byte{'\n'})
		r.at += int64(end)
		if err == nil && len(rest) > MaxRecord {
			// Too long to be a record: it is left out, and reading goes on after it.
			c.problem = tooLong(0)
			c.problem.Line = r.line
			if !r.emit(c) {
				return
			}
			r.at += int64(len(rest))
			rest, c = nil, &chunk{input: r.input, line: r.line}
			err = r.skipLine()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			// What came of a line before the damage is no record.
			c.problem = r.damage(err)
			c.problem.Line, c.problem.Offset = r.line, r.at
		}
		if empty := len(c.data) == 0 && c.problem == nil; !empty && !r.emit(c) || err != nil {
			return
		}
	}
}

// fill reads until the buffer is full. The error is [io.EOF] at the end.
func fill(r *reader, data []byte) ([]byte, error) {
	for len(data) < cap(data) {
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			return data, err
		}
	}
	return data, nil
}

// skipLine goes to the start of the next line.
func (r *reader) skipLine() error {
	for {
		part, err := r.ReadSlice('\n')
		r.at += int64(len(part))
		if err == nil {
			r.line++
			return nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}
