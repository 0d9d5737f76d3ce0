package reconcile

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph/ledger"
)

// The codes of errors. A client may rely on them; messages are for people and change.
const (
	codeBadRequest      = "BAD_REQUEST"
	codeUnknownType     = "UNKNOWN_TYPE"
	codeUnknownProperty = "UNKNOWN_PROPERTY"
	codeTooLarge        = "TOO_LARGE"
	codeForbidden       = "FORBIDDEN"
	codeNotFound        = "NOT_FOUND"
	codeCorrupt         = "CORRUPT"
	codeTimeout         = "TIMEOUT"
	codeInternal        = "INTERNAL"
)

// A requestError tells a client what it did wrong.
type requestError struct {
	status  int
	code    string
	message string
	path    string // a JSON Pointer into what was sent; empty if nothing in it is at fault
	allow   []string
}

func (e *requestError) Error() string { return e.message }

func refusal(status int, code, path, format string, args ...any) *requestError {
	return &requestError{status: status, code: code, path: path, message: fmt.Sprintf(format, args...)}
}

// A document is an answer that is no JSON.
type document struct {
	status int
	html   []byte
}

// errorBody is an error as a client sees it.
type errorBody struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Path    string `json:"path,omitempty"`
	} `json:"error"`
}

// refuse sends an error. What a client can do nothing about is logged under an id that the client is told.
func (s *service) refuse(w http.ResponseWriter, err error) {
	e, ok := errors.AsType[*requestError](err)
	switch {
	case ok:
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		e = refusal(http.StatusServiceUnavailable, codeTimeout, "", "it took too long; ask for less")
	case errors.Is(err, ledger.ErrCorrupt):
		s.logger.Error("stored data is damaged", "err", err)
		e = refusal(http.StatusInternalServerError, codeCorrupt, "", "stored data is damaged; run entente verify")
	default:
		id := rand.Text()[:12]
		s.logger.Error("internal error", "id", id, "err", err)
		e = refusal(http.StatusInternalServerError, codeInternal, "", "internal error %s", id)
	}
	if len(e.allow) > 0 {
		w.Header().Set("Allow", strings.Join(e.allow, ", "))
	}
	var body errorBody
	body.Error.Code, body.Error.Message, body.Error.Path = e.code, e.message, e.path
	s.send(w, e.status, mediaJSON, s.marshal(body))
}

const (
	mediaJSON   = "application/json; charset=utf-8"
	mediaScript = "application/javascript; charset=utf-8"
	mediaHTML   = "text/html; charset=utf-8"
)

// callbackForm is what may be called: a name, or names with dots. It keeps JSONP from running anything else.
var callbackForm = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]{0,127}(\.[A-Za-z_$][A-Za-z0-9_$]{0,127}){0,7}$`)

// write sends an answer, as JSON or, for a client that names a callback, as a script.
func (s *service) write(w http.ResponseWriter, r *http.Request, body any) {
	if d, ok := body.(*document); ok {
		// A page of ours is shown in frames of other pages, and needs nothing but its own style.
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'")
		w.Header().Set("Referrer-Policy", "no-referrer")
		s.send(w, d.status, mediaHTML, d.html)
		return
	}
	callback := r.FormValue("callback")
	switch {
	case callback == "":
		s.send(w, http.StatusOK, mediaJSON, s.marshal(body))
	case !callbackForm.MatchString(callback):
		s.refuse(w, refusal(http.StatusBadRequest, codeBadRequest, "", "callback is no name of a function"))
	default:
		var b bytes.Buffer
		// The comment keeps old plug-ins from taking the script for something else that begins as the name does.
		fmt.Fprintf(&b, "/**/%s(", callback)
		b.Write(bytes.TrimSpace(s.marshal(body)))
		b.WriteString(");\n")
		s.send(w, http.StatusOK, mediaScript, b.Bytes())
	}
}

// send writes an answer. Answers are not to be kept by anyone on the way: the next commit changes them.
func (s *service) send(w http.ResponseWriter, status int, media string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A client that has gone is nobody to tell.
	_, _ = w.Write(body)
}

// marshal writes JSON that is a script, too, with members of maps in their order.
func (s *service) marshal(body any) []byte {
	b, err := json.Marshal(body, json.Deterministic(true), jsontext.AllowInvalidUTF8(true), jsontext.EscapeForJS(true), jsontext.EscapeForHTML(true))
	if err != nil {
		s.logger.Error("write an answer", "err", err)
		return []byte(`{"error":{"code":"` + codeInternal + `","message":"internal error"}}`)
	}
	return append(b, '\n')
}
