package backup

import (
	"context"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// Check reads a whole backup and compares it with its manifest. The error names what is missing, cut or changed.
func Check(ctx context.Context, dir string) (*Manifest, error) {
	m, err := read(dir)
	if err != nil {
		return nil, err
	}
	for i := range m.Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := m.check(dir, &m.Files[i]); err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
	}
	var end mirror.Position
	id, err1 := hex.DecodeString(m.Mirror)
	sum, err2 := hex.DecodeString(m.Sum)
	if err1 != nil || err2 != nil || len(id) != len(end.Mirror) || len(sum) != len(end.Sum) {
		return nil, fmt.Errorf("backup: %w: %s names no mirror", kv.ErrCorrupt, filepath.Join(dir, manifestName))
	}
	end = mirror.Position{Mirror: mirror.ID(id), Write: m.Write, Sum: mirror.Sum(sum)}
	return m, m.compare(dir, end)
}

// segments are the files as parts of a mirror.
func (m *Manifest) segments(dir string) (segments []mirror.Segment) {
	for i := range m.Files {
		f := &m.Files[i]
		segments = append(segments, mirror.Segment{Number: f.Number, Path: m.path(dir, f), Size: f.Size})
	}
	return segments
}

// compare scans the files, which must lead to the position without damage.
func (m *Manifest) compare(dir string, end mirror.Position) error {
	report, err := mirror.Scan(m.segments(dir), func(mirror.Entry) error { return nil })
	switch {
	case err != nil:
		return fmt.Errorf("backup: %w", err)
	case len(report.Damage) > 0:
		return fmt.Errorf("backup: %w", report.Damage[0])
	case report.Tail != nil:
		return fmt.Errorf("backup: %w", report.Tail)
	case report.End != end:
		return fmt.Errorf("backup: %w: %s ends at write %d, not %d", kv.ErrCorrupt, dir, report.End.Write, end.Write)
	}
	return nil
}

// putBytes is about how much is handed to an engine at once.
const putBytes = 1 << 20

// Restore puts what a backup holds into an engine that is empty: the newest value of each key. [Check] it first.
func (m *Manifest) Restore(ctx context.Context, dir string, engine kv.Store) (values int, err error) {
	log, err := mirror.Read(filepath.Join(dir, m.Mirror), m.segments(dir))
	if err != nil {
		return 0, err
	}
	defer func() { _ = log.Close() }() // it was read alone
	var items []kv.Item
	size := 0
	flush := func() error {
		err := engine.Put(ctx, items...)
		items, size = items[:0], 0
		return err
	}
	for i, err := range log.Live() {
		if err != nil {
			return values, err
		}
		items = append(items, i)
		values++
		if size += len(i.Value); size >= putBytes {
			if err := flush(); err != nil {
				return values, err
			}
		}
	}
	return values, flush()
}
