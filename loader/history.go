package loader

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"time"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
)

// A history is JSON Lines: first how many commits it has, then of each commit what it is and how many records follow, and
// those: its claims, and its changes to claims that came before.
//
//	{"history":1,"commits":2}
//	{"commit":1,"records":1,"time":"2026-11-25T19:04:15.123456Z","author":"ann","note":"first","dataset":"mine"}
//	{"claim":"kind","from":"mine:a","value":"State"}
//	{"commit":2,"records":1,"time":"2026-11-25T19:05:00.000001Z"}
//	{"change":"withdraw","of":"6fa459ea-ee8a-5ca4-894e-db77e160355e","reason":"a mistake"}
const historyVersion = 1

// mostRecords is more than a commit can have.
const mostRecords = 1 << 24

// changeNames are the words of a history for changes.
var changeNames = map[store.Op]string{
	ledger.Withdraw: "withdraw", ledger.Undo: "undo", ledger.Replace: "replace", ledger.Reassert: "reassert", ledger.Redact: "redact", ledger.TakeDown: "takeDown",
}

// ExportHistory writes all commits up to the view's, with times, authors, notes and all that they did. [ImportHistory] makes of
// it a graph that answers the same at every commit, and whose history is the same to the byte.
func ExportHistory(ctx context.Context, v *store.View, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	fmt.Fprintf(out, "{\"history\":%d,\"commits\":%d}\n", historyVersion, v.Moment().Commit)
	var b []byte
	for c, err := range v.History(ctx) {
		if err != nil {
			return fmt.Errorf("export the history: %w", err)
		}
		b = appendCommit(b[:0], c)
		for i := range c.Changes {
			change := &c.Changes[i]
			if change.Op != store.Assert {
				b = appendChange(b, change)
				continue
			}
			if change.Claim.Predicate == "" {
				return fmt.Errorf("%w: claim %s has a predicate of a newer version", errVersion, change.ID)
			}
			b = appendErased(appendClaim(b, &change.Claim), &store.Claim{ClaimID: change.ID, Erased: change.Erased})
			b = append(b, '\n')
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

func appendCommit(b []byte, c *store.Committed) []byte {
	b = fmt.Appendf(b, `{"commit":%d,"records":%d,"time":"%s"`, c.Info.Number, len(c.Changes), c.Info.Time.UTC().Format(time.RFC3339Nano))
	b = appendMember(b, "author", c.Info.Author)
	b = appendMember(b, "note", c.Info.Note)
	b = appendMember(b, "dataset", c.Info.Dataset)
	return append(b, '}', '\n')
}

func appendChange(b []byte, c *store.Change) []byte {
	b = append(b, `{"change":`...)
	b = appendQuoted(b, changeNames[c.Op])
	b = appendMember(b, "of", c.ID.String())
	b = appendMember(b, "reason", c.Reason)
	return append(b, '}', '\n')
}

// ImportHistory reads what [ExportHistory] wrote into a store without commits, and returns how many it has then. Each commit
// is taken whole or not at all. The error is a *[Problem] if the input is not a history, or not all of one; what came before the
// fault stays.
func ImportHistory(ctx context.Context, st *store.Store, in Input, progress func(commit, commits uint64)) (uint64, error) {
	if n := st.Head().Moment().Commit; n > 0 {
		return 0, fmt.Errorf("%w: a history goes into an empty graph alone, this one has %d commits", ErrOptions, n)
	}
	h := &historian{st: st, decoder: newDecoder("history"), progress: progress}
	err := st.Bulk(func() error { return h.read(ctx, in) })
	if p, ok := errors.AsType[*Problem](err); ok {
		p.File = in.Name
	}
	return h.done, err
}

// A historian reads a history.
type historian struct {
	st       *store.Store
	decoder  *decoder
	progress func(commit, commits uint64)

	line    int
	commits uint64 // that there should be
	done    uint64
	open    *store.Committed // the one whose records are being read
	left    int              // records of it
}

func (h *historian) problem(path, found, expected string) *Problem {
	return &Problem{Line: h.line, Path: path, Found: found, Expected: expected}
}

func (h *historian) read(ctx context.Context, in Input) error {
	source, err := openSource(in, new(atomic.Int64))
	if err != nil {
		return openProblem(in.Name, err)
	}
	defer source.close()
	for {
		line, err := source.ReadSlice('\n')
		var long []byte
		for errors.Is(err, bufio.ErrBufferFull) && len(long) <= MaxRecord {
			long = append(long, line...)
			line, err = source.ReadSlice('\n')
		}
		if long != nil {
			line = append(long, line...)
		}
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		h.line++
		if err != nil && !errors.Is(err, io.EOF) {
			return h.problem("", err.Error(), "a line that can be read")
		}
		if err := h.take(ctx, line); err != nil {
			return err
		}
	}
	if h.open != nil || h.done < h.commits || h.line == 0 {
		h.line++
		return h.problem("", fmt.Sprintf("the end after %d commits", h.done), fmt.Sprintf("a history of %d commits", max(h.commits, 1)))
	}
	return nil
}

// take takes one line.
func (h *historian) take(ctx context.Context, line []byte) error {
	d := h.decoder
	d.changes = d.changes[:0]
	if len(line) > MaxRecord {
		return h.located(tooLong(int64(len(line))))
	}
	if p := d.validate(line); p != nil {
		return h.located(p)
	}
	line = skipSpace(line)
	if line[0] != '{' {
		return h.problem("", typeName(line), "a line of a history")
	}
	d.members = members(d.members[:0], line)
	first := ""
	if len(d.members) > 0 {
		first = d.members[0].name
	}
	var p *Problem
	switch {
	case first == "history":
		p = h.begin()
	case h.commits == 0:
		p = h.problem("", graph.Quoted(first), `the first line of a history, {"history":1, ...}`)
	case first == "commit":
		p = h.commit()
	case h.open == nil:
		p = h.problem("", graph.Quoted(first), "a commit")
	case first == "change":
		p = h.change()
	default:
		if _, p = d.record(line, ""); p == nil && len(d.changes) != 1 {
			p = h.problem("", "a record of several claims", "a claim or a change")
		}
		if p == nil && d.changes[0].Op != store.Assert {
			p = h.problem("", graph.Quoted(first), "a claim or a change")
		}
		if p == nil {
			h.open.Changes = append(h.open.Changes, d.changes[0])
			h.left--
		}
	}
	if p != nil {
		return h.located(p)
	}
	if h.open == nil || h.left > 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := h.st.Replay(ctx, h.open); err != nil {
		return fmt.Errorf("line %d: %w", h.line, err)
	}
	h.done, h.open = h.open.Info.Number, nil
	if h.progress != nil {
		h.progress(h.done, h.commits)
	}
	return nil
}

func (h *historian) located(p *Problem) *Problem {
	p.Line = h.line
	return p
}

// number reads a member that is a number from least on.
func (h *historian) number(m *member, least uint64) (uint64, *Problem) {
	n, err := strconv.ParseUint(string(m.value), 10, 64)
	if err != nil || n < least {
		return 0, h.problem("/"+m.name, string(clipBytes(m.value)), fmt.Sprintf("a number from %d on", least))
	}
	return n, nil
}

func clipBytes(b []byte) []byte { return b[:min(len(b), 40)] }

func (h *historian) begin() (p *Problem) {
	if h.commits > 0 {
		return h.problem("/history", "a second beginning", "a commit")
	}
	for i := range h.decoder.members {
		m := &h.decoder.members[i]
		var n uint64
		if n, p = h.number(m, 1); p != nil {
			return p
		}
		switch m.name {
		case "history":
			if n != historyVersion {
				return h.problem("/history", string(m.value), fmt.Sprintf("version %d", historyVersion))
			}
		case "commits":
			h.commits = n
		default:
			return unknownField(m.name, []string{"history", "commits"})
		}
	}
	if h.commits == 0 {
		return h.problem("/commits", "nothing", "the number of commits")
	}
	return nil
}

func (h *historian) commit() (p *Problem) {
	if h.open != nil {
		return h.problem("/commit", fmt.Sprintf("a commit while %d records of the one before are missing", h.left), "a record")
	}
	c := &store.Committed{}
	var records uint64
	for i := range h.decoder.members {
		m := &h.decoder.members[i]
		path := "/" + m.name
		switch m.name {
		case "commit":
			c.Info.Number, p = h.number(m, 1)
		case "records":
			records, p = h.number(m, 1)
		case "time":
			var text string
			if text, p = h.decoder.text(path, m.value); p != nil {
				return p
			}
			t, err := time.Parse(time.RFC3339Nano, text)
			if err != nil || t.UnixMicro()*1000 != t.UnixNano() {
				return h.problem(path, graph.Quoted(text), `a time in microseconds, such as "2026-11-25T19:04:15.123456Z"`)
			}
			c.Info.Time = t
		case "author":
			c.Info.Author, p = h.decoder.text(path, m.value)
		case "note":
			c.Info.Note, p = h.decoder.text(path, m.value)
		case "dataset":
			c.Info.Dataset, p = h.decoder.text(path, m.value)
		default:
			p = unknownField(m.name, []string{"commit", "records", "time", "author", "note", "dataset"})
		}
		if p != nil {
			return p
		}
	}
	switch {
	case c.Info.Number != h.done+1 || c.Info.Number > h.commits:
		return h.problem("/commit", strconv.FormatUint(c.Info.Number, 10), fmt.Sprintf("commit %d of %d", h.done+1, h.commits))
	case c.Info.Time.IsZero():
		return h.problem("/time", "nothing", "the time of the commit")
	case records == 0 || records > mostRecords:
		return h.problem("/records", strconv.FormatUint(records, 10), fmt.Sprintf("1 to %d", mostRecords))
	}
	h.open, h.left = c, int(records)
	return nil
}

func (h *historian) change() (p *Problem) {
	var c store.Change
	for i := range h.decoder.members {
		m := &h.decoder.members[i]
		path := "/" + m.name
		text, p := h.decoder.text(path, m.value)
		if p != nil {
			return p
		}
		switch m.name {
		case "change":
			for op, name := range changeNames {
				if name == text {
					c.Op = op
				}
			}
			if c.Op == store.Assert {
				return h.problem(path, graph.Quoted(text), "withdraw, undo, replace, reassert, redact or takeDown")
			}
		case "of":
			id, err := graph.ParseClaimID(text)
			if err != nil {
				return fieldProblem(path, err)
			}
			c.ID = id
		case "reason":
			c.Reason = text
		default:
			return unknownField(m.name, []string{"change", "of", "reason"})
		}
	}
	h.open.Changes = append(h.open.Changes, c)
	h.left--
	return nil
}
