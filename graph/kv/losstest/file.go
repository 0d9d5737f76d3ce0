package losstest

import (
	"math/rand/v2"
	"slices"
	"time"
)

const (
	pageSize   = 4096
	sectorSize = 512
)

// A file is one that has, or had, a name. The file system's lock guards it.
type file struct {
	data    []byte         // as programs see it
	durable []byte         // as of the last sync
	dirty   map[int64]bool // pages written since
	changed time.Time
}

func newFile() *file { return &file{dirty: make(map[int64]bool), changed: time.Now()} }

func (f *file) resize(n int64) {
	old := int64(len(f.data))
	if n <= old {
		f.data = f.data[:n]
	} else {
		f.data = append(f.data, make([]byte, n-old)...)
	}
	// What comes after the end is gone, and reads as zeros if the file grows again, whatever was synced there.
	for p := n / pageSize; n < old && p*pageSize < old; p++ {
		f.dirty[p] = true
	}
	f.changed = time.Now()
}

func (f *file) write(data []byte, at int64) {
	if end := at + int64(len(data)); end > int64(len(f.data)) {
		f.resize(end)
	}
	copy(f.data[at:], data)
	for p := at / pageSize; p <= (at+int64(len(data))-1)/pageSize; p++ {
		f.dirty[p] = true
	}
	f.changed = time.Now()
}

// sync makes all of the file durable.
func (f *file) sync() {
	f.durable = fit(f.durable, len(f.data))
	for p := range f.dirty {
		copyPage(f.durable, f.data, p, pageSize)
	}
	clear(f.dirty)
}

// fit makes b n bytes long, with zeros at its end.
func fit(b []byte, n int) []byte {
	if n <= len(b) {
		return b[:n:n]
	}
	return append(slices.Clip(b), make([]byte, n-len(b))...)
}

// copyPage copies the first n bytes of a page.
func copyPage(to, from []byte, page int64, n int) {
	at := page * pageSize
	end := min(at+int64(n), int64(len(to)), int64(len(from)))
	if at < end {
		copy(to[at:end], from[at:end])
	}
}

// after is what a disk has of the file after a loss of power. Without random that is what was synced; with it, some of the rest.
func (f *file) after(random *rand.Rand) []byte {
	b := append([]byte(nil), f.durable...)
	if random == nil {
		return b
	}
	if random.IntN(2) == 0 {
		b = fit(b, len(f.data))
	}
	for p := range f.dirty {
		switch random.IntN(3) {
		case 0: // it never got there
		case 1:
			copyPage(b, f.data, p, pageSize)
		case 2: // it was being written
			copyPage(b, f.data, p, sectorSize*(1+random.IntN(pageSize/sectorSize-1)))
		}
	}
	return b
}
