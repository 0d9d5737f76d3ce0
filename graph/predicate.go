package graph

import "slices"

// A Predicate names a relation or a property, such as "mediated". The known ones are in [Predicates].
type Predicate string

// An Aspect says what "as of day D" means for a predicate.
type Aspect string

const (
	// OnDay claims happen on a day: they are there from their earliest day on.
	OnDay Aspect = "EVENT"
	// Span claims hold over a time: they are there if D may lie in it. Without a date they are possible,
	// never certain.
	Span Aspect = "SPAN"
	// Lasting claims hold from their date until a later claim of the same claimant about the same thing says
	// otherwise.
	Lasting Aspect = "LASTING"
)

// A LiteralType says what a literal value has to be.
type LiteralType string

// The types of literal values.
const (
	TextLiteral       LiteralType = "TEXT"
	NameLiteral       LiteralType = "NAME" // one line, at most 1,000 bytes
	DateLiteral       LiteralType = "DATE" // EDTF
	KindLiteral       LiteralType = "KIND"
	EventTypeLiteral  LiteralType = "EVENT_TYPE"
	ExternalIDLiteral LiteralType = "EXTERNAL_ID" // scheme:value
	NumberLiteral     LiteralType = "NUMBER"      // decimal
	URLLiteral        LiteralType = "URL"         // absolute, http or https
)

// A PredicateInfo is one row of the vocabulary.
type PredicateInfo struct {
	Name Predicate
	// Code is the stored number. A code is never given to another predicate.
	Code uint8
	// Label reads the claim from its subject, Inverse from its object: "Russia mediated the statement", "the
	// statement was mediated by Russia".
	Label, Inverse string
	Aspect         Aspect
	// From and To are the kinds allowed at each end; nil allows any. To is unused where only a literal may
	// stand.
	From, To []Kind
	// Literal is the type of the value; empty where the object is an entity. A predicate with both To and
	// Literal takes either: a reference to an agreement or a citation in words.
	Literal LiteralType
	// Relation says that the object may be an entity.
	Relation bool
	// Single says that at a time a claimant can mean only one value for a subject (or for a subject and
	// object): a later one replaces it in what lasts.
	Single    bool
	Symmetric bool
	// Tie says that the claim binds an actor to a meeting, as a party or as a third party.
	Tie bool
	// Upward says that the subject may stand for the object: what it does while the claim holds counts for it. To be a member is no such
	// relation, since a member does not act for the whole.
	Upward bool
	// Strength orders third-party roles, weakest first; 0 is none.
	Strength int
	CAMEO    []string
	Wikidata string
}

// Counts reports whether a claim that holds when counts as of a date: what happened is there from its earliest day on, what spans a
// time if the date may lie in it, what lasts from its earliest day on. A claim without a date may always count, and without
// asOf every claim does.
func (p *PredicateInfo) Counts(when, asOf Date) bool {
	if asOf.IsZero() || when.IsZero() {
		return true
	}
	if p.Aspect == Span && when.Latest() < asOf.Earliest() {
		return false
	}
	return when.Earliest() <= asOf.Latest()
}

// ThirdParty reports whether the predicate is a third party's role in a meeting.
func (p *PredicateInfo) ThirdParty() bool { return p.Strength > 0 }

// Enum is the predicate's name in the API: "thirdParty" is "THIRD_PARTY".
func (p *PredicateInfo) Enum() string { return UpperSnake(string(p.Name)) }

// Predicates lists the vocabulary in its documented order. The rows must not be changed.
func Predicates() []*PredicateInfo { return slices.Clone(vocabulary.rows) }

// UpwardCodes lists the stored numbers of the predicates by which the subject may stand for the object.
func UpwardCodes() (codes []uint8) {
	for _, p := range vocabulary.rows {
		if p.Upward {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// Info is the row of the predicate, nil if it is not in the vocabulary.
func (p Predicate) Info() *PredicateInfo { return vocabulary.byName[p] }

// PredicateOf is the row of a stored number, nil for numbers of a newer version.
func PredicateOf(code uint8) *PredicateInfo { return vocabulary.byCode[code] }

// vocabulary indexes the table once; it never changes afterwards.
var vocabulary = indexVocabulary(predicateTable)

type vocabularyIndex struct {
	rows   []*PredicateInfo
	byName map[Predicate]*PredicateInfo
	byCode [256]*PredicateInfo
}

func indexVocabulary(table []PredicateInfo) *vocabularyIndex {
	v := &vocabularyIndex{byName: make(map[Predicate]*PredicateInfo, len(table))}
	for i := range table {
		row := &table[i]
		row.Relation = row.Literal == "" || row.To != nil
		v.rows = append(v.rows, row)
		v.byName[row.Name] = row
		v.byCode[row.Code] = row
	}
	return v
}
