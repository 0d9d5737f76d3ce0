package ledger

import (
	"context"
	"errors"
	"fmt"

	"entente/graph/kv"
)

// Sweep deletes blocks that writers put and never published: those of the writers that this ledger itself fenced since it was
// opened. It takes an epoch first, so a writer at work elsewhere is fenced and begins its commit again. It returns the number of values
// deleted.
//
// A put of a fenced writer that lands after the sweep stays; it does no harm but take space. What a process leaves when it dies is found
// by the next one that writes.
func (l *Ledger) Sweep(ctx context.Context) (int, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	if err := l.open(); err != nil {
		return 0, err
	}
	if err := l.epochForSweep(ctx); err != nil {
		return 0, err
	}
	deleted := 0
	for len(l.writer.abandoned) > 0 {
		n, err := l.sweepCommit(ctx, l.writer.abandoned[0])
		deleted += n
		if err != nil {
			return deleted, fmt.Errorf("ledger: sweep: %w", err)
		}
		l.writer.abandoned = l.writer.abandoned[1:]
	}
	return deleted, nil
}

// epochForSweep takes an epoch whatever the last commit is. An empty store is left empty.
func (l *Ledger) epochForSweep(ctx context.Context) error {
	for try := range maxEpochs {
		if try > 0 {
			if err := l.sleep(ctx, try); err != nil {
				return err
			}
		}
		v, err := l.refresh(ctx)
		if err != nil || v.raw == nil || l.writer.holdsIn(v) {
			return err
		}
		if _, err := l.newEpoch(ctx, v); !errors.Is(err, errLost) {
			return err
		}
	}
	return ErrFenced
}

// sweepCommit deletes what there is of the commit. Its blocks may be there in part, so every row is looked into.
func (l *Ledger) sweepCommit(ctx context.Context, a abandoned) (int, error) {
	deleted := 0
	for ordinal := 0; ordinal <= maxValues; ordinal += 16 {
		var keys []kv.Key
		for item, err := range l.store.Scan(ctx, blockRow(a.writer, a.commit, ordinal), blockCol(a.commit, ordinal), blockCol(a.commit, ordinal+16)) {
			if err != nil {
				return deleted, err
			}
			keys = append(keys, item.Key)
		}
		if len(keys) == 0 {
			continue
		}
		if err := l.store.Delete(ctx, keys...); err != nil {
			return deleted, err
		}
		deleted += len(keys)
	}
	return deleted, nil
}
