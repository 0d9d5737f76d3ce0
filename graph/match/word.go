package match

import "strings"

// A class says how much a word tells of whose name it is in.
type class byte

const (
	telling class = iota // a name of its own: Tigray
	common               // many bodies have it in their names: liberation
	styling              // how a polity is styled: republic, government
	binding              // of, for, the
)

// weightOf is what a word of the class counts for in a name.
var weightOf = [...]float64{telling: 1, common: 0.5, styling: 0.02, binding: 0}

// classes lists words in their folded spelling, in the languages in which sources of agreements give names: English,
// French, Spanish, Portuguese, and Russian as it is romanised and in its own script.
var classes = map[class]string{
	binding: `a an and at by for from in of on or the to with
		au aux d de des du en et l la le les ou par pour sur
		al da das del do dos e el los las o para por y
		i na po v и в на по`,
	styling: `commonwealth country federal federation government govt kingdom nation republic sovereign state
		etat federale gouvernement republique royaume
		estado federacion federal gobierno reino republica republika
		respublika pravitelstvo республика правительство государство`,
	common: `accord agreement ceasefire communique convention declaration memorandum pact protocol resolution statement treaty truce
		action african alliance arab armed army assembly association authorities authority body bloc campaign central centre center
		change christian church civil coalition command commission committee communist community conference congress
		coordination council country defence defense delegation democracy democratic development dialogue economic faction factions
		federation force forces forum freedom front general group groups high independence independent international islamic
		joint justice leader liberation militia military mission movement muslim national nationalist nations network
		new office opposition organisation organization organizations parties party patriotic patriots peace people peoples
		political popular progressive provisional rally rebel rebels reconciliation reform regional renewal representative resistance
		restoration revolution revolutionary rights salvation security social socialist society solidarity supreme
		transitional tribal union united unity women workers youth
		armee combattants comite conseil democratie democratique developpement forces groupe jeunes liberation mouvement nationale parti
		patriotique peuple populaire progres rassemblement resistance revolutionnaire salut union unite
		ejercito frente fuerza fuerzas liberacion movimiento nacional partido popular pueblo revolucionaria revolucionarias
		revolucionario unidad union exercito forcas libertacao nacional uniao
		armiia front partiia soiuz армия партия союз фронт движение`,
	telling: "",
}

// distinguishers set apart what otherwise has one name: South Sudan, UNRF II, the northern branch.
const distinguishers = `north south east west northern southern eastern western nord sud ouest norte sur
	northeast northwest southeast southwest upper lower ii iii iv v vi vii viii ix`

var (
	classOf        = wordClasses()
	distinguishing = wordSet(distinguishers)
)

// wordClasses turns the lists round. A word of two lists is of the one that tells less.
func wordClasses() map[string]class {
	words := make(map[string]class)
	for c, list := range classes {
		for w := range strings.FieldsSeq(list) {
			words[w] = max(words[w], c)
		}
	}
	return words
}

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
