package loader

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// A DateConflict is an entity that different coders date differently, so that no day is left on which they agree.
type DateConflict struct {
	Entity graph.ID
	Name   string
	Dates  []CodedDate // by coder and date
	// Exchanged says that one has for the day what another has for the month.
	Exchanged bool
}

// A CodedDate is a date and where it stands.
type CodedDate struct {
	Coder   graph.ID
	Date    graph.Date
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

// compareDates reports where what tables say of dates does not agree with what is said by others. It changes nothing: the claims
// stand beside each other.
func (im *importer) compareDates(ctx context.Context) error {
	if im.dry != nil || len(im.dated) == 0 {
		return nil
	}
	head := im.st.Head()
	entities := make([]store.Entity, 0, len(im.dated))
	for id := range im.dated {
		if e, ok := head.Entity(id); ok {
			entities = append(entities, e)
		}
	}
	slices.Sort(entities)
	for _, e := range slices.Compact(entities) {
		claims, err := head.ReadClaims(ctx, head.Dates(e))
		if err != nil {
			return err
		}
		dates := believed(claims)
		if agree(dates) || !head.IsMeeting(e) {
			continue
		}
		im.report.DateConflictCount++
		if len(im.report.DateConflicts) < DateConflictsKept {
			conflict := DateConflict{Entity: head.ID(e), Name: head.Name(e), Dates: dates, Exchanged: exchanged(dates)}
			im.report.DateConflicts = append(im.report.DateConflicts, conflict)
		}
	}
	return nil
}

// believed are the dates that coders believe: a coder that found a date and mended it believes the mended one.
func believed(claims []store.Claim) []CodedDate {
	mended := make(map[graph.ID]bool)
	for i := range claims {
		if _, inferred := claims[i].Qualifier(graph.Inferred); inferred {
			mended[claims[i].Coder] = true
		}
	}
	var dates []CodedDate
	for i := range claims {
		c := &claims[i].Claim
		date, err := graph.ParseDate(c.Value)
		if _, inferred := c.Qualifier(graph.Inferred); err != nil || mended[c.Coder] && !inferred {
			continue
		}
		dates = append(dates, CodedDate{c.Coder, date, c.Source.Locator})
	}
	slices.SortFunc(dates, func(a, b CodedDate) int {
		if n := strings.Compare(string(a.Coder), string(b.Coder)); n != 0 {
			return n
		}
		return strings.Compare(a.Date.String(), b.Date.String())
	})
	return slices.Compact(dates)
}

// agree reports whether every two coders may mean the same day. Dates of one coder do not contradict each other here: a text that
// was signed on several days has several.
func agree(dates []CodedDate) bool {
	may := func(a, b CodedDate) bool {
		for _, x := range dates {
			for _, y := range dates {
				if x.Coder == a.Coder && y.Coder == b.Coder && overlap(x.Date, y.Date) {
					return true
				}
			}
		}
		return false
	}
	for i, a := range dates {
		for _, b := range dates[i+1:] {
			if a.Coder != b.Coder && !may(a, b) {
				return false
			}
		}
	}
	return true
}

// overlap reports whether some day is in both dates.
func overlap(a, b graph.Date) bool {
	for day := a.Earliest(); ; {
		in, ok := b.FirstFrom(day)
		if !ok {
			return false
		}
		if day, ok = a.FirstFrom(in); !ok {
			return false
		}
		if day == in {
			return true
		}
	}
}

// exchanged reports whether two of the dates are one day with day and month exchanged.
func exchanged(dates []CodedDate) bool {
	for _, a := range dates {
		year, month, day := a.Date.Earliest().Civil()
		if a.Date.Earliest() != a.Date.Latest() || day > 12 {
			continue
		}
		swapped := fmt.Sprintf("%04d-%02d-%02d", year, day, int(month))
		for _, b := range dates {
			if b.Date != a.Date && b.Date.String() == swapped {
				return true
			}
		}
	}
	return false
}

// writeDates prints where dates do not agree.
func (r *Report) writeDates(b *strings.Builder) {
	if r.DateConflictCount == 0 {
		return
	}
	fmt.Fprintf(b, "dates     of %d entities do not agree with what other coders say; both stand\n", r.DateConflictCount)
	for _, c := range r.DateConflicts {
		fmt.Fprintf(b, "  %s %q:", c.Entity, c.Name)
		for i, d := range c.Dates {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(b, " %s by %s (%s)", d.Date, d.Coder, d.Locator)
		}
		if c.Exchanged {
			b.WriteString("; day and month exchanged")
		}
		b.WriteString("\n")
	}
	if n := r.DateConflictCount - len(r.DateConflicts); n > 0 {
		fmt.Fprintf(b, "  and %d more\n", n)
	}
}
