package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
)

// readTimeline is the timeline by the claims themselves, each read whole.
func readTimeline(t *rapid.T, v *View, e Entity, window Window) []ClaimNo {
	claims, err := v.ReadClaims(t.Context(), v.candidates(&ClaimFilter{About: &e}))
	if err != nil {
		t.Fatal(err)
	}
	counts, err := newSuccession(v).counting(t.Context(), claims)
	if err != nil {
		t.Fatal(err)
	}
	var line []dated
	for i := range claims {
		c := &claims[i]
		when := c.When
		if info := c.Predicate.Info(); info.Tie {
			when = v.tieWhen(when, c.Object)
		} else if info.Name == graph.DatePredicate || info.Name == graph.Published {
			when, _ = graph.ParseDate(c.Value)
		}
		if !when.IsZero() && counts[i] && window.Has(when) {
			line = append(line, dated{c.No, when})
		}
	}
	slices.SortFunc(line, dated.compare)
	var nos []ClaimNo
	for _, d := range line {
		nos = append(nos, d.no)
	}
	return nos
}

// TestTimelineEqualsItsClaims: what memory tells of the dates is what the claims say.
func TestTimelineEqualsItsClaims(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := Open(t.Context(), memkv.New(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		changes := declarations()
		for range rapid.IntRange(1, 30).Draw(t, "claims") {
			changes = append(changes, assertion(drawClaim(t)))
		}
		if _, err := s.Commit(t.Context(), changes, CommitOptions{JoinOwn: true}); err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"", "2020-11-09", "2022"} {
			at := At{}
			if day != "" {
				at.AsOf = graph.MustParseDate(day)
			}
			v, err := s.View(at)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cast {
				e, ok := v.Entity(c.id)
				if !ok {
					continue
				}
				for _, window := range []Window{{}, {From: graph.MustParseDate("2020-11-10")}, {From: graph.MustParseDate("2019"), To: graph.MustParseDate("2020-11-09")}} {
					list, err := v.Timeline(t.Context(), e, window, Page{First: 1000})
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(readTimeline(t, v, e, window), append([]ClaimNo(nil), list.Items...)); diff != "" {
						t.Fatalf("timeline of %s, %+v, as of %q (-want +got):\n%s", c.id, window, day, diff)
					}
				}
			}
		}
	})
}
