package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"entente/graph"
	"entente/graph/kv"
)

const (
	// maxEpochs is how often an Append takes a new epoch before it gives up.
	maxEpochs = 8
	// maxTries is how often the same bytes are written again after a failure that may pass.
	maxTries = 4
)

// Append publishes the batch as the next commit. On nil it is durable, and visible to all. The batch is not kept, and must not
// change meanwhile.
//
// The error is [ErrStale] if there are commits after the one the batch was built on, which then are known here; [ErrBatch] or
// [ErrTooBig] if the batch can never be a commit; [ErrFenced] if other writers took over again and again; else what the
// store or the context says. On all of these nothing was published. [kv.ErrUnknown] alone leaves it open: the store could not say
// whether the head was swapped; [Ledger.Refresh] shows it once the store answers.
func (l *Ledger) Append(ctx context.Context, b Batch) (Info, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	if err := l.open(); err != nil {
		return Info{}, err
	}
	var d *draft
	for epoch := range maxEpochs {
		if epoch > 0 {
			if err := l.sleep(ctx, epoch); err != nil {
				return Info{}, err
			}
		}
		v, err := l.takeEpoch(ctx, b.After)
		if errors.Is(err, errLost) {
			continue
		} else if err != nil {
			return Info{}, err
		}
		if v.head.last != b.After {
			return Info{}, fmt.Errorf("%w: built on commit %d, the ledger is at %d", ErrStale, b.After, v.head.last)
		}
		if d == nil {
			// The commit before is the same in every round, so are the numbers, and so this is done once.
			if d, err = l.draft(&b, v); err != nil {
				return Info{}, err
			}
		}
		info, err := l.publish(ctx, v, d)
		if errors.Is(err, errLost) {
			continue
		}
		return info, err
	}
	return Info{}, ErrFenced
}

// A draft is a commit but for what depends on the writer's nonce.
type draft struct {
	info    Info
	changes int
	erases  bool // it orders that something be erased
	blocks  []payload
	entries []blockEntry // ordinals are set when the blocks are laid out
}

// draft checks the batch and encodes its blocks.
func (l *Ledger) draft(b *Batch, v *view) (*draft, error) {
	if err := check(b, v.info); err != nil {
		return nil, err
	}
	now := b.Time
	if now.IsZero() {
		now = l.options.Now()
		if now.Before(v.info.Time) {
			now = v.info.Time
		}
	}
	d := &draft{changes: len(b.Changes), info: Info{
		Number: b.After + 1, Time: time.UnixMicro(now.UnixMicro()).UTC(), Author: b.Author, Note: b.Note, Dataset: b.Dataset,
		FirstEntity: v.info.Entities, Entities: v.info.Entities + EntityNo(len(b.Entities)),
		FirstClaim: v.info.Claims, Claims: v.info.Claims + ClaimNo(len(b.Claims)), Added: len(b.Claims),
	}}
	for i := range b.Changes {
		switch op := b.Changes[i].Op; {
		case op == Reassert:
			d.info.Added++
		case op.Ends():
			d.info.Retracted++
		}
		d.erases = d.erases || b.Changes[i].Op.erases() != 0
	}
	blocks := cut(b, v.info.Entities, v.info.Claims)
	d.blocks = make([]payload, len(blocks))
	for i := range blocks {
		d.entries = append(d.entries, blockEntry{firstClaim: blocks[i].firstClaim, changes: len(blocks[i].changes) > 0})
	}
	l.encode(blocks, d.blocks)
	return d, nil
}

// encode fills in the payloads, on several goroutines if there are many.
func (l *Ledger) encode(blocks []records, payloads []payload) {
	workers := min(l.options.Workers, len(blocks)/4)
	if workers < 2 {
		for i := range blocks {
			payloads[i] = encodeRecords(&blocks[i])
		}
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(blocks); i += workers {
				payloads[i] = encodeRecords(&blocks[i])
			}
		})
	}
	wg.Wait()
}

// check refuses what no reader could make sense of.
func check(b *Batch, head Info) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrBatch, fmt.Sprintf(format, args...))
	}
	entities, claims := uint64(head.Entities)+uint64(len(b.Entities)), uint64(head.Claims)+uint64(len(b.Claims))
	switch {
	case len(b.Entities)+len(b.Claims)+len(b.Changes) == 0:
		return bad("nothing in it")
	case entities >= uint64(NoEntity) || claims >= 1<<32-1:
		return fmt.Errorf("%w: %d entities and %d claims in all", ErrTooBig, entities, claims)
	case len(b.Author) > maxAuthor || len(b.Dataset) > maxAuthor || len(b.Note) > maxNote:
		return fmt.Errorf("%w: an author of %d bytes, a dataset of %d, a note of %d", ErrTooBig, len(b.Author), len(b.Dataset), len(b.Note))
	case !utf8.ValidString(b.Author) || !utf8.ValidString(b.Dataset) || !utf8.ValidString(b.Note):
		return bad("an author, dataset or note that is not UTF-8")
	case !b.Time.IsZero() && b.Time.Before(head.Time):
		return bad("of %v, after a commit of %v", b.Time, head.Time)
	}
	for i, id := range b.Entities {
		if len(id) == 0 || len(id) > graph.MaxIDLen {
			return bad("entity %d has an id of %d bytes", i, len(id))
		}
	}
	for i := range b.Claims {
		if err := checkClaim(&b.Claims[i], EntityNo(entities)); err != nil {
			return fmt.Errorf("claim %d: %w", i, err)
		}
	}
	for i, c := range b.Changes {
		if uint64(c.Claim) >= claims || c.Op < Withdraw || c.Op > TakeDown || len(c.Reason) > graph.MaxText {
			return bad("change %d: op %d of claim %d, there are %d; a reason of %d bytes", i, c.Op, c.Claim, claims, len(c.Reason))
		}
	}
	return nil
}

func checkClaim(c *Claim, entities EntityNo) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrBatch, fmt.Sprintf(format, args...))
	}
	_, stance := graph.StanceOf(c.Stance)
	switch {
	case graph.PredicateOf(c.Predicate) == nil || !stance:
		return bad("predicate %d, stance %d", c.Predicate, c.Stance)
	case c.From == NoEntity:
		return bad("no subject")
	case (c.To == NoEntity) != (c.Value != ""):
		return bad("an object and a value, or neither")
	case c.Confidence < 0 || c.Confidence > 1 || c.Confidence != c.Confidence:
		return bad("confidence %v", c.Confidence)
	}
	if c.Erased > ErasedText {
		return bad("erased in way %d", c.Erased)
	}
	size := len(c.Value) + len(c.Locator) + len(c.Quote) + len(c.Key)
	for _, q := range c.Qualifiers {
		if graph.QualifierOf(q.Name) == nil || (q.Entity == NoEntity) != (q.Value != "") {
			return bad("qualifier %d: an unknown one, or an entity and a text, or neither", q.Name)
		}
		size += len(q.Value) + 16
	}
	if size > maxRecord/2 {
		return fmt.Errorf("%w: a claim of %d bytes", ErrTooBig, size)
	}
	var err error
	eachEntity(c, func(n EntityNo) {
		if n >= entities {
			err = bad("entity %d of %d", n, entities)
		}
	})
	return err
}

// lay seals the draft's blocks under the nonce, closes them with the trailer, and gives the hash of the commit and the ordinal
// of its last value.
func (d *draft) lay(h *head, writer nonce) (items []kv.Item, sum hash, ordinal int, err error) {
	t := trailer{info: d.info, previous: h.hash, changes: d.changes}
	put := func(payload []byte, flags byte) {
		items = appendPieces(items, h.ledger, writer, place{d.info.Number, len(items)}, payload, flags, maxValue-headerLen)
	}
	withTrailer := func(p payload) []byte {
		t.sums = t.sums[:0]
		for i := range items {
			t.sums = append(t.sums, sumIn(items[i].Value))
		}
		p = append(payload(nil), p...)
		p.add(sectionTrailer, codecNone, t.append(nil))
		return p.bytes()
	}
	for i, p := range d.blocks {
		d.entries[i].ordinal = uint16(len(items))
		if len(items) >= maxValues {
			return nil, hash{}, 0, fmt.Errorf("%w: a commit of more than %d values", ErrTooBig, maxValues)
		}
		if i == len(d.blocks)-1 {
			if whole := withTrailer(p); len(whole) <= maxValue-headerLen {
				put(whole, flagLast)
				break
			}
		}
		put(p.bytes(), 0)
	}
	if headerFlags(items[len(items)-1].Value)&flagLast == 0 {
		d.entries = append(d.entries[:len(d.blocks)], blockEntry{firstClaim: d.info.Claims, ordinal: uint16(len(items))})
		put(withTrailer(nil), flagLast)
	}
	if len(items) > maxValues {
		return nil, hash{}, 0, fmt.Errorf("%w: a commit of %d values, at most %d", ErrTooBig, len(items), maxValues)
	}
	return items, hashOf(items[len(items)-1].Value), len(items) - 1, nil
}

// appendPieces seals a payload, in as many values of at most the size as it takes. They stand from the place on.
func appendPieces(items []kv.Item, ledger, writer nonce, at place, payload []byte, flags byte, size int) []kv.Item {
	for n := 0; ; n++ {
		piece := payload[:min(len(payload), size)]
		payload = payload[len(piece):]
		f := flags
		if n > 0 {
			f |= flagContinued
		}
		if len(payload) > 0 {
			f |= flagContinues
		}
		key := blockKey(writer, at.commit, at.ordinal+n)
		items = append(items, kv.Item{Key: key, Value: seal(key, kindBlock, f, ledger, piece)})
		if len(payload) == 0 {
			return items
		}
	}
}
