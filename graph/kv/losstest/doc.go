// Package losstest is a file system for tests that can lose power, and that can fail.
//
// It keeps files in memory and remembers of each what was synced. [FS.Cut] gives what a disk would have after a loss of
// power at that moment: by the model of ext4 and XFS, to sync a file also makes all changes of names before it durable. What was
// not synced is lost, or at random there in part: some pages, some of them torn within, some of the changes of names, up to one
// of them. [FS.Fail] makes operations on files fail as disks do.
//
// It is mounted through FUSE, so that programs use it as they would a disk, mapped files and all. That takes /dev/fuse and the
// right to mount.
package losstest
