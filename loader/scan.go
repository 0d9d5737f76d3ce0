package loader

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// The functions of this file take apart JSON that is known to be valid: they look for ends, not for errors.

// A member is one member of an object.
type member struct {
	name  string
	value []byte
}

// members appends the members of a valid object.
func members(list []member, object []byte) []member {
	rest := skipSpace(object[1:])
	for rest[0] != '}' {
		n := valueLen(rest)
		m := member{name: memberName(rest[:n])}
		rest = skipSpace(skipSpace(rest[n:])[1:]) // the colon
		n = valueLen(rest)
		m.value = rest[:n]
		list = append(list, m)
		if rest = skipSpace(rest[n:]); rest[0] == ',' {
			rest = skipSpace(rest[1:])
		}
	}
	return list
}

// memberNames are the names of members that records have, so that their texts need not be made for each record.
var memberNames = allMemberNames()

func allMemberNames() map[string]string {
	all := make(map[string]string)
	for _, list := range [][]string{formNames, claimFields, entityFieldNames, sourceFields, qualifierNames, {"reason"}} {
		for _, name := range list {
			all[name] = name
		}
	}
	return all
}

func memberName(quoted []byte) string {
	if name, ok := memberNames[string(quoted[1:len(quoted)-1])]; ok {
		return name
	}
	return unquote(quoted)
}

// elements calls yield with each element of a valid array.
func elements(array []byte, yield func(int, []byte) bool) {
	rest := skipSpace(array[1:])
	for i := 0; rest[0] != ']'; i++ {
		n := valueLen(rest)
		if !yield(i, rest[:n]) {
			return
		}
		if rest = skipSpace(rest[n:]); rest[0] == ',' {
			rest = skipSpace(rest[1:])
		}
	}
}

func skipSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\n' || b[0] == '\t' || b[0] == '\r') {
		b = b[1:]
	}
	return b
}

// valueLen is the length of the valid value at the start of b.
func valueLen(b []byte) int {
	switch b[0] {
	case '"':
		return stringLen(b)
	case '{', '[':
		depth := 0
		for i := 0; ; i++ {
			switch b[i] {
			case '"':
				i += stringLen(b[i:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for i, c := range b {
		if bytes.IndexByte([]byte(",]} \n\t\r"), c) >= 0 {
			return i
		}
	}
	return len(b)
}

// stringLen is the length of the string at the start of b, with its quotes.
func stringLen(b []byte) int {
	for i := 1; ; i++ {
		i += bytes.IndexByte(b[i:], '"')
		escapes := 0
		for b[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// unquote is the text of a valid string.
func unquote(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner)
	}
	text, _ := jsontext.AppendUnquote(nil, quoted) // cannot fail: the string was validated
	return string(text)
}

// typeName names the type of a value for people.
func typeName(value []byte) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}
