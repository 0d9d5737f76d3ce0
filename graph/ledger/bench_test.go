package ledger

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/kv/memkv"
)

// likeAnImport makes batches like those of a large import: few predicates, new agreements with some ties each, day-precise dates, one
// document and coder, a locator that counts up and a quote of some ten words.
func likeAnImport(commits, size int) []Batch {
	rng := rand.New(rand.NewPCG(1, 2))
	words := []string{"the", "parties", "agreed", "ceasefire", "under", "mediation", "signed", "monitored", "withdrawal", "commission", "border", "talks", "of", "and"}
	actors := EntityNo(2000)
	var batches []Batch
	entities, rows := EntityNo(0), 0
	for n := range commits {
		b := Batch{After: uint64(n), Author: "import"}
		if n == 0 {
			for i := range actors {
				b.Entities = append(b.Entities, graph.ID(fmt.Sprintf("gen:actor-%d", i)))
			}
			entities = actors
		}
		agreement := NoEntity
		for i := range size {
			if i%4 == 0 {
				b.Entities = append(b.Entities, graph.ID(fmt.Sprintf("gen:agreement-%06d", rows/4)))
				agreement = entities
				entities++
			}
			rows++
			c := Claim{
				Predicate: []uint8{11, 11, 10, 19}[rng.IntN(4)], From: EntityNo(rng.ExpFloat64()*100) % actors, To: agreement,
				When: (graph.DayOf(1990, 1, 1) + graph.Day(rng.IntN(12000))).Date(), Claimant: NoEntity, Coder: 1, Document: 2,
				Locator: fmt.Sprintf("row %d", rows),
			}
			for range 5 + rng.IntN(10) {
				c.Quote += words[rng.IntN(len(words))] + " "
			}
			if i%4 == 0 {
				c.Predicate, c.To, c.From, c.Quote = graph.NamePredicate.Info().Code, NoEntity, agreement, ""
				c.Value = fmt.Sprintf("Agreement %d on %s", rows/4, words[rng.IntN(len(words))])
			}
			for k := range c.ID {
				c.ID[k] = byte(rng.Uint32())
			}
			b.Claims = append(b.Claims, c)
		}
		batches = append(batches, b)
	}
	return batches
}

func openBadger(b *testing.B) kv.Store {
	b.Helper()
	store, err := badgerkv.Open(b.TempDir(), badgerkv.Options{Reserve: -1})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return store
}

func engines(b *testing.B, run func(b *testing.B, store kv.Store)) {
	b.Run("mem", func(b *testing.B) { run(b, memkv.New()) })
	b.Run("badger", func(b *testing.B) { run(b, openBadger(b)) })
}

func mustAppend(b *testing.B, l *Ledger, batch Batch) {
	b.Helper()
	if _, err := l.Append(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAppendOne is the latency of a durable commit of one claim.
func BenchmarkAppendOne(b *testing.B) {
	engines(b, func(b *testing.B, store kv.Store) {
		l, err := Open(b.Context(), store, Options{})
		if err != nil {
			b.Fatal(err)
		}
		batch := likeAnImport(1, 1)[0]
		mustAppend(b, l, batch)
		batch.Entities = nil
		for b.Loop() {
			batch.After++
			mustAppend(b, l, batch)
		}
	})
}

// BenchmarkAppendMany is the cost of a claim in commits of 16,384.
func BenchmarkAppendMany(b *testing.B) {
	const commits, size = 8, 16384
	batches := likeAnImport(commits, size)
	for _, engine := range []string{"mem", "badger"} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				var store kv.Store = memkv.New()
				if engine == "badger" {
					store = openBadger(b)
				}
				l, err := Open(b.Context(), store, Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				for _, batch := range batches {
					mustAppend(b, l, batch)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*commits*size), "ns/claim")
		})
	}
}

// large is a ledger of 200,000 claims.
func large(b *testing.B, store kv.Store) *Ledger {
	b.Helper()
	l, err := Open(b.Context(), store, Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, batch := range likeAnImport(20, 10000) {
		mustAppend(b, l, batch)
	}
	return l
}

// BenchmarkBlocks streams 200,000 claims, as a start does.
func BenchmarkBlocks(b *testing.B) {
	engines(b, func(b *testing.B, store kv.Store) {
		l := large(b, store)
		report, err := l.Verify(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		claims := 0
		for b.Loop() {
			for block, err := range l.Blocks(b.Context(), 0) {
				if err != nil {
					b.Fatal(err)
				}
				claims += len(block.Claims)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(claims), "ns/claim")
		b.ReportMetric(float64(report.Bytes)/float64(report.Claims), "bytes/claim")
		b.ReportMetric(float64(report.Claims)/float64(report.Values), "claims/block")
	})
}

// BenchmarkRead fetches the evidence of one claim: from the cache, and from the store.
func BenchmarkRead(b *testing.B) {
	engines(b, func(b *testing.B, store kv.Store) {
		l := large(b, store)
		for _, cached := range []bool{true, false} {
			b.Run(fmt.Sprintf("cached=%v", cached), func(b *testing.B) {
				l.evidence.Store(newEvidence(64 << 20))
				if !cached {
					l.evidence.Store(newEvidence(-1))
				}
				const claims = 20000
				for n := ClaimNo(0); cached && n < claims; n++ {
					if _, err := l.Read(b.Context(), []ClaimNo{n}); err != nil {
						b.Fatal(err)
					}
				}
				rng := rand.New(rand.NewPCG(1, 1))
				for b.Loop() {
					if _, err := l.Read(b.Context(), []ClaimNo{ClaimNo(rng.IntN(claims))}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkIDs fetches ids in a sorted window of every tenth claim.
func BenchmarkIDs(b *testing.B) {
	l := large(b, memkv.New())
	var nos []ClaimNo
	for n := ClaimNo(0); n < 200000; n += 10 {
		nos = append(nos, n)
	}
	for b.Loop() {
		if _, err := l.IDs(b.Context(), nos); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(nos)), "ns/id")
}
