package graph

import (
	"strings"
	"testing"
)

func BenchmarkParseDate(b *testing.B) {
	for _, text := range []string{"2020-11-09", "2020", "2020-11-10/2023-09", "[2020-11-09,2020-11-10]"} {
		b.Run(strings.ReplaceAll(text, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseDate(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDateAppendText(b *testing.B) {
	d := MustParseDate("2020-11-09")
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		buf, _ = d.AppendText(buf[:0])
	}
}

func BenchmarkOrder(b *testing.B) {
	x, y := MustParseDate("2020-11-09"), MustParseDate("2020-11-10")
	b.ReportAllocs()
	for b.Loop() {
		if Order(x, y, true) != Certain {
			b.Fatal("out of order")
		}
	}
}

func BenchmarkContains(b *testing.B) {
	for _, text := range []string{"2020-11-10/2023-09", "[2020-11-09,2020-11-10]"} {
		d := MustParseDate(text)
		b.Run(strings.ReplaceAll(text, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if d.Contains(18575) == Certain {
					b.Fatal("certain")
				}
			}
		})
	}
}

// BenchmarkDays asks what walks ask of every date.
func BenchmarkDays(b *testing.B) {
	for _, text := range []string{"2020-11-09", "2020-11", "2020-11-10/..", "[2020-11-09,2020-11-10]"} {
		d := MustParseDate(text)
		b.Run(strings.ReplaceAll(text, "/", "_"), func(b *testing.B) {
			b.Run("ends", func(b *testing.B) {
				for b.Loop() {
					if d.Latest() < d.Earliest() {
						b.Fatal("ends before it begins")
					}
				}
			})
			b.Run("exact", func(b *testing.B) {
				for b.Loop() {
					if day, _ := d.Exact(); day == 0 {
						b.Fatal("1970-01-01")
					}
				}
			})
			b.Run("core", func(b *testing.B) {
				for b.Loop() {
					if begun, ended := d.Core(); begun == ended && len(text) > 10 {
						b.Fatal("a day")
					}
				}
			})
		})
	}
}
