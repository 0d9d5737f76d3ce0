package badgerkv

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// Badger is not safe to open on damaged files: it may end the process, and it may delete tables that a damaged
// manifest does not name. So it is opened on a copy first, in a process of its own. Tables are never changed in place,
// so a link is a copy of them, and the copy costs what was not yet in a table.

// newGuard makes an empty folder for a copy, under a name that none had before: a process that had the folder may have been
// killed while it tried it, and the trial, which outlives it, may yet open the copy that it was told of.
func newGuard(dir string) (string, error) {
	dropGuards(dir)
	all := filepath.Join(dir, guardPart)
	if err := os.MkdirAll(all, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(all, "")
}

// dropGuards removes copies. While a trial that was left behind still writes to its own, that one stays until the next time.
func dropGuards(dir string) { _ = os.RemoveAll(filepath.Join(dir, guardPart)) }

// copyBadger makes a copy of Badger's folder.
func copyBadger(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		old, new := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		switch {
		case e.Name() == "LOCK" || !e.Type().IsRegular():
			continue
		case strings.HasSuffix(e.Name(), ".sst"):
			err = os.Link(old, new)
		default:
			err = copyFile(old, new)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// copyFile copies a file. What is zeros in it takes no space in the copy: logs are mostly that, and the disk may be full.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	var chunk, zeros [64 << 10]byte
	for at := int64(0); ; {
		n, err := io.ReadFull(in, chunk[:])
		if n > 0 && !bytes.Equal(chunk[:n], zeros[:n]) {
			if _, err := out.WriteAt(chunk[:n], at); err != nil {
				return err
			}
		}
		at += int64(n)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return out.Truncate(at)
		case err != nil:
			return err
		}
	}
}

// try opens a copy of Badger's folder by the command and returns the mark it found there.
func try(command []string, folder, copied string) (mark *mirror.Position, err error) {
	cmd := exec.Command(command[0], append(command[1:len(command):len(command)], copied)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		first = strings.ReplaceAll(first, copied, folder)
		return nil, fmt.Errorf("%w: Badger cannot open its files in %s: %w: %s", kv.ErrCorrupt, folder, err, first)
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(out.String()), markPrefix)
	if !ok {
		return nil, fmt.Errorf("%w: the trial %q printed %q", kv.ErrFailed, command, out.String())
	}
	if text == noMark {
		return nil, nil
	}
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: the trial %q printed %q", kv.ErrFailed, command, out.String())
	}
	p, err := mirror.ParsePosition(b)
	return &p, err
}

// What CheckOpen prints: the prefix, and the mark in hexadecimal digits or that there is none.
const (
	markPrefix = "badger opens; mark "
	noMark     = "none"
)

// CheckOpen opens Badger on a folder that is a copy, and prints for [Open] what it found. The process should end
// afterwards: nothing is closed. It is what the command of [Options.Trial] is for.
func CheckOpen(dir string, out io.Writer) error {
	if _, err := os.Stat(dir); err != nil {
		return err // Badger would make the folder
	}
	opts := Options{}.withDefaults()
	size, err := memTableFor(dir, opts.MemTableSize)
	if err != nil {
		return err
	}
	opts.MemTableSize = size
	log := &trip{log: opts.Logger}
	db, err := badger.Open(opts.badger(dir, log))
	if err != nil {
		return err
	}
	mark, err := readMark(db)
	if err != nil {
		return err
	}
	if err := log.err(); err != nil {
		return err
	}
	text := noMark
	if mark != nil {
		text = hex.EncodeToString(mark.Append(nil))
	}
	_, err = fmt.Fprintln(out, markPrefix+text)
	return err
}

// memTableFor is the size of memtable with which the logs in the folder can be read: a log of a larger memtable, which an
// import that was killed leaves, would end the process.
func memTableFor(dir string, size int64) (int64, error) {
	logs, err := filepath.Glob(filepath.Join(dir, "*.mem"))
	if err != nil {
		return 0, err
	}
	most := size
	for _, name := range logs {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		// Badger makes the file twice as large as the memtable, and cuts it to its content when it finds it again.
		if n := info.Size(); n != 2*size {
			most = max(most, n)
		}
	}
	return most, nil
}
