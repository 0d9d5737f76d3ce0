package pax_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRoles tells from their wording as what people took part.
func TestRoles(t *testing.T) {
	tests := []struct {
		name, part, third string
		want              []string
	}{
		{
			"witnesses who sign are no parties", "A. Baran, Minister of Defence\nSigned by the following Witnesses:\nC. Doran", "",
			[]string{
				"signed ~a-baran [capacity=Minister of Defence] 'A. Baran, Minister of Defence'",
				"witnessed ~c-doran 'Signed by the following Witnesses: […] C. Doran'",
			},
		},
		{
			"the next part of a numbered list begins anew", "Signed by the following Witnesses:\nC. Doran\n\n2. Northern Quarter\n\nE. Faran, Head of the quarter", "",
			[]string{
				"witnessed ~c-doran 'Signed by the following Witnesses: […] C. Doran'",
				"signed ~e-faran [capacity=Head of the quarter] 'E. Faran, Head of the quarter'",
			},
		},
		{
			"witnesses of a side", "", "Witnesses for the Front:\nC. Doran\nWitnessed\nE. Faran",
			[]string{
				"witnessed ~c-doran [capacity=Witnesses for the Front] 'Witnesses for the Front: […] C. Doran'",
				"witnessed ~e-faran 'Witnessed […] E. Faran'",
			},
		},
		{
			"both roles of one who has two", "", "C. Doran, witness and facilitator\nE. Faran, Head of delegation",
			[]string{
				"witnessed ~c-doran [capacity=witness and facilitator] 'C. Doran, witness and facilitator'",
				"facilitated ~c-doran [capacity=witness and facilitator] 'C. Doran, witness and facilitator'",
				"thirdParty ~e-faran [capacity=Head of delegation] 'E. Faran, Head of delegation'",
			},
		},
		{
			"guarantors by a heading without a colon, and who accompanies", "", "Guarantor Countries\n\nC. Doran (Republic of Chile)\n\nPermanent Companions\n\nE. Faran (Delegate)",
			[]string{
				"guaranteed ~c-doran [asNamed=C. Doran (Republic of Chile)] [onBehalfOf=gw:155] 'Guarantor Countries […] C. Doran (Republic of Chile)'",
				"thirdParty ~e-faran [capacity=Delegate] 'Permanent Companions […] E. Faran (Delegate)'",
			},
		},
		{
			"who signed for the guarantors as witnesses, and a state in a third line", "", "Signed the guarantors as witnesses and depositaries:\n\nC. Doran\nSpecial Envoy\nSwiss Confederation\n\nAccompanying persons:\n\nE. Faran\nDelegate",
			[]string{
				"witnessed ~c-doran [capacity=Special Envoy, Swiss Confederation] [onBehalfOf=gw:225] 'Signed the guarantors as witnesses and depositaries: […] C. Doran\nSpecial Envoy\nSwiss Confederation'",
				"thirdParty ~e-faran [capacity=Delegate, Accompanying persons] 'Accompanying persons: […] E. Faran\nDelegate'",
			},
		},
		{
			"a last line with the role alone", "", "Bishop C. Doran\nDiocese of Strelsau\nLead Mediator\n\nBishop E. Faran\nDiocese of Zenda\nWitness\n\nG. Horan\nObserver",
			[]string{
				"mediated ~c-doran [asNamed=Bishop C. Doran] [capacity=Lead Mediator] 'Bishop C. Doran\nDiocese of Strelsau\nLead Mediator'",
				"witnessed ~e-faran [asNamed=Bishop E. Faran] [capacity=Witness] 'Bishop E. Faran\nDiocese of Zenda\nWitness'",
				"observed ~g-horan [capacity=Observer] 'G. Horan\nObserver'",
			},
		},
		{
			"lines that all stand alone are headings and names", "", "Witness\n\nC. Doran, Deputy Chairman\n\nObserver\n\nE. Faran, Head of mission\n\nFacilitator\n\nG. Horan, Secretary General\n\nIV. FOR THE JOINT MEDIATION:\n\nI. Joran",
			[]string{
				"witnessed ~c-doran [capacity=Deputy Chairman] 'Witness […] C. Doran, Deputy Chairman'",
				"observed ~e-faran [capacity=Head of mission] 'Observer […] E. Faran, Head of mission'",
				"facilitated ~g-horan [capacity=Secretary General] 'Facilitator […] G. Horan, Secretary General'",
				"mediated ~i-joran [capacity=FOR THE JOINT MEDIATION] 'FOR THE JOINT MEDIATION: […] I. Joran'",
			},
		},
		{
			"an unread observer does not make others observers", "Observers from the forces:\n\nMg. Hugo de la Paz (Forces)\n\nELN Delegation:\n\nE. Faran", "",
			[]string{"signed ~e-faran [capacity=ELN Delegation] 'ELN Delegation: […] E. Faran'"},
		},
		{
			"observers by their office, and a rank that sounds like one", "", "C. Doran, National Police Observer\nE. Faran, Chief of Staff of the Military Observers\nFor the Joint Mediation: G. Horan",
			[]string{
				"observed ~c-doran [capacity=National Police Observer] 'C. Doran, National Police Observer'",
				"thirdParty ~e-faran [capacity=Chief of Staff of the Military Observers] 'E. Faran, Chief of Staff of the Military Observers'",
				"mediated ~g-horan [capacity=For the Joint Mediation] 'For the Joint Mediation: G. Horan'",
			},
		},
		{"heads of states are no government", "", "Guarantors:\nIGAD Heads of State and Government", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", "Armenia", "Part", test.part, "ThrdPart", test.third)
			var got []string
			for _, line := range r.Lines(ties()...) {
				got = append(got, short(line))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
		})
	}
}
