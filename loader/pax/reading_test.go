package pax_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReading reads forms in which lines and sides belong together.
func TestReading(t *testing.T) {
	tests := []struct {
		name, part, third string
		want              []string
	}{
		{
			"who signed for a side", "Russian Federation, signed for by A. Baran and C. Doran;\nThe Front, signed for by E. Faran, Chairman\nThe League, signed by G. Horan & Vice Chairman, I. Joran", "",
			[]string{
				"signed ~a-baran [onBehalfOf=gw:365] 'Russian Federation, signed for by A. Baran and C. Doran'",
				"signed ~c-doran [onBehalfOf=gw:365] 'Russian Federation, signed for by A. Baran and C. Doran'",
				"signed ~e-faran [capacity=Chairman, Front] 'The Front, signed for by E. Faran, Chairman'",
			},
		},
		{
			"from a side", "From the Georgian Side A. Baran", "",
			[]string{"signed ~a-baran [onBehalfOf=gw:372] 'From the Georgian Side A. Baran'"},
		},
		{
			"an office that goes on in the next line", "A. Baran\nThird Deputy Prime Minister and\nMinister of Foreign Affairs of Uganda\nC. Doran\nMinister of State", "",
			[]string{
				"signed ~a-baran [capacity=Third Deputy Prime Minister and Minister of Foreign Affairs of Uganda] [onBehalfOf=gw:500] 'A. Baran\nThird Deputy Prime Minister and\nMinister of Foreign Affairs of Uganda'",
				"signed ~c-doran [capacity=Minister of State] 'C. Doran\nMinister of State'",
			},
		},
		{
			"the side in a third line", "A. Baran\nPresidential Adviser\nFor the Republic of Kenya\n\nC. Doran\nLeader\nFor the Front", "",
			[]string{
				"signed ~a-baran [capacity=Presidential Adviser] [onBehalfOf=gw:501] 'A. Baran\nPresidential Adviser\nFor the Republic of Kenya'",
				"signed ~c-doran [capacity=Leader, For the Front] 'C. Doran\nLeader\nFor the Front'",
			},
		},
		{
			"the heading of others below an office", "A. Baran\nMinister of State\nFor the Front\nC. Doran\nLeader", "",
			[]string{
				"signed ~a-baran [capacity=Minister of State] 'A. Baran\nMinister of State'",
				"signed ~c-doran [capacity=Leader, For the Front] 'For the Front […] C. Doran\nLeader'",
			},
		},
		{
			"a numbered list of names, and one of names and others", "1. Salam Baran\n2. Nuri Doran\n3. Fati Faran", "1. Salam Baran\n2. Nuri Doran\n3. The League",
			[]string{
				"signed ~salam-baran 'Salam Baran'",
				"signed ~nuri-doran 'Nuri Doran'",
				"signed ~fati-faran 'Fati Faran'",
			},
		},
		{
			"a side that is no state, with its name behind it", "On behalf of the Abkhaz Side Mr. Otar Baran", "",
			[]string{"signed ~otar-baran [asNamed=Mr. Otar Baran] [capacity=On behalf of the Abkhaz Side] 'On behalf of the Abkhaz Side Mr. Otar Baran'"},
		},
		{"the seat of a mission is no third party", "", "UNMISS Representative\nSouth Sudan", nil},
		{
			"a federation within a state is not the state", "A. Baran, President of the Federation of Bosnia and Herzegovina\nC. Doran, President of Bosnia and Herzegovina", "",
			[]string{
				"signed ~a-baran [capacity=President of the Federation of Bosnia and Herzegovina] 'A. Baran, President of the Federation of Bosnia and Herzegovina'",
				"signed ~c-doran [capacity=President of Bosnia and Herzegovina] [onBehalfOf=gw:346] 'C. Doran, President of Bosnia and Herzegovina'",
			},
		},
		{
			"a state by its formal name behind an office, and a post in one", "", "A. Baran, Under Secretary of State, United States of America\nC. Doran (PhD), Regional Director, Republic of Kenya\nE. Faran, Ambassador, Republic of Kenya\nG. Horan, Director, Kenya",
			[]string{
				"thirdParty ~a-baran [capacity=Under Secretary of State, United States of America] [onBehalfOf=gw:2] 'A. Baran, Under Secretary of State, United States of America'",
				"thirdParty ~c-doran [asNamed=C. Doran (PhD)] [capacity=Regional Director, Republic of Kenya] 'C. Doran (PhD), Regional Director, Republic of Kenya'",
				"thirdParty ~e-faran [capacity=Ambassador, Republic of Kenya] 'E. Faran, Ambassador, Republic of Kenya'",
				"thirdParty ~g-horan [capacity=Director, Kenya] 'G. Horan, Director, Kenya'",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", "Armenia/Azerbaijan", "Part", test.part, "ThrdPart", test.third)
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
