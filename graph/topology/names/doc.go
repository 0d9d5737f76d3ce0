// Package names finds names by what a person types: whole words, the beginning of the last word,
// another romanisation, another script, a slip of the keyboard.
//
// A name is a small number with a text. Numbers are dense and handed out by the caller in ledger
// order; whose name it is, whether it stands at a snapshot and of which kind it is, the caller knows
// and says through [Query.Rank]. The package never sees an entity.
//
// # How a word matches
//
// [Tokens] cuts a text into words: lower case, compatibility forms made plain, marks kept. A word has
// a folded spelling ([Fold]: marks gone, own script kept) and some variant keys ([Keys]: Latin letters
// in which the usual romanisations of Russian, Armenian, Azerbaijani and Georgian names meet). A word
// of the query matches a word of a name, best first:
//
//   - exact: the folded spellings are equal;
//   - transliteration: the query's folded spelling or a key of it equals one of the name's;
//   - prefix (the last word of the query only, if asked): one of the query's begins one of the name's;
//   - fuzzy (if asked): one of the query's is within one edit of one of the name's if the query's word
//     has four to seven letters, within two if it has eight or more. Replacing, adding, dropping a letter
//     and swapping two neighbours are an edit each. A word with a digit in it, or of more than 32
//     letters, is never fuzzy: 1998 is not a slip for 1999.
//
// All words of the query must match. The weakest of them decides the [MatchKind] of the hit and no
// weaker kind ever ranks before a stronger one; inside a kind, a name of which the query covers more
// ranks first ("Azerbaijan" before "Ministry of Foreign Affairs of Azerbaijan"), then the caller's weight,
// then the lower number. If the last word is typed as a code, two to four capitals as in "ARM", then any
// hit by whole words keeps prefix and fuzzy hits out, so that ARM finds ARM and not ARMY.
//
// # What it is made of
//
// One writer adds; readers take no locks. They load one pointer to a state that never changes:
//
//   - the texts, in chunks that are only ever appended to;
//   - segments, each an immutable index of a run of names: two dictionaries (folded spellings, and the
//     keys that differ from them) as finite state transducers, and postings;
//   - a tail of at most 64 names added since, compared one by one.
//
// A full tail becomes a segment and four segments of like size become one, so that there are few at any
// time; [Index.Build] makes them all one.
//
// Inside a segment names are numbered anew, those of fewest words first. That is the order of rank inside
// a kind of match, so every posting list is in rank order, and a search reads lists from the front and
// stops when it has enough. Beginnings that stand for more than 256 postings ("a", "mi") have a list of
// their own, made when the segment is: no search ever merges thousands of lists.
//
// # Bounds
//
// A search considers at most 128 names of a kind of match ([Query.Limit] if that is greater), those of
// fewest words and lowest number first; weight decides among these. It reads 32 words of a query and
// skips the rest, and gives up on a segment after a million steps. A word is cut at
// 64 letters, and names of more than 255 words count as of so many.
package names
