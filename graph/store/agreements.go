package store

import (
	"cmp"
	"slices"
	"strings"

	"entente/graph"
)

// An AgreementFilter says which agreements are meant; what is not set does not restrict.
type AgreementFilter struct {
	Between    []Entity // all of them parties, themselves or by those who acted on their behalf
	MediatedBy []Entity // each of them a mediator, in the same way
	Process    *Entity
	Concerns   *Entity
	Signed     Window // of the agreement's date
	Stage      []string
	Text       string // words of its name, the last may be a beginning
}

// An AgreementOrder orders lists of agreements.
type AgreementOrder string

// The orders of agreements. Those without a date come last in both directions.
const (
	DateAscending  AgreementOrder = "DATE_ASC"
	DateDescending AgreementOrder = "DATE_DESC"
	NameAscending  AgreementOrder = "NAME"
)

// Agreements lists agreements; as of a day, those that were there by it.
func (v *View) Agreements(f AgreementFilter, order AgreementOrder, page Page) (List[Entity], error) {
	wanted, sets := v.wantedParts(&f), v.agreementSets(&f)
	type row struct {
		entity Entity
		key    string
	}
	var rows []row
	consider := func(e Entity) {
		if v.agreementPasses(e, &f, sets, wanted) {
			rows = append(rows, row{e, v.agreementKey(e, order)})
		}
	}
	switch {
	case len(wanted) > 0:
		// Of the others it is asked for each of these whether they were there, for one who had many parts has more meetings than that.
		first := wanted[0]
		wanted = wanted[1:]
		for _, e := range v.meetingsOf(&first) {
			consider(e)
		}
	case len(sets) > 0:
		for e := range sets[0] {
			consider(e)
		}
	default:
		for e := range v.snap.Entities() {
			if v.snap.Group(e) == e {
				consider(e)
			}
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	list, err := Paginate("agreements "+string(order), rows, page, func(r row) string { return r.key })
	items := make([]Entity, len(list.Items))
	for i, r := range list.Items {
		items[i] = r.entity
	}
	return relist(&list, items), err
}

// agreementSets gives, for each part of the filter that starts from an entity or a name, the entities it allows.
func (v *View) agreementSets(f *AgreementFilter) (sets []map[Entity]bool) {
	for object, p := range map[*Entity]graph.Predicate{f.Process: graph.BelongsTo, f.Concerns: graph.Concerns} {
		if object == nil {
			continue
		}
		set := make(map[Entity]bool)
		for _, e := range v.Subjects(*object, p) {
			set[e] = true
		}
		sets = append(sets, set)
	}
	if strings.TrimSpace(f.Text) != "" {
		set := make(map[Entity]bool)
		for hit := range v.snap.Search(f.Text, false, int(v.snap.Entities()), v.weigh([]graph.Kind{graph.Agreement})) {
			set[v.snap.Group(hit.Entity)] = true
		}
		sets = append(sets, set)
	}
	return sets
}

func (v *View) agreementPasses(e Entity, f *AgreementFilter, sets []map[Entity]bool, wanted []wantedPart) bool {
	for _, set := range sets {
		if !set[e] {
			return false
		}
	}
	for i := range wanted {
		if !v.had(&wanted[i], e) {
			return false
		}
	}
	date := v.Date(e)
	return v.Kind(e) == graph.Agreement && (v.asOf.IsZero() || date.IsZero() || date.Earliest() <= v.day) && f.Signed.Has(date) &&
		(f.Stage == nil || slices.Contains(f.Stage, v.Field(e, graph.Stage)))
}

func (v *View) agreementKey(e Entity, order AgreementOrder) string {
	if order == NameAscending {
		return nameKey(v.Name(e)) + sortable(uint64(e))
	}
	date := v.Date(e)
	undated, day := uint64(0), ordered(int32(date.Earliest()))
	if date.IsZero() {
		undated, day = 1, 0
	}
	if order == DateDescending {
		day = ^day
	}
	return sortable(undated, day, uint64(e))
}
