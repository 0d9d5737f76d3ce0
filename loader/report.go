package loader

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"entente/graph/store"
	"entente/loader/format"
)

// A Report says what an import did, or in a dry run would do.
type Report struct {
	DryRun bool

	// Records read, by form, and those rejected, which are among them as far as their form could be told.
	Entities, Claims, Retractions, Rejected int

	Added    int // claims that are new
	Repeated int // claims and changes that were there already
	Reopened int // claims that stand again
	// WithdrawnSkipped claims had been withdrawn by a person, and stay so.
	WithdrawnSkipped int
	Retracted        int
	Joined           int // sameAs claims made for exact external ids
	Commits          int
	First, Last      uint64 // the numbers of the first and the last commit made; 0 if none was

	// ChangedCount records have the key of one that came before and other content; the first of them are in Changed. Both versions
	// stand, unless the import replaces.
	ChangedCount int
	Changed      []Changed
	// CameCount and WentCount claims are new or gone with a new edition, beside those that changed; the first are in Came and Went.
	CameCount, WentCount int
	Came, Went           []Edited
	// Replaced claims of earlier editions have ended, and Parted joins of what no longer carries the same id. NotReplaced says
	// why that was not done, though it was asked for.
	Replaced, Parted int
	NotReplaced      string

	// Tables is what the formats of inputs counted beside claims; nil if the import ended early.
	Tables *format.Summary

	// DateConflictCount entities that tables date do not agree with what others say since this import, or otherwise than before; the first of
	// them are in DateConflicts. DateConflictsStanding more did so before, by the same claims.
	DateConflictCount, DateConflictsStanding int
	DateConflicts                            []DateConflict

	// Problems are the first in full, at most [ProblemsKept], in the order in which they were found.
	Problems []Problem
	// Groups are all problems by sort, the most frequent first.
	Groups []ProblemGroup

	Bytes   int64 // read, as stored
	Elapsed time.Duration

	groups map[string]*ProblemGroup
}

// A ProblemGroup counts problems of one sort.
type ProblemGroup struct {
	Count   int
	Example Problem // the first one
}

// ProblemsKept is how many problems a report holds in full.
const ProblemsKept = 100

// groupsKept bounds the sorts of problems that are told apart; the rest are counted with the last.
const groupsKept = 500

func newReport(dryRun bool) *Report {
	return &Report{DryRun: dryRun, groups: make(map[string]*ProblemGroup)}
}

// count adds what the store made of a commit.
func (r *Report) count(res *store.Result) {
	r.Added += res.Added
	r.Repeated += res.Repeated
	r.Reopened += res.Reopened
	r.WithdrawnSkipped += res.WithdrawnSkipped
	r.Retracted += res.Retracted
	r.Joined += res.Joined
	if res.Commit != nil {
		r.committed(res.Commit.Number)
	}
}

func (r *Report) committed(number uint64) {
	r.Commits++
	r.First, r.Last = cmp.Or(r.First, number), number
}

// problem adds a problem to those of its sort, and to the first ones if there is room.
func (r *Report) problem(p *Problem) {
	if len(r.Problems) < ProblemsKept {
		r.Problems = append(r.Problems, *p)
	}
	key := p.group()
	if r.groups[key] == nil && len(r.groups) >= groupsKept {
		key = ""
	}
	g := r.groups[key]
	if g == nil {
		g = &ProblemGroup{Example: *p}
		r.groups[key] = g
	}
	g.Count++
}

// close brings the groups into their order.
func (r *Report) close() {
	r.Groups = r.Groups[:0]
	for _, g := range r.groups {
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(a, b ProblemGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Example.File, b.Example.File),
			cmp.Compare(a.Example.Record, b.Example.Record), strings.Compare(a.Example.String(), b.Example.String()))
	})
}

// ProblemCount is the number of all problems.
func (r *Report) ProblemCount() int {
	n := 0
	for _, g := range r.Groups {
		n += g.Count
	}
	return n
}

// Write prints the report for people: the counts, then the problems, by sort if they are many.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	verb := "added"
	if r.DryRun {
		verb = "would be added"
	}
	fmt.Fprintf(&b, "read      %s (%.1f MB in %s)\n", r.read(), float64(r.Bytes)/1e6, r.Elapsed.Round(time.Millisecond))
	fmt.Fprintf(&b, "claims    %d %s", r.Added, verb)
	for _, part := range []struct {
		n    int
		text string
	}{
		{r.Joined, "of them to join what carries the same id"},
		{r.Repeated, "repeated"},
		{r.Reopened, "stand again"},
		{r.WithdrawnSkipped, "withdrawn, skipped"},
		{r.Retracted, "retracted"},
		{r.Replaced, "replaced, no longer in the source"},
		{r.Parted, "no longer joined"},
	} {
		if part.n > 0 {
			fmt.Fprintf(&b, ", %d %s", part.n, part.text)
		}
	}
	b.WriteString("\n")
	switch {
	case r.DryRun:
	case r.Commits > 1:
		fmt.Fprintf(&b, "commits   %d, from %d to %d\n", r.Commits, r.First, r.Last)
	case r.Commits == 1:
		fmt.Fprintf(&b, "commits   1, number %d\n", r.First)
	default:
		b.WriteString("commits   0\n")
	}
	r.writeTables(&b)
	r.writeDates(&b)
	r.writeChanged(&b)
	r.writeProblems(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// read counts what was read by form; tables, for one, bring claims alone.
func (r *Report) read() string {
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{{r.Entities, "entity", "entities"}, {r.Claims, "claim", "claims"}, {r.Retractions, "retraction", "retractions"}} {
		if part.n > 0 {
			parts = append(parts, amount(part.n, part.one, part.many))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "no records")
}

func amount(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// writeChanged prints in what the source differs from its earlier editions.
func (r *Report) writeChanged(b *strings.Builder) {
	if r.ChangedCount > 0 {
		fmt.Fprintf(b, "changed   %s at the source\n", amount(r.ChangedCount, "record", "records"))
		for _, c := range r.Changed {
			fmt.Fprintf(b, "  key %q:\n", c.Key)
			writeEdited(b, "    -", c.Went)
			writeEdited(b, "    +", c.Came)
		}
		writeMore(b, r.ChangedCount-len(r.Changed))
	}
	for _, part := range []struct {
		name, sign string
		count      int
		list       []Edited
	}{{"came     ", "  +", r.CameCount, r.Came}, {"went     ", "  -", r.WentCount, r.Went}} {
		if part.count > 0 {
			fmt.Fprintf(b, "%s %s\n", part.name, amount(part.count, "claim", "claims"))
			writeEdited(b, part.sign, part.list)
			writeMore(b, part.count-len(part.list))
		}
	}
	if r.NotReplaced != "" {
		fmt.Fprintf(b, "nothing was replaced: %s\n", r.NotReplaced)
	}
}

func writeEdited(b *strings.Builder, sign string, list []Edited) {
	for _, e := range list {
		fmt.Fprintf(b, "%s %s  %s\n", sign, e.Text, e.ID)
	}
}

func writeMore(b *strings.Builder, n int) {
	if n > 0 {
		fmt.Fprintf(b, "  and %d more\n", n)
	}
}

// writeProblems prints problems by sort if they are more than fit on a screen, and then those that are kept.
func (r *Report) writeProblems(b *strings.Builder) {
	total := r.ProblemCount()
	if total == 0 && r.Rejected == 0 {
		return
	}
	fmt.Fprintf(b, "rejected  %s, %s\n", amount(r.Rejected, "record", "records"), amount(total, "problem", "problems"))
	if total > len(r.Problems) || total > 20 {
		for _, g := range r.Groups {
			fmt.Fprintf(b, "%8d  %s\n", g.Count, g.Example.String())
		}
		if total > len(r.Problems) {
			fmt.Fprintf(b, "the first %d:\n", len(r.Problems))
		} else {
			b.WriteString("all of them:\n")
		}
	}
	for i := range r.Problems {
		fmt.Fprintln(b, r.Problems[i].String())
	}
}
