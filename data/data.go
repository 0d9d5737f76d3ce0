// Package data holds the records that Entente is shipped with: one news article about Nagorno-Karabakh, taken apart
// into claims, the statement of November 2020 that the article speaks of, and the process from 1991 to 2025 in the
// 33 agreements that PA-X has on it.
//
// The records are JSON Lines, one entity or claim a line, in files that are read in the order of their names:
// parties, documents, agreements and events first, then what the article says of them, then what the statement
// itself says, then the process. Bare names in them belong to the dataset [Dataset]. README.md beside them lists,
// sentence by sentence and agreement by agreement, which claims it became and what in them is inferred; the tests of
// this package hold the two together and check every record against the vocabulary and against its source.
//
// A correction of a record is a new claim with a new identity. A store that was filled before keeps the old one
// until it is withdrawn.
package data

import "embed"

// Dataset is the scheme of the bare names in the records: "ARM" is "entente:ARM".
const Dataset = "entente"

// Files holds the record files, all in its root. Its ReadDir gives them sorted by name, which is the order they
// are meant to be read in, though any order gives the same graph.
//
//go:embed *.jsonl
var Files embed.FS
