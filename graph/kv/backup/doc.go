// Package backup copies a mirror while its store writes, and checks and reads such copies.
//
// A backup is a folder:
//
//	backup.json            what it is of, and size and SHA-256 of each file: the [Manifest], and the SHA-256 of that
//	backup.lock            empty; locked while a backup is being taken
//	<id of the mirror>/    the mirror's segments, by their names
//
// Segments only ever grow, so what a backup has of one is the beginning of what the mirror has later, and [Take] adds what has come
// since. A file may hold more than the manifest says: what a backup that was stopped had begun to add. Only when all of
// it is there and has been read back does a new manifest take the old one's place. A mirror that was made anew, after a repair
// or an erasure, has another id: then everything is copied, and what was of the old one is deleted afterwards.
package backup
