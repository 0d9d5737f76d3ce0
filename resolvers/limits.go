package resolvers

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// Limits of a document. Parsers and validators take time that grows faster than what they are given (16 KB of
// "{a a a ...}" cost one of them ten seconds), and none can be stopped half-way, so all is counted before.
const (
	maxDocument   = 16 << 10 // bytes
	maxTokens     = 2_000
	maxNesting    = 32 // braces, brackets and parentheses around a token
	maxFragments  = 100
	maxDirectives = 50
	maxAliases    = 100
	maxErrors     = 20 // that one answer tells of
)

// checkSize refuses a document that is over a limit. It takes time in proportion to the text and builds nothing. What
// is no GraphQL at all is left to the parser to explain.
func checkSize(document string) error {
	tooComplex := func(what string, most int) error {
		return refusal(http.StatusBadRequest, codeTooComplex, "the document has more than %d %s", most, what)
	}
	if len(document) > maxDocument {
		return tooComplex("bytes", maxDocument)
	}
	lex := lexer.New(&ast.Source{Input: document})
	var tokens, nesting, round, fragments, directives, aliases int
	var last lexer.Type
	for token, err := lex.ReadToken(); err == nil && token.Kind != lexer.EOF; token, err = lex.ReadToken() {
		if tokens++; tokens > maxTokens {
			return tooComplex("tokens", maxTokens)
		}
		switch token.Kind {
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			nesting++
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			nesting--
		case lexer.At:
			directives++
		case lexer.Name:
			if nesting == 0 && token.Value == "fragment" {
				fragments++
			}
		case lexer.Colon:
			// Outside of parentheses, a name and a colon are an alias.
			if round == 0 && last == lexer.Name {
				aliases++
			}
		}
		switch token.Kind {
		case lexer.ParenL:
			round++
		case lexer.ParenR:
			round--
		}
		last = token.Kind
		switch {
		case nesting > maxNesting:
			return tooComplex("levels of nesting", maxNesting)
		case directives > maxDirectives:
			return tooComplex("directives", maxDirectives)
		case fragments > maxFragments:
			return tooComplex("fragments", maxFragments)
		case aliases > maxAliases:
			return tooComplex("aliases", maxAliases)
		}
	}
	return nil
}
