package ledger

import (
	"context"
	"errors"
	"fmt"
)

// A place is where a value stands: the commit and its ordinal in it.
type place struct {
	commit  uint64
	ordinal int
}

// A stored block is one that was read: whole, sound and decoded, but not yet compared with its neighbours.
type stored struct {
	*decoded
	place  // of its first value
	sums   []checksum
	pieces int  // values it has; as many as sums, or fewer if it was written again
	last   bool // it ends its commit
	hash   hash // of the commit, if it ends it
	size   int  // bytes as stored
}

// next is the place that follows.
func (s *stored) next() place {
	if s.last {
		return place{commit: s.commit + 1}
	}
	return place{s.commit, s.ordinal + len(s.sums)}
}

// headerFlags reads the flags of a value that has not been checked.
func headerFlags(value []byte) byte {
	if len(value) < headerLen {
		return 0
	}
	return value[5]
}

// maxPieces bounds the values of one block. A block of more was not written by a ledger.
const maxPieces = maxRecord/(maxValue-headerLen) + 2

// assemble checks the values of one block, which begin at the place, and decodes them.
func assemble(ledger, writer nonce, at place, values [][]byte) (*stored, error) {
	s := &stored{place: at, sums: make([]checksum, len(values)), pieces: len(values)}
	var whole []byte
	for i, value := range values {
		key := blockKey(writer, at.commit, at.ordinal+i)
		payload, flags, err := unseal(key, kindBlock, ledger, value)
		if err != nil {
			return nil, located(err, place{at.commit, at.ordinal + i})
		}
		final := i == len(values)-1
		if flags&flagContinued != 0 != (i > 0) || flags&flagContinues != 0 != !final || flags&flagLast != 0 && !final || flags&^(flagLast|flagContinued|flagContinues) != 0 {
			return nil, &CorruptError{Commit: at.commit, Block: at.ordinal + i, Key: key, Found: fmt.Sprintf("a piece of a block out of place (flags %d)", flags)}
		}
		s.sums[i] = sumIn(value)
		s.size += len(value)
		if s.last = flags&flagLast != 0; s.last {
			s.hash = hashOf(value)
		}
		if len(values) == 1 {
			whole = payload
		} else {
			whole = append(whole, payload...)
		}
	}
	var err error
	if s.decoded, err = decodeBlock(whole); err != nil {
		return nil, located(formatError(blockKey(writer, at.commit, at.ordinal), err), at)
	}
	if (s.trailer != nil) != s.last {
		return nil, &CorruptError{Commit: at.commit, Block: at.ordinal, Key: blockKey(writer, at.commit, at.ordinal), Found: "a trailer missing, or where none belongs"}
	}
	s.decoded.Commit = at.commit
	if s.erased != nil {
		// To its neighbours it is the block that it was.
		s.sums = s.erased.sums
		if s.last {
			s.hash = s.erased.hash
		}
	}
	return s, nil
}

// located adds the place to an error about damage.
func located(err error, at place) error {
	if c, ok := errors.AsType[*CorruptError](err); ok && c.Commit == 0 {
		c.Commit, c.Block = at.commit, at.ordinal
	}
	return err
}

// readBlock reads the block that begins at the place by its keys alone. It must be there.
func (l *Ledger) readBlock(ctx context.Context, v *view, at place) (*stored, error) {
	writer := v.runOf(at.commit).writer
	var values [][]byte
	for {
		here := place{at.commit, at.ordinal + len(values)}
		key := blockKey(writer, here.commit, here.ordinal)
		_, value, flags, err := l.readValue(ctx, key, kindBlock, v.head.ledger)
		if err != nil {
			return nil, located(err, here)
		}
		values = append(values, value)
		if flags&flagContinues == 0 {
			return assemble(v.head.ledger, writer, at, values)
		}
		if len(values) == maxPieces {
			return nil, &CorruptError{Commit: here.commit, Block: here.ordinal, Key: key, Found: "a block of too many pieces"}
		}
	}
}
