package resolvers

import (
	"cmp"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// scopeArgs say which meetings a question is about, and who counts as a third party of them.
type scopeArgs struct {
	Between     *[]ID
	Process     *ID
	Conflict    *ID
	Window      *rangeInput
	MinimumRole enumInput
	RollUp      graphql.NullBool
	At          *atInput
}

// ask is what the arguments ask of a view; otherwise is the role that an explicit null stands for.
func (args *scopeArgs) ask(v *view, otherwise graph.Predicate) (sc trace.Scope, f trace.Filter, minimum graph.Predicate, err error) {
	sc, f = trace.Everything(), trace.Filter{RollUp: args.RollUp.Value == nil || *args.RollUp.Value}
	if minimum, err = minimumRole(cmp.Or(string(args.MinimumRole), predicateEnums[otherwise])); err != nil {
		return sc, f, minimum, err
	}
	window, err := args.Window.window("window")
	if err != nil {
		return sc, f, minimum, err
	}
	sc.Window = trace.Window(window)
	if sc.Between, err = args.parties(v); err != nil {
		return sc, f, minimum, err
	}
	if sc.Process, err = oneOfKind(v, "process", args.Process, graph.Process); err != nil {
		return sc, f, minimum, err
	}
	sc.Conflict, err = oneOfKind(v, "conflict", args.Conflict, graph.Conflict)
	return sc, f, minimum, err
}

// parties are those who all have to be parties.
func (args *scopeArgs) parties(v *view) ([]store.Entity, error) {
	if args.Between == nil {
		return nil, nil
	}
	if len(*args.Between) == 0 {
		return nil, badInput("between is empty; it has the ids of parties, or is left out")
	}
	var parties []store.Entity
	for _, id := range *args.Between {
		no, ok := v.Resolve(string(id))
		switch {
		case !ok:
			return nil, badInput("between has %s; no entity has that id", graph.Quoted(string(id)))
		case !v.Kind(no).Party():
			return nil, badInput("between has %s, a %s; it takes parties", id, kindEnum(v.Kind(no)))
		}
		parties = append(parties, no)
	}
	return parties, nil
}

// oneOfKind is the entity of an argument, NoEntity for null.
func oneOfKind(v *view, name string, id *ID, kind graph.Kind) (store.Entity, error) {
	if id == nil {
		return store.NoEntity, nil
	}
	no, ok := v.Resolve(string(*id))
	switch {
	case !ok:
		return no, badInput("%s is %s; no entity has that id", name, graph.Quoted(string(*id)))
	case v.Kind(no) != kind:
		return no, badInput("%s is %s, a %s; it takes a %s", name, *id, kindEnum(v.Kind(no)), kindEnum(kind))
	}
	return no, nil
}
