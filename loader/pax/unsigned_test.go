package pax_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnsigned leaves out who is named and has not signed.
func TestUnsigned(t *testing.T) {
	tests := []struct {
		name, part string
		want       []string
		left       int // what says that it was not signed
	}{
		{
			"a mark above a name and its office", "A. Baran\nMinister of Defence\n\n[No signature]\nC. Doran\nMinister of Finance\n\nE. Faran\nMinister of State",
			[]string{
				"signed ~a-baran [capacity=Minister of Defence] 'A. Baran\nMinister of Defence'",
				"signed ~e-faran [capacity=Minister of State] 'E. Faran\nMinister of State'",
			},
			1,
		},
		{
			"a mark below them in their paragraph", "A. Baran\nMinister of Defence\n[No signature]\n\nC. Doran\nMinister of Finance",
			[]string{"signed ~c-doran [capacity=Minister of Finance] 'C. Doran\nMinister of Finance'"},
			1,
		},
		{
			"marks in the line", "A. Baran, Minister of Defence [not signed]\nC. Doran, Minister of Finance [Signed]\n[No signature], E. Faran, Minister of State\nG. Horan, Minister (no signature noted)",
			[]string{"signed ~c-doran [capacity=Minister of Finance] 'C. Doran, Minister of Finance'"},
			3,
		},
		{
			"a mark within a line is of somebody there", "A. Baran, Minister of Defence [did not sign], C. Doran, Minister of Finance\nE. Faran, Minister of State",
			[]string{"signed ~e-faran [capacity=Minister of State] 'E. Faran, Minister of State'"},
			1,
		},
		{
			"sides with a mark, and with a name", "For Armenia - A. Baran\nFor Ukraine - [unsigned]\nFor Moldova [unsigned]\nFor Georgia - E. Faran",
			[]string{
				"signed ~a-baran [onBehalfOf=gw:371] 'For Armenia - A. Baran'",
				"signed ~e-faran [onBehalfOf=gw:372] 'For Georgia - E. Faran'",
			},
			2,
		},
		{
			"a mark above the name whose office is in the next line, under a side", "For Armenia:\n[No signature]\nA. Baran\nMinister of Defence",
			nil,
			1,
		},
		{"a mark alone, of the whole text", "A. Baran, Minister of Defence\n\n[Unsigned]", nil, 1},
		{"a sentence of the whole text", "Not signed, but made by A. Baran, Minister of Defence", nil, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", "Armenia/Azerbaijan", "Part", test.part)
			var got []string
			for _, line := range r.Lines(ties()...) {
				got = append(got, short(line))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if n := r.NoteCounts()["a part of Part says that it was not signed, left out"]; n != test.left {
				t.Errorf("%d were left out for not having signed, want %d; notes %v", n, test.left, r.NoteCounts())
			}
		})
	}
}
