package loader

import (
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
)

// EncodeClaim is the record of a normal claim, which [DecodeRecord] reads back, without the end of the line.
func EncodeClaim(c *graph.Claim) []byte { return appendClaim(nil, c) }

// appendClaim appends a normal claim as a record: all ids with their schemes, members in a fixed order, without the
// end of the line. [DecodeRecord] makes the same claim of it, whatever the dataset.
func appendClaim(b []byte, c *graph.Claim) []byte {
	b = append(b, `{"claim":`...)
	b = appendQuoted(b, string(c.Predicate))
	b = appendMember(b, "from", string(c.From))
	b = appendMember(b, "to", string(c.To))
	b = appendMember(b, "value", c.Value)
	b = appendQualifiers(b, c.Qualifiers)
	b = appendShared(b, c)
	return append(b, '}')
}

// appendShared appends what a claim has in common with the others of an entity record.
func appendShared(b []byte, c *graph.Claim) []byte {
	b = appendMember(b, "when", c.When.String())
	b = appendMember(b, "said", c.Said.String())
	if c.Stance != graph.Asserted {
		b = appendMember(b, "stance", string(c.Stance))
	}
	b = appendMember(b, "claimant", string(c.Claimant))
	b = appendMember(b, "coder", string(c.Coder))
	if c.Confidence != 0 {
		b = append(b, `,"confidence":`...)
		b = jsontext.AppendFloat(b, c.Confidence, 64)
	}
	if c.Source.Document != "" {
		b = append(b, `,"source":{"document":`...)
		b = appendQuoted(b, string(c.Source.Document))
		b = appendMember(b, "locator", c.Source.Locator)
		b = appendMember(b, "quote", c.Source.Quote)
		b = append(b, '}')
	}
	return appendMember(b, "key", c.Key)
}

func appendQualifiers(b []byte, list []graph.Qualifier) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, `,"qualifiers":`...)
	open := byte('{')
	for i := 0; i < len(list); {
		name := list[i].Name
		b = append(b, open)
		open = ','
		b = append(appendQuoted(b, string(name)), ':')
		n := i + 1
		for n < len(list) && list[n].Name == name {
			n++
		}
		texts := make([]string, 0, 4)
		for ; i < n; i++ {
			texts = append(texts, string(list[i].Entity)+list[i].Value) // one of the two is empty
		}
		b = appendTexts(b, texts, name.Info().Many)
	}
	return append(b, '}')
}

// appendTexts appends a list, or the one text there is if it need not be a list.
func appendTexts(b []byte, texts []string, list bool) []byte {
	if len(texts) == 1 && !list {
		return appendQuoted(b, texts[0])
	}
	open := byte('[')
	for _, text := range texts {
		b = appendQuoted(append(b, open), text)
		open = ','
	}
	return append(b, ']')
}

// appendMember appends a member that is not the first of its object, unless it is empty.
func appendMember(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	b = append(b, ',', '"')
	b = append(b, name...)
	return appendQuoted(append(b, '"', ':'), text)
}

// appendQuoted appends a JSON string.
func appendQuoted(b []byte, text string) []byte {
	b, _ = jsontext.AppendQuote(b, text) // the error tells of broken UTF-8, which no normal text has
	return b
}

// appendRetraction appends the record that ends a claim.
func appendRetraction(b []byte, id graph.ClaimID, reason string) []byte {
	b = append(b, `{"retract":`...)
	b = appendQuoted(b, id.String())
	b = appendMember(b, "reason", reason)
	return append(b, '}')
}
