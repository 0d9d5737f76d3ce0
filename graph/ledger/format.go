package ledger

import (
	"encoding/binary"

	"entente/graph/kv"
)

// # The stored format, version 1
//
// History. Version 1 (first release): heads, pages and blocks as below. Every version opens what version 1 wrote.
// Second release: erasure (ops 5 and 6, section 5, flags 64 and 128 of claims), the dataset of a commit; a head says
// whether the ledger uses them.
//
// Numbers are little endian unless said; "u" is an unsigned varint (encoding/binary), "z" a signed one in zigzag.
// A text is its length as u, then its bytes in UTF-8.
//
// ## Keys
//
//	what   row                                                       col                              written by
//	head   "head"                                                    ""                               Swap
//	page   "page" + page>>12 (4 bytes, big endian)                   page (4 bytes, big endian)       Put, or with a Swap
//	                                                                 + nonce of its writer (16 bytes)
//	block  "block" + nonce (16 bytes) + commit>>4 (8, big endian)    commit (8 bytes, big endian)     Put, or with a Swap
//	       + ordinal>>4 (2, big endian)                              + ordinal (2 bytes, big endian)
//
// For example, writer 0x11…11 puts value 18 of commit 35 at
//
//	row "block" 11111111111111111111111111111111 0000000000000002 0001, col 0000000000000023 0012
//
// and the first page, sealed by that writer, lies at row "page" 00000000, col 00000000 11111111111111111111111111111111.
//
// A row holds at most 16 values of each of 16 commits, 256 of at most 128 KiB: 32 MiB, half of what the seam allows. The
// nonce in the key keeps writers apart: no two ever write the same key, so no key ever has two values.
//
// ## Values
//
// Each value, of any kind and in every version to come, begins with the same 28 bytes:
//
//	offset  size  what
//	0       3     "EnL"
//	3       1     kind: 'H' head, 'P' page, 'B' block
//	4       1     format version: 1
//	5       1     flags; blocks only, else 0: 1 last value of its commit, 2 goes on in the next value, 4 goes on from the one before
//	6       2     0
//	8       4     length of the payload
//	12      16    checksum: SHA-256, cut to 16 bytes, over "entente ledger\n", bytes 0-11, the ledger id (16 bytes; zeros
//	              for the head, whose payload has it), length of the row (4), row, length of the col (4), col, payload
//	28      ...   payload
//
// The checksum covers key and ledger, and the key holds nonce, commit and ordinal, so a value that was swapped with another, or comes
// from another ledger, shows. What a value replaced under the same key would not show, but only the head ever replaces one.
//
// ## Head
//
//	16  ledger id, random, made with the first head
//	16  nonce of the writer whose epoch it is
//	u   number of the last commit, 0 for none
//	32  hash of the last commit (see below), zeros for none
//	u   ordinal of the last value of that commit
//	u   number of sealed pages; if any, of the newest: 16 nonce of its writer, 16 its checksum
//	u   length of the tail, then its entries (see below)
//	u   what the ledger uses that the first release did not know: 1 erasure, 2 datasets. A program refuses what it does
//	    not know
//
// An entry says which nonce the blocks of a run of commits have: 16 nonce, u first commit, u number of commits. Entries follow
// each other without gaps. An epoch without commits has no entry. When the tail would exceed 128 entries, the older
// 128 go into a page. The head is written at each commit, so the tail is kept short; a page is written once.
//
// ## Page
//
//	u   number of the page, from 0
//	    unless it is 0, of the page before: 16 nonce of its writer, 16 its checksum
//	u   number of entries, then the entries
//	u   0, reserved
//
// Pages form a chain from the head backwards, so that the head stays small however many there are.
//
// ## Blocks
//
// A block is one payload of some 16 KiB before compression, or one record if that is larger. A payload over 128 KiB
// less 28 bytes is cut into pieces, stored under following ordinals with the flags 2 and 4, each with its own header.
//
//	u   number of sections (1-5), then of each: 1 kind, 1 codec, u length raw, u length stored
//	    then the stored bytes of the sections
//
// Kinds: 1 hot, 2 ids, 3 cold, 4 trailer, 5 erased, in this order. Hot and ids stand or lack together; cold needs them, and erased
// needs cold. Codecs: 0 none, 1 s2 (a block of it), 2 zstd (one frame).
//
// Hot, all that start-up reads. Let E, C, X be the numbers of entities, claims, changes:
//
//	text  all texts of this section one after the other; "length" below means the next so many bytes of it
//	u     E; u C; u X; u number of the first entity; u number of the first claim
//	E ×   u bytes shared with the id before in this block, u length of the rest (the id of an entity)
//	C     flags: 1 to is an entity, 2 a value is here, 4 when, 8 said, 16 claimant, 32 coder, 64 document, 128 qualifiers here
//	C     codes of predicates
//	C     codes of stances
//	z     from, of each claim: difference to the one before in this column (first: to 0); likewise, of the claims with that flag:
//	z     to;  z  claimant;  z  coder;  z  document
//	u     when: odd: a single day, (v>>1) in zigzag is the difference in days to the day before in this column (first:
//	      to 1970-01-01); even: v>>1 is the length of its EDTF text. Then said, alike
//	u     length of the value
//	u     number of qualifiers here, then of each: 1 code; u: 0 and a u length for a text, else 1 + zigzag of the difference of the
//	      entity to the one before in this column
//	X ×   z difference of the claim to that of the change before, 1 op: 1 withdraw, 2 undo, 3 replace, 4 reassert, 5 redact,
//	      6 take down
//
// Ids: C × 16 bytes, never compressed: they are hashes.
//
// Cold, what evidence needs:
//
//	text  all texts of this section
//	C     flags: 1 value, 2 locator, 4 quote, 8 key, 16 confidence, 32 qualifiers, 64 all texts were erased, 128 locator and quote were
//	u     lengths of the values; then of locators; then of quotes; then of keys
//	8     confidences (IEEE 754)
//	u     number of qualifiers, then of each: u place among all qualifiers of the claim, 1 code, u length
//	X × u length of the reason
//
// Values are hot if their type in the vocabulary is a name, date, kind, event type or external id; a reader goes by the flags alone.
//
// Trailer, in the last block of a commit, or in a block of its own if that was cut into pieces:
//
//	u   number of the commit
//	32  hash of the commit before, zeros for the first
//	z   time in microseconds since 1970, never less than that of the commit before
//	u   first entity, u entities in this commit, u first claim, u claims in this commit, u changes in this commit
//	u   claims added (asserted or reasserted), u retracted
//	text author; text note
//	u   ordinal of this value: so many values come before it, and the 16-byte checksum of each, in order
//	text dataset that an import took the commit from; left out if it is empty
//
// Erased, in a block that was written again under its own key because texts of it had to go, the one case in which a
// key has had two values:
//
//	u   number of values that the block had, then the 16-byte checksum of each
//	32  hash of the commit if the block is its last, else zeros
//
// It stands where the block stood and has at most as many values. If its texts were shorter than this section they are larger
// than 128 KiB, but never than 256 KiB; where it has fewer, the rest of the keys are deleted.
//
// The trailer and the commits after it go by these, so the chain is that of the ledger as it was written. What may be erased is
// ordered by changes 5 and 6 of a later commit, and of nothing else is it accepted.
//
// The hash of a commit is the SHA-256 of the header (28 bytes) and payload of its last value, which lists all others and the
// commit before: the head's one hash stands for the whole ledger.
const formatVersion = 1

const (
	nonceLen    = 16
	checksumLen = 16
	hashLen     = 32
	headerLen   = 28

	// maxValue is the largest value; see the arithmetic of rows above.
	maxValue = 128 << 10
	// blockTarget is the size in bytes, before compression, at which a block is closed.
	blockTarget = 16 << 10
	// maxValues bounds the values of a commit, so that a trailer with their checksums fits in one value.
	maxValues = 4096
	// maxRecord bounds what a block of one record may come to before compression. Package graph allows a good
	// megabyte; more means a batch that was never validated, or a length read from damaged bytes.
	maxRecord = 16 << 20
	// maxRecords bounds the entities, claims and changes of a block each, far above what blockTarget lets in.
	maxRecords = 1 << 16
	// tailLen is the number of tail entries that are sealed into a page.
	tailLen = 128

	maxAuthor = 1 << 10
	maxNote   = 16 << 10
)

// The kinds of values.
const (
	kindHead  = 'H'
	kindPage  = 'P'
	kindBlock = 'B'
)

// The flags of a block's header.
const (
	flagLast      = 1 // last value of its commit
	flagContinues = 2 // goes on in the next value
	flagContinued = 4 // goes on from the value before
)

// The sections of a block.
const (
	sectionHot     = 1
	sectionIDs     = 2
	sectionCold    = 3
	sectionTrailer = 4
	sectionErased  = 5
)

// A nonce marks the keys of one writer's epoch.
type nonce [nonceLen]byte

type checksum [checksumLen]byte

type hash [hashLen]byte

// headKey is the one key that is swapped.
func headKey() kv.Key { return kv.Key{Row: "head"} }

func pageKey(number uint32, writer nonce) kv.Key {
	row := binary.BigEndian.AppendUint32([]byte("page"), number>>12)
	col := append(binary.BigEndian.AppendUint32(nil, number), writer[:]...)
	return kv.Key{Row: string(row), Col: string(col)}
}

// blockRow is the row in which the value lies, with up to 255 others.
func blockRow(writer nonce, commit uint64, ordinal int) string {
	row := make([]byte, 0, 5+nonceLen+10)
	row = append(append(row, "block"...), writer[:]...)
	row = binary.BigEndian.AppendUint64(row, commit>>4)
	return string(binary.BigEndian.AppendUint16(row, uint16(ordinal>>4)))
}

func blockCol(commit uint64, ordinal int) string {
	col := binary.BigEndian.AppendUint64(make([]byte, 0, 10), commit)
	return string(binary.BigEndian.AppendUint16(col, uint16(ordinal)))
}

func blockKey(writer nonce, commit uint64, ordinal int) kv.Key {
	return kv.Key{Row: blockRow(writer, commit, ordinal), Col: blockCol(commit, ordinal)}
}
