package graph

import (
	"encoding/json"
	"strconv"
)

// ID is the claim's identity: UUIDv5 of its canonical JSON. The claim must be normal ([Claim.Normalize]). What
// the claim says, in what sense, on whose word, by which coder and from which words of which document all count;
// the source's own key does not.
func (c *Claim) ID() ClaimID {
	var buffer [1024]byte
	return ClaimID(hashed(c.AppendCanonical(append(buffer[:0], namespace[:]...))))
}

// AppendCanonical appends the claim's canonical JSON (RFC 8785): members sorted by name, absent ones omitted,
// entities by UUID, qualifiers sorted by name and then id or text. A qualifier is always a list, so
// that a second value changes no type. An asserted stance is the default and omitted.
func (c *Claim) AppendCanonical(b []byte) []byte {
	b = append(b, '{')
	b = appendUUID(b, "claimant", c.Claimant)
	b = appendUUID(b, "coder", c.Coder)
	if c.Confidence != 0 {
		b = appendName(b, "confidence")
		number, _ := json.Marshal(c.Confidence) // the form of ECMAScript, as RFC 8785 asks; cannot fail between 0 and 1
		b = append(b, number...)
	}
	b = appendUUID(b, "from", c.From)
	b = appendText(b, "predicate", string(c.Predicate))
	b = c.appendQualifiers(b)
	b = appendDate(b, "said", c.Said)
	if c.Source != (Source{}) {
		b = append(appendName(b, "source"), '{')
		b = appendUUID(b, "document", c.Source.Document)
		b = appendText(b, "locator", c.Source.Locator)
		b = appendText(b, "quote", c.Source.Quote)
		b = append(b, '}')
	}
	if c.Stance != Asserted {
		b = appendText(b, "stance", string(c.Stance))
	}
	b = appendUUID(b, "to", c.To)
	b = appendText(b, "value", c.Value)
	b = appendDate(b, "when", c.When)
	return append(b, '}')
}

func (c *Claim) appendQualifiers(b []byte) []byte {
	if len(c.Qualifiers) == 0 {
		return b
	}
	b = append(appendName(b, "qualifiers"), '{')
	for i := 0; i < len(c.Qualifiers); {
		name := c.Qualifiers[i].Name
		b = append(appendName(b, string(name)), '[')
		for first := true; i < len(c.Qualifiers) && c.Qualifiers[i].Name == name; i++ {
			if !first {
				b = append(b, ',')
			}
			first = false
			if q := &c.Qualifiers[i]; q.Entity != "" {
				b = appendQuotedUUID(b, q.Entity)
			} else {
				b = appendQuoted(b, q.Value)
			}
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendName appends the name of an object's member, with the comma that separates it from a member before.
func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(appendQuoted(b, name), ':')
}

func appendText(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	return appendQuoted(appendName(b, name), text)
}

func appendUUID(b []byte, name string, id ID) []byte {
	if id == "" {
		return b
	}
	return appendQuotedUUID(appendName(b, name), id)
}

func appendQuotedUUID(b []byte, id ID) []byte {
	u := id.UUID()
	b = append(b, '"')
	for i, x := range u {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, hexDigits[x>>4], hexDigits[x&15])
	}
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendQuoted writes a JSON string as RFC 8785 does: only what must be escaped is, in the shortest form.
// Normal text holds no control characters but tab and newline.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < 0x10:
			b = strconv.AppendInt(append(b, "\\u000"...), int64(c), 16)
		case c < ' ':
			b = strconv.AppendInt(append(b, "\\u00"...), int64(c), 16)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func appendDate(b []byte, name string, d Date) []byte {
	if d.IsZero() {
		return b
	}
	b, _ = d.AppendText(append(appendName(b, name), '"')) // EDTF needs no escapes, and the error is always nil
	return append(b, '"')
}
