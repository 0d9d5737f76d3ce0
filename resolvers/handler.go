package resolvers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/graph-gophers/graphql-go"
	gqlerrors "github.com/graph-gophers/graphql-go/errors"
	gqllog "github.com/graph-gophers/graphql-go/log"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"entente/cache"
	"entente/graph/store"
)

// Options of the API.
type Options struct {
	// Schema is the text of schema.graphql. Required.
	Schema string
	// Store is what is asked and changed. Required; it stays the caller's to close, after the last request.
	Store *store.Store
	// Decode reads one record, a JSON text, into the changes it stands for. Bare ids belong to dataset. An error that
	// has a [graph.FieldError] in its chain tells the client what is wrong where; the text of any other is
	// shown as it is, so it must not tell of the inside. Required.
	Decode func(record []byte, dataset string) ([]store.Change, error)
	// Faults names failures of the engine that clients are told apart. The engine is known to whoever opened it
	// alone. A failure without a row here or in the table of errors.go is an internal error.
	Faults []Fault
	// Now is the clock by which it is today; nil is the machine's.
	Now func() time.Time
	// Logger takes what clients are not told; nil is [slog.Default].
	Logger *slog.Logger
}

// A Fault is a row of the table from errors to what a client sees.
type Fault struct {
	Err  error  // as by [errors.Is]
	Code string // extensions.code
	Text string // the message
}

// The limits of an answer's work. Those of the document itself are in limits.go.
const (
	maxDepth       = 24        // of fields; the introspection query of GraphiQL needs 15
	maxSelections  = 20_000    // after fragments are spread out
	maxOverlaps    = 10_000    // pairs of selections compared
	maxParallelism = 16        // resolvers at a time
	maxPooled      = 256 << 10 // bytes of a buffer that is used again: an answer grows through several
	maxTime        = 30 * time.Second
	maxBody        = 1 << 20 // bytes of a request's body
)

// api is the handler: immutable but for what it keeps of documents, for any number of requests at once.
type api struct {
	schema *graphql.Schema // executes
	types  *ast.Schema     // validates
	store  *store.Store
	faults []Fault
	now    func() time.Time
	logger *slog.Logger

	// prepared are the documents asked for of late: a program asks the same ones again and again, and to parse and check one takes as long
	// as a small answer.
	prepared *cache.LRU[preparedKey, *prepared]
}

// Handler serves GraphQL: POST with a JSON body, or GET for queries. It is safe for concurrent use. The error says
// how the schema does not fit the resolvers, or that an option is missing.
func Handler(opts Options) (http.Handler, error) {
	if opts.Store == nil || opts.Decode == nil {
		return nil, errors.New("resolvers: a store and a decoder are required")
	}
	types, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: opts.Schema})
	if err != nil {
		return nil, fmt.Errorf("resolvers: %w", err)
	}
	a := &api{types: types, store: opts.Store, faults: opts.Faults, now: opts.Now, logger: opts.Logger}
	a.prepared = cache.NewLRU[preparedKey, *prepared](maxPrepared)
	if a.now == nil {
		a.now = time.Now
	}
	if a.logger == nil {
		a.logger = slog.Default()
	}
	root := &root{query: &Query{store: opts.Store}, mutation: &Mutation{store: opts.Store, decode: opts.Decode}}
	a.schema, err = graphql.ParseSchema(opts.Schema, root,
		graphql.UseFieldResolvers(),
		graphql.UseStringDescriptions(),
		graphql.MaxDepth(maxDepth),
		graphql.MaxSelections(maxSelections),
		graphql.MaxParallelism(maxParallelism),
		graphql.MaxPooledBufferCap(maxPooled),
		graphql.DisableFieldSelections(), // see asked
		graphql.OverlapValidationLimit(maxOverlaps),
		graphql.PanicHandler(panicHandler{}),
		graphql.Logger(gqllog.LoggerFunc(a.logPanic)),
	)
	if err != nil {
		return nil, fmt.Errorf("resolvers: %w", err)
	}
	return a, nil
}

// root hands the library the two operations' resolvers. Nothing of a request lives on them.
type root struct {
	query    *Query
	mutation *Mutation
}

// Query is the resolver of queries.
func (r *root) Query() *Query { return r.query }

// Mutation is the resolver of mutations.
func (r *root) Mutation() *Mutation { return r.mutation }

// ServeHTTP implements [http.Handler].
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	media, ok := acceptable(r.Header.Values("Accept"))
	if !ok {
		a.refuse(w, media, refusal(http.StatusNotAcceptable, codeBadRequest, "accept application/graphql-response+json or application/json"))
		return
	}
	answer, err := a.serve(w, r)
	if err != nil {
		a.refuse(w, media, err)
		return
	}
	a.write(w, media, answer)
}

// serve answers a request or says why it does not; the error is a [*requestError].
func (a *api) serve(w http.ResponseWriter, r *http.Request) (*answer, error) {
	if err := checkHost(r); err != nil {
		return nil, err
	}
	params, err := readRequest(w, r)
	if err != nil {
		return nil, err
	}
	doc, err := a.prepare(params)
	if err != nil {
		return nil, err
	}
	switch {
	case doc.operation.Operation == ast.Subscription:
		return nil, refusal(http.StatusBadRequest, codeValidation, "subscriptions are not served here")
	case doc.operation.Operation == ast.Mutation && r.Method != http.MethodPost:
		return nil, notAllowed("a mutation needs POST", http.MethodPost)
	case doc.operation.Operation == ast.Mutation:
		if err := checkMutation(r); err != nil {
			return nil, err
		}
	}
	return a.execute(r.Context(), doc)
}

// execute runs a document that passed all checks.
func (a *api) execute(ctx context.Context, doc *document) (*answer, error) {
	if doc.operation.Operation == ast.Mutation {
		// Whether a change went through must not depend on whether the client waited for it.
		ctx = context.WithoutCancel(ctx)
	} else {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, maxTime)
		defer cancel()
	}
	ctx, pin := pinned(ctx, a.store, a.now(), doc.asked)
	response := a.schema.Exec(ctx, doc.text, doc.name, doc.variables)
	if err := a.requestErrors(ctx, response); err != nil {
		return nil, err
	}
	return &answer{Data: response.Data, Errors: a.fieldErrors(response.Errors), Commit: pin.commit()}, nil
}

// panicHandler turns a panic of a resolver into an internal error like any other; its text is logged, not sent.
type panicHandler struct{}

// MakePanicError implements the library's PanicHandler.
func (panicHandler) MakePanicError(context.Context, any) *gqlerrors.QueryError {
	return &gqlerrors.QueryError{Message: errPanic.Error(), ResolverError: errPanic}
}
