package ucdp

// provisions are the columns that tell what an agreement provides, in our words. The columns mil_prov, pol_prov, terr_prov and justice_prov are left out:
// each says that one of those beside it is 1.
var provisions = []struct{ column, words string }{
	{"cease", "ceasefire or end of hostilities"},
	{"intarmy", "integration of fighters into the army"},
	{"ddr", "disarmament, demobilization and reintegration"},
	{"withd", "withdrawal of foreign forces"},
	{"pp", "right of a rebel group to become a political party"},
	{"intgov", "integration of rebels into the government"},
	{"intciv", "integration of rebels into the civil service"},
	{"elections", "elections or electoral reform"},
	{"interim", "interim government"},
	{"natalks", "national talks"},
	{"shagov", "sharing of power in the government"},
	{"aut", "autonomy"},
	{"fed", "federal state"},
	{"ind", "independence"},
	{"ref", "referendum on the status of a territory"},
	{"shaloc", "sharing of power in local government"},
	{"regdev", "regional development"},
	{"cul", "cultural freedoms"},
	{"demarcation", "demarcation of a border"},
	{"locgov", "local government"},
	{"amn", "amnesty"},
	{"pris", "release of prisoners"},
	{"recon", "national reconciliation"},
	{"return", "return of refugees"},
	{"reaffirm", "reaffirmation of earlier agreements"},
	{"outlin", "outline of further negotiations"},
	{"pko", "peacekeeping operation"},
	{"co_impl", "commission to see to the implementation"},
}
