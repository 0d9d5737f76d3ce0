package badgerkv

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"entente/graph/kv/mirror"
)

// Scrub reads the mirror again, and of each key that has a value what Badger has of it, at no more than so many bytes a
// second. A disk that loses what nobody reads is so found out while the other copy is still there. What it finds is the
// reason of [Store.Err] from then on, and is returned. It reads beside all other calls.
func (s *Store) Scrub(ctx context.Context, bytesPerSecond int64) error {
	if err := s.Err(); err != nil {
		return err
	}
	segments, err := mirror.Segments(filepath.Join(filepath.Dir(s.dir), mirrorPart))
	if err != nil {
		return err
	}
	started, read := time.Now(), int64(0)
	report, err := mirror.Scan(segments, func(e mirror.Entry) error {
		read += int64(len(e.Value))
		ahead := time.Duration(float64(read)/float64(bytesPerSecond)*float64(time.Second)) - time.Since(started)
		if ahead > 10*time.Millisecond {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(ahead):
			}
		}
		if e.Delete || s.mirror.Check(e.Key, e.Value) != mirror.Same {
			return nil // a later write replaced it
		}
		_, err := s.Get(ctx, e.Key)
		return err
	})
	if err == nil && len(report.Damage) > 0 {
		err = report.Damage[0]
		s.trip.set(err.Error())
	}
	if err = errors.Join(err, s.Err()); err != nil {
		return fmt.Errorf("badgerkv: scrub: %w", err)
	}
	return nil
}
