package pax_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

func TestCitations(t *testing.T) {
	tests := []struct {
		name, cell string
		want       []string // predicate and title
	}{
		{"a list of titles", "- Zenda Agreement (1976); the Joint Communiqué of Strelsau; Ruritania Accord signed at Hentzau on 4 May 1993;", []string{
			"references Zenda Agreement (1976)", "references Joint Communiqué of Strelsau", "references Ruritania Accord signed at Hentzau on 4 May 1993",
		}},
		{"within a sentence", "Page 1, Preamble:\nThe parties, recalling the Zenda Agreement of 5 May 1994, agree on what follows.", []string{"references Zenda Agreement of 5 May 1994"}},
		{"a year before the title", "It was set out in the 2001 Zenda Accord and was kept.", []string{"references 2001 Zenda Accord"}},
		{"what is done with it", "They met on the implementation of the Zenda Protocol.\nThey shall extend the Strelsau Agreement.\nIt has been amended: amending the Hentzau Treaty.\nAs it was in continuation of the Tarlenheim Pact.\nThis text is superseding the Elphberg Charter.", []string{
			"implements Zenda Protocol", "extends Strelsau Agreement", "amends Hentzau Treaty", "follows Tarlenheim Pact", "supersedes Elphberg Charter",
		}},
		{"what it says not to do", "This text contains no amendment to the Zenda Treaty.\nIt does not replace the Strelsau Accord; it is implementing the Hentzau Treaty.", []string{
			"references Zenda Treaty", "references Strelsau Accord", "implements Hentzau Treaty",
		}},
		{"a title that begins with what is done", "Implementation of the Memorandum on zones of 4 May 2017", []string{"implements Memorandum on zones of 4 May 2017"}},
		{"once, by the more that is said of it", "The Zenda Protocol is in force.\nThey were for implementing the Zenda Protocol.", []string{"implements Zenda Protocol"}},
		{"a numbered resolution", "It was guided by Security Council resolution 757 (1992) and is content.", []string{"references Security Council resolution 757 (1992)"}},
		{"the agreement itself is none", "The Parties to this Agreement shall keep the Peace Agreement.", nil},
		{"an organization is no treaty", "It was sent to the North Atlantic Treaty Organization and is kept there.", nil},
		{"nothing to cite", "The parties are content.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", "Armenia", "OthAgr", test.cell)
			var got []string
			for i := range r.Claims {
				c := &r.Claims[i]
				if c.Stance != graph.Implied {
					continue
				}
				got = append(got, string(c.Predicate)+" "+c.Value)
				if c.To != "" || !strings.Contains(test.cell, c.Source.Quote) || c.Source.Quote == "" {
					t.Errorf("%s goes to %q and quotes %q; want a citation in the words of the cell", c.Value, c.To, c.Source.Quote)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("citations (-want +got):\n%s", diff)
			}
			noted := r.NoteCounts()["OthAgr names no text by a title, a date or a number that was recognized, left out"] == 1
			if noted != (len(test.want) == 0) {
				t.Errorf("notes %v; a cell is noted if and only if nothing is made of it", r.NoteCounts())
			}
		})
	}
}
