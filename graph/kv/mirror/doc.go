// Package mirror keeps a second copy of all that a store writes, in files of its own: a log that is appended to
// and never changed. It is witness, repair and backup in one.
//
//   - Witness: its last record tells what was written last, so a store that lost its newest writes, or that an
//     older folder was put in place of, is found out ([Position]).
//   - Repair: [Log.Check] says whether a value is the one that was written, [Log.Value] gives the copy of one that is not.
//   - Backup: files that are full never change again, so they can be copied while the store writes ([Segments]).
//
// A [Log] is a folder of segments, each of some 64 MiB. A record is one write of the store: items put and keys deleted,
// with a checksum of its own and that of the record before, so a record that is damaged, missing, moved or from
// elsewhere shows, and costs itself alone: the sound ones after it are found again. Bytes and names are explained in
// format.go.
//
// One process at a time opens a log; [Scan] and [Segments] may be used by others meanwhile.
package mirror
