package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"entente/graph/store"
	"entente/loader"
)

type exportCommand struct {
	Data    string  `default:"${data}" help:"Data folder."`
	Output  string  `short:"o" default:"-" help:"File to write; - is standard output. It appears when it is complete." type:"path"`
	Commit  *uint64 `help:"Export what stood at this commit. Default: the newest."`
	History bool    `help:"Export every commit up to there with its time, author and note, and what it did."`
}

// Help shows under the flags.
func (exportCommand) Help() string {
	return `Records come as JSON Lines, sorted, so that two exports can be compared. Importing them into an empty folder gives an equal graph. What was
retracted is not exported, but for merges and kinds: those come with their retraction, so that nothing is merged again. A history has all of it, and goes into an empty folder by
import --history; the copy then answers the same at every commit.

Examples:
  entente export -o graph.jsonl
  entente export --commit 12 | gzip > then.jsonl.gz
  entente export --history -o history.jsonl`
}

// Run writes the export.
func (c *exportCommand) Run(ctx context.Context, s streams) error {
	if err := existing(c.Data); err != nil {
		return err
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		v, err := st.View(store.At{Commit: c.Commit})
		if err != nil {
			return err
		}
		write := func(w io.Writer) error { return loader.Export(ctx, v, w) }
		if c.History {
			write = func(w io.Writer) error { return loader.ExportHistory(ctx, v, w) }
		}
		if c.Output == "-" {
			return writeAll(s.out, write)
		}
		return replaceFile(c.Output, write)
	})
}

func writeAll(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	return errors.Join(write(b), b.Flush())
}

// replaceFile writes beside the file and renames when all is there and durable, so that no half of it is ever seen.
// Through a symbolic link it replaces what the link leads to. What is no regular file, such as a device or a pipe, is
// written to and not replaced.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(writeAll(f, write), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = writeAll(f, write)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
