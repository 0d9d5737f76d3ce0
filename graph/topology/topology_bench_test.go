package topology

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/ledger"
)

// hubOf builds a graph of one state that signed n agreements, a day apart.
func hubOf(n int) *Topology { return load(hubBlock(n)) }

func hubBlock(n int) *ledger.Block {
	block := &ledger.Block{Commit: 1, Entities: []graph.ID{"t:hub"}}
	for i := range n {
		block.Entities = append(block.Entities, graph.ID(fmt.Sprint("t:", i)))
		block.Claims = append(block.Claims, signed(ledger.EntityNo(i+1), i))
	}
	block.End = &ledger.Info{Number: 1, Time: time.Unix(1, 0), Entities: ledger.EntityNo(n + 1), Claims: ledger.ClaimNo(n)}
	return block
}

func load(block *ledger.Block) *Topology {
	t := New()
	t.Apply(block)
	t.Settle()
	return t
}

func signed(agreement ledger.EntityNo, day int) ledger.HotClaim {
	return ledger.HotClaim{
		ID: graph.ClaimID(uuid.NewSHA1(uuid.Nil, fmt.Append(nil, agreement, day))), Predicate: graph.Signed.Info().Code, From: 0, To: agreement, When: graph.Day(day % 20000).Date(),
		Claimant: ledger.NoEntity, Coder: ledger.NoEntity, Document: ledger.NoEntity,
	}
}

// BenchmarkCommitOnHub applies a commit of one claim on an entity with many edges.
func BenchmarkCommitOnHub(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint("edges=", n), func(b *testing.B) {
			t := hubOf(n)
			claims, commit := ledger.ClaimNo(n), uint64(1)
			b.ReportAllocs()
			for b.Loop() {
				commit++
				t.Apply(&ledger.Block{
					Commit: commit, FirstEntity: ledger.EntityNo(n + 1), FirstClaim: claims, Claims: []ledger.HotClaim{signed(ledger.EntityNo(int(claims)%n+1), int(claims))},
					End: &ledger.Info{Number: commit, Time: time.Unix(int64(commit), 0), Entities: ledger.EntityNo(n + 1), Claims: claims + 1},
				})
				claims++
			}
		})
	}
}

// BenchmarkEdges walks an entity's edges, per edge.
func BenchmarkEdges(b *testing.B) {
	const n = 100_000
	t := hubOf(n)
	code := graph.Signed.Info().Code
	b.Run("laid out", func(b *testing.B) { walk(b, t, code) })
	t.Apply(&ledger.Block{
		Commit: 2, FirstEntity: n + 1, FirstClaim: n, Claims: []ledger.HotClaim{signed(1, 7)},
		End: &ledger.Info{Number: 2, Time: time.Unix(2, 0), Entities: n + 1, Claims: n + 1},
	})
	b.Run("in leaves", func(b *testing.B) { walk(b, t, code) })
}

func walk(b *testing.B, t *Topology, code uint8) {
	s := t.Head()
	edges := 0
	for b.Loop() {
		for range s.Edges(0, code, Out) {
			edges++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(edges), "ns/edge")
}

// BenchmarkLoad lays out a graph of a million edges, per claim.
func BenchmarkLoad(b *testing.B) {
	const n = 500_000
	block := hubBlock(n)
	for b.Loop() {
		load(block)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/claim")
}

// BenchmarkEntity finds an entity by its id.
func BenchmarkEntity(b *testing.B) {
	s := hubOf(100_000).Head()
	for b.Loop() {
		if _, ok := s.Entity("t:77777"); !ok {
			b.Fatal("not found")
		}
	}
}
