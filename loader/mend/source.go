package mend

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"entente/graph"
	"entente/loader/format"
)

// glued is where an address begins right after another one, without the separator.
var glued = regexp.MustCompile(`[^/=\s](https?://)`)

// sources claims which pages the row is coded from.
func (e *event) sources() {
	for n, address := range e.addresses() {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			e.out.Note("a source without an address on the web", e.place("source_urls"), address)
			continue
		}
		name, _, _ := strings.Cut(address[len(u.Scheme)+len("://"):], "?")
		id := graph.ID("mend:source-" + hash(address))
		document := format.Entity{ID: id, Kind: graph.Document, Name: clip(name), Literals: []format.Literal{{Predicate: graph.URL, Value: address}}}
		base := e.base
		base.Source.Locator = "column source_urls"
		e.out.Entity(e.place("source_urls"), document, base)
		c := e.claim("source_urls", n, "")
		c.Predicate, c.From, c.To = graph.Concerns, id, e.id
		e.out.Claim(e.place("source_urls"), c)
	}
}

// addresses takes the cell apart.
func (e *event) addresses() []string {
	var list []string
	for _, found := range format.List(e.cells["source_urls"], ";") {
		for _, address := range separate(found) {
			address = strings.TrimRight(address, "',")
			if space := strings.IndexFunc(address, unicode.IsSpace); space >= 0 {
				e.out.Note("words after the address of a source", e.place("source_urls"), clip(address))
				address = address[:space]
			}
			if address != "" {
				list = append(list, address)
			}
		}
	}
	return list
}

// separate takes addresses apart that stand without a separator. One within another, as archives have them, follows a slash or
// an equals sign.
func separate(found string) []string {
	var list []string
	for {
		at := glued.FindStringSubmatchIndex(found)
		if at == nil {
			return append(list, found)
		}
		list, found = append(list, found[:at[2]]), found[at[2]:]
	}
}
