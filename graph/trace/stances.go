package trace

import "entente/graph"

var (
	asserted = graph.Asserted.Code()
	implied  = graph.Implied.Code()
	denied   = graph.Denied.Code()
	intended = graph.Intended.Code()
)

// A stances is a set of stances, by their codes.
type stances uint8

// affirming are the stances of those who say that there is recognition, and not only that there will be.
var affirming = stancesOf(asserted, implied)

func stancesOf(codes ...uint8) (s stances) {
	for _, code := range codes {
		s |= 1 << code
	}
	return s
}

func (s stances) has(code uint8) bool { return s>>code&1 == 1 }

// status is the status that words of different voices come to, with the stances of those that it rests on.
func (s stances) status() (status RecognitionStatus, rests stances) {
	switch {
	case s&affirming != 0 && s.has(denied):
		return Disputed, affirming
	case s.has(asserted):
		return IsRecognized, stancesOf(asserted)
	case s.has(implied):
		return IsImplied, stancesOf(implied)
	case s.has(intended):
		return IsIntended, stancesOf(intended)
	case s.has(denied):
		return IsDenied, stancesOf(denied)
	}
	return NoneRecorded, 0
}
