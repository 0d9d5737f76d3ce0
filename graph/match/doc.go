// Package match says which entities may be one, how likely that is, and why.
//
// Names never merge anything by themselves: the package proposes, and a person decides. A [Profile] is what is known of
// one entity, of the graph or of somebody's table. [Compare] weighs two profiles and gives a score with its
// [Reason]s. A [Matcher] finds those worth comparing, through the index of names and never by all pairs.
//
// # The score
//
// Each reason carries a weight in bits, for or against: one bit doubles the odds that the two are one. The weights are
// added to what is assumed beforehand, and the sum s gives the score 1/(1+2^-s), so 0.5 is as likely as not. The
// weights stand in weights.go, each with its why. They are judgements, checked against data where identity is known;
// they are not a trained model, and the score is a ranking rather than a frequency.
//
// What is weighed: the two names that are most alike (see [Similarity]); kinds; ids in common of schemes that do not mean
// identity, and ids of schemes that do and differ; dates of what happens on a day, and the times in which actors were
// active; where they are, whom they lead or represent and what they belong to; and meetings. Two sources that each name
// an actor on the same side of one meeting may mean one actor; one source that names two in one meeting means two.
//
// The score of two profiles depends on those two alone, so it does not shift as a graph grows, and it is the same in both
// directions. What it cannot know is that a name is rare or common: words that many bodies have in their names, such as
// "liberation", weigh less by a table.
package match
