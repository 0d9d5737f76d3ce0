package reconcile

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
)

// An extendQuery asks for properties of entities.
type extendQuery struct {
	IDs        []string         `json:"ids"`
	Properties []wantedProperty `json:"properties"`
}

type wantedProperty struct {
	ID       string                    `json:"id"`
	Name     string                    `json:"name"` // some clients send it along
	Settings map[string]jsontext.Value `json:"settings"`
}

type extension struct {
	Meta []extendedProperty            `json:"meta"`
	Rows map[string]map[string][]value `json:"rows"`
}

type extendedProperty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type *typed `json:"type,omitempty"`
}

// The limits of an extension.
const (
	maxExtended  = 1000 // entities
	maxValues    = 500  // of a property of an entity
	limitSetting = "limit"
)

// extend answers a data extension query. Of an id that is not known all properties are empty.
func (s *service) extend(r *request) (any, error) {
	q, err := readExtend(r.param("extend"))
	if err != nil {
		return nil, err
	}
	out := &extension{Meta: []extendedProperty{}, Rows: make(map[string]map[string][]value, len(q.IDs))}
	limits := make([]int, len(q.Properties))
	for i, wanted := range q.Properties {
		path := "/properties/" + strconv.Itoa(i)
		p := s.byID[wanted.ID]
		if p == nil {
			return nil, refusal(http.StatusBadRequest, codeUnknownProperty, path+"/id", "found the property %q; %s/properties lists those there are", wanted.ID, Path)
		}
		if limits[i], err = wanted.limit(path); err != nil {
			return nil, err
		}
		out.Meta = append(out.Meta, extendedProperty{p.id, p.name, p.targetType()})
	}
	for _, id := range q.IDs {
		row := make(map[string][]value, len(q.Properties))
		e, known := r.view.Resolve(id)
		for i, wanted := range q.Properties {
			row[wanted.ID] = []value{}
			if !known {
				continue
			}
			if err := r.ctx.Err(); err != nil {
				return nil, err
			}
			values, err := s.byID[wanted.ID].values(r, e)
			if err != nil {
				return nil, err
			}
			if values = values[:min(len(values), limits[i])]; len(values) > 0 {
				row[wanted.ID] = values
			}
		}
		out.Rows[id] = row
	}
	return out, nil
}

// targetType is the type of a property's values, if they are entities and of one type.
func (p *property) targetType() *typed {
	if len(p.target) != 1 {
		return nil
	}
	t := typeOf(p.target[0])
	return &t
}

func readExtend(text string) (*extendQuery, error) {
	q := new(extendQuery)
	if err := json.Unmarshal([]byte(text), q, json.RejectUnknownMembers(true)); err != nil {
		path := ""
		if e, ok := errors.AsType[*json.SemanticError](err); ok {
			path = string(e.JSONPointer)
		}
		return nil, refusal(http.StatusBadRequest, codeBadRequest, path, "extend is not one JSON object in UTF-8 with ids, a list of texts, and properties, a list of objects with id and settings")
	}
	switch {
	case q.IDs == nil:
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "/ids", "found nothing; ids is a list of texts")
	case q.Properties == nil:
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "/properties", "found nothing; properties is a list of objects with id")
	case len(q.IDs) > maxExtended:
		return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "/ids", "found %d ids; at most %d", len(q.IDs), maxExtended)
	case len(q.Properties) > maxProperties:
		return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "/properties", "found %d properties; at most %d", len(q.Properties), maxProperties)
	}
	return q, nil
}

// limit is how many values are wanted. Clients send what stands in a form: a number or its text.
func (w *wantedProperty) limit(path string) (int, error) {
	for name, setting := range w.Settings {
		at := path + "/settings" + string(jsontext.Pointer("").AppendToken(name))
		if name != limitSetting {
			return 0, refusal(http.StatusBadRequest, codeBadRequest, at, "found the setting %q; there is %s alone", name, limitSetting)
		}
		text := string(setting)
		if setting.Kind() == '"' {
			if err := json.Unmarshal(setting, &text); err != nil {
				return 0, err
			}
		}
		if text == "" || text == "null" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return 0, refusal(http.StatusBadRequest, codeBadRequest, at, "found %s; a limit is a whole number, and 0 is no limit", graph.Quoted(text))
		}
		if n > 0 {
			return min(n, maxValues), nil
		}
	}
	return maxValues, nil
}

type proposal struct {
	Type       string  `json:"type,omitempty"`
	Limit      int     `json:"limit,omitzero"`
	Properties []typed `json:"properties"`
}

// propose lists the properties that entities of a type may have.
func (s *service) propose(r *request) (any, error) {
	out := &proposal{Type: r.param("type"), Properties: []typed{}}
	var err error
	if out.Limit, err = r.number("limit", 0, 0, 1<<20); err != nil {
		return nil, err
	}
	if out.Type != "" && graph.Kind(out.Type).Validate() != nil {
		return nil, unknownType(out.Type, "")
	}
	for i := range s.properties {
		if p := &s.properties[i]; p.fits(graph.Kind(out.Type)) && (out.Limit == 0 || len(out.Properties) < out.Limit) {
			out.Properties = append(out.Properties, typed{p.id, p.name})
		}
	}
	return out, nil
}
