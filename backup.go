package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/backup"
	"entente/graph/kv/badgerkv"
	"entente/graph/ledger"
)

type backupCommand struct {
	Data string `default:"${data}" help:"Data folder; it may be in use."`
	To   string `arg:"" help:"Folder of the backup; made if it is not there." type:"path"`
}

// Help shows under the flags.
func (backupCommand) Help() string {
	return `A backup holds all that was acknowledged when it began. It may be taken while a server writes. Taken again into the same folder, it adds what
has come since. What is copied is read back and checked before it counts; until then the backup before it stands. The backup of another
ledger is not written over, nor is a newer one of the same ledger. After a redaction the next backup is whole, and what was erased is gone from its folder.

Copying a data folder that is in use is no backup: such copies may not open.

Examples:
  entente backup /mnt/backup/entente
  entente restore /mnt/backup/entente --data ./restored`
}

// Run takes the backup.
func (c *backupCommand) Run(ctx context.Context, s streams) error {
	if err := existing(c.Data); err != nil {
		return err
	}
	started, last := time.Now(), time.Now()
	taken, err := backup.Take(ctx, badgerkv.Mirror(c.Data), c.To, backup.Options{
		Head: ledger.HeadKey(), Identify: ledger.Identify,
		Progress: func(done, files int) {
			if time.Since(last) > 3*time.Second {
				last = time.Now()
				fmt.Fprintf(s.err, "%d of %d files\n", done, files)
			}
		},
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "ledger    %s\ncommit    %d\nbackup    %d files, %d of them as they were; %.1f MB copied in %s\n",
		taken.Ledger, taken.Commit, len(taken.Files), taken.Kept, float64(taken.Copied)/1e6, time.Since(started).Round(time.Millisecond))
	return nil
}

type restoreCommand struct {
	Data  string `default:"${data}" help:"Folder to make; it must not be there, or be empty."`
	Check bool   `help:"Check the backup and restore nothing."`
	From  string `arg:"" help:"Folder of the backup." type:"path"`
}

// Help shows under the flags.
func (restoreCommand) Help() string {
	return `Every file of the backup is checked first, and what is missing, cut or changed is named. The folder appears when all is there and has been
verified.

Examples:
  entente restore /mnt/backup/entente --data ./restored
  entente restore --check /mnt/backup/entente`
}

// Run restores the backup.
func (c *restoreCommand) Run(ctx context.Context, s streams) error {
	if err := c.free(); err != nil {
		return err
	}
	manifest, err := backup.Check(ctx, c.From)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "ledger    %s\ncommit    %d\ntaken     %s\nchecked   %d files\n", manifest.Ledger, manifest.Commit, manifest.Time.Format(time.RFC3339), len(manifest.Files))
	if c.Check {
		return nil
	}
	made, err := os.MkdirTemp(filepath.Dir(filepath.Clean(c.Data)), ".restoring-")
	if err != nil {
		return err
	}
	values, err := c.restore(ctx, manifest, made, s)
	if err == nil {
		err = os.Chmod(made, 0o755)
	}
	if err == nil {
		err = os.Rename(made, c.Data) // over an empty folder, too
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(made))
	}
	fmt.Fprintf(s.out, "restored  %d values into %s; all of it holds\n", values, c.Data)
	return nil
}

// free refuses a folder that holds anything.
func (c *restoreCommand) free() error {
	if c.Check {
		return nil
	}
	entries, err := os.ReadDir(c.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(filepath.Dir(filepath.Clean(c.Data)), 0o755)
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty; restore into another folder", c.Data)
	}
	return err
}

// restore fills a folder and verifies it.
func (c *restoreCommand) restore(ctx context.Context, manifest *backup.Manifest, folder string, s streams) (values int, err error) {
	opts, err := folderOptions(importMemTable, newLogger(s.err))
	if err != nil {
		return 0, err
	}
	engine, err := badgerkv.Open(folder, opts)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, closeEngine(engine)) }()
	if values, err = manifest.Restore(ctx, c.From, engine); err != nil {
		return values, err
	}
	if err := verifyEngine(ctx, engine, s); err != nil {
		return values, err
	}
	heads, err := engine.Get(ctx, ledger.HeadKey())
	if err != nil {
		return values, err
	}
	id, commit, err := ledger.Identify(heads[0])
	if err == nil && (id != manifest.Ledger || commit != manifest.Commit) {
		err = fmt.Errorf("%w: restored commit %d of ledger %s, not %d of %s", kv.ErrCorrupt, commit, id, manifest.Commit, manifest.Ledger)
	}
	return values, err
}
