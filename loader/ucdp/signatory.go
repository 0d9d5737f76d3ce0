package ucdp

import (
	"cmp"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
)

// A signatory is one of the actors of an agreement.
type signatory struct {
	id, name string
	side     bool // of a dyad that the agreement is between
}

// readSignatories takes the cells of the actors apart. An actor that stands twice is one.
func (a *agreement) readSignatories() {
	ids, dyads := list(a.text("actor_id")), strings.ReplaceAll(a.text("dyad_name"), " ,", ",")
	names := rejoin(list(a.text("actor_name")), len(ids), dyads)
	if len(names) != len(ids) {
		a.out.Problem(a.place("actor_name"), graph.Quoted(a.text("actor_name")), "as many names as actor_id has numbers")
		return
	}
	for i, id := range ids {
		if a.signatory(id) == nil {
			a.signatories = append(a.signatories, signatory{id: id, name: names[i]})
		}
	}
	markSides(a.signatories, dyads)
}

// signatory is the actor of a number; nil if it is not among those of the agreement.
func (a *agreement) signatory(id string) *signatory {
	for i := range a.signatories {
		if a.signatories[i].id == id {
			return &a.signatories[i]
		}
	}
	return nil
}

// actors claims what each of the actors was to the agreement, and each third party that is named in words alone.
func (a *agreement) actors(known register) {
	for i := range a.signatories {
		s := &a.signatories[i]
		a.declareActor(s)
		a.tie(s)
		a.roles(s)
	}
	a.named(known)
	if a.text("pa_sign") != "" && !a.quotes("pa_sign", true) {
		a.note("pa_sign names none of the actors that signed as they are called: it is not quoted", "pa_sign", start(a.text("pa_sign")))
	}
}

// quotes reports whether a cell has words that name an actor that is a side, or one that is none.
func (a *agreement) quotes(column string, sides bool) bool {
	return slices.ContainsFunc(a.signatories, func(s signatory) bool { return s.side == sides && a.words(column, &s) != "" })
}

// start is the beginning of a text, for notes.
func start(text string) string {
	const most = 60
	if runes := []rune(format.Line(text)); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return format.Line(text)
}

func (a *agreement) declareActor(s *signatory) {
	place, locator := a.place("actor_id"), "actor_id "+s.id
	a.declare(place, actorID(s.id), kindOf(s.id, s.name), locator)
	a.literal(a.place("actor_name"), graph.NamePredicate, actorID(s.id), s.name, locator+", column actor_name", s.name)
}

// tie claims that a side signed, and that anybody else who is no armed group was a third party.
func (a *agreement) tie(s *signatory) {
	place, at := a.place("actor_id"), "paid "+a.id+", actor_id "+s.id
	if s.side {
		quote, column := a.words("pa_sign", s), "pa_sign"
		if quote == "" {
			quote, column = s.name, "actor_name"
		}
		a.relation(place, graph.Signed, actorID(s.id), a.entity(), graph.Date{}, at+", column "+column, quote, "")
		return
	}
	if kindOf(s.id, s.name) == graph.ArmedGroup {
		a.note("an armed group is among the actors and no side of a dyad: it is taken to have signed", "actor_id", s.name)
		a.relation(place, graph.Signed, actorID(s.id), a.entity(), graph.Date{}, at+", column actor_name", s.name,
			"it is among the actors of the agreement, and an armed group; none of the dyads named has it")
		return
	}
	quote, column := a.words("pa_3rd", s), "pa_3rd"
	why := "it is among the actors of the agreement, is named by pa_3rd, and is no side of a dyad"
	if quote == "" {
		quote, column = s.name, "actor_name"
		why = "it is among the actors of the agreement, and is no side of a dyad"
		a.note("a state or organization among the actors is no side of a dyad, and pa_3rd does not name it: a third party all the same", "actor_id", s.name)
	}
	a.relation(place, graph.ThirdParty, actorID(s.id), a.entity(), graph.Date{}, at+", column "+column, quote, why)
}

// rejoin puts a name that has a comma inside together again, which is known by the dyads having it in one piece.
func rejoin(names []string, n int, dyads string) []string {
	extra := len(names) - n
	if extra <= 0 {
		return names
	}
	for i := range n {
		whole := strings.Join(names[i:i+extra+1], ", ")
		if strings.Contains(dyads, whole) {
			return slices.Replace(slices.Clone(names), i, i+extra+1, whole)
		}
	}
	return names
}

// markSides finds the actors whose names stand in the names of dyads, as in "Government of Angola - UNITA". Longer names are looked
// for first, so that "ULIMO" is not found in "ULIMO - J".
func markSides(actors []signatory, dyads string) {
	order := make([]*signatory, len(actors))
	for i := range actors {
		order[i] = &actors[i]
	}
	slices.SortStableFunc(order, func(a, b *signatory) int { return cmp.Compare(len(b.name), len(a.name)) })
	for _, s := range order {
		for from := 0; ; {
			i := strings.Index(dyads[from:], s.name)
			if i < 0 || s.name == "" {
				break
			}
			i += from
			end := i + len(s.name)
			if atBoundary(dyads[:i], strings.HasSuffix) && atBoundary(dyads[end:], strings.HasPrefix) {
				s.side = true
				dyads = dyads[:i] + strings.Repeat("\x00", len(s.name)) + dyads[end:]
			}
			from = end
		}
	}
}

// atBoundary reports whether a text is empty or ends (or begins) with what stands between the names of a dyad, or between dyads.
func atBoundary(text string, has func(text, part string) bool) bool {
	return text == "" || has(text, " - ") || has(text, ", ")
}
