// Package mapping reads anybody's tables, as a file in YAML says: which columns are ids and names, which rows become which claims.
//
// A mapping has no programs in it. A record of a mapping looks as a record of ours does, with templates, "$(column)", where that has
// texts; it is made of each row, or of each item of a list in a cell. Whatever a column has to say about a text, how it is split,
// what its words mean, in which form its dates are, stands with the text. README.md beside this file is the reference.
//
// The words are those of CSVW, R2RML and YARRRML where these have one for the same thing: table, template, separator, default.
//
// A mapping is read strictly, and [Load] gives all that is wrong with it, by file, line and JSON Pointer. When a file is read, each
// problem names the cell and the place in the mapping that wanted something else of it.
package mapping
