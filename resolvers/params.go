package resolvers

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// params is a request as the GraphQL-over-HTTP specification has it. Variables stay as the client wrote them until
// the document says of which type they are.
type params struct {
	Query         string
	OperationName string
	Variables     map[string]jsontext.Value
}

// readRequest reads the parameters from the body of a POST or the URL of a GET.
func readRequest(w http.ResponseWriter, r *http.Request) (*params, error) {
	switch r.Method {
	case http.MethodGet:
		return readURL(r)
	case http.MethodPost:
		return readBody(w, r)
	}
	return nil, notAllowed("use POST, or GET for a query", http.MethodGet, http.MethodPost)
}

// members are the parameters of a request, each in JSON; an empty one is not there.
type members struct {
	Query         jsontext.Value `json:"query"`
	OperationName jsontext.Value `json:"operationName"`
	Variables     jsontext.Value `json:"variables"`
	Extensions    jsontext.Value `json:"extensions"`
}

// readURL reads a query from the URL, where texts are plain and the rest is JSON. An empty parameter other than the query is
// one left out, as forms send it.
func readURL(r *http.Request) (*params, error) {
	values := r.URL.Query()
	var m members
	for _, p := range []struct {
		name  string
		plain bool
		value *jsontext.Value
	}{{"query", true, &m.Query}, {"operationName", true, &m.OperationName}, {"variables", false, &m.Variables}, {"extensions", false, &m.Extensions}} {
		list, ok := values[p.name]
		switch {
		case !ok || p.name != "query" && list[0] == "":
			continue
		case len(list) > 1:
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "%s is given several times", p.name)
		case !p.plain:
			*p.value = jsontext.Value(list[0])
		default:
			quoted, err := jsontext.AppendQuote(nil, list[0])
			if err != nil {
				return nil, refusal(http.StatusBadRequest, codeBadRequest, "%s is not UTF-8 text", p.name)
			}
			*p.value = quoted
		}
	}
	return m.params()
}

// readBody reads a request from the body, which must be one JSON object in the strict sense: two members of one name would
// mean one thing to a proxy that checks and another to us. Members it does not know are left alone, as the specification asks.
func readBody(w http.ResponseWriter, r *http.Request) (*params, error) {
	// A form on another site can post text and forms, never this type.
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, refusal(http.StatusUnsupportedMediaType, codeBadRequest, "send Content-Type: application/json, in UTF-8")
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return nil, refusal(http.StatusUnsupportedMediaType, codeBadRequest, "send the body without Content-Encoding")
	}
	var body bytes.Buffer
	// Most bodies are read into just the memory that they need; for a long one it grows with what comes, not with what is announced.
	body.Grow(int(min(max(r.ContentLength, 0), maxDocument)) + bytes.MinRead)
	if _, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "the body is over %d bytes", maxBody)
		}
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "the body ended early")
	}
	object := jsontext.Value(bytes.TrimSpace(body.Bytes()))
	if object.Kind() == '[' {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "several requests in one are not accepted; send one JSON object")
	}
	var m members
	if object.Kind() != '{' || json.Unmarshal(object, &m) != nil {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "the body is not one JSON object in UTF-8 without repeated names")
	}
	return m.params()
}

// isJSON reports whether a media type is that of JSON, in UTF-8.
func isJSON(contentType string) bool {
	if contentType == mediaJSON {
		return true
	}
	media, options, err := mime.ParseMediaType(contentType)
	charset := options["charset"]
	return err == nil && media == mediaJSON && (charset == "" || strings.EqualFold(charset, "utf-8"))
}

// params reads the parameters.
func (m *members) params() (*params, error) {
	p := &params{}
	var ok bool
	if p.Query, ok = textOf(m.Query); !ok {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "query is missing or no text")
	}
	if present(m.OperationName) {
		if p.OperationName, ok = textOf(m.OperationName); !ok {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "operationName is no text")
		}
	}
	if present(m.Variables) {
		if m.Variables.Kind() != '{' || json.Unmarshal(m.Variables, &p.Variables) != nil {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "variables is no JSON object")
		}
	}
	if present(m.Extensions) {
		if m.Extensions.Kind() != '{' || !m.Extensions.IsValid() {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "extensions is no JSON object")
		}
	}
	return p, nil
}

// present reports whether a member is there and not null.
func present(v jsontext.Value) bool { return len(v) > 0 && v.Kind() != 'n' }
