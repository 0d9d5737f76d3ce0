package resolvers

import "entente/graph/ledger"

// Commit is a commit. An author or note that was not recorded is nil, as is everything in the schema that is not there. The
// numbers fit 32 bits, which is what GraphQL has for an Int.
type Commit struct {
	ID               ID
	Number           int32
	Time             DateTime
	Author           *string
	Note             *string
	Added, Retracted int32
}

func newCommit(info ledger.Info) *Commit {
	return &Commit{
		ID: commitID(info.Number), Number: int32(info.Number), Time: dateTimeOf(info.Time),
		Author: textPointer(info.Author), Note: textPointer(info.Note),
		Added: int32(info.Added), Retracted: int32(info.Retracted),
	}
}
