package ftm

import (
	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// undefined is FollowTheMoney's own name for the dataset of what is of none.
const undefined = "undefined"

// base is what the claims of a dataset share. The first of them declares the dataset. What is of no known dataset is nobody's word.
func (r *reader) base(dataset string) graph.Claim {
	if base, known := r.bases[dataset]; known {
		return base
	}
	name := dataset
	if name == "" {
		name = undefined
	}
	id := madeID("ftm-dataset", name)
	set := format.Set{
		Maker: id, MakerName: id.Name(), Document: madeID("ftm-document", name), Title: "FollowTheMoney data of " + id.Name(),
	}
	base := set.Declare(r.out, "")
	if dataset == "" {
		base.Claimant = ""
	}
	r.bases[dataset] = base
	return base
}

// literal is a value as the vocabulary has it. If it cannot be one, that is noted, and ok is false.
func (r *reader) literal(p graph.Predicate, value string, place table.Place) (normal string, ok bool) {
	info := p.Info()
	if info.Literal == graph.NameLiteral {
		value = format.Line(value)
	}
	normal, err := graph.NormalizeLiteral(info.Literal, value)
	if err != nil {
		r.out.Note("a value that cannot be of its property is left out", place, err.Error())
		return "", false
	}
	return normal, true
}

// said is the day of a time stamp.
func (r *reader) said(stamp string, place table.Place) graph.Date {
	date, ok := day(stamp)
	if stamp != "" && !ok {
		r.out.Note("a time at which it was first seen is none and left out", place, graph.Quoted(stamp))
	}
	return date
}

// day is the day, month or year of a date as FollowTheMoney has them, any beginning of an ISO 8601 time stamp.
func day(stamp string) (graph.Date, bool) {
	if len(stamp) > 10 {
		stamp = stamp[:10]
	}
	date, err := graph.ParseDate(stamp)
	return date, err == nil && len(stamp) >= 4 && stamp[0] >= '0' && stamp[0] <= '9'
}
