package trace

import "entente/graph"

var denied, intended = graph.Denied.Code(), graph.Intended.Code()

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

// status is the status that words of different voices come to.
func (s stances) status() RecognitionStatus {
	switch {
	case s&affirming != 0 && s.has(denied):
		return Disputed
	case s.has(asserted):
		return IsRecognized
	case s.has(implied):
		return IsImplied
	case s.has(intended):
		return IsIntended
	case s.has(denied):
		return IsDenied
	}
	return NoneRecorded
}

// bearing are the stances of the words that a status rests on.
func (s RecognitionStatus) bearing() stances {
	switch s {
	case Disputed:
		return affirming
	case IsRecognized:
		return stancesOf(asserted)
	case IsImplied:
		return stancesOf(implied)
	case IsIntended:
		return stancesOf(intended)
	case IsDenied:
		return stancesOf(denied)
	}
	return 0
}
