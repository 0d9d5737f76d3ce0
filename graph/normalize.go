package graph

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of the parts of a claim, in bytes. A whole record is at most 1 MiB.
const (
	MaxName    = 1000
	MaxLocator = 1000
	MaxKey     = 1000
	MaxText    = 512 << 10 // values, quotes
)

// Normalize brings the claim into its normal form (text in NFC, dates canonical, qualifiers sorted, stance
// present) and checks it against the vocabulary, as far as that can be done without knowing the entities; the
// kinds at its ends are checked by [Claim.CheckKinds]. The error is a [FieldError]. The slice of qualifiers is
// changed in place.
func (c *Claim) Normalize() error {
	info := c.Predicate.Info()
	if info == nil {
		return fieldError("/claim", Quoted(string(c.Predicate)), "a predicate of the vocabulary")
	}
	if c.From == "" {
		return fieldError("/from", "nothing", "the id of the subject")
	}
	if err := c.normalizeObject(info); err != nil {
		return err
	}
	if err := c.normalizeQualifiers(); err != nil {
		return err
	}
	if c.Stance == "" {
		c.Stance = Asserted
	} else if err := c.Stance.Validate(); err != nil {
		return at("/stance", err)
	}
	if c.Confidence < 0 || c.Confidence > 1 || math.IsNaN(c.Confidence) {
		return fieldError("/confidence", fmt.Sprint(c.Confidence), "a number over 0 and up to 1")
	}
	texts := []struct {
		path string
		text *string
		most int
		line bool
	}{
		{"/source/locator", &c.Source.Locator, MaxLocator, true},
		{"/source/quote", &c.Source.Quote, MaxText, false},
		{"/key", &c.Key, MaxKey, true},
	}
	for _, t := range texts {
		if err := normalizeText(t.path, t.text, t.most, t.line); err != nil {
			return err
		}
	}
	if c.Source.Document == "" && (c.Source.Locator != "" || c.Source.Quote != "") {
		return fieldError("/source/document", "nothing", "the document that the locator or quote is from")
	}
	return nil
}

func (c *Claim) normalizeObject(info *PredicateInfo) error {
	switch {
	case c.To != "" && c.Value != "":
		return fieldError("/value", "a value beside to", "only one of the two")
	case c.To == "" && c.Value == "":
		if info.Literal == "" {
			return fieldError("/to", "nothing", "the id of the object")
		}
		return fieldError("/value", "nothing", "a value of type "+string(info.Literal))
	case c.To != "" && !info.Relation:
		return fieldError("/to", Quoted(string(c.To)), fmt.Sprintf("no object: %s takes a value of type %s", c.Predicate, info.Literal))
	case c.To != "":
		if c.To == c.From && c.Predicate == SameAs {
			return fieldError("/to", Quoted(string(c.To)), "another entity than the subject")
		}
		return nil
	case info.Literal == "":
		return fieldError("/value", Quoted(c.Value), fmt.Sprintf("no value: %s takes an entity as to", c.Predicate))
	}
	value, err := NormalizeLiteral(info.Literal, c.Value)
	c.Value = value
	return at("/value", err)
}

var number = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,9})?$`)

// NormalizeLiteral checks a literal value against its type and gives its normal form. The error is a
// [FieldError] without a path.
func NormalizeLiteral(t LiteralType, value string) (string, error) {
	switch t {
	case DateLiteral:
		d, err := ParseDate(value)
		if err != nil {
			return "", &FieldError{Found: Quoted(value), Expected: "an EDTF date (" + err.Error() + ")", Err: ErrClaim}
		}
		return d.String(), nil
	case KindLiteral:
		return value, Kind(value).Validate()
	case EventTypeLiteral:
		return value, EventType(value).Validate()
	case ExternalIDLiteral:
		if !strings.Contains(value, ":") {
			return "", &FieldError{Found: Quoted(value), Expected: "scheme:value, such as \"iso3:ARM\"", Err: ErrClaim}
		}
		id, err := ParseExternalID(value)
		return id, err
	case NumberLiteral:
		if !number.MatchString(value) {
			return "", &FieldError{Found: Quoted(value), Expected: "a decimal number", Err: ErrClaim}
		}
		return value, nil
	case URLLiteral:
		u, err := url.Parse(value)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return "", &FieldError{Found: Quoted(value), Expected: "an absolute http or https URL", Err: ErrClaim}
		}
		return value, nil
	case NameLiteral:
		if strings.TrimSpace(value) == "" {
			return "", &FieldError{Found: Quoted(value), Expected: "a name", Err: ErrClaim}
		}
		err := normalizeText("", &value, MaxName, true)
		return value, err
	}
	err := normalizeText("", &value, MaxText, false)
	return value, err
}

// ParseExternalID checks an external id, scheme:value, and gives its normal form. Values may hold inner spaces,
// as some registries' do.
func ParseExternalID(s string) (string, error) {
	scheme, value, found := strings.Cut(s, ":")
	if !found || !validScheme(scheme) || value == "" {
		return "", &FieldError{Found: Quoted(s), Expected: "scheme:value, such as \"iso3:ARM\"", Err: ErrClaim}
	}
	if info := schemeInfo(scheme); info != nil && info.form != nil && !info.form.MatchString(value) {
		// Exact ids join entities, so a misread one would join what is not the same.
		return "", &FieldError{Found: Quoted(s), Expected: fmt.Sprintf("%s, such as %q", info.Title, scheme+":"+info.Example), Err: ErrClaim}
	}
	err := normalizeText("", &s, MaxIDLen, true)
	return s, err
}

func (c *Claim) normalizeQualifiers() error {
	for i := range c.Qualifiers {
		q := &c.Qualifiers[i]
		path := "/qualifiers/" + string(q.Name)
		info := q.Name.Info()
		switch {
		case info == nil:
			return fieldError(path, Quoted(string(q.Name)), "a qualifier of the vocabulary")
		case info.Entity && (q.Entity == "" || q.Value != ""):
			return fieldError(path, Quoted(q.Value), "the id of an entity")
		case !info.Entity && (q.Entity != "" || q.Value == ""):
			return fieldError(path, Quoted(string(q.Entity)), "a text")
		case info.Only != "" && q.Value != info.Only:
			return fieldError(path, Quoted(q.Value), Quoted(info.Only))
		}
		if err := normalizeText(path, &q.Value, MaxText, false); err != nil {
			return err
		}
	}
	c.sortQualifiers()
	for i := 1; i < len(c.Qualifiers); i++ {
		if name := c.Qualifiers[i].Name; name == c.Qualifiers[i-1].Name && !name.Info().Many {
			return fieldError("/qualifiers/"+string(name), "several", "one")
		}
	}
	return nil
}

// CheckKinds checks the kinds at the ends of a normal claim, and of its claimant, coder and document. kinds gives those of an entity, in any order; an entity of several kinds
// passes if one fits, and one of unknown kind passes. The error is a [FieldError].
func (c *Claim) CheckKinds(kinds func(ID) []Kind) error {
	info := c.Predicate.Info()
	if c.Predicate == KindPredicate {
		return nil // kinds are what the others are checked by: were they checked, too, their order would matter
	}
	ends := []struct {
		path    string
		id      ID
		allowed []Kind
	}{
		{"/from", c.From, info.From},
		{"/to", c.To, info.To},
		{"/claimant", c.Claimant, speakerKinds},
		{"/coder", c.Coder, speakerKinds},
		{"/source/document", c.Source.Document, documentOnly},
	}
	for _, end := range ends {
		if end.id == "" {
			continue
		}
		if err := checkKind(end.path, end.id, end.allowed, kinds); err != nil {
			return err
		}
	}
	return nil
}

func checkKind(path string, id ID, allowed []Kind, kinds func(ID) []Kind) error {
	if allowed == nil {
		return nil
	}
	found := kinds(id)
	if len(found) == 0 || slices.ContainsFunc(found, func(k Kind) bool { return slices.Contains(allowed, k) }) {
		return nil
	}
	return fieldError(path, fmt.Sprintf("%s of kind %s", Quoted(string(id)), join(found)), "an entity of kind "+join(allowed))
}

// normalizeText brings text into NFC and refuses what cannot be shown: broken UTF-8 and control characters
// other than tab and newline; a line may not hold a newline either.
func normalizeText(path string, text *string, most int, line bool) error {
	s := *text
	if len(s) > most {
		return fieldError(path, fmt.Sprintf("%d bytes", len(s)), fmt.Sprintf("at most %d", most))
	}
	plain := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' && c != '\t' && (c != '\n' || line) || c == 0x7f {
			return fieldError(path, Quoted(s), fmt.Sprintf("text without control characters (%U at byte %d)", c, i))
		}
		plain = plain && c < utf8.RuneSelf
	}
	if plain {
		return nil
	}
	if !utf8.ValidString(s) {
		return fieldError(path, Quoted(s), "UTF-8 text")
	}
	*text = norm.NFC.String(s)
	return nil
}

func fieldError(path, found, expected string) error {
	return &FieldError{Path: path, Found: found, Expected: expected, Err: ErrClaim}
}

// at gives a field error without a path the path it was found at; nil stays nil.
func at(path string, err error) error {
	if f, ok := errors.AsType[*FieldError](err); ok && f.Path == "" {
		f.Path = path
	}
	return err
}
