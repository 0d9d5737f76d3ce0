package resolvers

import (
	"bytes"
	"errors"
	"io"
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

// readURL reads a query from the URL, where texts are plain and the rest is JSON. An empty parameter other than the query is
// one left out, as forms send it.
func readURL(r *http.Request) (*params, error) {
	values := r.URL.Query()
	members := map[string]jsontext.Value{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		list, ok := values[name]
		switch {
		case !ok || name != "query" && list[0] == "":
			continue
		case len(list) > 1:
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "%s is given several times", name)
		case name == "variables" || name == "extensions":
			members[name] = jsontext.Value(list[0])
		default:
			quoted, err := jsontext.AppendQuote(nil, list[0])
			if err != nil {
				return nil, refusal(http.StatusBadRequest, codeBadRequest, "%s is not UTF-8 text", name)
			}
			members[name] = quoted
		}
	}
	return readMembers(members)
}

// readBody reads a request from the body, which must be one JSON object in the strict sense: two members of one name would
// mean one thing to a proxy that checks and another to us.
func readBody(w http.ResponseWriter, r *http.Request) (*params, error) {
	// A form on another site can post text and forms, never this type.
	media, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := options["charset"]; err != nil || media != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, refusal(http.StatusUnsupportedMediaType, codeBadRequest, "send Content-Type: application/json, in UTF-8")
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return nil, refusal(http.StatusUnsupportedMediaType, codeBadRequest, "send the body without Content-Encoding")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "the body is over %d bytes", maxBody)
		}
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "the body ended early")
	}
	body = bytes.TrimSpace(body)
	if len(body) > 0 && body[0] == '[' {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "several requests in one are not accepted; send one JSON object")
	}
	var members map[string]jsontext.Value
	if err := json.Unmarshal(body, &members); err != nil || members == nil {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "the body is not one JSON object in UTF-8 without repeated names")
	}
	return readMembers(members)
}

// readMembers takes the parameters from the members of a request. Members it does not know are left alone, as the
// specification asks.
func readMembers(members map[string]jsontext.Value) (*params, error) {
	p := &params{}
	if kind := members["query"].Kind(); kind != '"' || json.Unmarshal(members["query"], &p.Query) != nil {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "query is missing or no text")
	}
	if name := members["operationName"]; present(name) {
		if name.Kind() != '"' || json.Unmarshal(name, &p.OperationName) != nil {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "operationName is no text")
		}
	}
	if variables := members["variables"]; present(variables) {
		if variables.Kind() != '{' || json.Unmarshal(variables, &p.Variables) != nil {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "variables is no JSON object")
		}
	}
	if extensions := members["extensions"]; present(extensions) {
		if extensions.Kind() != '{' || !extensions.IsValid() {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "extensions is no JSON object")
		}
	}
	return p, nil
}

// present reports whether a member is there and not null.
func present(v jsontext.Value) bool { return len(v) > 0 && v.Kind() != 'n' }
