package trace

import "entente/graph"

// A node is an actor or a meeting, by its number.
type node = uint32

// A link leads from an actor to a meeting that it has a tie to, or back.
type link struct {
	to    node
	third bool // the actor is a third party of the meeting, at least as strong as was asked for
}

// A network is who met whom, as a question sees it: which ties count, who stands for whom and which meetings are looked at has
// been decided. Neither list has a node twice, and both are in a fixed order. A slice is good until the next call.
type network interface {
	meetings(actor node) []link
	actors(meeting node) []link
	when(meeting node) graph.Date
}
