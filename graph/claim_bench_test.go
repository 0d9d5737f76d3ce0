package graph

import "testing"

func BenchmarkClaimID(b *testing.B) {
	c := full()
	if err := c.Normalize(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		c.ID()
	}
}

func BenchmarkNormalize(b *testing.B) {
	c := full()
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Normalize(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEntityUUID(b *testing.B) {
	id := ID("entente:stmt-2020-11-09")
	b.ReportAllocs()
	for b.Loop() {
		id.UUID()
	}
}
