// Package resolvers answers GraphQL over a [store.Store], by the schema in schema.graphql.
//
// [Handler] is the whole of it to the outside: HTTP in, JSON out. A request passes through, in this order,
//
//   - the guard (guard.go): who may ask at all, and who may change anything;
//   - the limits (limits.go): how large and deep a document may be, before anything parses it;
//   - the document (document.go): parsed and validated, unless it was of late (prepared.go), its variables coerced
//     (coerce.go), the answer's size estimated (cost.go);
//   - one pin (request.go): the commit at which every field of the request is answered;
//   - the resolvers, one file a noun, which convert and delegate to the store;
//   - the table of errors (errors.go): what a client may see of what went wrong, and under which code.
//
// A type of the schema is a struct here, whose fields are the schema's fields without arguments; methods are fields
// that take arguments or some work. Those that read the ledger take a context, and the library runs each of them in a
// goroutine; where one read can serve a whole list, the field of the list looks ahead whether it is wanted ([asked]) and
// does it ([claimBatch]). Every kind of entity is the one type [Entity]; the schema says which of its methods a kind has.
//
// Two caveats. A value of a resolver type belongs to one request and is not to be kept. And what the schema calls
// ID is our own type here, since the library's own panics on control characters.
package resolvers
