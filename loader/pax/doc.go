// Package pax reads the PA-X Peace Agreements Database: peace agreements since 1990, with their processes, the countries and
// entities they concern, who signed and who was there, what they cite and what they provide for.
//
// Three files are read, told apart by their columns: the agreements with the codes of their provisions, the same agreements with a
// description and links, and the countries and entities of each agreement. The first two make the same claims of what they share.
//
// # What is made of the columns
//
//   - An agreement is "pax:" and its AgtId, a process "pax-process:" and its number, a state "gw:" and its number by Gleditsch and
//     Ward. What PA-X calls an entity has no number of its own in all files; it is known by its name: "pax:con/abkhazia".
//   - A conflict of UCDP is "ucdp-conflict:" and its number, a war of Correlates of War "cow-war:" and its number. The agreement concerns
//     both. The number of a UCDP agreement is an id of the agreement itself, unless UCDP keeps as one what PA-X keeps as several.
//   - Part and ThrdPart are free text. See [readSignatories]: persons with offices where they stand beyond doubt, states that are
//     named as such, and nothing of what is left, which is counted by reason.
//   - OthAgr quotes where the agreement speaks of others. Each one it names is cited in words: that "the agreement of 5 May 1994" is
//     this or that one is not told by the row.
//   - The codes of provisions are in a table, each with what it means.
package pax
