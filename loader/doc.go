// Package loader reads records from strangers' files into commits of a store, and writes what stands in a store as
// such records.
//
// # Records
//
// A record is one JSON object of one of four forms, told apart by the member that names it:
//
//	{"entity": "ARM", "kind": "State", "name": "Armenia", "aliases": ["Republic of Armenia"], "ids": {"iso3": "ARM"}}
//	{"claim": "mediated", "from": "RUS", "to": "deal", "qualifiers": {"between": ["ARM", "AZE"]}, "when": "2020-11-10"}
//	{"retract": "6fa459ea-ee8a-5ca4-894e-db77e160355e", "reason": "misread"}
//	{"reassert": "6fa459ea-ee8a-5ca4-894e-db77e160355e", "reason": "it was right"}
//
// An entity record stands for one claim for each of its literals: every literal predicate of the vocabulary by its own
// name, a text or a list of texts; "aliases", "transliterations" and "metonyms" for those; and "ids" for external ids by
// scheme. A claim record has "from", and "to" or "value", and may have "qualifiers", each a text or a list. Both may
// have "source" (an object of "document", "locator" and "quote"), "claimant", "coder", "said", "when", "stance",
// "confidence" and "key"; those of an entity record hold for each of its claims. Ids without a scheme belong to the
// dataset of the import. Fields that are not known are refused by name.
//
// Records come as JSON Lines, or as one document {"entities": [...], "claims": [...], "retractions": [...]} with its
// members in any order; plain or packed with gzip or zstd, which is recognized by the first bytes. JSON is read
// strictly: in UTF-8 alone, each member once, no number or null where a text belongs.
//
// An input of another format, such as those in the folders below, is read into claims, each of which becomes such a record; see package
// loader/format.
//
// # Importing
//
// [Import] is a pipeline: one reader cuts the inputs into chunks, several decoders turn them into claims and work out
// their ids, and one sequencer commits them in the order of the input. No input is held whole, and the order of its
// records does not matter: a claim about an entity that nothing has declared yet waits in a spool until everything has
// been read, and retractions always wait until then. A bad record does not stop an import; it is reported as a
// [Problem] and left out. Since claims are known by their content, an import that was cut short, or is simply run
// again, adds only what is not there.
//
// Of two records of the same claim with different keys the first decides on the key, which is no part of a claim's
// identity. That is the one thing in which the order shows.
//
// # Exporting
//
// [Export] writes records that import to an equal graph, in an order that depends on nothing but the graph.
package loader
