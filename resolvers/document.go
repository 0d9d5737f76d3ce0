package resolvers

import (
	"errors"
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// document is one operation, valid and ready to run.
type document struct {
	*prepared
	name      string // of the operation
	variables map[string]any
}

// validationRules are the specification's, without two things: the rule on overlapping fields, which takes time
// that grows with the square of the document and is left to the executing library, where it has a budget; and
// suggestions, which cost a comparison with every name for every mistake.
var validationRules = rules.NewRules(
	rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
	rules.FragmentsOnCompositeTypesRule,
	rules.KnownArgumentNamesRuleWithoutSuggestions,
	rules.KnownDirectivesRule,
	rules.KnownFragmentNamesRule,
	rules.KnownRootTypeRule,
	rules.KnownTypeNamesRuleWithoutSuggestions,
	rules.LoneAnonymousOperationRule,
	rules.MaxIntrospectionDepth,
	rules.NoFragmentCyclesRule,
	rules.NoUndefinedVariablesRule,
	rules.NoUnusedFragmentsRule,
	rules.NoUnusedVariablesRule,
	rules.PossibleFragmentSpreadsRule,
	rules.ProvidedRequiredArgumentsRule,
	rules.ScalarLeafsRuleWithoutSuggestions,
	rules.SingleFieldSubscriptionsRule,
	rules.UniqueArgumentNamesRule,
	rules.UniqueDirectivesPerLocationRule,
	rules.UniqueFragmentNamesRule,
	rules.UniqueInputFieldNamesRule,
	rules.UniqueOperationNamesRule,
	rules.UniqueVariableNamesRule,
	rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	rules.VariablesAreInputTypesRule,
	rules.VariablesInAllowedPositionRule,
)

// prepare checks the document of a request and coerces its variables.
func (a *api) prepare(p *params) (*document, error) {
	key := preparedKey{p.Query, p.OperationName}
	ready, ok := a.prepared.Get(key)
	if !ok {
		var err error
		if ready, err = a.check(p); err != nil {
			return nil, err
		}
		a.prepared.Put(key, ready, key.size(ready))
	}
	variables, err := a.coerceVariables(ready.operation, p.Variables)
	if err != nil {
		return nil, err
	}
	if err := checkCost(ready.document, ready.operation, variables); err != nil {
		return nil, err
	}
	return &document{ready, p.OperationName, variables}, nil
}

// check parses and validates a document.
func (a *api) check(p *params) (*prepared, error) {
	if err := checkSize(p.Query); err != nil {
		return nil, err
	}
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: p.Query}, maxTokens)
	if err != nil {
		if e, ok := errors.AsType[*gqlerror.Error](err); ok {
			return nil, documentErrors(codeParse, e)
		}
		return nil, refusal(http.StatusBadRequest, codeParse, "the document is no GraphQL")
	}
	op, err := chooseOperation(parsed, p.OperationName)
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(a.types, parsed, validationRules); len(errs) > 0 {
		return nil, documentErrors(codeValidation, errs...)
	}
	ready := &prepared{document: parsed, operation: op, text: p.Query, asked: askedBy(parsed, op)}
	// The executing library refuses a default on a variable that is not nullable, which is legal, in operations that are not run, too. The
	// value is in the variables by then.
	if bare, stripped := withoutDefaults(op); stripped || len(parsed.Operations) > 1 || fragmented(op.SelectionSet) {
		ready.text, err = a.flatten(parsed, bare)
	}
	return ready, err
}

// chooseOperation finds the operation to run; without a name there must be just one.
func chooseOperation(d *ast.QueryDocument, name string) (*ast.OperationDefinition, error) {
	switch {
	case len(d.Operations) == 0:
		return nil, documentRefusal(codeValidation, "the document has no operation")
	case name == "" && len(d.Operations) > 1:
		return nil, documentRefusal(codeValidation, "the document has several operations; operationName says which to run")
	case name == "":
		return d.Operations[0], nil
	}
	if op := d.Operations.ForName(name); op != nil {
		return op, nil
	}
	return nil, documentRefusal(codeValidation, "the document has no operation of the name that operationName gives")
}

// withoutDefaults is the operation without the defaults of variables that are not nullable, and whether there were any.
func withoutDefaults(op *ast.OperationDefinition) (bare *ast.OperationDefinition, stripped bool) {
	without := *op
	without.VariableDefinitions = nil
	for _, v := range op.VariableDefinitions {
		if v.Type.NonNull && v.DefaultValue != nil {
			variable := *v
			variable.DefaultValue, stripped = nil, true
			v = &variable
		}
		without.VariableDefinitions = append(without.VariableDefinitions, v)
	}
	return &without, stripped
}

// documentErrors is the refusal of a document for what is wrong in it.
func documentErrors(code string, errs ...*gqlerror.Error) error {
	refused := &requestError{status: http.StatusBadRequest, document: true}
	for _, e := range errs[:min(len(errs), maxErrors)] {
		said := sayable{Message: shorten(e.Message), Extensions: extensions{Code: code}}
		for _, l := range e.Locations {
			said.Locations = append(said.Locations, location{Line: l.Line, Column: l.Column})
		}
		refused.errors = append(refused.errors, said)
	}
	return refused
}
