package reconcile

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

//go:embed page.html
var pageText string

// pages escape all that they are given for the place where it stands.
var pages = template.Must(template.New("page").Parse(pageText))

// facts are what a page shows of an entity.
type facts struct {
	ID, Name, Kind, Description string
	Link                        string // of the page that shows all
	Rows                        []fact
}

type fact struct {
	Name   string
	Values []factValue
	More   int // values that are not shown
}

type factValue struct {
	Text string
	Link string // of an entity
}

// How much is shown: in a frame the first few, on the page the first hundred.
const (
	shortFacts = 4
	allFacts   = 100
)

// shortProperties are those that a frame shows.
var shortProperties = map[string]bool{
	string(graph.Alias): true, string(graph.DatePredicate): true, countryProperty: true, string(graph.ExternalID): true, inversePrefix + string(graph.Leads): true, string(graph.Leads): true,
	inversePrefix + string(graph.Signed): true, inversePrefix + string(graph.Mediated): true, string(graph.BelongsTo): true,
}

// facts gathers what is shown of an entity, the first values of each property.
func (s *service) facts(r *request, e store.Entity, values int) (*facts, error) {
	c, err := describe(r, e)
	if err != nil {
		return nil, err
	}
	out := &facts{ID: c.ID, Name: c.Name, Description: c.Description, Link: entityLink(r, c.ID)}
	if len(c.Type) > 0 {
		out.Kind = c.Type[0].Name
	}
	for i := range s.properties {
		p := &s.properties[i]
		if isSummed(p.id) || values == shortFacts && !shortProperties[p.id] || !p.fits(r.view.Kind(e)) {
			continue
		}
		list, err := p.values(r, e)
		if err != nil {
			return nil, err
		}
		if p.id == countryProperty && r.view.Kind(e) == graph.State {
			continue // its own, which says nothing
		}
		if len(list) > 0 {
			out.Rows = append(out.Rows, factOf(r, p.name, list, values))
		}
	}
	return out, nil
}

// isSummed reports whether a property says again what the head of the page says, or another property.
func isSummed(id string) bool {
	switch graph.Predicate(id) {
	case graph.NamePredicate, graph.KindPredicate, graph.Description:
		return true
	}
	return strings.HasPrefix(id, idPrefix)
}

func factOf(r *request, name string, list []value, most int) fact {
	f := fact{Name: name, More: max(0, len(list)-most)}
	for _, v := range list[:min(len(list), most)] {
		switch {
		case v.ID != "":
			f.Values = append(f.Values, factValue{v.Name, entityLink(r, v.ID)})
		case v.Number != nil:
			f.Values = append(f.Values, factValue{Text: strconv.FormatFloat(*v.Number, 'f', -1, 64)})
		default:
			f.Values = append(f.Values, factValue{Text: v.Text})
		}
	}
	return f
}

// entityLink leads to the page of an entity, from whatever page it is shown in.
func entityLink(r *request, id string) string {
	return baseURL(r) + Path + "/entity?id=" + url.QueryEscape(id)
}

// preview shows an entity in a frame of another page.
func (s *service) preview(r *request) (any, error) { return s.show(r, shortFacts) }

// page shows all of an entity.
func (s *service) page(r *request) (any, error) { return s.show(r, allFacts) }

func (s *service) show(r *request, values int) (any, error) {
	id := r.param("id")
	e, ok := r.view.Resolve(id)
	if !ok {
		html, err := render("missing", id)
		return &document{http.StatusNotFound, html}, err
	}
	f, err := s.facts(r, e, values)
	if err != nil {
		return nil, err
	}
	html, err := render("entity", f)
	return &document{http.StatusOK, html}, err
}

func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := pages.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}
