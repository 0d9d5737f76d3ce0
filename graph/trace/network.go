package trace

import "entente/graph"

// A node is an actor or a meeting, by a small number that it has in one network. Actors and meetings are numbered apart.
type node = uint32

// A link leads from an actor to a meeting that it has a tie to, or back.
type link struct {
	to    node
	third bool // the actor is a third party of the meeting, at least as strong as was asked for
}

// A network is who met whom, as a question sees it: which ties count, who stands for whom and which meetings are looked at has
// been decided. Neither list has a node twice, and both are in a fixed order. A slice must not be changed.
type network interface {
	meetings(actor node) []link
	actors(meeting node) []link
	when(meeting node) graph.Date
	// exact is the day of a meeting whose date is just one day, without a doubt about it; false for any other.
	exact(meeting node) (graph.Day, bool)
	// work is about how many links there are from an actor.
	work(actor node) int
	// actorRank and meetingRank order nodes in answers.
	actorRank(actor node) uint32
	meetingRank(meeting node) uint32
}
