package paax

import (
	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// signatoryColumns are those of which something is made. The columns of the actor are repeated from the table of actors, those of the agreement from
// PA-X; what is made here is what a tie needs.
var signatoryColumns = []string{
	"signatory_id", "AgtId", "agt_name", "Dat", "year", "stage_process", "PAX_Hyperlink",
	"signatory_type", "practical_third", "condition", "actor_id", "id_paax", "actor_name",
}

// The values of signatory_type.
const (
	party      = "party"
	thirdParty = "third party"
)

// signatory is a row of the table of signatories: one actor of one agreement on one side.
type signatory struct {
	row       *table.Row
	agreement string // AgtId
	actor     string // id_paax
	base      graph.Claim
	out       *format.Out
}

// pair is an actor of an agreement.
type pair struct{ agreement, actor string }

// signatories reads the table of signatories.
func signatories(t *table.Table, out *format.Out) error {
	if err := format.Require(t, "AgtId", "agt_name", "signatory_type", "practical_third", "id_paax", "actor_name"); err != nil {
		return err
	}
	base := signatoriesSet.Declare(out, "")
	sides := make(map[pair]string)
	agreements := make(map[agreement]bool)
	return format.Rows(t, out, signatoryColumns, func(row *table.Row) {
		s := signatory{row, format.Code(row.Text("AgtId")), row.Text("id_paax"), base, out}
		a := agreementOf(row)
		if s.agreement == "" {
			out.Problem(row.Place("AgtId"), "nothing", "the number of an agreement")
			return
		}
		// A row of every signatory repeats the agreement; one that says anything else of it is heard, too.
		if !agreements[a] {
			agreements[a] = true
			a.read(row, base, out)
		}
		if !s.declareActor() {
			return
		}
		s.tie()
		p, side := pair{s.agreement, s.actor}, row.Text("signatory_type")
		if other, met := sides[p]; met && other != side {
			out.Note("an actor is party and third party of one agreement: both are claimed", row.Place("signatory_type"), s.words())
		}
		sides[p] = side
	})
}

// words name the row by its own keys.
func (s *signatory) words() string { return "AgtId " + s.agreement + ", id_paax " + s.actor }

// declareActor says of the actor what a tie to it needs.
func (s *signatory) declareActor() bool {
	kind, ok := Kind(s.actor)
	if !ok {
		s.out.Problem(s.row.Place("id_paax"), graph.Quoted(s.actor), "an id of PAA-X, such as CON_61")
		return false
	}
	base := s.base
	base.Source.Locator = "id_paax " + s.actor
	s.out.Entity(s.row.Place("actor_name"), format.Entity{
		ID: graph.ID("paax:" + s.actor), Kind: kind, Name: format.Line(s.row.Text("actor_name")), IDs: []string{"paax:" + s.actor},
	}, base)
	return true
}

// tie claims what the actor was to the agreement.
func (s *signatory) tie() {
	side, practical := s.row.Text("signatory_type"), format.Code(s.row.Text("practical_third")) == "1"
	switch side {
	case party:
		s.claim(graph.Signed, "signatory_type", side)
		if practical {
			s.claim(graph.ThirdParty, "practical_third", s.practical())
		}
	case thirdParty:
		if practical {
			side += ", " + s.practical()
		} else {
			s.out.Note("signatory_type is third party, practical_third is not set: a third party all the same", s.row.Place("practical_third"), s.words())
		}
		s.claim(graph.ThirdParty, "signatory_type", side)
	default:
		s.out.Problem(s.row.Place("signatory_type"), graph.Quoted(side), `"party" or "third party"`)
	}
}

// practical are the words of the cells that make a practical third party.
func (s *signatory) practical() string {
	words := "practical_third 1"
	if condition := format.Known(s.row.Text("condition")); condition != "" {
		words += ", condition " + condition
	}
	return words
}

func (s *signatory) claim(p graph.Predicate, column, quote string) {
	c := claim(s.base, p, graph.ID("paax:"+s.actor), s.words()+", column "+column, quote)
	c.To = graph.ID("pax:" + s.agreement)
	c.Key = s.words() + ", " + s.row.Text("signatory_type") + ", " + string(p)
	s.out.Claim(s.row.Place(column), c)
}
