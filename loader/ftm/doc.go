// Package ftm reads FollowTheMoney, the form in which investigators and makers of sanctions lists exchange data on people, organizations
// and the offices they hold: entities, one JSON object a line; or statements, one property of one entity each, as JSON Lines or as CSV.
//
// # Entities
//
// A Person is a Leader; an Organization, a PublicBody and a Company are Organizations. So is a LegalEntity, of which the source does not tell
// whether it is a person or not, and its kind says that this is inferred. Ids are the file's own, in the scheme ftm. Names of FollowTheMoney have several values:
// the one that is most likely to be read is the name, the others are aliases, as are alias and previousName; a weakAlias, which is too
// broad to tell the entity from others, is a metonym. A PublicBody is part of the state of its country, by inference.
//
// Statements name the dataset that each is from: it is the claimant and coder, and the day on which it was first seen there is
// when it was said. So datasets that contradict each other stay apart. Entities name their datasets too, but if there are several
// not which of them says what: such claims have no claimant.
//
// A statement's canonical id is what its publisher believes the entity to be. That is claimed as sameAs and can be retracted; without it the
// relations of such a file, which name canonical ids, would not lead to what the statements say. It is nobody's claim but has a coder, undefined, as have all
// claims of which the file does not say who makes them.
//
// # Relations
//
// A Membership, a Directorship and an Employment are memberOf with the role as capacity: a role is free text, from which it does not follow who
// leads. A Representation is represents. An Occupancy is what its Position is:
//
//   - of the head of a state or government, by its topics (gov.head, and gov.national or gov.igo) or by its name ("President of" and the name of its country): leads;
//   - of an organization that it names: memberOf;
//   - national or international and of the executive, the security services or diplomacy, by its topics: represents;
//   - any other, a seat in parliament, a court or a town hall: an activity of the person, for none of these speaks for the state.
//
// Other schemata and properties are counted by name.
//
// # Memory
//
// What is said of an entity is claimed as it comes. A relation may be scattered over the file and come before what it is about: relations, positions
// and the kinds of all entities are laid aside, in a temporary file once they exceed some megabytes, cut into 256 parts by id, and
// joined part by part in the end. So an import needs room for a part at a time: 20 million statements were read with 118 MB, 2 million with 104 MB.
// The names of an entity are chosen among those that follow each other in the file, which
// is sorted by canonical id where FollowTheMoney's own tools made it; if they are scattered, the entity has several names in place of one and aliases.
package ftm
