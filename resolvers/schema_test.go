package resolvers

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"

	"entente/graph"
	"entente/graph/trace"
)

func loadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: schemaText(t)})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// ownTypes are the types that schema.graphql defines, sorted by name.
func ownTypes(schema *ast.Schema) []*ast.Definition {
	var own []*ast.Definition
	for _, def := range schema.Types {
		if !def.BuiltIn {
			own = append(own, def)
		}
	}
	slices.SortFunc(own, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return own
}

// TestDescriptions walks the whole schema: a newcomer reads it in the playground, so nothing is without a sentence.
func TestDescriptions(t *testing.T) {
	schema := loadSchema(t)
	checked := 0
	check := func(place, description string) {
		checked++
		if d := strings.TrimSpace(description); len(d) < 5 || !strings.HasSuffix(d, ".") {
			t.Errorf("%s is described as %q, which is no sentence", place, description)
		}
	}
	for _, def := range ownTypes(schema) {
		check(def.Name, def.Description)
		for _, field := range def.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			check(def.Name+"."+field.Name, field.Description)
			for _, arg := range field.Arguments {
				check(def.Name+"."+field.Name+"("+arg.Name+")", arg.Description)
			}
		}
		for _, value := range def.EnumValues {
			check(def.Name+"."+value.Name, value.Description)
		}
	}
	if checked < 500 {
		t.Errorf("checked %d descriptions, which cannot be all", checked)
	}
}

// TestEnums compares the enums of the schema with the vocabulary, both ways.
func TestEnums(t *testing.T) {
	schema := loadSchema(t)
	ties := slices.Concat(thirdPartyRoles, partyRoles)
	tests := []struct {
		enum string
		want []string
	}{
		{"Kind", append(kindEnumList(graph.Kinds()), unknownKind)},
		{"Stance", texts(graph.Stances())},
		{"EventType", texts(graph.EventTypes())},
		{"Predicate", mapped(predicateNames(), func(p graph.Predicate) string { return p.Info().Enum() })},
		{"Role", mapped(ties, func(p graph.Predicate) string { return p.Info().Enum() })},
		{"Aspect", texts([]graph.Aspect{graph.OnDay, graph.Span, graph.Lasting})},
		{"DatePrecision", texts([]graph.DatePrecision{
			graph.PrecisionDay, graph.PrecisionMonth, graph.PrecisionYear, graph.PrecisionDecade,
			graph.PrecisionInterval, graph.PrecisionSet, graph.PrecisionUnknown,
		})},
		{"NameKind", []string{"PRIMARY", "ALIAS", "TRANSLITERATION", "METONYM"}},
		{"AgreementOrder", []string{"DATE_ASC", "DATE_DESC", "NAME"}},
		{"EntityOrder", []string{"NAME", "RELATIONS"}},
		{"Certainty", texts([]graph.Certainty{graph.Certain, graph.Possible, graph.Impossible})},
		{"TimeOrder", texts([]trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict})},
		{"ChainObjective", texts([]trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture})},
		{"WhyNotReason", texts([]trace.Reason{
			trace.NoTies, trace.RunsBack, trace.BeyondMaxHops, trace.OutsideWindow, trace.NotConnected, trace.OutOfBudget,
		})},
		{"FindingKind", texts(trace.FindingKinds())},
		{"LineageDirection", texts([]trace.LineageDirection{trace.Ancestors, trace.Descendants, trace.BothWays})},
		{"RecognitionStatus", texts([]trace.RecognitionStatus{
			trace.Disputed, trace.IsRecognized, trace.IsImplied, trace.IsIntended, trace.IsDenied, trace.NoneRecorded,
		})},
	}
	compared := 0
	for _, tt := range tests {
		var got []string
		for _, value := range schema.Types[tt.enum].EnumValues {
			got = append(got, value.Name)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("enum %s (-vocabulary +schema):\n%s", tt.enum, diff)
		}
		compared++
	}
	for _, def := range ownTypes(schema) {
		if def.Kind == ast.Enum {
			compared--
		}
	}
	if compared != 0 {
		t.Errorf("the schema has another number of enums than the table here: %d", compared)
	}
}

func texts[T ~string](values []T) []string {
	return mapped(values, func(v T) string { return string(v) })
}

func mapped[T any](values []T, text func(T) string) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = text(v)
	}
	return list
}

// TestRelay checks what Relay clients expect: connections, edges and page information of one form, and lists with
// the arguments to page them.
func TestRelay(t *testing.T) {
	schema := loadSchema(t)
	form := func(def *ast.Definition) map[string]string {
		types := map[string]string{}
		for _, f := range def.Fields {
			types[f.Name] = f.Type.String()
		}
		return types
	}
	connections := 0
	for _, def := range ownTypes(schema) {
		if of, ok := strings.CutSuffix(def.Name, "Connection"); ok {
			connections++
			want := map[string]string{"edges": "[" + of + "Edge!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"}
			if def.Fields.ForName("partial") != nil { // a list that may take too long says whether it is whole
				want["partial"] = "Boolean!"
			}
			if diff := cmp.Diff(want, form(def)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", def.Name, diff)
			}
			want = map[string]string{"cursor": "String!", "node": of + "!"}
			if diff := cmp.Diff(want, form(schema.Types[of+"Edge"])); diff != "" {
				t.Errorf("%sEdge (-want +got):\n%s", of, diff)
			}
		}
		for _, field := range def.Fields {
			if !strings.HasSuffix(field.Type.Name(), "Connection") {
				continue
			}
			first, after := field.Arguments.ForName("first"), field.Arguments.ForName("after")
			if first == nil || first.DefaultValue == nil || after == nil || after.Type.String() != "String" {
				t.Errorf("%s.%s has no first with a default, or no after", def.Name, field.Name)
			}
		}
		for _, name := range def.Interfaces {
			if name != "Node" {
				continue
			}
			if id := def.Fields.ForName("id"); id == nil || id.Type.String() != "ID!" {
				t.Errorf("%s is a Node without id: ID!", def.Name)
			}
		}
	}
	if connections != 7 {
		t.Errorf("found %d connections, want 7", connections)
	}
	want := map[string]string{"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String"}
	if diff := cmp.Diff(want, form(schema.Types["PageInfo"])); diff != "" {
		t.Errorf("PageInfo (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"node", "nodes"}, []string{schema.Query.Fields.ForName("node").Name, schema.Query.Fields.ForName("nodes").Name}); diff != "" {
		t.Error(diff)
	}
}

// resolverTypes are the Go types that serve the types of the schema. The library lets a struct's field serve a
// field with arguments, and ignores them.
var resolverTypes = map[string]any{
	"Query": &Query{}, "Mutation": &Mutation{}, "Name": &Name{}, "ExternalId": &ExternalID{}, "Participation": &Participation{},
	"Relation": &Relation{}, "Deployment": &Deployment{}, "Claim": &Claim{}, "Qualifier": &Qualifier{}, "Source": &Source{},
	"KnownInterval": &KnownInterval{}, "Commit": &Commit{}, "Moment": &Moment{}, "DateBounds": &DateBounds{}, "SearchHit": &SearchHit{},
	"Statistics": &Statistics{}, "KindCount": &KindCount{}, "PredicateCount": &PredicateCount{}, "CoderCount": &CoderCount{},
	"PredicateInfo": &PredicateInfo{}, "PageInfo": &PageInfo{}, "CommitPayload": &CommitPayload{}, "Problem": &Problem{},
	"ChainResult": &ChainResult{}, "Chain": &Chain{}, "Hop": &Hop{}, "WhyNot": &WhyNot{}, "Relaxation": &Relaxation{},
	"Finding": &Finding{},
	"Lineage": &Lineage{}, "LineageStep": &LineageStep{}, "RecognitionReport": &RecognitionReport{}, "RecognitionPosition": &RecognitionPosition{},
	"RecognitionSpell": &RecognitionSpell{}, "Diff": &Diff{}, "PositionChange": &PositionChange{},
	"MediationHistory": &MediationHistory{}, "MediatedMeeting": &MediatedMeeting{}, "ThirdParty": &ThirdParty{}, "Track": &Track{},
	"HandOver": &HandOver{}, "Gap": &Gap{}, "MediatorRank": &MediatorRank{}, "CoMediatorPair": &CoMediatorPair{},
}

// TestArgumentsReachMethods checks that every field with arguments is a method.
func TestArgumentsReachMethods(t *testing.T) {
	checked := 0
	for _, def := range ownTypes(loadSchema(t)) {
		resolver := resolverTypes[def.Name]
		switch {
		case def.Kind != ast.Object || strings.HasSuffix(def.Name, "Connection") || strings.HasSuffix(def.Name, "Edge"):
			continue
		case slices.Contains(def.Interfaces, "Entity"):
			resolver = &Entity{}
		case resolver == nil:
			t.Errorf("%s is not in the table of this test", def.Name)
			continue
		}
		typ := reflect.TypeOf(resolver)
		for _, field := range def.Fields {
			if len(field.Arguments) == 0 || strings.HasPrefix(field.Name, "__") {
				continue
			}
			checked++
			found := false
			for m := range typ.Methods() {
				found = found || strings.EqualFold(m.Name, field.Name)
			}
			if !found {
				t.Errorf("%s.%s has arguments, but %v has no method for it", def.Name, field.Name, typ)
			}
		}
	}
	if checked < 50 {
		t.Errorf("checked %d fields, which cannot be all", checked)
	}
}

// TestGoldenCoverage checks that the questions of testdata ask for every field of every type, changes aside.
func TestGoldenCoverage(t *testing.T) {
	schema := loadSchema(t)
	asked := map[string]bool{}
	for _, file := range questions(t) {
		doc, err := parser.ParseQuery(&ast.Source{Input: question(t, file)})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		events := &core.Events{}
		events.OnField(func(_ *core.Walker, f *ast.Field) {
			if f.ObjectDefinition != nil {
				asked[f.ObjectDefinition.Name+"."+f.Name] = true
			}
		})
		validator.Walk(schema, doc, events)
	}
	for _, def := range ownTypes(schema) {
		if def.Kind != ast.Object || def == schema.Mutation || def.Name == "CommitPayload" || def.Name == "Problem" {
			continue
		}
		for _, field := range def.Fields {
			ask := asked[def.Name+"."+field.Name]
			for _, name := range def.Interfaces {
				ask = ask || asked[name+"."+field.Name]
			}
			if !ask && !strings.HasPrefix(field.Name, "__") {
				t.Errorf("no question of testdata asks for %s.%s", def.Name, field.Name)
			}
		}
	}
}
