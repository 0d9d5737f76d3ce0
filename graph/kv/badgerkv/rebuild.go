package badgerkv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// RebuildOptions are those of [Rebuild].
type RebuildOptions struct {
	Options
	// Sound says whether a value is as it was written. It is asked where Badger and mirror do not agree, and where
	// only one of them has a value, and before all others of what both have under First. The values may be any bytes.
	Sound func(kv.Key, []byte) error
	// First is a key without which there is nothing in a store.
	First kv.Key
	// Verify looks at the new store before it takes the old one's place; after an error it does not.
	Verify func(context.Context, kv.Store) error
	// Progress, unless nil, is told of the values copied.
	Progress func(values int)
}

// A Rebuilt says what [Rebuild] did.
type Rebuilt struct {
	Values     int // that the store has
	FromMirror int // of them, those that Badger had lost or changed
	FromBadger int // and those that the mirror had
	// Found lists what was wrong, with file and place where they are known.
	Found []string
	// Lost lists values that neither has as they were written. Verify decides whether they are missed.
	Lost []error
}

// Rebuild makes a store anew of what Badger and mirror have of it, each value from where it is sound, and puts it in the
// old one's place. It mends all damage that does not hit both copies of a value. What was deleted or replaced is not copied, so
// that its bytes are gone from the folder. Nobody may have the folder open. After an error, or a stop at any moment, the
// folder has the old store or the new one.
func Rebuild(ctx context.Context, dir string, opts RebuildOptions) (_ Rebuilt, err error) {
	opts.Options = opts.withDefaults()
	b := &builder{dir: dir, opts: opts}
	lock, err := lockFolder(dir)
	if err != nil {
		return b.done, fmt.Errorf("badgerkv: %w", err)
	}
	defer func() { err = errors.Join(err, unlock(lock)) }()
	err = finishRebuild(dir)
	if err == nil {
		err = b.build(ctx)
	}
	dropGuards(dir)
	err = errors.Join(err, dropUnfinished(dir))
	if err != nil {
		return b.done, fmt.Errorf("badgerkv: rebuild %s: %w", dir, err)
	}
	return b.done, nil
}

// A builder is a Rebuild under way.
type builder struct {
	dir  string
	opts RebuildOptions
	done Rebuilt

	old     *Store // what can be read of Badger's part, in a copy; its db is nil if it cannot be opened
	mirror  *mirror.Log
	newer   bool // Badger has, or may have, writes that the mirror lacks
	next    *Store
	pending []kv.Item
	size    int64
	written map[kv.Key]bool // by key that was met: whether it was copied, or is lost
}

func (b *builder) found(format string, args ...any) {
	b.done.Found = append(b.done.Found, fmt.Sprintf(format, args...))
}

func (b *builder) build(ctx context.Context) (err error) {
	if err := b.openOld(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.closeOld()) }()
	next := filepath.Join(b.dir, nextPart)
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	o := b.opts.Options
	o.Trial, o.Ballast = nil, -1
	if b.next, err = open(next, o.withDefaults()); err != nil {
		return err
	}
	open := true
	defer func() {
		if open {
			err = errors.Join(err, b.next.Close())
		}
	}()
	if err := b.copyAll(ctx); err != nil {
		return err
	}
	if !b.written[b.opts.First] && (len(b.done.Found) > 0 || b.done.Values > 0) {
		return fmt.Errorf("%w: neither badger/ nor mirror/ has a sound value under %v", kv.ErrCorrupt, b.opts.First)
	}
	if b.opts.Verify != nil {
		if err := b.opts.Verify(ctx, b.next); err != nil {
			return err
		}
	}
	open = false
	if err := b.next.Close(); err != nil {
		return err
	}
	return switchParts(b.dir)
}

// openOld opens what there is, and says what is wrong with it.
func (b *builder) openOld() (err error) {
	o := b.opts.Options
	if b.mirror, err = mirror.Open(filepath.Join(b.dir, mirrorPart), o.SegmentSize); err != nil {
		return err
	}
	report := b.mirror.Report()
	for _, d := range report.Damage {
		b.found("%v", d)
	}
	if report.Tail != nil {
		b.found("%v; if that was a whole write once, only badger/ may have it", report.Tail)
	}
	part := filepath.Join(b.dir, badgerPart)
	guard, err := newGuard(b.dir)
	if err != nil {
		return err
	}
	b.old = &Store{trip: &trip{log: o.Logger}, mirror: b.mirror}
	mark, err := b.openBadger(part, guard)
	if err != nil {
		b.found("%v", err)
		b.old.db = nil
		return nil
	}
	if err := apart(mark, report); err != nil {
		b.found("%v", err)
	}
	if mark != nil && mark.Mirror != report.End.Mirror && report.End.Mirror != (mirror.ID{}) {
		return fmt.Errorf("%w: which of the two is right only you can tell: move the other away and repeat this", b.old.apart(mark))
	}
	if mark != nil {
		b.newer = mark.Write > report.End.Write || len(report.Damage) > 0 && mark.Write == report.End.Write
	}
	return nil
}

// openBadger opens a copy of Badger's part, if a process of its own has lived through that.
func (b *builder) openBadger(part, guard string) (*mirror.Position, error) {
	if _, err := os.Stat(part); err != nil {
		return nil, err
	}
	if err := removeEmpty(part); err != nil {
		return nil, err
	}
	if b.opts.Trial != nil {
		if err := copyBadger(part, guard); err != nil {
			return nil, err
		}
		if _, err := try(b.opts.Trial, part, guard); err != nil {
			return nil, err
		}
	}
	if err := copyBadger(part, guard); err != nil {
		return nil, err
	}
	var err error
	if b.old.db, err = openBadger(guard, b.opts.Options, b.old.trip); err != nil {
		return nil, err
	}
	mark, err := readMark(b.old.db)
	if err != nil {
		return nil, errors.Join(err, protect(b.old.db.Close))
	}
	return mark, nil
}

func (b *builder) closeOld() error {
	err := b.mirror.Close()
	if b.old.db != nil {
		err = errors.Join(err, protect(b.old.db.Close))
	}
	return err
}

// copyAll writes to the new store what is sound of the old one.
func (b *builder) copyAll(ctx context.Context) error {
	b.written = make(map[kv.Key]bool)
	b.askFirst()
	for i, err := range b.mirror.Live() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			b.found("%v", err)
			continue // Badger may have it
		}
		if err := b.choose(ctx, i.Key, i.Value); err != nil {
			return err
		}
	}
	if b.old.db != nil {
		if err := b.copyRest(ctx); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// askFirst shows Sound what it needs for all others.
func (b *builder) askFirst() {
	if v, err := b.mirror.Value(b.opts.First); err == nil {
		_ = b.opts.Sound(b.opts.First, v) // its word counts when the key's turn comes
	}
	if v, err := b.badgerValue(b.opts.First); err == nil && v != nil {
		_ = b.opts.Sound(b.opts.First, v)
	}
}

// badgerValue is what Badger has under the key, nil if it has none or cannot be opened.
func (b *builder) badgerValue(k kv.Key) ([]byte, error) {
	if b.old.db == nil {
		return nil, nil
	}
	txn := b.old.db.NewTransaction(false)
	defer txn.Discard()
	return badgerValue(txn, k)
}

// choose takes the value of a key from the mirror or from Badger.
func (b *builder) choose(ctx context.Context, k kv.Key, mirrored []byte) error {
	have, err := b.badgerValue(k)
	if err == nil && have != nil && string(have) == string(mirrored) {
		return b.add(ctx, k, have)
	}
	// With the mirror whole and level its value is the one that was written. Otherwise it may be an older one.
	badgerErr := errors.New("badger/ has no such value")
	if have != nil {
		badgerErr = b.opts.Sound(k, have)
	}
	mirrorErr := b.opts.Sound(k, mirrored)
	switch {
	case badgerErr == nil && (mirrorErr != nil || b.newer):
		b.done.FromBadger++
		return b.add(ctx, k, have)
	case mirrorErr == nil:
		b.done.FromMirror++
		return b.add(ctx, k, mirrored)
	}
	b.written[k] = false
	b.done.Lost = append(b.done.Lost, fmt.Errorf("%v: %w; %w", k, badgerErr, mirrorErr))
	return nil
}

// copyRest copies what Badger alone has. If the mirror is whole and not behind, that was deleted.
func (b *builder) copyRest(ctx context.Context) error {
	if b.mirror.At().Write > 0 && len(b.mirror.Report().Damage) == 0 && !b.newer {
		return nil
	}
	for i, err := range b.old.items() {
		if err != nil {
			b.found("%v", err)
			return nil // what cannot be read further on shows when the new store is verified
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, met := b.written[i.Key]; met {
			continue
		}
		if err := b.opts.Sound(i.Key, i.Value); err != nil {
			b.written[i.Key] = false
			b.done.Lost = append(b.done.Lost, fmt.Errorf("%v: %w", i.Key, err))
			continue
		}
		b.done.FromBadger++
		if err := b.add(ctx, i.Key, i.Value); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) add(ctx context.Context, k kv.Key, v []byte) error {
	b.written[k] = true
	i := kv.Item{Key: k, Value: v}
	b.pending = append(b.pending, i)
	b.done.Values++
	if b.size += itemSize(i); b.size < recordBytes {
		return nil
	}
	return b.flush(ctx)
}

func (b *builder) flush(ctx context.Context) error {
	err := b.next.put(ctx, b.pending)
	clear(b.pending)
	b.pending, b.size = b.pending[:0], 0
	if b.opts.Progress != nil {
		b.opts.Progress(b.done.Values)
	}
	return err
}

// completeName is the file that says that the parts in next are complete, and that their switching has begun.
const completeName = "complete"

// switchParts puts the parts in next in the places of the old ones.
func switchParts(dir string) error {
	next := filepath.Join(dir, nextPart)
	f, err := os.Create(filepath.Join(next, completeName))
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close(), syncFolder(next)); err != nil {
		return err
	}
	return finishRebuild(dir)
}

// dropUnfinished removes parts whose switching has not begun.
func dropUnfinished(dir string) error {
	next := filepath.Join(dir, nextPart)
	_, err := os.Stat(filepath.Join(next, completeName))
	if errors.Is(err, fs.ErrNotExist) {
		return os.RemoveAll(next)
	}
	return err
}

// finishRebuild goes on with a switching that was stopped, if there is one.
func finishRebuild(dir string) error {
	next := filepath.Join(dir, nextPart)
	if _, err := os.Stat(filepath.Join(next, completeName)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	for _, part := range []string{badgerPart, mirrorPart} {
		from, to := filepath.Join(next, part), filepath.Join(dir, part)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue // it was moved before the stop
		} else if err != nil {
			return err
		}
		if err := os.RemoveAll(to); err != nil {
			return err
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
		if err := syncFolder(dir); err != nil {
			return err
		}
	}
	return errors.Join(os.RemoveAll(next), syncFolder(dir))
}
