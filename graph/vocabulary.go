package graph

// The predicates that code speaks of by name.
const (
	ThirdParty Predicate = "thirdParty"
	Mediated   Predicate = "mediated"
	Signed     Predicate = "signed"
	Recognized Predicate = "recognized"
	Deployed   Predicate = "deployed"
	SameAs     Predicate = "sameAs"

	NamePredicate    Predicate = "name"
	Alias            Predicate = "alias"
	Transliteration  Predicate = "transliteration"
	Metonym          Predicate = "metonym"
	ExternalID       Predicate = "externalId"
	KindPredicate    Predicate = "kind"
	EventTypeOf      Predicate = "eventType"
	DatePredicate    Predicate = "date"
	Published        Predicate = "published"
	Status           Predicate = "status"
	Stage            Predicate = "stage"
	Description      Predicate = "description"
	Task             Predicate = "task"
	URL              Predicate = "url"
	BelongsTo        Predicate = "belongsTo"
	AdoptedAt        Predicate = "adoptedAt"
	Concerns         Predicate = "concerns"
	Leads            Predicate = "leads"
	Represents       Predicate = "represents"
	LocatedIn        Predicate = "locatedIn"
	ContributedTo    Predicate = "contributedTo"
	MandatedBy       Predicate = "mandatedBy"
	WithdrewForce    Predicate = "withdrewForce"
	Issued           Predicate = "issued"
	Activity         Predicate = "activity"
	AssessmentOf     Predicate = "assessment"
	TextPredicate    Predicate = "text"
	PartOf           Predicate = "partOf"
	MemberOf         Predicate = "memberOf"
	ReferencesTo     Predicate = "references"
	AffectedBy       Predicate = "affected"
	HaltedMediation  Predicate = "haltedMediation"
	BrokeRelations   Predicate = "brokeRelations"
	ProvisionContent Predicate = "provision"
)

var (
	meetingKinds  = []Kind{Agreement, Event}
	polityKinds   = []Kind{State, Organization, ArmedGroup}
	landKinds     = []Kind{Territory, Place, State}
	agreementOnly = []Kind{Agreement}
	forceOnly     = []Kind{PeacekeepingForce}
	documentOnly  = []Kind{Document}
	// A text may be the claimant of what it provides, since its signatories speak as one in it.
	speakerKinds = append([]Kind{Agreement, Event, Document}, partyKinds...)
)

// predicateTable is the vocabulary. Codes are stored: new rows take new codes, and a code never changes hands.
// Codes 1-99 are relations, 100 and above literals.
var predicateTable = []PredicateInfo{
	// Third parties in a meeting, weakest first. Being copied in is not mediation, and a role that the source
	// does not state is thirdParty, never a named one.
	{Name: "copied", Code: 1, Label: "was copied into", Inverse: "was copied to", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 1},
	{Name: "addressed", Code: 2, Label: "was addressed by", Inverse: "was addressed to", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 2},
	{Name: ThirdParty, Code: 3, Label: "was a third party to", Inverse: "had as third party", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 3},
	{Name: "observed", Code: 4, Label: "observed", Inverse: "was observed by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 4},
	{Name: "facilitated", Code: 5, Label: "facilitated", Inverse: "was facilitated by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 5},
	{Name: "hosted", Code: 6, Label: "hosted", Inverse: "was hosted by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 6},
	{Name: "convened", Code: 7, Label: "convened", Inverse: "was convened under the auspices of", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 7},
	{Name: "witnessed", Code: 8, Label: "witnessed", Inverse: "was witnessed by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 8},
	{Name: "guaranteed", Code: 9, Label: "guaranteed", Inverse: "was guaranteed by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 9},
	{Name: Mediated, Code: 10, Label: "mediated", Inverse: "was mediated by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Strength: 10, CAMEO: []string{"045"}},

	// Parties to a meeting.
	{Name: Signed, Code: 11, Label: "signed", Inverse: "was signed by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, CAMEO: []string{"057"}, Wikidata: "P1891"},
	{Name: "agreed", Code: 12, Label: "agreed to", Inverse: "was agreed by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, CAMEO: []string{"0871"}},
	{Name: "negotiated", Code: 13, Label: "negotiated", Inverse: "was negotiated by", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, CAMEO: []string{"046"}},
	{Name: "participated", Code: 14, Label: "took part in", Inverse: "had as participant", Aspect: OnDay, From: partyKinds, To: meetingKinds, Tie: true, Wikidata: "P1344"},

	// Dealings with an agreement or a conflict that bring nobody together.
	{Name: "ratified", Code: 15, Label: "ratified", Inverse: "was ratified by", Aspect: OnDay, From: partyKinds, To: agreementOnly},
	{Name: "acceded", Code: 16, Label: "acceded to", Inverse: "was acceded to by", Aspect: OnDay, From: partyKinds, To: agreementOnly},
	{Name: "withdrew", Code: 17, Label: "withdrew from", Inverse: "was withdrawn from by", Aspect: OnDay, From: partyKinds, To: agreementOnly},
	{Name: "partyTo", Code: 18, Label: "is a party to", Inverse: "has as party", Aspect: Span, From: partyKinds, To: []Kind{Conflict, Event}},

	// Recognition and relations.
	{Name: Recognized, Code: 19, Label: "recognized", Inverse: "was recognized by", Aspect: Lasting, Single: true, From: partyKinds, To: []Kind{State, Territory, Organization}, CAMEO: []string{"054"}},
	{Name: BrokeRelations, Code: 20, Label: "broke relations with", Inverse: "lost relations with", Aspect: OnDay, From: partyKinds, To: polityKinds, CAMEO: []string{"161"}},

	// Who stands for whom, and where.
	{Name: Leads, Code: 21, Label: "leads", Inverse: "is led by", Aspect: Span, Upward: true, From: []Kind{Leader}, To: []Kind{State, Organization, ArmedGroup, Territory, PeacekeepingForce}, Wikidata: "P39"},
	{Name: Represents, Code: 22, Label: "represents", Inverse: "is represented by", Aspect: Span, Upward: true, From: []Kind{Leader, Organization}, To: []Kind{State, Organization, ArmedGroup, Territory, PeacekeepingForce}},
	{Name: MemberOf, Code: 23, Label: "is a member of", Inverse: "has as member", Aspect: Span, From: partyKinds, To: []Kind{Organization, ArmedGroup, Process}, Wikidata: "P463"},
	{Name: PartOf, Code: 24, Label: "is part of", Inverse: "has as part", Aspect: Span, Upward: true, To: nil, Wikidata: "P361"},
	{Name: "controls", Code: 25, Label: "controls", Inverse: "is controlled by", Aspect: Span, From: partyKinds, To: landKinds},
	{Name: "capitalOf", Code: 26, Label: "is the capital of", Inverse: "has as capital", Aspect: Span, From: []Kind{Place}, To: []Kind{State, Territory, Organization}, Wikidata: "P1376"},
	{Name: LocatedIn, Code: 27, Label: "is located in", Inverse: "is the location of", Aspect: Span, To: landKinds, Wikidata: "P131"},

	// Peacekeeping forces.
	{Name: Deployed, Code: 28, Label: "is deployed in", Inverse: "hosts the deployment of", Aspect: Span, From: forceOnly, To: landKinds, CAMEO: []string{"074", "0861"}},
	{Name: ContributedTo, Code: 29, Label: "contributed to", Inverse: "has as contributor", Aspect: Span, From: partyKinds, To: forceOnly, CAMEO: []string{"074"}},
	{Name: MandatedBy, Code: 30, Label: "is mandated by", Inverse: "mandates", Aspect: Span, From: forceOnly, To: []Kind{Agreement, Organization, Event, Document}},
	{Name: WithdrewForce, Code: 31, Label: "withdrew or expelled", Inverse: "was withdrawn or expelled by", Aspect: OnDay, From: partyKinds, To: forceOnly, CAMEO: []string{"1661"}},

	// Meetings among themselves.
	{Name: AdoptedAt, Code: 32, Label: "was adopted at", Inverse: "saw the adoption of", Aspect: OnDay, From: agreementOnly, To: []Kind{Event}},
	{Name: BelongsTo, Code: 33, Label: "belongs to", Inverse: "comprises", Aspect: Lasting, From: meetingKinds, To: []Kind{Process}},
	{Name: Concerns, Code: 34, Label: "concerns", Inverse: "is the concern of", Aspect: Lasting, From: []Kind{Agreement, Event, Process, Conflict, Document}, To: nil},

	// Agreement to agreement, or to a citation in words, which is a dangling reference.
	{Name: "follows", Code: 35, Label: "follows", Inverse: "is followed by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral, Wikidata: "P155"},
	{Name: "implements", Code: 36, Label: "implements", Inverse: "is implemented by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral},
	{Name: "supersedes", Code: 37, Label: "supersedes", Inverse: "is superseded by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral, Wikidata: "P1365"},
	{Name: "amends", Code: 38, Label: "amends", Inverse: "is amended by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral},
	{Name: "extends", Code: 39, Label: "extends", Inverse: "is extended by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral},
	{Name: ReferencesTo, Code: 40, Label: "references", Inverse: "is referenced by", Aspect: Lasting, From: agreementOnly, To: agreementOnly, Literal: TextLiteral},

	// What is said and what comes of it.
	{Name: Issued, Code: 41, Label: "issued", Inverse: "was issued by", Aspect: OnDay, From: partyKinds, To: []Kind{Event, Document, Agreement}},
	{Name: "appealTo", Code: 42, Label: "appeals to", Inverse: "is appealed to by", Aspect: OnDay, From: append([]Kind{Event}, partyKinds...), To: append([]Kind{Conflict}, partyKinds...), CAMEO: []string{"020"}},
	{Name: AffectedBy, Code: 43, Label: "affected", Inverse: "was affected by", Aspect: OnDay, To: nil},
	{Name: HaltedMediation, Code: 44, Label: "halted mediation of", Inverse: "lost the mediation of", Aspect: OnDay, From: partyKinds, To: []Kind{Agreement, Event, Process, Conflict}, CAMEO: []string{"165"}},
	{Name: SameAs, Code: 45, Label: "is the same as", Inverse: "is the same as", Aspect: Lasting, Symmetric: true, To: nil, Wikidata: "P460"},

	// Literals.
	{Name: NamePredicate, Code: 100, Label: "has the name", Inverse: "names", Aspect: Lasting, Single: true, Literal: NameLiteral},
	{Name: Alias, Code: 101, Label: "is also called", Inverse: "is another name of", Aspect: Lasting, Literal: NameLiteral},
	{Name: Transliteration, Code: 102, Label: "is transliterated", Inverse: "is a transliteration for", Aspect: Lasting, Literal: NameLiteral},
	{Name: Metonym, Code: 103, Label: "is spoken of as", Inverse: "stands for", Aspect: Lasting, Literal: NameLiteral},
	{Name: ExternalID, Code: 104, Label: "has the id", Inverse: "identifies", Aspect: Lasting, Literal: ExternalIDLiteral},
	{Name: KindPredicate, Code: 105, Label: "is of the kind", Inverse: "is the kind of", Aspect: Lasting, Single: true, Literal: KindLiteral, Wikidata: "P31"},
	{Name: EventTypeOf, Code: 106, Label: "is an event of the type", Inverse: "is the type of", Aspect: Lasting, Single: true, From: []Kind{Event}, Literal: EventTypeLiteral},
	{Name: DatePredicate, Code: 107, Label: "is dated", Inverse: "is the date of", Aspect: Lasting, Single: true, From: []Kind{Agreement, Event, Document, Process, Conflict, PeacekeepingForce, Organization, State, ArmedGroup}, Literal: DateLiteral, Wikidata: "P585"},
	{Name: Status, Code: 108, Label: "has the status", Inverse: "is the status of", Aspect: Lasting, Single: true, Literal: NameLiteral},
	{Name: Stage, Code: 109, Label: "is at the stage", Inverse: "is the stage of", Aspect: Lasting, Single: true, From: []Kind{Agreement, Process}, Literal: NameLiteral},
	{Name: ProvisionContent, Code: 110, Label: "provides", Inverse: "is provided by", Aspect: Lasting, From: agreementOnly, Literal: TextLiteral},
	{Name: "strength", Code: 111, Label: "has the strength", Inverse: "is the strength of", Aspect: Span, From: []Kind{PeacekeepingForce, ArmedGroup}, Literal: NumberLiteral},
	{Name: Task, Code: 112, Label: "has the task", Inverse: "is the task of", Aspect: Span, From: []Kind{PeacekeepingForce, Organization}, Literal: TextLiteral},
	{Name: Activity, Code: 113, Label: "is engaged in", Inverse: "is an activity of", Aspect: Span, From: partyKinds, Literal: TextLiteral},
	{Name: AssessmentOf, Code: 114, Label: "is assessed", Inverse: "is an assessment of", Aspect: OnDay, Literal: TextLiteral},
	{Name: "text", Code: 115, Label: "has the text", Inverse: "is the text of", Aspect: Lasting, From: []Kind{Agreement, Document, Event}, Literal: TextLiteral},
	{Name: URL, Code: 116, Label: "is found at", Inverse: "is the address of", Aspect: Lasting, Literal: URLLiteral, Wikidata: "P973"},
	{Name: Published, Code: 117, Label: "was published on", Inverse: "is the date of publication of", Aspect: Lasting, Single: true, From: []Kind{Document}, Literal: DateLiteral, Wikidata: "P577"},
	{Name: Description, Code: 118, Label: "is described as", Inverse: "describes", Aspect: Lasting, Single: true, Literal: TextLiteral},
}
