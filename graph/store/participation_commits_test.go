package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

// TestPartsUnderCommits asks for an actor's parts by pages and as a whole while meetings get other days: both are always the same.
func TestPartsUnderCommits(t *testing.T) {
	s := open(t, memkv.New())
	changes := []Change{assertion(graph.Claim{Predicate: graph.KindPredicate, From: "t:busy", Value: "State"})}
	date := func(i, day int) graph.Claim {
		return graph.Claim{Predicate: graph.DatePredicate, From: roundID(i), Value: fmt.Sprintf("2001-02-%02d", day)}
	}
	for i := range rounds {
		changes = append(changes,
			assertion(graph.Claim{Predicate: graph.KindPredicate, From: roundID(i), Value: "Agreement"}), assertion(date(i, 1+i%28)),
			assertion(graph.Claim{Predicate: graph.Mediated, From: "t:busy", To: roundID(i)}))
	}
	put(t, s, "", changes...)
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				v := s.Head()
				e, _ := v.Entity("t:busy")
				list, err := v.Participations(ParticipationFilter{Actor: &e}, Page{First: rounds})
				if err != nil {
					t.Error(err)
					return
				}
				whole := v.EveryPart(ParticipationFilter{Actor: &e})
				slices.SortFunc(whole, func(a, b Participation) int {
					x, y := a.place(true), b.place(true)
					return slices.Compare(x[:], y[:])
				})
				meetings := func(parts []Participation) (list []string) {
					for i := range parts {
						list = append(list, fmt.Sprint(v.ID(parts[i].Meeting), " ", parts[i].When))
					}
					return list
				}
				if diff := gocmp.Diff(meetings(whole), meetings(list.Items)); diff != "" {
					t.Errorf("at commit %d (-whole +page):\n%s", v.snap.Commit(), diff)
					return
				}
			}
		})
	}
	for i := range 150 {
		at := i * 7 % rounds
		if i%3 == 0 {
			change(t, s, ledger.Withdraw, assertion(date(at, 1+at%28)).ID)
		} else {
			tell(t, s, date(at, 1+(at+i)%28))
		}
	}
	close(stop)
	readers.Wait()
}
