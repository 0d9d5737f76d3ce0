package resolvers

import (
	"context"
	"errors"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
)

// Mutation changes the graph. It holds nothing of a request.
type Mutation struct {
	store  *store.Store
	decode func(record []byte, dataset string) ([]store.Change, error)
}

// author is who the commits of this API are by: the program, for it knows no persons.
const author = "api"

// Limits of what a client commits at once.
const (
	maxRecords = 10_000
	maxNote    = 10_000 // bytes, of a note or reason
)

// CommitPayload says what became of a change. Problems with records are data and no errors, so that each can say which record
// it is about; errors are for what is wrong with the change as a whole.
type CommitPayload struct {
	Commit           *Commit
	Added            int32
	Repeated         int32
	Retracted        int32
	WithdrawnSkipped int32
	Problems         []*Problem
	ClientMutationID *string
}

// Problem is what is wrong with a record.
type Problem struct {
	Record                int32
	Path, Found, Expected string
}

// commitInput is a CommitInput.
type commitInput struct {
	Records          []string
	Dataset          graphql.NullString
	Note             *string
	ExpectCommit     *int32
	ClientMutationID *string
}

// Commit commits records, all or none.
func (m *Mutation) Commit(ctx context.Context, args struct{ Input commitInput }) (*CommitPayload, error) {
	opts, err := args.Input.options()
	if err != nil {
		return nil, err
	}
	changes, problems, err := m.changes(&args.Input)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return &CommitPayload{Problems: problems, ClientMutationID: args.Input.ClientMutationID}, nil
	}
	payload, err := m.commit(ctx, changes, opts)
	if err != nil {
		return nil, err
	}
	payload.ClientMutationID = args.Input.ClientMutationID
	return payload, nil
}

// options checks what does not concern the records. Entities with the same exact external id are joined, as at the end of an
// import, so that it makes no difference by which way records came.
func (in *commitInput) options() (store.CommitOptions, error) {
	opts := store.CommitOptions{Author: author, Note: orElse(in.Note, ""), Atomic: true, JoinOwn: true}
	switch {
	case len(in.Records) > maxRecords:
		return opts, badInput("input.records has %d records; at most %d are committed at once", len(in.Records), maxRecords)
	case len(opts.Note) > maxNote:
		return opts, badInput("input.note has %d bytes; at most %d are kept", len(opts.Note), maxNote)
	case in.ExpectCommit != nil && *in.ExpectCommit < 0:
		return opts, badInput("input.expectCommit is %d; commits are numbered from 1, and 0 is before the first", *in.ExpectCommit)
	case in.ExpectCommit != nil:
		expect := uint64(*in.ExpectCommit)
		opts.Expect = &expect
	}
	return opts, nil
}

// changes decodes the records, and gathers what is wrong with any of them.
func (m *Mutation) changes(in *commitInput) ([]store.Change, []*Problem, error) {
	dataset := orElse(in.Dataset.Value, "entente")
	if !graph.ValidDataset(dataset) {
		return nil, nil, badInput("input.dataset is %s; a dataset is a word of a-z, 0-9, '.', '_' and '-' that begins with a letter", graph.Quoted(dataset))
	}
	var changes []store.Change
	var problems []*Problem
	for i, record := range in.Records {
		decoded, err := m.decode([]byte(record), dataset)
		if err != nil {
			problems = append(problems, problemOf(i, err))
			continue
		}
		for j := range decoded {
			decoded[j].Origin = i
		}
		changes = append(changes, decoded...)
	}
	return changes, problems, nil
}

// problemOf turns a decoder's error into a problem. A decoder that knows the place says so with a [graph.FieldError]; all else
// is about the record as a whole.
func problemOf(record int, err error) *Problem {
	if f, ok := errors.AsType[*graph.FieldError](err); ok {
		return &Problem{Record: int32(record), Path: f.Path, Found: f.Found, Expected: f.Expected}
	}
	return &Problem{Record: int32(record), Found: err.Error(), Expected: "a record"}
}

// commit commits changes, all or none, and moves the request to the commit they made.
func (m *Mutation) commit(ctx context.Context, changes []store.Change, opts store.CommitOptions) (*CommitPayload, error) {
	result, err := m.store.Commit(ctx, changes, opts)
	if err != nil {
		return nil, err
	}
	pinOf(ctx).advance()
	payload := &CommitPayload{Problems: []*Problem{}}
	for _, p := range result.Problems {
		payload.Problems = append(payload.Problems, &Problem{Record: int32(p.Origin), Path: p.Path, Found: p.Found, Expected: p.Expected})
	}
	if len(result.Problems) > 0 {
		return payload, nil // nothing was committed, so nothing was added
	}
	payload.Added, payload.Repeated = int32(result.Added+result.Reopened), int32(result.Repeated)
	payload.Retracted, payload.WithdrawnSkipped = int32(result.Retracted), int32(result.WithdrawnSkipped)
	if result.Commit != nil {
		payload.Commit = newCommit(*result.Commit)
	}
	return payload, nil
}
