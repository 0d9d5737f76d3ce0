// Package reconcile serves the Reconciliation Service API, draft 0.2 of the W3C Entity Reconciliation Community Group, over a
// store, so that whoever has a table of names, in OpenRefine for one, finds the entities that they mean.
//
//	GET  /reconcile                         the manifest
//	POST /reconcile, queries=               candidates for up to 50 queries, with features and a match where it is safe
//	POST /reconcile, extend=                properties of entities
//	GET  /reconcile/suggest/entity?prefix=  and property, type: for typing
//	GET  /reconcile/flyout/entity?id=       and property, type: a small picture of a suggestion
//	GET  /reconcile/properties?type=        properties that entities of a type may have
//	GET  /reconcile/preview?id=             an entity as a small page, for a frame
//	GET  /reconcile/entity?id=              an entity as a page
//
// Types are the kinds of entities. Properties are the vocabulary: a literal by its name, a relation by its name from the subject's
// end and with "inverse-" before it from the object's, an external id by "id-" and its scheme. What is found and how likely it is,
// package match says; nothing is ever changed here.
//
// Each request is answered at one commit. An error is an object with code, message and, where something stands in the request that
// is at fault, a JSON Pointer to it: {"error": {"code": "UNKNOWN_TYPE", "message": "...", "path": "/q0/type"}}.
//
// The API must be open to pages of other origins (CORS), and is, with one exception: a server that listens on this machine alone
// answers pages of this machine alone, as OpenRefine's are, since what it holds is nobody else's business.
package reconcile
