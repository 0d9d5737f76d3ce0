package resolvers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/graph-gophers/graphql-go"
	gqlerrors "github.com/graph-gophers/graphql-go/errors"

	"entente/graph/ledger"
	"entente/graph/store"
)

// The codes of extensions.code. A client may rely on them; messages are for people and change.
const (
	codeBadRequest = "BAD_REQUEST"               // no GraphQL request at all
	codeTooLarge   = "TOO_LARGE"                 // the body is over its limit
	codeTooComplex = "TOO_COMPLEX"               // the document, or the answer it asks for, is over a limit
	codeParse      = "GRAPHQL_PARSE_FAILED"      // the document is no GraphQL
	codeValidation = "GRAPHQL_VALIDATION_FAILED" // the document does not fit the schema
	codeInput      = "BAD_USER_INPUT"            // an argument or variable cannot be used
	codeForbidden  = "FORBIDDEN"                 // not from there
	codeNotFound   = "NOT_FOUND"                 // a change of something that is not there
	codeConflict   = "CONFLICT"                  // others came first
	codeFenced     = "FENCED"                    // another server writes; try again
	codeCorrupt    = "CORRUPT"                   // stored data is damaged
	codeTimeout    = "TIMEOUT"                   // it took too long
	codeInternal   = "INTERNAL"                  // anything else
)

// inputError tells a client what it did wrong, in our words.
type inputError struct {
	code string
	text string
}

func (e *inputError) Error() string { return e.text }

// badInput is an error about an argument.
func badInput(format string, args ...any) error {
	return &inputError{codeInput, fmt.Sprintf(format, args...)}
}

// notFound is an error about something that is to be changed and is not there.
func notFound(format string, args ...any) error {
	return &inputError{codeNotFound, fmt.Sprintf(format, args...)}
}

var errPanic = errors.New("resolvers: panic")

// table says what a client sees of an error, first match first. Where the text is empty, it is the error's own, which
// names only what the client sent. What has no row is internal, and its text is for the log alone.
var table = []Fault{
	{store.ErrExpect, codeConflict, "others committed since the expected commit; nothing was committed"},
	{store.ErrMoment, codeInput, ""},
	{store.ErrCursor, codeInput, "after is not a cursor of this list"},
	{store.ErrArgument, codeInput, ""},
	{ledger.ErrTooBig, codeInput, "that is more than one commit holds; nothing was committed"},
	{ledger.ErrFenced, codeFenced, "another writer took over; nothing was committed, try again"},
	{ledger.ErrStale, codeFenced, "another writer came first; nothing was committed, try again"},
	{ledger.ErrCorrupt, codeCorrupt, "stored data is damaged; run entente verify"},
	{context.DeadlineExceeded, codeTimeout, "it took too long; ask for less"},
	{context.Canceled, codeTimeout, "the request was given up"},
}

// say turns an error of a resolver into what a client sees of it, and logs what it does not.
func (a *api) say(err error, path []any) sayable {
	if e, ok := errors.AsType[*inputError](err); ok {
		return sayable{Message: e.text, Path: path, Extensions: extensions{Code: e.code}}
	}
	for _, rows := range [][]Fault{table, a.faults} {
		for _, row := range rows {
			if !errors.Is(err, row.Err) {
				continue
			}
			text := row.Text
			if text == "" {
				text = shorten(strings.TrimPrefix(err.Error(), "store: "))
			}
			if row.Code == codeCorrupt {
				a.logger.Error("stored data is damaged", "path", path, "err", err)
			}
			return sayable{Message: text, Path: path, Extensions: extensions{Code: row.Code}}
		}
	}
	id := rand.Text()[:12]
	a.logger.Error("internal error", "id", id, "path", path, "err", err)
	return sayable{Message: "internal error " + id, Path: path, Extensions: extensions{Code: codeInternal, ID: id}}
}

// logPanic logs a panic of a resolver with its stack. What was asked stays out of the log.
func (a *api) logPanic(_ context.Context, value any) {
	a.logger.Error("panic", "value", fmt.Sprint(value), "stack", string(debug.Stack()))
}

// fieldErrors are the errors of fields, each with the path of the field.
func (a *api) fieldErrors(errs []*gqlerrors.QueryError) []sayable {
	var said []sayable
	for _, e := range errs[:min(len(errs), maxErrors)] {
		if e.ResolverError != nil {
			said = append(said, a.say(e.ResolverError, e.Path))
		} else {
			said = append(said, a.say(e, e.Path))
		}
	}
	return said
}

// requestErrors is nil for an answer with data. Otherwise the library refused the document, or an argument
// that validation let pass; it says of those errors that they have no path.
func (a *api) requestErrors(ctx context.Context, r *graphql.Response) error {
	if err := ctx.Err(); err != nil && r.Data == nil {
		return &requestError{status: http.StatusServiceUnavailable, errors: []sayable{a.say(err, nil)}}
	}
	refused := &requestError{status: http.StatusBadRequest, document: true}
	for _, e := range r.Errors {
		if e.Path != nil || len(refused.errors) == maxErrors {
			continue
		}
		said := sayable{Message: shorten(e.Message), Extensions: extensions{Code: codeValidation}}
		switch {
		case e.ResolverError != nil:
			refused.status, refused.document = http.StatusInternalServerError, false
			said = a.say(e.ResolverError, nil)
		case errors.Is(e.Err, graphql.ErrTooManySelections), e.Rule == "MaxDepthExceeded", e.Rule == "OverlapValidationLimitExceeded":
			said.Extensions.Code = codeTooComplex
		case r.Data != nil:
			said = sayable{Message: "an argument has a value of the wrong type", Extensions: extensions{Code: codeInput}}
		}
		refused.errors = append(refused.errors, said)
	}
	if len(refused.errors) == 0 {
		return nil
	}
	return refused
}

// requestError refuses a request as a whole: no field was resolved.
type requestError struct {
	status   int
	errors   []sayable
	document bool     // the request was sound, its document was not
	allow    []string // methods, with status 405
}

func (e *requestError) Error() string { return e.errors[0].Message }

// refusal refuses a request before its document is looked at.
func refusal(status int, code, format string, args ...any) error {
	return &requestError{status: status, errors: []sayable{{Message: fmt.Sprintf(format, args...), Extensions: extensions{Code: code}}}}
}

// documentRefusal refuses a document for one reason.
func documentRefusal(code, text string) error {
	return &requestError{status: http.StatusBadRequest, document: true, errors: []sayable{{Message: text, Extensions: extensions{Code: code}}}}
}

// wrongVariable refuses a variable, named by its place: "$filter.when.from".
func wrongVariable(place, format string, args ...any) error {
	return documentRefusal(codeInput, "variable "+place+" "+fmt.Sprintf(format, args...))
}

// forbidden refuses for where a request comes from; notAllowed for its method.
func forbidden(text string) error { return refusal(http.StatusForbidden, codeForbidden, "%s", text) }

func notAllowed(text string, allow ...string) error {
	return &requestError{status: http.StatusMethodNotAllowed, allow: allow, errors: []sayable{{Message: text, Extensions: extensions{Code: codeBadRequest}}}}
}

// refused is the refusal an error stands for; any other error is an internal one.
func (a *api) refused(err error) *requestError {
	if e, ok := errors.AsType[*requestError](err); ok {
		return e
	}
	return &requestError{status: http.StatusInternalServerError, errors: []sayable{a.say(err, nil)}}
}

// shorten bounds a message: whoever sends a name of 16 KB need not get it back.
func shorten(text string) string {
	const most = 300
	if len(text) <= most {
		return text
	}
	cut := most
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
