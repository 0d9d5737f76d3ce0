package reconcile

import (
	"strings"

	"github.com/google/uuid"

	"entente/graph"
)

type manifest struct {
	Versions        []string        `json:"versions"`
	Name            string          `json:"name"`
	IdentifierSpace string          `json:"identifierSpace"`
	SchemaSpace     string          `json:"schemaSpace"`
	DefaultTypes    []typed         `json:"defaultTypes"`
	ServiceVersion  string          `json:"serviceVersion,omitempty"`
	View            urlTemplate     `json:"view"`
	Preview         previewTemplate `json:"preview"`
	Suggest         suggestServices `json:"suggest"`
	Extend          extendService   `json:"extend"`
	BatchSize       int             `json:"batchSize"`
}

// typed is a type, or something else that has an id and a name.
type typed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type urlTemplate struct {
	URL string `json:"url"`
}

type previewTemplate struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

type suggestServices struct {
	Entity   suggestService `json:"entity"`
	Property suggestService `json:"property"`
	Type     suggestService `json:"type"`
}

type suggestService struct {
	ServiceURL        string `json:"service_url"`
	ServicePath       string `json:"service_path"`
	FlyoutServicePath string `json:"flyout_service_path,omitempty"`
}

type extendService struct {
	ProposeProperties suggestService    `json:"propose_properties"`
	PropertySettings  []propertySetting `json:"property_settings"`
}

type propertySetting struct {
	Name     string  `json:"name"`
	Label    string  `json:"label"`
	Type     string  `json:"type"`
	Default  float64 `json:"default"`
	HelpText string  `json:"help_text"`
}

const (
	previewWidth  = 420
	previewHeight = 260
)

// identifierSpace is the namespace in which the UUIDs of entities are made of their ids, so it is the same for every folder.
func identifierSpace() string { return graph.Namespace().URN() }

// schemaSpace is the vocabulary, which gives types and properties.
func schemaSpace() string { return uuid.NewSHA1(graph.Namespace(), []byte("vocabulary")).URN() }

// manifest describes the service under the name by which the client asked for it.
func (s *service) manifest(r *request) *manifest {
	base := baseURL(r) + Path
	suggest := func(what string) suggestService {
		return suggestService{base, "/suggest/" + what, "/flyout/" + what + "?id=${id}"}
	}
	return &manifest{
		Versions:        []string{"0.2"},
		Name:            "Entente",
		IdentifierSpace: identifierSpace(),
		SchemaSpace:     schemaSpace(),
		DefaultTypes:    types(),
		ServiceVersion:  s.version,
		View:            urlTemplate{base + "/entity?id={{id}}"},
		Preview:         previewTemplate{base + "/preview?id={{id}}", previewWidth, previewHeight},
		Suggest:         suggestServices{suggest("entity"), suggest("property"), suggest("type")},
		Extend: extendService{
			ProposeProperties: suggestService{base, "/properties", ""},
			PropertySettings: []propertySetting{{
				Name: limitSetting, Label: "Limit", Type: "number", HelpText: "The most values of a property that are fetched; 0 is all.",
			}},
		},
		BatchSize: maxBatch,
	}
}

// baseURL is the server's address as the client has it.
func baseURL(r *request) string {
	scheme := "http"
	if r.http.TLS != nil || strings.EqualFold(r.http.Header.Get("X-Forwarded-Proto"), "https") {
		scheme = "https"
	}
	return scheme + "://" + r.http.Host
}

// types are the kinds, those that most tables are about first.
func types() []typed {
	var list []typed
	for _, kind := range graph.Kinds() {
		list = append(list, typeOf(kind))
	}
	return list
}

// typeOf is a kind as a type: its name in words, as in "Peacekeeping force".
func typeOf(kind graph.Kind) typed {
	words := graph.Words(string(kind))
	return typed{string(kind), strings.ToUpper(words[:1]) + words[1:]}
}
