package pax

import (
	"strconv"

	"entente/graph"
)

// A provision is a column that says whether, and how far, an agreement provides for something.
type provision struct {
	column string
	means  string
	// graded columns have 1 where the text speaks of the matter only, 2 where it provides something and 3 where it does so in
	// detail. The others have 1 where it provides.
	graded bool
}

// grades says what the values of a graded column mean.
var grades = map[string]string{"1": "in words only", "2": "in substance", "3": "in detail"}

// provisions are the main codes of the PA-X codebook, in its order. Codes that are parts of these ("...Oth", "...Rhet") are not taken in, nor
// ImUN, ImOth and ImSrc, which tell of signatories and sources and not of what is agreed.
var provisions = []provision{
	{"GCh", "children and youth", true},
	{"GDis", "persons with disabilities", true},
	{"GAge", "the elderly", true},
	{"GMig", "migrant workers", true},
	{"GRa", "racial, ethnic and national groups", true},
	{"GRe", "religious groups", true},
	{"GInd", "indigenous people", true},
	{"GOth", "other groups", true},
	{"GRef", "refugees and displaced persons", true},
	{"GSoc", "social classes", true},
	{"GeWom", "women, girls and gender", false},
	{"GeMe", "men and boys", false},
	{"GeLgbti", "LGBTI persons", false},
	{"GeFa", "the family", false},
	{"StDef", "the nature of the state", false},
	{"StSd", "self-determination", false},
	{"StRef", "a referendum on statehood", false},
	{"StSym", "symbols of the state", false},
	{"StInd", "independence or secession", false},
	{"StUni", "accession or unification", false},
	{"StBor", "the delimitation of borders", false},
	{"StXbor", "matters across a border", false},
	{"Pol", "new or reformed political institutions", true},
	{"Ele", "elections", true},
	{"ElecComm", "an electoral commission", true},
	{"PolPar", "the reform of political parties", true},
	{"Civso", "civil society", false},
	{"Tral", "traditional or religious leaders", false},
	{"Pubad", "public administration", true},
	{"Cons", "the making or reform of a constitution", true},
	{"Polps", "the sharing of political power", true},
	{"Terps", "the territorial sharing of power", true},
	{"Eps", "the sharing of economic power", true},
	{"Mps", "the sharing of military power", true},
	{"HrGen", "human rights or the rule of law", false},
	{"HrBor", "a bill of rights", true},
	{"HrTrinc", "the incorporation of treaties", false},
	{"HrCp", "civil and political rights", false},
	{"HrSec", "social, economic and cultural rights", false},
	{"HrCit", "citizenship", true},
	{"HrDem", "democracy", true},
	{"HrDet", "procedures of detention", false},
	{"Med", "media and communication", true},
	{"HrMob", "mobility and access", false},
	{"Prot", "the protection of civilians or groups", true},
	{"HrNi", "a national human rights institution", true},
	{"HrIi", "regional or international human rights institutions", true},
	{"JusCr", "criminal justice", false},
	{"JusEm", "states of emergency", false},
	{"JusJu", "the judiciary and courts", false},
	{"JusPri", "prisons and detention", false},
	{"JusTra", "traditional law", false},
	{"Dev", "development or reconstruction", true},
	{"NEC", "a national economic plan", false},
	{"NatRes", "natural resources", false},
	{"IntFu", "international funds", false},
	{"Bus", "business", true},
	{"Tax", "taxation", true},
	{"Ban", "banks", false},
	{"LaRef", "land reform or rights in land", false},
	{"LaNom", "the rights of pastoralists and nomads", false},
	{"LaCH", "cultural heritage", false},
	{"LaEn", "the environment", false},
	{"Wat", "water, rights in it or access to it", false},
	{"SsrGua", "security guarantees", false},
	{"Ce", "a ceasefire", true},
	{"SsrPol", "the police", true},
	{"SsrArm", "the armed forces", true},
	{"SsrDdr", "disarmament, demobilization and reintegration", true},
	{"SsrInt", "intelligence services", true},
	{"SsrPsf", "parastatal, rebel and opposition forces", false},
	{"SsrFf", "the withdrawal of foreign forces", false},
	{"Cor", "corruption", true},
	{"SsrCrOcr", "crime and organized crime", true},
	{"SsrDrugs", "drugs", true},
	{"Terr", "terrorism", false},
	{"TjGen", "transitional justice", true},
	{"TjAm", "amnesty or pardon", true},
	{"TjCou", "courts to deal with the past", true},
	{"TjMech", "mechanisms to deal with the past", true},
	{"TjPrire", "the release of prisoners", true},
	{"TjVet", "vetting", true},
	{"TjVic", "victims", true},
	{"TjMis", "missing persons", true},
	{"TjRep", "reparations", true},
	{"TjNR", "reconciliation", true},
	{"ImRef", "a referendum on the agreement", false},
	{"ImPK", "an international mission or force: peacekeepers", false},
	{"ImE", "a mechanism of enforcement", false},
}

// provisionColumns are the columns of all provisions.
func provisionColumns() []string {
	columns := make([]string, len(provisions))
	for i := range provisions {
		columns[i] = provisions[i].column
	}
	return columns
}

// provisions claims what the codes of the row say. 0 says that the agreement has nothing of the sort, of which nothing is made.
func (a *agreement) provisions() {
	for i := range provisions {
		p := &provisions[i]
		code := numbered(a.row, p.column, a.out)
		if code == "" || code == "0" {
			continue
		}
		text, ok := p.text(code)
		if !ok {
			a.out.Note(p.column+" has a value outside its scale, left out", a.row.Place(p.column), code)
			continue
		}
		c := a.at(p.column)
		c.From, c.Predicate, c.Value, c.Source.Quote = a.id, graph.ProvisionContent, text, code
		a.out.Claim(a.row.Place(p.column), c)
	}
}

// text says what a value of the column means: "a ceasefire, in detail (Ce = 3)".
func (p *provision) text(code string) (text string, ok bool) {
	grade := grades[code]
	if grade == "" || !p.graded && code != "1" {
		return "", false
	}
	text = p.means
	if p.graded {
		text += ", " + grade
	}
	n, _ := strconv.Atoi(code)
	return text + " (" + p.column + " = " + strconv.Itoa(n) + ")", true
}
