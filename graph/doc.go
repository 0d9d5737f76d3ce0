// Package graph holds the words Entente speaks in: ids, kinds, predicates, claims and dates.
//
// Everything is a [Claim]. An entity is nothing but an [ID]; its kind, its names, its dates and all its
// relations are claims, each with the source it rests on, and claims that contradict each other stand side
// by side. A claim is identified by its content ([Claim.ID]), so the same statement read twice is one claim
// and the same statement by another coder, claimant or quote is another.
//
// The vocabulary is one table, [Predicates]: it drives validation, the loader, the API's enums and the docs.
// Dates are EDTF (ISO 8601-2) texts with an earliest and a latest day; see [Date].
//
// The package stores nothing and knows no engine. All its values are plain data and safe for concurrent
// reading.
package graph
