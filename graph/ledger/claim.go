package ledger

import (
	"time"

	"entente/graph"
)

// An EntityNo numbers an entity in the order in which the ledger first mentions it.
type EntityNo uint32

// NoEntity stands where a claim names no entity.
const NoEntity = ^EntityNo(0)

// A ClaimNo numbers a claim in the order of the ledger. A claim asserted again later keeps its number.
type ClaimNo uint32

// A Claim is a [graph.Claim] as stored: entities by number, words of the vocabulary by code.
type Claim struct {
	ID         graph.ClaimID
	Predicate  uint8
	From       EntityNo
	To         EntityNo // NoEntity if there is a Value
	Value      string
	Qualifiers []Qualifier // in the order of the claim
	When, Said graph.Date
	Stance     uint8
	Claimant   EntityNo // NoEntity if absent, like the next two
	Coder      EntityNo
	Document   EntityNo
	Confidence float64
	Locator    string
	Quote      string
	Key        string
	Erased     Erasure `json:",omitempty"`
}

// An Erasure says what is missing of a claim for good. Its id is still that of the content it had.
type Erasure uint8

const (
	// ErasedQuote means that the locator and the quote are gone.
	ErasedQuote Erasure = 1
	// ErasedText means that all texts are gone, the value with them.
	ErasedText Erasure = 2
)

// A Qualifier is a [graph.Qualifier] as stored.
type Qualifier struct {
	Name   uint8
	Entity EntityNo // NoEntity if there is a Value
	Value  string
}

// An Op says what a change does to a claim that is already there.
type Op uint8

const (
	// Withdraw ends a claim by a person's word: an import does not bring it back.
	Withdraw Op = 1
	// Undo takes back what came by mistake: an import brings it back.
	Undo Op = 2
	// Replace ends a claim that a newer edition of its dataset no longer has.
	Replace Op = 3
	// Reassert makes a claim that had ended stand again.
	Reassert Op = 4
	// Redact ends a claim as Withdraw does, and orders that all its texts be erased: see [Ledger.Erase].
	Redact Op = 5
	// TakeDown orders that the claim's locator and quote be erased. The claim stands.
	TakeDown Op = 6
)

// Ends reports whether a change of this kind ends a claim.
func (o Op) Ends() bool { return o != Reassert && o != TakeDown }

// erases is what a change of this kind orders to be erased.
func (o Op) erases() Erasure {
	switch o {
	case Redact:
		return ErasedText
	case TakeDown:
		return ErasedQuote
	default:
		return 0
	}
}

// A Change ends a claim or makes it stand again.
type Change struct {
	Claim  ClaimNo
	Op     Op
	Reason string
}

// A Batch is what one commit holds. Its numbers are built on the commit After: the entity at Entities[i] takes the number that
// follows those of After by i, and so do the claims.
type Batch struct {
	After    uint64 // the number of the commit this was built on; 0 for an empty ledger
	Author   string
	Note     string
	Dataset  string    // the dataset that an import took it from; empty otherwise
	Time     time.Time // when it was committed; zero is now, and all but a copy of a ledger leaves it so
	Entities []graph.ID
	Claims   []Claim
	Changes  []Change
}

// Info describes a commit.
type Info struct {
	Number uint64 // from 1
	Time   time.Time
	Author string
	Note   string
	// Dataset is the one that an import took the commit from, empty if none did.
	Dataset string `json:",omitempty"`
	// Entities and Claims count those of the ledger up to and with this commit; FirstEntity and FirstClaim those before
	// it, and so are the numbers of its first ones.
	FirstEntity, Entities EntityNo
	FirstClaim, Claims    ClaimNo
	Added, Retracted      int // claims asserted or reasserted, claims ended
}

// A Block is what start-up needs of one stored block, in order: everything but long texts and quotes. Slices
// run in parallel and belong to the reader.
type Block struct {
	Commit      uint64
	FirstEntity EntityNo
	Entities    []graph.ID
	FirstClaim  ClaimNo
	Claims      []HotClaim
	Changes     []Change // without reasons
	// End is set in the last block of a commit; the commit counts only then.
	End *Info
}

// A HotClaim is the part of a claim that start-up reads.
type HotClaim struct {
	ID        graph.ClaimID
	Predicate uint8
	Stance    uint8
	From, To  EntityNo
	// Value is set for names, ids, kinds, types, dates, stages and statuses; longer literals stay cold and are empty here.
	Value string
	// Qualifiers holds those that name an entity, and asIndependent.
	Qualifiers []Qualifier
	When, Said graph.Date
	Claimant   EntityNo
	Coder      EntityNo
	Document   EntityNo
}
