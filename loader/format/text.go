package format

import (
	"strings"
	"unicode"
)

// Line makes a text of several lines one, as names have to be.
func Line(s string) string { return strings.Join(strings.Fields(s), " ") }

// Slug makes the part of an id of words: letters and digits in lower case, and a hyphen for all between them. It is empty for a text
// without any letter or digit.
func Slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
	return strings.Join(words, "-")
}

// Known is a text, or nothing if it is one of the words by which tables say that something is missing.
func Known(s string) string {
	switch strings.ToUpper(s) {
	case "NA", "N/A", "NAN", "NULL", "-":
		return ""
	}
	return s
}

// Code is a number as an id. Tables that passed through a program which keeps numbers as fractions have "371.0" for 371.
func Code(s string) string { return strings.TrimSuffix(Known(s), ".0") }

// List takes a cell apart that holds several values. Empty ones keep their place, for the lists of one row are read side by side.
func List(s, separator string) []string {
	if s == "" {
		return nil
	}
	list := strings.Split(s, separator)
	for i := range list {
		list[i] = Known(strings.TrimSpace(list[i]))
	}
	return list
}
