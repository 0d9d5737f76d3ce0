package graph

import "slices"

// A Stance says how a claim is meant. The zero value is not a stance; claims without one are [Asserted].
type Stance string

// The stances. A claim with a stance outside those a question accepts never shows as a fact.
const (
	Asserted Stance = "ASSERTED" // said to be so
	Denied   Stance = "DENIED"   // said not to be so
	Intended Stance = "INTENDED" // "ready to recognize"
	Implied  Stance = "IMPLIED"  // "essentially recognized"
)

// stances is in stored order: a stance's code is its place here.
var stances = []Stance{Asserted, Denied, Intended, Implied}

// Stances lists all stances in their stored order.
func Stances() []Stance { return slices.Clone(stances) }

// Validate reports whether s is one of the stances.
func (s Stance) Validate() error {
	if slices.Contains(stances, s) {
		return nil
	}
	return &FieldError{Found: Quoted(string(s)), Expected: "one of " + join(stances), Err: ErrClaim}
}

// Code is the stance's stored number. An unknown stance has the code of none, 255.
func (s Stance) Code() uint8 {
	if i := slices.Index(stances, s); i >= 0 {
		return uint8(i)
	}
	return 255
}

// StanceOf is the stance of a stored number; ok is false for numbers of a newer version.
func StanceOf(code uint8) (s Stance, ok bool) {
	if int(code) >= len(stances) {
		return "", false
	}
	return stances[code], true
}
