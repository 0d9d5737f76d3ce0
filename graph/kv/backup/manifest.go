package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"entente/graph/kv"
)

const (
	manifestName = "backup.json"
	newSuffix    = ".new" // of a manifest that is being written
	format       = 1
)

// ErrNone means that a folder holds no backup.
var ErrNone = errors.New("backup: none here")

// A Manifest says what a backup is.
type Manifest struct {
	Format int       `json:"format"`
	Ledger string    `json:"ledger"` // id
	Commit uint64    `json:"commit"` // the newest
	Mirror string    `json:"mirror"` // id
	Write  uint64    `json:"write"`  // the newest of the mirror
	Sum    string    `json:"sum"`    // of its record
	Time   time.Time `json:"time"`   // when the backup was begun
	Files  []File    `json:"files"`
}

// A File is a part of a backup.
type File struct {
	Name   string `json:"name"` // in the mirror's folder
	Number uint64 `json:"number"`
	Size   int64  `json:"size"`   // as much of it belongs to the backup
	SHA256 string `json:"sha256"` // of that
}

// read reads the manifest in a folder.
func read(dir string) (*Manifest, error) {
	path := filepath.Join(dir, manifestName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is not there", ErrNone, path)
	}
	if err != nil {
		return nil, err
	}
	// The last line is the sum of all before it.
	const line = 2*sha256.Size + 1
	if len(b) < line || sumOf(b[:len(b)-line])+"\n" != string(b[len(b)-line:]) {
		return nil, fmt.Errorf("%w: %s is not as it was written", kv.ErrCorrupt, path)
	}
	var m Manifest
	if err := json.Unmarshal(b[:len(b)-line], &m); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", kv.ErrCorrupt, path, err)
	}
	if m.Format != format {
		return nil, fmt.Errorf("%s has format %d, this program knows %d", path, m.Format, format)
	}
	return &m, nil
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// write makes m the manifest of the folder, at once and for good.
func (m *Manifest) write(dir string) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	b = append(b, '\n')
	b = append(b, sumOf(b)+"\n"...)
	path := filepath.Join(dir, manifestName)
	f, err := os.Create(path + newSuffix)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+newSuffix, path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// path is where the file lies in the backup.
func (m *Manifest) path(dir string, f *File) string { return filepath.Join(dir, m.Mirror, f.Name) }

// check compares the file with what the manifest says.
func (m *Manifest) check(dir string, file *File) error {
	path := m.path(dir, file)
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%w: %w", kv.ErrCorrupt, err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, file.Size))
	switch {
	case err != nil:
		return fmt.Errorf("%w: %s: %w", kv.ErrCorrupt, path, err)
	case n < file.Size:
		return fmt.Errorf("%w: %s has %d bytes, %d belong to the backup", kv.ErrCorrupt, path, n, file.Size)
	case hex.EncodeToString(h.Sum(nil)) != file.SHA256:
		return fmt.Errorf("%w: %s is not as it was written", kv.ErrCorrupt, path)
	}
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
