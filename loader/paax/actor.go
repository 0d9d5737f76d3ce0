package paax

import (
	"fmt"
	"regexp"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// actorColumns are those of which something is made; ucdp_url is the UCDP id once more.
var actorColumns = []string{
	"actor_id", "id_paax", "actor_name", "actor_type", "sub_type", "cs_type", "abbreviation", "actor_iso3c", "actor_country", "actor_gwno",
	"ucdp_id", "ucdp_name", "ucdp_url", "acled_name", "acled_other", "alternative_names",
}

// An actor is a row of the table of actors, kept until all are read.
type actor struct {
	at                     table.Place // its row
	id, name, abbreviation string
	types                  string // its type and sub-types
	iso, country, gw       string // of the country that it is, or is based in
	ucdp, ucdpName         string
	acled, acledOther      string
	alternatives           []string
}

func actorOf(row *table.Row) *actor {
	text := func(column string) string { return format.Line(format.Known(row.Text(column))) }
	a := &actor{
		at: row.Place(""), id: row.Text("id_paax"), name: text("actor_name"), abbreviation: text("abbreviation"),
		iso: text("actor_iso3c"), country: text("actor_country"), gw: format.Code(row.Text("actor_gwno")),
		ucdp: format.Code(row.Text("ucdp_id")), ucdpName: text("ucdp_name"), acled: row.Text("acled_name"), acledOther: row.Text("acled_other"),
	}
	for _, name := range format.List(row.Text("alternative_names"), "|") {
		a.alternatives = append(a.alternatives, format.Line(name))
	}
	var types []string
	for _, column := range []string{"actor_type", "sub_type", "cs_type"} {
		if t := text(column); t != "" {
			types = append(types, t)
		}
	}
	a.types = strings.Join(types, ", ")
	return a
}

// actors reads the table of actors.
func actors(t *table.Table, out *format.Out) error {
	if err := format.Require(t, "id_paax", "actor_name", "actor_type"); err != nil {
		return err
	}
	base := actorsSet.Declare(out, "")
	var list []*actor
	err := format.Rows(t, out, actorColumns, func(row *table.Row) {
		a := actorOf(row)
		if _, ok := Kind(a.id); !ok {
			out.Problem(row.Place("id_paax"), graph.Quoted(a.id), "an id of PAA-X, such as CON_61")
			return
		}
		list = append(list, a)
	})
	if err != nil {
		return err
	}
	all := newDirectory(list)
	for _, a := range list {
		d := description{a, base, out}
		d.identity()
		d.aliases(all)
		d.countryCodes(all)
		d.ucdpID(all)
		d.acledNames()
	}
	return nil
}

// A description is an actor being claimed.
type description struct {
	*actor
	base graph.Claim
	out  *format.Out
}

// say claims a property, in the words of a cell.
func (d *description) say(p graph.Predicate, column, value, quote string) {
	if value == "" {
		return
	}
	c := claim(d.base, p, graph.ID("paax:"+d.id), "id_paax "+d.id+", column "+column, quote)
	c.Value = value
	if p.Info().Single {
		c.Key = c.Source.Locator
	}
	d.out.Claim(d.place(column), c)
}

func (d *description) note(what, column, detail string) {
	d.out.Note(what, d.place(column), "id_paax "+d.id+", "+d.name+": "+detail)
}

func (d *description) place(column string) table.Place {
	d.at.Column = column
	return d.at
}

// identity claims what the actor is.
func (d *description) identity() {
	kind, _ := Kind(d.id)
	d.say(graph.KindPredicate, "id_paax", string(kind), d.id)
	d.say(graph.ExternalID, "id_paax", "paax:"+d.id, d.id)
	d.say(graph.NamePredicate, "actor_name", d.name, d.name)
	d.say(graph.Description, "actor_type", d.types, d.types)
	if armed := strings.HasPrefix(d.types, "Armed Organization"); armed != strings.HasPrefix(d.id, "ARM_") {
		d.note("id and type differ on whether it is an armed organization: the kind is that of the id", "actor_type", d.types)
	}
}

// aliases claims the other names, but for those that name another actor: whoever looks that one up would find this.
func (d *description) aliases(all *directory) {
	d.say(graph.Alias, "abbreviation", d.abbreviation, d.abbreviation)
	for _, alias := range d.alternatives {
		if alias == d.name {
			continue
		}
		if other := all.named(d.actor, alias); other != nil {
			d.note("an alternative name that names another actor is left out", "alternative_names", alias+", which names "+other.name+" ("+other.id+")")
			continue
		}
		d.say(graph.Alias, "alternative_names", alias, alias)
	}
}

// countryCodes claims the codes of a country as its own; those of any other actor tell where it is based.
func (d *description) countryCodes(all *directory) {
	if !isCountry(d.id) {
		d.based()
		return
	}
	if d.iso != "" {
		d.say(graph.ExternalID, "actor_iso3c", "iso3:"+d.iso, d.iso)
	}
	switch other := all.otherCountry(d.actor); {
	case d.gw == "":
	case other != nil:
		d.note("two countries have one Gleditsch-Ward number, which is left out of both", "actor_gwno", d.gw+", also of "+other.name)
	case d.gw == format.GermanyTo1945:
		d.note("the Gleditsch-Ward number is that of the Germany that ended in 1945, and left out", "actor_gwno", d.gw)
	default:
		d.say(graph.ExternalID, "actor_gwno", "gw:"+d.gw, d.gw)
	}
}

// based claims the country where an actor is based. The country is known by its ISO code, since some of the numbers beside are wrong.
func (d *description) based() {
	codes := format.List(d.iso, "|")
	if len(codes) == 0 && d.country != "" {
		d.note("the country where it is based has no ISO code: nothing is claimed", "actor_country", d.country)
	}
	for _, code := range codes {
		if code == "" {
			continue
		}
		country := graph.ID("iso3:" + code)
		base := d.base
		base.Source.Locator = "actor_iso3c " + code
		d.out.Entity(d.place("actor_iso3c"), format.Entity{ID: country, Kind: graph.State, IDs: []string{string(country)}}, base)
		c := claim(d.base, graph.LocatedIn, graph.ID("paax:"+d.id), "id_paax "+d.id+", column actor_iso3c", d.iso)
		c.To = country
		d.out.Claim(d.place("actor_iso3c"), c)
	}
}

// ucdpID claims the id in the data of UCDP, with the name there.
func (d *description) ucdpID(all *directory) {
	if isCountry(d.id) && d.ucdp != "" {
		if other := all.countryIn(d.actor, d.ucdpName); other != nil {
			d.note("the government that UCDP knows by one id is that of two countries: the id is left out", "ucdp_id", d.ucdp+", "+d.ucdpName+", also of "+other.name)
			return
		}
	}
	switch owner := all.ucdpOwner(d.ucdp); {
	case d.ucdp == "":
	case owner == nil:
		d.note("several actors have one UCDP id, which is left out of all", "ucdp_id", d.ucdp+", "+d.ucdpName)
	case owner.id != d.id:
		d.note("a country and another actor have one UCDP id, which is the government's and left out of the other", "ucdp_id", d.ucdp+", also of "+owner.name)
	default:
		d.say(graph.ExternalID, "ucdp_id", "ucdp-actor:"+d.ucdp, d.ucdp)
		if d.ucdpName != d.name {
			d.say(graph.Alias, "ucdp_name", d.ucdpName, d.ucdpName)
		}
	}
}

// between stands between the names of a list: a bar, or so much space that it was a line of its own.
var between = regexp.MustCompile(`\||\s{3,}`)

// acledNames claims the names in the data of ACLED, which serve it as ids.
func (d *description) acledNames() {
	d.acledIDs("acled_name", d.acled)
	d.acledIDs("acled_other", d.acledOther)
}

func (d *description) acledIDs(column, cell string) {
	for _, name := range between.Split(cell, -1) {
		name = format.Line(format.Known(name))
		switch id := "acled:" + name; {
		case name == "":
		case len(id) > graph.MaxIDLen:
			d.note("names of ACLED that run together, with nothing to tell them apart, are left out", column, fmt.Sprintf("%d bytes", len(name)))
		default:
			d.say(graph.ExternalID, column, id, name)
		}
	}
}
