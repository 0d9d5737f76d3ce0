package ledger

import (
	"encoding/binary"
	"math"

	"entente/graph"
)

// The flags of a claim in the hot section.
const (
	hotTo = 1 << iota
	hotValue
	hotWhen
	hotSaid
	hotClaimant
	hotCoder
	hotDocument
	hotQualifiers
)

// The flags of a claim in the cold section.
const (
	coldValue = 1 << iota
	coldLocator
	coldQuote
	coldKey
	coldConfidence
	coldQualifiers
	coldErasedText
	coldErasedQuote
)

// records are those of one block: runs of the batch's slices, with the numbers of the first ones.
type records struct {
	firstEntity EntityNo
	entities    []graph.ID
	firstClaim  ClaimNo
	claims      []Claim
	changes     []Change
}

// isHot reports whether a claim's value is of a type that start-up needs.
func isHot(predicate uint8) bool {
	info := graph.PredicateOf(predicate)
	if info == nil {
		return false
	}
	switch info.Literal {
	case graph.NameLiteral, graph.DateLiteral, graph.KindLiteral, graph.EventTypeLiteral, graph.ExternalIDLiteral:
		return true
	default:
		return false
	}
}

// hotQualifier reports whether start-up needs the qualifier: it names an entity, or is one of few words.
func hotQualifier(q *Qualifier) bool {
	if q.Entity != NoEntity {
		return true
	}
	info := graph.QualifierOf(q.Name)
	return info != nil && info.Only != ""
}

// A section that holds texts is written in two buffers, since the texts stand first.
type section struct {
	texts []byte
	rest  []byte
}

func (s *section) text(t string) {
	s.texts = append(s.texts, t...)
	s.rest = binary.AppendUvarint(s.rest, uint64(len(t)))
}

func (s *section) bytes() []byte {
	b := make([]byte, 0, len(s.texts)+len(s.rest)+binary.MaxVarintLen32)
	b = binary.AppendUvarint(b, uint64(len(s.texts)))
	return append(append(b, s.texts...), s.rest...)
}

// A column writes record numbers as differences.
type column struct{ last int64 }

func (c *column) difference(n uint32) int64 {
	d := int64(n) - c.last
	c.last = int64(n)
	return d
}

// encodeHot writes the hot section.
func encodeHot(r *records) []byte {
	s := section{rest: make([]byte, 0, 24*len(r.claims)+64)}
	for _, n := range []uint64{uint64(len(r.entities)), uint64(len(r.claims)), uint64(len(r.changes)), uint64(r.firstEntity), uint64(r.firstClaim)} {
		s.rest = binary.AppendUvarint(s.rest, n)
	}
	previous := ""
	for _, id := range r.entities {
		shared := 0
		for shared < min(len(id), len(previous)) && id[shared] == previous[shared] {
			shared++
		}
		s.rest = binary.AppendUvarint(s.rest, uint64(shared))
		s.text(string(id[shared:]))
		previous = string(id)
	}
	for i := range r.claims {
		s.rest = append(s.rest, hotFlags(&r.claims[i]))
	}
	for i := range r.claims {
		s.rest = append(s.rest, r.claims[i].Predicate)
	}
	for i := range r.claims {
		s.rest = append(s.rest, r.claims[i].Stance)
	}
	numbers := func(of func(c *Claim) EntityNo) {
		var col column
		for i := range r.claims {
			if n := of(&r.claims[i]); n != NoEntity {
				s.rest = appendVarint(s.rest, col.difference(uint32(n)))
			}
		}
	}
	numbers(func(c *Claim) EntityNo { return c.From })
	numbers(func(c *Claim) EntityNo { return c.To })
	numbers(func(c *Claim) EntityNo { return c.Claimant })
	numbers(func(c *Claim) EntityNo { return c.Coder })
	numbers(func(c *Claim) EntityNo { return c.Document })
	s.dates(r.claims, func(c *Claim) graph.Date { return c.When })
	s.dates(r.claims, func(c *Claim) graph.Date { return c.Said })
	for i := range r.claims {
		if c := &r.claims[i]; hotFlags(c)&hotValue != 0 {
			s.text(c.Value)
		}
	}
	s.hotQualifiers(r.claims)
	var col column
	for i := range r.changes {
		s.rest = appendVarint(s.rest, col.difference(uint32(r.changes[i].Claim)))
		s.rest = append(s.rest, byte(r.changes[i].Op))
	}
	return s.bytes()
}

func hotFlags(c *Claim) byte {
	var f byte
	if c.To != NoEntity {
		f |= hotTo
	}
	if c.Value != "" && isHot(c.Predicate) {
		f |= hotValue
	}
	if !c.When.IsZero() {
		f |= hotWhen
	}
	if !c.Said.IsZero() {
		f |= hotSaid
	}
	if c.Claimant != NoEntity {
		f |= hotClaimant
	}
	if c.Coder != NoEntity {
		f |= hotCoder
	}
	if c.Document != NoEntity {
		f |= hotDocument
	}
	for i := range c.Qualifiers {
		if hotQualifier(&c.Qualifiers[i]) {
			return f | hotQualifiers
		}
	}
	return f
}

// dates writes a column of dates. Nearly all are single days, a byte or two each.
func (s *section) dates(claims []Claim, of func(*Claim) graph.Date) {
	last := int64(0)
	for i := range claims {
		d := of(&claims[i])
		if d.IsZero() {
			continue
		}
		if day := d.Earliest(); day == d.Latest() && day.Date() == d {
			s.rest = binary.AppendUvarint(s.rest, zigzag(int64(day)-last)<<1|1)
			last = int64(day)
			continue
		}
		text := d.String()
		s.texts = append(s.texts, text...)
		s.rest = binary.AppendUvarint(s.rest, uint64(len(text))<<1)
	}
}

func (s *section) hotQualifiers(claims []Claim) {
	var col column
	for i := range claims {
		qualifiers := claims[i].Qualifiers
		n := 0
		for j := range qualifiers {
			if hotQualifier(&qualifiers[j]) {
				n++
			}
		}
		if n == 0 {
			continue
		}
		s.rest = binary.AppendUvarint(s.rest, uint64(n))
		for j := range qualifiers {
			q := &qualifiers[j]
			if !hotQualifier(q) {
				continue
			}
			s.rest = append(s.rest, q.Name)
			if q.Entity == NoEntity {
				s.rest = append(s.rest, 0)
				s.text(q.Value)
				continue
			}
			s.rest = binary.AppendUvarint(s.rest, 1+zigzag(col.difference(uint32(q.Entity))))
		}
	}
}

func coldFlags(c *Claim) byte {
	var f byte
	if c.Value != "" && !isHot(c.Predicate) {
		f |= coldValue
	}
	if c.Locator != "" {
		f |= coldLocator
	}
	if c.Quote != "" {
		f |= coldQuote
	}
	if c.Key != "" {
		f |= coldKey
	}
	if c.Confidence != 0 {
		f |= coldConfidence
	}
	switch c.Erased {
	case ErasedText:
		f |= coldErasedText
	case ErasedQuote:
		f |= coldErasedQuote
	}
	for i := range c.Qualifiers {
		if !hotQualifier(&c.Qualifiers[i]) {
			return f | coldQualifiers
		}
	}
	return f
}

// encodeCold writes the cold section.
func encodeCold(r *records) []byte {
	size := 0
	for i := range r.claims {
		c := &r.claims[i]
		size += len(c.Locator) + len(c.Quote) + len(c.Key)
	}
	s := section{texts: make([]byte, 0, size), rest: make([]byte, 0, 4*len(r.claims))}
	for i := range r.claims {
		s.rest = append(s.rest, coldFlags(&r.claims[i]))
	}
	for i := range r.claims {
		if c := &r.claims[i]; coldFlags(c)&coldValue != 0 {
			s.text(c.Value)
		}
	}
	texts := func(of func(*Claim) string) {
		for i := range r.claims {
			if t := of(&r.claims[i]); t != "" {
				s.text(t)
			}
		}
	}
	texts(func(c *Claim) string { return c.Locator })
	texts(func(c *Claim) string { return c.Quote })
	texts(func(c *Claim) string { return c.Key })
	for i := range r.claims {
		if c := r.claims[i].Confidence; c != 0 {
			s.rest = binary.LittleEndian.AppendUint64(s.rest, math.Float64bits(c))
		}
	}
	for i := range r.claims {
		s.coldQualifiers(r.claims[i].Qualifiers)
	}
	for i := range r.changes {
		s.text(r.changes[i].Reason)
	}
	return s.bytes()
}

func (s *section) coldQualifiers(qualifiers []Qualifier) {
	n := 0
	for j := range qualifiers {
		if !hotQualifier(&qualifiers[j]) {
			n++
		}
	}
	if n == 0 {
		return
	}
	s.rest = binary.AppendUvarint(s.rest, uint64(n))
	for j := range qualifiers {
		if q := &qualifiers[j]; !hotQualifier(q) {
			s.rest = binary.AppendUvarint(s.rest, uint64(j))
			s.rest = append(s.rest, q.Name)
			s.text(q.Value)
		}
	}
}
