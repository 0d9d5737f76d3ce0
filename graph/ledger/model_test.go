package ledger

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"entente/graph"
	"entente/graph/kv"
)

// A fate is what the writer of a commit was told of it.
type fate int

const (
	pending   fate = iota // it is being tried
	doubtful              // nobody was told: the store did not know, or the writer died over it. It is there or not, for ever
	published             // it was acknowledged
	absent                // it failed, and must never be seen
)

// A trial is a commit that somebody tried, known by its note.
type trial struct {
	batch  Batch
	fate   fate
	number uint64 // where it was acknowledged or seen; 0 before
}

// A model is what two or three writers may make of one ledger: a list of commits that only grows. It knows nothing of stores, epochs
// or heads. What it holds against a ledger is what the writers were told and what anybody has read:
//
//   - an acknowledged commit stands at its number, whole, and all who look afterwards see it;
//   - one that failed is never seen; one in doubt is seen at one number or never;
//   - a number has one commit, the same for everybody; there are no gaps, and times do not run back;
//   - who looks again sees no less than before.
//
// Its users take turns, so it needs no lock. After the first contradiction it says no more.
type model struct {
	trials map[string]*trial
	list   []string // notes by number, from 1 on; "" where nobody has looked and nobody was told
	acked  uint64   // the last number that must be seen by who looks now
	broken error    // the first contradiction
}

func newModel() *model { return &model{trials: map[string]*trial{}} }

func (m *model) wrong(format string, args ...any) {
	if m.broken == nil {
		m.broken = fmt.Errorf(format, args...)
	}
}

// begin notes that somebody tries a commit. Its note must be new.
func (m *model) begin(b Batch) { m.trials[b.Note] = &trial{batch: b} }

// end notes what Append said, and the last commit that the writer knows of then.
func (m *model) end(note string, info Info, err error, seen uint64) {
	t := m.trials[note]
	switch {
	case err == nil:
		if info.Number != t.batch.After+1 || info.Note != note {
			m.wrong("%s, built on commit %d, was acknowledged as %+v", note, t.batch.After, info)
		}
		t.fate = published
		m.place(note, info.Number)
		m.acked = max(m.acked, info.Number)
	case errors.Is(err, kv.ErrUnknown):
		t.fate = doubtful
	default:
		if t.fate = absent; t.number != 0 {
			m.wrong("%s failed with %v, and is commit %d", note, err, t.number)
		}
		if errors.Is(err, ErrStale) && seen <= t.batch.After {
			m.wrong("%s, built on commit %d, was called stale by who knows no more than %d", note, t.batch.After, seen)
		}
		if !errors.Is(err, ErrStale) && !errors.Is(err, ErrFenced) && !passing(err) {
			m.wrong("%s failed with %v, which nobody caused", note, err)
		}
	}
}

// died notes that the writer of a commit died while it tried.
func (m *model) died(note string) { m.trials[note].fate = doubtful }

// place notes that the commit of the number is that of the note.
func (m *model) place(note string, number uint64) {
	for uint64(len(m.list)) < number {
		m.list = append(m.list, "")
	}
	switch is := m.list[number-1]; {
	case is == "":
		m.list[number-1] = note
	case is != note:
		m.wrong("commit %d was %s and is %s", number, is, note)
	}
	t := m.trials[note]
	if t.number != 0 && t.number != number {
		m.wrong("%s is commit %d and %d", note, t.number, number)
	}
	t.number = number
}

// read holds what somebody read, from commit 1 on, against the list. least is the number of commits that had to be
// there: those acknowledged before the reader looked, and those it saw before.
func (m *model) read(who string, got drained, least uint64) {
	if n := uint64(len(got.Infos)); n < least {
		m.wrong("%s reads %d commits, there were %d before it looked", who, n, least)
	}
	var before time.Time
	for i, info := range got.Infos {
		t := m.trials[info.Note]
		switch {
		case t == nil:
			m.wrong("%s reads %+v, which nobody tried", who, info)
			return
		case t.fate == absent:
			m.wrong("%s reads %s as commit %d, and it failed", who, info.Note, info.Number)
		case info.Number != uint64(i+1):
			m.wrong("%s reads commit %d after %d", who, info.Number, i)
		case info.Time.Before(before):
			m.wrong("%s reads commit %d of %v after one of %v", who, info.Number, info.Time, before)
		case info.Number != t.batch.After+1:
			m.wrong("%s reads %s as commit %d, and it was built on %d", who, info.Note, info.Number, t.batch.After)
		}
		before = info.Time
		m.place(info.Note, info.Number)
		m.whole(who, got, info, &t.batch)
		if m.broken != nil {
			return
		}
	}
}

// whole holds one commit that was read against what was tried.
func (m *model) whole(who string, got drained, info Info, b *Batch) {
	if int(info.Entities) > len(got.Entities) || int(info.Claims) > len(got.Claims) {
		m.wrong("%s reads commit %d up to entity %d and claim %d of %d and %d", who, info.Number, info.Entities, info.Claims, len(got.Entities), len(got.Claims))
		return
	}
	claims := got.Claims[info.FirstClaim:info.Claims]
	same := func(h HotClaim, c Claim) bool { return h.ID == c.ID && h.From == c.From }
	if !slices.Equal(got.Entities[info.FirstEntity:info.Entities], b.Entities) || !slices.EqualFunc(claims, b.Claims, same) {
		m.wrong("%s reads %s torn: %d entities and %d claims, not the %d and %d that were tried", who, info.Note, info.Entities-info.FirstEntity, len(claims), len(b.Entities), len(b.Claims))
	}
}

// finish says what does not hold once all is quiet and got is the whole ledger.
func (m *model) finish(got drained) error {
	m.read("the last to look", got, m.acked)
	for i, note := range m.list {
		if i >= len(got.Infos) || got.Infos[i].Note != note {
			m.wrong("commit %d was %s and is gone", i+1, note)
		}
	}
	for note, t := range m.trials {
		if t.fate == published && t.number == 0 || t.fate == pending {
			m.wrong("%s was neither lost nor found", note)
		}
	}
	return m.broken
}

// claims are all that were published, in the order of the ledger.
func (m *model) claims() (all []Claim) {
	for _, note := range m.list {
		all = append(all, m.trials[note].batch.Claims...)
	}
	return all
}

// entities are all that were published, in the order of the ledger.
func (m *model) entities() (all []graph.ID) {
	for _, note := range m.list {
		all = append(all, m.trials[note].batch.Entities...)
	}
	return all
}
