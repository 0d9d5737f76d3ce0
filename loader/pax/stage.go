package pax

import "entente/graph"

// agreementTypes says what the codes of Agtp mean.
var agreementTypes = map[string]string{
	"Inter":      "agreement between states about a conflict between states",
	"InterIntra": "agreement with several states about a conflict within one",
	"Intra":      "agreement about a conflict within a state",
	"IntraLocal": "local agreement about a conflict within a state",
}

// stages says what the codes of Stage mean.
var stages = map[string]string{
	"Pre":     "pre-negotiation or process",
	"Cea":     "ceasefire or related",
	"SubPar":  "substantive framework, partial",
	"SubComp": "substantive framework, comprehensive",
	"Imp":     "implementation or renegotiation",
	"Ren":     "renewal",
	"Oth":     "other",
}

// substages says what the codes of StageSub add to the stage. Those without words of their own add nothing.
var substages = map[string]string{
	"Proc": "process", "Prin": "principles", "Conf": "confidence building", "PreMix": "mixed", "PreOth": "",
	"Ceas": "ceasefire", "Rel": "related to a ceasefire", "CeaMix": "mixed",
	"MultIss": "several issues", "Iss": "one core issue", "FrparOth": "",
	"FrAg": "agreement", "FrCons": "constitution", "FrcomOth": "",
	"ImpMod": "modalities of implementation", "ExtSub": "new or outstanding issues", "ExtPar": "extension to new parties", "ImpOth": "",
	"Repre": "of pre-negotiation", "Resub": "of substance", "Reimp": "of implementation", "Reoth": "", "Other": "",
}

// stage claims the stage and what kind of that stage it is as one text, since at a time there is one stage.
func (a *agreement) stage() {
	stage, sub := a.text("Stage"), a.text("StageSub")
	if stage == "" {
		return
	}
	meaning, known := stages[stage]
	addition, subKnown := substages[sub]
	if !known || !subKnown && sub != "" {
		a.out.Note("Stage or StageSub has a code that is not in our list, kept as it is", a.row.Place("Stage"), stage+", "+sub)
		meaning, addition = stage, sub
	}
	if addition != "" {
		meaning += ": " + addition
	}
	c := a.at("Stage")
	c.Source.Locator = a.name + ", columns Stage and StageSub"
	c.From, c.Predicate, c.Value, c.Source.Quote = a.id, graph.Stage, meaning, stage
	if sub != "" {
		c.Source.Quote += ", " + sub
	}
	a.out.Claim(a.row.Place("Stage"), c)
}
