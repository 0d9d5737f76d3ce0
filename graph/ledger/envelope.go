package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"entente/graph/kv"
)

const magic = "EnL"

// seal wraps a payload in the header that all values have.
func seal(key kv.Key, kind byte, flags byte, ledger nonce, payload []byte) []byte {
	value := make([]byte, headerLen, headerLen+len(payload))
	copy(value, magic)
	value[3] = kind
	value[4] = formatVersion
	value[5] = flags
	binary.LittleEndian.PutUint32(value[8:], uint32(len(payload)))
	sum := checksumOf(key, value[:12], ledger, payload)
	copy(value[12:], sum[:])
	return append(value, payload...)
}

// unseal checks a value and gives its payload, which shares the value's memory, and its flags. A value that is sound but of
// another version is [ErrFormat], every other fault a [*CorruptError] without a commit.
func unseal(key kv.Key, kind byte, ledger nonce, value []byte) (payload []byte, flags byte, err error) {
	bad := func(found string, args ...any) ([]byte, byte, error) {
		return nil, 0, &CorruptError{Key: key, Found: fmt.Sprintf(found, args...)}
	}
	switch {
	case value == nil:
		return bad("nothing where a value must be")
	case len(value) < headerLen:
		return bad("%d bytes, too few for a header", len(value))
	case string(value[:3]) != magic:
		return bad("% x where a value begins with %q", value[:3], magic)
	}
	payload = value[headerLen:]
	if n := binary.LittleEndian.Uint32(value[8:]); uint64(n) != uint64(len(payload)) {
		return bad("%d bytes of payload, %d in its header", len(payload), n)
	}
	if checksumOf(key, value[:12], ledger, payload) != sumIn(value) {
		return bad("a value whose checksum does not match")
	}
	// The checksum comes first: only sound bytes can tell that a newer program wrote them.
	if v := value[4]; v != formatVersion {
		return nil, 0, fmt.Errorf("%w: %v has version %d, this program knows %d", ErrFormat, key, v, formatVersion)
	}
	if value[3] != kind || value[6] != 0 || value[7] != 0 {
		return bad("a value of kind %q, expected %q", value[3], kind)
	}
	return payload, value[5], nil
}

// sumIn is the checksum that the header claims.
func sumIn(value []byte) checksum { return checksum(value[12:headerLen]) }

func checksumOf(key kv.Key, header []byte, ledger nonce, payload []byte) checksum {
	var scratch [256]byte
	b := append(scratch[:0], "entente ledger\n"...)
	b = append(b, header...)
	b = append(b, ledger[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(key.Row)))
	b = append(b, key.Row...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(key.Col)))
	b = append(b, key.Col...)
	h := sha256.New()
	h.Write(b)
	h.Write(payload)
	var sum [sha256.Size]byte
	return checksum(h.Sum(sum[:0])[:checksumLen])
}

// hashOf is the hash of a commit, given its last value.
func hashOf(value []byte) hash { return sha256.Sum256(value) }
