package main

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
	"entente/graph/trace"
)

// mediationOf is the question that the API asks by default.
func mediationOf(from, to ledger.EntityNo, a *trace.Affiliations) trace.ChainQuestion {
	return trace.ChainQuestion{
		From: from, To: to, Order: trace.NonDecreasing, Objective: trace.FewestHops, MinimumRole: graph.Mediated, MaxHops: 6,
		Filter: trace.Filter{RollUp: true}, First: 10, Skip: new(big.Int), Budget: 1 << 30, Affiliations: a,
	}
}

// farApart draws pairs of armed groups that it takes three hops of mediation or more to lead from one to the other.
func farApart(b *testing.B, s *topology.Snapshot, a *trace.Affiliations, pairs int) (list [][2]ledger.EntityNo) {
	b.Helper()
	var groups []ledger.EntityNo
	for e := range s.Entities() {
		if kinds := s.Kinds(e); len(kinds) > 0 && kinds[0] == graph.ArmedGroup {
			groups = append(groups, e)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 * pairs {
		from, to := groups[r.IntN(len(groups))], groups[r.IntN(len(groups))]
		if from == to {
			continue
		}
		answer, err := trace.Chains(b.Context(), s, mediationOf(from, to, a))
		if err != nil {
			b.Fatal(err)
		}
		if answer.Hops >= 3 {
			if list = append(list, [2]ledger.EntityNo{from, to}); len(list) == pairs {
				return list
			}
		}
	}
	b.Fatalf("%d pairs of armed groups three hops apart, want %d", len(list), pairs)
	return nil
}

// BenchmarkMediationChains finds the best chains of mediation between pairs far apart, a pair after the other.
func BenchmarkMediationChains(b *testing.B) {
	s := generatedGraph(b, 200_000)
	a, err := trace.AffiliationsOf(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	pairs := farApart(b, s, a, 20)
	for _, options := range []struct {
		name   string
		change func(*trace.ChainQuestion)
	}{
		{"default", func(*trace.ChainQuestion) {}},
		{"strict", func(q *trace.ChainQuestion) { q.Order = trace.Strict }},
		{"in any order", func(q *trace.ChainQuestion) { q.Order = trace.AnyOrder }},
		{"certain", func(q *trace.ChainQuestion) { q.Certain = true }},
		{"earliest arrival", func(q *trace.ChainQuestion) { q.Objective = trace.EarliestArrival }},
		{"latest departure", func(q *trace.ChainQuestion) { q.Objective = trace.LatestDeparture }},
	} {
		b.Run(options.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				pair := pairs[i%len(pairs)]
				q := mediationOf(pair[0], pair[1], a)
				options.change(&q)
				if answer, err := trace.Chains(b.Context(), s, q); err != nil || answer.Hops == 0 {
					b.Fatal(answer, err)
				}
			}
		})
	}
}
