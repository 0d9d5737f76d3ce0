package ledger

import (
	"context"
	"encoding/binary"
	"iter"
	"sync"

	"entente/graph/kv"
)

// A job is a block on its way through the pipeline.
type job struct {
	at     place
	writer nonce
	values [][]byte
	done   chan struct{} // closed when the two below are set
	block  *stored
	err    error
}

// pipeline reads blocks from the place on, to the end of the view: one goroutine scans, others decode, and the blocks
// come out in order. The first error ends it; the caller finds out by itself whether anything is really wrong there. All
// goroutines have ended when the iteration has.
func (l *Ledger) pipeline(ctx context.Context, v *view, from place) iter.Seq2[*stored, error] {
	return func(yield func(*stored, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		// Blocks wait here in order, scanned or already decoded: enough to keep all workers busy.
		ordered := make(chan *job, 4*l.options.Workers)
		work := make(chan *job, 4*l.options.Workers)
		wg.Go(func() {
			defer close(ordered)
			defer close(work)
			l.scan(ctx, v, from, func(j *job) bool {
				select {
				case ordered <- j:
				case <-ctx.Done():
					return false
				}
				if j.err != nil {
					close(j.done)
					return false
				}
				select {
				case work <- j:
					return true
				case <-ctx.Done():
					return false
				}
			})
		})
		for range l.options.Workers {
			wg.Go(func() {
				for j := range work {
					j.block, j.err = assemble(v.head.ledger, j.writer, j.at, j.values)
					j.values = nil
					close(j.done)
				}
			})
		}
		for j := range ordered {
			select {
			case <-j.done:
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			}
			if !yield(j.block, j.err) || j.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// scan emits the blocks from the place on, in order, unchecked. Where the next value is not what the scan shows, it emits
// a job with an error and ends. It goes by the flags in the headers; if these lie, so does the checksum.
func (l *Ledger) scan(ctx context.Context, v *view, from place, emit func(*job) bool) {
	at := from // of the next value
	open := &job{at: from, done: make(chan struct{})}
	for at.commit <= v.head.last {
		run := v.runOf(at.commit)
		until := min(run.last(), at.commit|15) // what this row may hold of the run
		row := blockRow(run.writer, at.commit, at.ordinal)
		group, ordinals := at.commit>>4, at.ordinal>>4
		open.writer = run.writer
		progress := false
		for item, err := range l.store.Scan(ctx, row, blockCol(at.commit, at.ordinal), blockCol(until+1, 0)) {
			if err != nil {
				open.err = engineError(kv.Key{Row: row}, err)
				emit(open)
				return
			}
			if !standsAt(item.Col, at) || len(open.values) == maxPieces {
				break
			}
			progress = true
			open.values = append(open.values, item.Value)
			flags := headerFlags(item.Value)
			at.ordinal++
			if flags&flagContinues == 0 {
				if flags&flagLast != 0 {
					at = place{commit: at.commit + 1}
				}
				if !emit(open) {
					return
				}
				open = &job{at: at, writer: run.writer, done: make(chan struct{})}
			}
			if at.commit > until || at.commit>>4 != group || at.ordinal>>4 != ordinals {
				break
			}
		}
		if !progress {
			open.err = &CorruptError{Commit: at.commit, Block: at.ordinal, Key: blockKey(run.writer, at.commit, at.ordinal), Found: "nothing in a scan"}
			emit(open)
			return
		}
	}
}

// standsAt reports whether the column is that of the place.
func standsAt(col string, at place) bool {
	return len(col) == 10 && binary.BigEndian.Uint64([]byte(col[:8])) == at.commit && binary.BigEndian.Uint16([]byte(col[8:])) == uint16(at.ordinal)
}
