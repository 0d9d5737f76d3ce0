package graph

import (
	"crypto/sha1"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// MaxIDLen is the longest id in bytes, scheme and colon included.
const MaxIDLen = 256

// namespace is the UUIDv5 namespace of every id and claim. It never changes: stored claims are found by it.
var namespace = uuid.MustParse("0d8f6a53-6c0e-5f0a-9c0d-3f4b6ad3e0b1")

// An ID names an entity: "scheme:name", such as "entente:ARM". The scheme is the dataset that coined the
// name, so two sources' "1" never meet.
type ID string

// ParseID reads an id. A bare name, one without a scheme, belongs to dataset. The result is NFC. The error is a
// [FieldError] without a path.
func ParseID(s, dataset string) (ID, error) {
	if id, ok := plainID(s); ok {
		return id, nil
	}
	bad := func(expected string) (ID, error) {
		return "", &FieldError{Found: Quoted(s), Expected: expected, Err: ErrID}
	}
	if s == "" {
		return bad("an id such as \"ARM\" or \"entente:ARM\"")
	}
	if !utf8.ValidString(s) {
		return bad("UTF-8 text")
	}
	scheme, name, found := strings.Cut(s, ":")
	if !found {
		scheme, name = dataset, s
	}
	if !validScheme(scheme) {
		return bad("a scheme of a-z, 0-9, '.', '_' or '-' before the colon, beginning with a letter")
	}
	if name == "" {
		return bad("a name after the colon")
	}
	name = norm.NFC.String(name)
	for _, r := range name {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return bad(fmt.Sprintf("an id without spaces or control characters (%U)", r))
		}
	}
	if len(scheme)+1+len(name) > MaxIDLen {
		return bad(fmt.Sprintf("at most %d bytes", MaxIDLen))
	}
	return ID(scheme + ":" + name), nil
}

// plainID is the fast path for the ids that large files consist of: ASCII, with a scheme.
func plainID(s string) (ID, bool) {
	colon := -1
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ':' && colon < 0:
			colon = i
		case c <= ' ' || c >= 0x7f:
			return "", false
		case colon < 0 && !schemeByte(c, i == 0):
			return "", false
		}
	}
	if colon < 1 || colon > 31 || colon == len(s)-1 || len(s) > MaxIDLen {
		return "", false
	}
	return ID(s), true
}

func schemeByte(c byte, first bool) bool {
	return c >= 'a' && c <= 'z' || !first && (c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')
}

func validScheme(s string) bool {
	if s == "" || len(s) > 31 {
		return false
	}
	for i := range len(s) {
		if !schemeByte(s[i], i == 0) {
			return false
		}
	}
	return true
}

// ValidDataset reports whether s can stand as the dataset of an import, which is the scheme of its bare names.
func ValidDataset(s string) bool { return validScheme(s) }

// Scheme is the part before the colon.
func (id ID) Scheme() string { s, _, _ := strings.Cut(string(id), ":"); return s }

// Name is the part after the colon.
func (id ID) Name() string { _, n, _ := strings.Cut(string(id), ":"); return n }

// Namespace is the UUIDv5 namespace of the UUIDs of ids: what tells them from those of others.
func Namespace() uuid.UUID { return namespace }

// UUID is the entity's UUID, UUIDv5 of its id. It never changes.
func (id ID) UUID() uuid.UUID {
	var buffer [len(namespace) + MaxIDLen]byte
	return hashed(append(append(buffer[:0], namespace[:]...), id...))
}

// hashed is the UUIDv5 of bytes that begin with the namespace. It is uuid.NewSHA1 without its allocations, which
// would be most of the cost of an import.
func hashed(namespaced []byte) uuid.UUID {
	sum := sha1.Sum(namespaced)
	u := uuid.UUID(sum[:16])
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return u
}

// A ClaimID identifies a claim by its content; see [Claim.ID].
type ClaimID uuid.UUID

// ParseClaimID reads the usual text form of a UUID; other forms that UUID libraries take are refused.
func ParseClaimID(s string) (ClaimID, error) {
	u, err := uuid.Parse(s)
	if err != nil || len(s) != 36 {
		return ClaimID{}, &FieldError{Found: Quoted(s), Expected: "a claim id, a UUID such as \"6fa459ea-ee8a-5ca4-894e-db77e160355e\"", Err: ErrID}
	}
	return ClaimID(u), nil
}

func (id ClaimID) String() string { return uuid.UUID(id).String() }

// MarshalText writes the usual text form.
func (id ClaimID) MarshalText() ([]byte, error) { return uuid.UUID(id).MarshalText() }

// Quoted shortens s for an error message and quotes it, so that control characters show.
func Quoted(s string) string {
	const most = 60
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return fmt.Sprintf("%q… (%d bytes)", s[:cut], len(s))
}
