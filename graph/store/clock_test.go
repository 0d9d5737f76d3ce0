package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/kv/memkv"
)

// A wildClock is set anew before every commit: it jumps by years, stands still, runs back, and passes the moments that clocks
// get wrong.
type wildClock struct {
	*rand.Rand
	now time.Time
}

// moments that programs have stumbled over: the ends of days, years and eras, the second of a leap second before and
// again after it, the day of a leap year, what 32 bits of seconds hold, and the year 10000.
var moments = []time.Time{
	time.Date(2016, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(2016, 12, 31, 23, 59, 60, 0, time.UTC),
	time.Date(2024, 2, 29, 23, 59, 59, 999_999_500, time.UTC), time.Date(2023, 2, 29, 0, 0, 0, 0, time.UTC),
	time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 1, time.UTC),
	time.Date(2025, 3, 30, 2, 30, 0, 0, time.FixedZone("CEST", 2*3600)), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	{},
}

func (c *wildClock) turn() {
	const year = 365 * 24 * time.Hour
	switch c.IntN(8) {
	case 0:
		c.now = c.now.Add(time.Duration(c.Int64N(int64(20*year))) - 10*year)
	case 1:
		c.now = c.now.Add(-time.Duration(c.Int64N(int64(time.Hour))))
	case 2: // it stands
	case 3:
		c.now = c.now.Add(time.Duration(c.IntN(3))) // less than the ledger keeps
	case 4:
		if c.IntN(20) == 0 { // seldom, for from the year 9999 on it is always too early
			c.now = moments[c.IntN(len(moments))]
		}
	default:
		c.now = c.now.Add(time.Duration(c.Int64N(int64(time.Minute))))
	}
}

// TestClock commits under clocks that are wrong, through two stores of one engine and over restarts: the times of commits
// never run back, are the clock's whenever that is later, and knownAt finds the last commit not after a time.
func TestClock(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			clock := &wildClock{Rand: rand.New(rand.NewPCG(seed, 8)), now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
			engine := memkv.New()
			reopen := func() *Store {
				s, err := Open(t.Context(), engine, Options{Now: func() time.Time { return clock.now }})
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			writers := []*Store{reopen(), reopen()}
			last := time.Time{} // of the newest commit
			var times []time.Time
			for n := range 60 {
				clock.turn()
				w := clock.IntN(len(writers))
				if clock.IntN(10) == 0 {
					if err := writers[w].Close(); err != nil {
						t.Fatal(err)
					}
					writers[w] = reopen()
				}
				result, err := writers[w].Commit(t.Context(), []Change{assertion(graph.Claim{
					Predicate: graph.KindPredicate, From: graph.ID(fmt.Sprintf("t:place-%d", n)), Value: string(graph.Place),
				})}, CommitOptions{})
				if err != nil || result.Commit == nil {
					t.Fatalf("commit %d: %+v, %v", n+1, result, err)
				}
				want := time.UnixMicro(clock.now.UnixMicro())
				if n > 0 && want.Before(last) {
					want = last
				}
				got := result.Commit.Time
				if !got.Equal(want) || n > 0 && got.Before(last) {
					t.Fatalf("commit %d has the time %v, want %v: the clock shows %v, and commit %d had %v", n+1, got, want, clock.now, n, last)
				}
				last = got
				times = append(times, got)
			}
			for _, s := range append(writers, reopen()) {
				if err := s.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
				checkKnownAt(t, s, times, clock.Rand)
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// checkKnownAt asks what was known at the times of commits, a little before and after, and at any time, and compares with a
// look at all of them.
func checkKnownAt(t *testing.T, s *Store, times []time.Time, r *rand.Rand) {
	t.Helper()
	var asked []time.Time
	for _, at := range times {
		asked = append(asked, at, at.Add(time.Microsecond), at.Add(-time.Microsecond), at.Add(999*time.Nanosecond), at.Add(-1))
		asked = append(asked, at.Add(time.Duration(r.Int64N(int64(time.Hour)))), at.In(time.FixedZone("", 5*3600+1800)))
	}
	asked = append(asked, time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, at := range asked {
		want := 0
		for i, commit := range times {
			if !commit.After(at) {
				want = i + 1
			}
		}
		if at.IsZero() {
			continue // asks for now
		}
		v, err := s.View(At{KnownAt: at})
		if err != nil {
			t.Fatal(err)
		}
		// Each commit brings one claim, so that what is known tells the commit, too.
		if m := v.Moment(); m.Commit != uint64(want) || v.Statistics().Claims != want {
			t.Errorf("known at %v is commit %d with %d claims, want commit %d", at, m.Commit, v.Statistics().Claims, want)
		} else if want > 0 && !m.KnownAt.Equal(times[want-1]) {
			t.Errorf("commit %d was made at %v, want %v", want, m.KnownAt, times[want-1])
		}
	}
}
