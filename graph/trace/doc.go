// Package trace answers the questions that the project is about: who brought whom together, through which meetings, in which
// order, on whose word. Answers are pure: of a snapshot and a question, nothing else, and every one names the claims it rests on.
//
// # Ties
//
// A tie is an actor's part in a meeting, as a claim says. With roll-up it counts for those on whose behalf it was, or else for those whom
// the actor led, represented or was a part of at the time, or who contributed to the actor if it is a force, to the top: states, and
// international organizations, which are those that have states as members. A summit and the texts adopted there are one meeting, a [Unit], dated by all that is claimed
// of any of them. [RolledUpBy] names the claims by which a tie counts for another, [JoinedBy] those by which a unit's meetings are one,
// [DatedBy] those that its date is made of, [BelongsBy] those by which it is of a process or about a conflict, and [BetweenBy] those by which it
// is between parties.
//
// # Chains
//
// A chain from A to B is a sequence of actors and meetings, A, m1, a1, m2 ... B, with no actor twice. Each hop leads from one actor of a
// meeting to another, and one of the two is a third party of it, unless any meeting may be a hop. A meeting may
// serve for two hops in a row, through its third party, as one step in time. [Chains] finds the best by its [Objective],
// counts them exactly, and lists them by when one can be at each meeting, then by the numbers of meeting and actor. If there is
// none it says why, with [WhyNot].
//
// The search works by labels of hops and arrival: a way to an actor that is neither shorter nor earlier than another is dropped, for
// whatever goes on from it goes on from the other. It goes from both ends until they touch, and on among what leads to the end. What is left is
// searched backwards, and only chains that lie on both are counted.
//
// Who met whom is a network of actors and units. For most questions it is the same one, which [AffiliationsOf] lays out for all of them, and which
// is the same from commit to commit until one [Disturbs] it; for any other, and while there is none, a question looks at each actor and
// meeting when it comes to it. The answers are the same.
//
// # Histories and rankings
//
// A [Scope] says which meetings a question is about: those between parties, of a process, of a conflict. [History] tells them in time
// order with their third parties, and reads three things off: a [Track] is joined by third parties in common, with certainly at
// most three years between; a [HandOver] is where one track ended and the next began; a [Gap] is a time in which none is recorded.
// [MediatorRanking] and [CoMediators] count. Without a scope they go over the whole graph in one sweep, which asks of a
// meeting only what nearly none has a say in: whether it is one with others, is merged, or had somebody act on another's behalf.
//
// # Lineages
//
// An agreement rests on those that it follows, implements, supersedes, amends, extends or references. [LineageOf] follows such claims
// both ways, each agreement once and nearest first; a citation in words is dangling. What rests on an ancestor without resting on the
// agreement itself is not its lineage.
//
// # Recognition
//
// Who recognizes whom is told on one day, in [Position]s, from what each voice said last. [Recognitions] keeps apart what the recognizer
// itself said, or those who stand for it, and what others say of it, and never turns an intention into a recognition.
// A [Testimony] is what was said of one thing, gathered and sorted for any number of such questions. [Position.RolledUpBy] names the claims by
// which a word is that of another than who acted or spoke.
//
// # Findings
//
// [Findings] are contradictions: what cannot be as the claims say, whatever day of a coarse date is the right one. A date in doubt makes
// none, nor does what somebody denies or intends.
package trace
