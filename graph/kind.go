package graph

import (
	"slices"
	"strings"
	"unicode"
)

// A Kind says what an entity is. It is itself claimed, so an entity may have several or none.
type Kind string

// The kinds. A polity and its land are two entities: the authorities are an Organization that controls the
// Territory.
const (
	State             Kind = "State"
	Organization      Kind = "Organization"
	ArmedGroup        Kind = "ArmedGroup"
	Leader            Kind = "Leader" // a person who acts for a principal
	Territory         Kind = "Territory"
	Place             Kind = "Place"
	Agreement         Kind = "Agreement"
	Process           Kind = "Process" // a peace process
	Conflict          Kind = "Conflict"
	PeacekeepingForce Kind = "PeacekeepingForce"
	Event             Kind = "Event"
	Document          Kind = "Document" // a source
)

// kinds is in stored order: a kind's code is its place here plus one, so new kinds go to the end.
var kinds = []Kind{State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document}

// partyKinds are the kinds of the API's Party.
var partyKinds = []Kind{State, Organization, ArmedGroup, Leader, PeacekeepingForce}

// Kinds lists all kinds in their stored order.
func Kinds() []Kind { return slices.Clone(kinds) }

// Validate reports whether k is one of the kinds.
func (k Kind) Validate() error {
	if slices.Contains(kinds, k) {
		return nil
	}
	return &FieldError{Found: Quoted(string(k)), Expected: "one of " + join(kinds), Err: ErrClaim}
}

// Code is the kind's stored number, 0 for none or an unknown one.
func (k Kind) Code() uint8 { return uint8(slices.Index(kinds, k) + 1) }

// KindOf is the kind of a stored number; ok is false for 0 and for numbers of a newer version.
func KindOf(code uint8) (k Kind, ok bool) {
	if code == 0 || int(code) > len(kinds) {
		return "", false
	}
	return kinds[code-1], true
}

// Party reports whether entities of this kind can be parties: states, organizations, armed groups, leaders
// and peacekeeping forces.
func (k Kind) Party() bool { return slices.Contains(partyKinds, k) }

// An EventType says what sort of event an Event is.
type EventType string

// The types of events. The first four are meetings: actors come together in them.
const (
	Summit      EventType = "SUMMIT"
	Talks       EventType = "TALKS"
	Mediation   EventType = "MEDIATION"
	Call        EventType = "CALL"
	Hostilities EventType = "HOSTILITIES"
	Appeal      EventType = "APPEAL"
	Statement   EventType = "STATEMENT"
	Decision    EventType = "DECISION"
)

var eventTypes = []EventType{Summit, Talks, Mediation, Call, Hostilities, Appeal, Statement, Decision}

// EventTypes lists all types of events.
func EventTypes() []EventType { return slices.Clone(eventTypes) }

// Validate reports whether t is one of the event types.
func (t EventType) Validate() error {
	if slices.Contains(eventTypes, t) {
		return nil
	}
	return &FieldError{Found: Quoted(string(t)), Expected: "one of " + join(eventTypes), Err: ErrClaim}
}

// Meeting reports whether events of this type bring actors together and so can be steps of a chain.
func (t EventType) Meeting() bool {
	return t == Summit || t == Talks || t == Mediation || t == Call
}

// UpperSnake turns a name of the vocabulary into its form in the API: "ArmedGroup" and "armedGroup" are
// "ARMED_GROUP".
func UpperSnake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// Words takes a name of the vocabulary apart, for people to read: "thirdParty" is "third party".
func Words(name string) string {
	return strings.ToLower(strings.ReplaceAll(UpperSnake(name), "_", " "))
}

func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}
