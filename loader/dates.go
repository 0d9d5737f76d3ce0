package loader

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// A DateConflict is an entity that is dated differently on different words, so that no day is left on which they agree.
type DateConflict struct {
	Entity graph.ID
	Name   string
	Dates  []VoicedDate // by voice and date
	// Exchanged says that one has for the day what another has for the month.
	Exchanged bool
}

// A VoicedDate is a date, on whose word it is (or, where that is not said, who encoded it) and where it stands.
type VoicedDate struct {
	Voice   graph.ID
	Date    string
	Locator string
}

// DateConflictsKept is how many of them a report lists.
const DateConflictsKept = 20

// datedKept bounds the entities whose dates an import compares in the end.
const datedKept = 1 << 20

// noteDate remembers an entity that a table dates.
func (im *importer) noteDate(r *record, c *graph.Claim) {
	if r.cell != "" && c.Predicate == graph.DatePredicate && len(im.dated) < datedKept {
		im.dated[c.From] = struct{}{}
	}
}

// compareDates reports where what tables say of dates does not agree with what is said by others, and counts where that was so before by the
// same claims. It changes nothing: the claims stand beside each other.
func (im *importer) compareDates(ctx context.Context) error {
	if im.dry != nil || len(im.dated) == 0 {
		return nil
	}
	head := im.st.Head()
	before, err := im.st.View(store.At{Commit: &im.before})
	if err != nil {
		return err
	}
	entities := make([]store.Entity, 0, len(im.dated))
	for id := range im.dated {
		if e, ok := head.Entity(id); ok {
			entities = append(entities, e)
		}
	}
	slices.Sort(entities)
	for _, e := range slices.Compact(entities) {
		dating := head.Dating(e)
		if len(dating.Apart) == 0 || !head.IsMeeting(e) {
			continue
		}
		if then, ok := before.Entity(head.ID(e)); ok && slices.Equal(before.Dating(then).Apart, dating.Apart) {
			im.report.DateConflictsStanding++
			continue
		}
		claims, err := head.ReadClaims(ctx, dating.Apart)
		if err != nil {
			return err
		}
		im.report.DateConflictCount++
		if len(im.report.DateConflicts) < DateConflictsKept {
			conflict := DateConflict{Entity: head.ID(e), Name: head.Name(e), Dates: voicedDates(claims), Exchanged: len(dating.Exchanged) > 0}
			im.report.DateConflicts = append(im.report.DateConflicts, conflict)
		}
	}
	return nil
}

// voicedDates tells who gives which date, in that order.
func voicedDates(claims []store.Claim) []VoicedDate {
	var dates []VoicedDate
	for i := range claims {
		c := &claims[i].Claim
		dates = append(dates, VoicedDate{cmp.Or(c.Claimant, c.Coder, c.Source.Document), c.Value, c.Source.Locator})
	}
	slices.SortFunc(dates, func(a, b VoicedDate) int {
		return cmp.Or(strings.Compare(string(a.Voice), string(b.Voice)), strings.Compare(a.Date, b.Date), strings.Compare(a.Locator, b.Locator))
	})
	return slices.Compact(dates)
}

// writeDates prints where dates do not agree since the import, and how often they did not before.
func (r *Report) writeDates(b *strings.Builder) {
	const all = "; { findings(kinds: [DATES_DISAGREE, DAY_MONTH_SWAPPED]) } asks for all"
	if r.DateConflictCount == 0 {
		if n := r.DateConflictsStanding; n > 0 {
			fmt.Fprintf(b, "dates     of %s do not agree with what others say, as before%s\n", amount(n, "entity", "entities"), all)
		}
		return
	}
	fmt.Fprintf(b, "dates     of %s do not agree with what others say; all stand\n", amount(r.DateConflictCount, "entity", "entities"))
	for i := range r.DateConflicts {
		r.DateConflicts[i].write(b)
	}
	rest := make([]string, 0, 2)
	if n := r.DateConflictCount - len(r.DateConflicts); n > 0 {
		rest = append(rest, fmt.Sprintf("%d more", n))
	}
	if n := r.DateConflictsStanding; n > 0 {
		rest = append(rest, fmt.Sprintf("%d as before", n))
	}
	if len(rest) > 0 {
		fmt.Fprintf(b, "  and %s%s\n", strings.Join(rest, ", "), all)
	}
}

// write prints a line for each date, with all on whose word it is.
func (c *DateConflict) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %s %s", c.Entity, graph.Quoted(c.Name))
	if c.Exchanged {
		b.WriteString(", day and month exchanged")
	}
	dates := slices.Clone(c.Dates)
	slices.SortStableFunc(dates, func(a, b VoicedDate) int { return strings.Compare(a.Date, b.Date) })
	for i, d := range dates {
		if i == 0 || dates[i-1].Date != d.Date {
			fmt.Fprintf(b, "\n    %s  %s", d.Date, d.Voice)
		} else {
			fmt.Fprintf(b, ", %s", d.Voice)
		}
		if d.Locator != "" {
			fmt.Fprintf(b, " (%s)", d.Locator)
		}
	}
	b.WriteString("\n")
}
