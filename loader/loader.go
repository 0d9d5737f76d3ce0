package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"entente/graph"
	"entente/graph/store"
)

// ErrOptions marks options that cannot be.
var ErrOptions = errors.New("loader: bad options")

// Options of an import.
type Options struct {
	// Dataset is the scheme of bare ids. Required.
	Dataset      string
	Author, Note string // of the commits
	// Source is what the commits name as the dataset they come from; empty is the Dataset.
	Source string
	// Replace says that the inputs are a new edition of the source, whole: what the source had brought and the inputs no
	// longer have ends. It is not done if anything was rejected, nor by a dry run.
	Replace bool
	// DryRun checks everything and commits nothing. It keeps the ids of all claims and the kinds of all entities of
	// the inputs in memory. It does not join what carries the same exact external id, so a claim that is
	// sound only once two entities are one is reported.
	DryRun bool
	// Rejects, if set, is given each rejected record as it stood, one a line, so that it can be mended and imported
	// alone. A record longer than [MaxRecord] is not copied. A failed write ends the import.
	Rejects io.Writer
	// Progress, if set, is called after each commit, by the goroutine that called [Import].
	Progress func(Progress)
	// CommitSize is how many changes are committed at once; 0 is 16,384. It is at most [MaxCommitSize].
	CommitSize int
	// Decoders is how many goroutines decode; 0 is one for each processor.
	Decoders int

	spoolBytes int // kept in memory by the spool before it goes to a file; tests set it
}

// MaxCommitSize is the most changes in one commit of an import.
const MaxCommitSize = store.MaxChanges - maxValues

// A Progress says how far an import has come.
type Progress struct {
	File string
	// Read is the number of bytes read of all inputs, as they are stored; Size is how many there are, 0 if that is not
	// known.
	Read, Size int64
	Records    int
	Rejected   int
	Waiting    int // records that wait for the end of the inputs
	Elapsed    time.Duration
}

func (o *Options) check() error {
	if !graph.ValidDataset(o.Dataset) {
		return fmt.Errorf("%w: the dataset is %s; it must be %s", ErrOptions, graph.Quoted(o.Dataset), wantDataset)
	}
	if o.CommitSize < 0 || o.CommitSize > MaxCommitSize {
		return fmt.Errorf("%w: %d changes a commit; at most %d", ErrOptions, o.CommitSize, MaxCommitSize)
	}
	if o.CommitSize == 0 {
		o.CommitSize = 1 << 14
	}
	if o.Decoders <= 0 {
		o.Decoders = runtime.GOMAXPROCS(0)
	}
	if o.spoolBytes == 0 {
		o.spoolBytes = 32 << 20
	}
	return nil
}

// Import reads the inputs, in their order, into commits. Bad records and damaged files are in the report and not in
// the error; the caller decides what they mean. The error is that of the store, of Rejects or of the context; what
// was committed before it stays, and the report, which is never nil, says how much that was.
func Import(ctx context.Context, st *store.Store, inputs []Input, opts Options) (*Report, error) {
	im := &importer{st: st, opts: opts, inputs: inputs, report: newReport(opts.DryRun), started: time.Now()}
	if err := im.opts.check(); err != nil {
		return im.report, err
	}
	err := st.Bulk(func() error { return im.run(ctx) })
	im.report.Bytes, im.report.Elapsed = im.read.Load(), time.Since(im.started)
	return im.report, err
}

func (im *importer) run(ctx context.Context) error {
	im.begin()
	defer im.end()
	if err := im.readAll(ctx); err != nil {
		return err
	}
	im.report.Tables = &im.tables
	if err := im.flush(ctx); err != nil {
		return err
	}
	if err := im.finish(ctx); err != nil {
		return err
	}
	if err := im.compare(ctx); err != nil {
		return err
	}
	return im.compareDates(ctx)
}

// readAll runs the pipeline over all inputs. It returns once every record has been taken, at the first error, or when the
// context ends.
func (im *importer) readAll(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// A chunk goes to whichever decoder is free, and at the same time into the queue that keeps the order. The queue
	// bounds how far the reader runs ahead.
	work := make(chan *chunk)
	queue := make(chan *chunk, 2*im.opts.Decoders+2)
	// Two chunks a decoder are enough for the reader to stay ahead of decoders, and decoders of the sequencer.
	free := make(freelist, 2*im.opts.Decoders)
	var decoders sync.WaitGroup
	for range im.opts.Decoders {
		decoders.Go(func() {
			d := newDecoder(im.opts.Dataset)
			for c := range work {
				c.decode(d, free)
			}
		})
	}
	// The reader is not waited for when the import is cancelled: standard input may not give another byte for ever.
	go func() {
		defer close(queue)
		defer decoders.Wait()
		defer close(work)
		for i := range im.inputs {
			if !im.readInput(i, func(c *chunk) bool { return hand(ctx, work, queue, c) }) {
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c, ok := <-queue:
			if !ok {
				return ctx.Err()
			}
			select {
			case <-ctx.Done(): // the chunk may never have reached a decoder
				return ctx.Err()
			case <-c.ready:
			}
			if err := im.take(ctx, c); err != nil {
				return err
			}
			free.give(c.changes)
			c.changes = nil
		}
	}
}

// hand gives a chunk to a decoder and to the queue. It is false once the import has ended.
func hand(ctx context.Context, work, queue chan<- *chunk, c *chunk) bool {
	c.ready = make(chan struct{})
	select {
	case <-ctx.Done():
		return false
	case queue <- c:
	}
	select {
	case <-ctx.Done():
		return false
	case work <- c:
		return true
	}
}

// readInput cuts one input into chunks. It is false if the chunks are no longer wanted.
func (im *importer) readInput(number int, emit func(*chunk) bool) bool {
	in := im.inputs[number]
	wanted := true
	r := &reader{input: number, line: 1, emit: func(c *chunk) bool {
		wanted = wanted && emit(c)
		return wanted
	}}
	var err error
	if r.source, err = openSource(in, &im.read); err != nil {
		return emit(&chunk{input: number, problem: openProblem(in.Name, err)})
	}
	defer r.close()
	if in.Format != nil {
		r.foreign(in, &im.tables)
		return wanted
	}
	if err := r.passMark(); err != nil {
		return emit(&chunk{input: number, problem: openProblem(in.Name, err)})
	}
	// As much as anybody will put before the first name of a document. An error comes again with the first read.
	start, _ := r.Peek(4096)
	if isDocument(start) {
		r.document()
	} else {
		r.lines()
	}
	return wanted
}
