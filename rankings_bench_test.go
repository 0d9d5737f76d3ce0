package main

import (
	"bytes"
	"io"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
	"entente/loader"
)

// generatedGraph is a generated graph as it is after a start: laid out at once.
func generatedGraph(b *testing.B, relations int) *topology.Snapshot {
	b.Helper()
	var records bytes.Buffer
	if err := generate(b.Context(), &records, relations, 7); err != nil {
		b.Fatal(err)
	}
	engine := memkv.New()
	s, err := store.Open(b.Context(), engine, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	in := loader.Input{Name: "generated", Open: func() (io.ReadCloser, error) { return io.NopCloser(&records), nil }}
	if report, err := loader.Import(b.Context(), s, []loader.Input{in}, loader.Options{Dataset: "gen"}); err != nil || report.Rejected > 0 {
		b.Fatal(err, report)
	}
	if s, err = store.Open(b.Context(), engine, store.Options{}); err != nil {
		b.Fatal(err)
	}
	return s.Head().Snapshot()
}

// BenchmarkRankings ranks the mediators of a whole graph, and pairs of them, beside a plain walk that counts the pairs over dense
// numbers and knows nothing of stances, merges, principals and summits.
func BenchmarkRankings(b *testing.B) {
	s := generatedGraph(b, 200_000)
	mediators := make([][]ledger.EntityNo, s.Entities())
	for e := range s.Entities() {
		for x := range s.Edges(e, graph.Mediated.Info().Code, topology.In) {
			mediators[e] = append(mediators[e], x.Other)
		}
	}
	q := trace.RankingQuestion{Scope: trace.Everything(), MinimumRole: graph.Mediated, Filter: trace.Filter{RollUp: true}, First: 20}
	b.Run("plain walk", func(b *testing.B) {
		for b.Loop() {
			counts := make(map[[2]ledger.EntityNo]int)
			for _, of := range mediators {
				for i, x := range of {
					for _, y := range of[i+1:] {
						counts[[2]ledger.EntityNo{min(x, y), max(x, y)}]++
					}
				}
			}
		}
	})
	b.Run("pairs", func(b *testing.B) {
		for b.Loop() {
			if pairs, err := trace.CoMediators(b.Context(), s, q); err != nil || len(pairs) < 20 {
				b.Fatal(pairs, err)
			}
		}
	})
	b.Run("mediators", func(b *testing.B) {
		for b.Loop() {
			if ranks, err := trace.MediatorRanking(b.Context(), s, q); err != nil || len(ranks) < 20 {
				b.Fatal(ranks, err)
			}
		}
	})
}
