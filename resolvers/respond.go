package resolvers

import (
	"bytes"
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The media types of an answer. With the newer one a refused document has a status of its own; clients that ask for
// the older one by name expect 200 and read the body.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
	mediaAny     = "any" // written as JSON, but the client asked for nothing in particular
)

// answer is what a client gets.
type answer struct {
	Data   []byte
	Errors []sayable
	Commit uint64
}

// sayable is an error as a client sees it.
type sayable struct {
	Message    string     `json:"message"`
	Locations  []location `json:"locations,omitempty"`
	Path       []any      `json:"path,omitempty"`
	Extensions extensions `json:"extensions"`
}

// location is a place in the document, from 1.
type location struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// extensions hold what programs read of an error; the message is for people.
type extensions struct {
	Code string `json:"code"`
	ID   string `json:"id,omitempty"` // of an internal error, by which the log tells more
}

// acceptable chooses the media type of the answer; false if the client takes none of ours.
func acceptable(accept []string) (media string, ok bool) {
	list := strings.Join(accept, ",")
	if strings.TrimSpace(list) == "" {
		return mediaAny, true
	}
	type choice struct {
		media   string
		quality float64
	}
	var choices []choice
	for part := range strings.SplitSeq(list, ",") {
		media, params, err := mime.ParseMediaType(part)
		if charset := params["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		quality, err := strconv.ParseFloat(cmp.Or(params["q"], "1"), 64)
		if err != nil || quality <= 0 {
			continue
		}
		switch media {
		case mediaGraphQL, mediaJSON:
			choices = append(choices, choice{media, quality})
		case "application/*", "*/*":
			choices = append(choices, choice{mediaAny, quality})
		}
	}
	if len(choices) == 0 {
		return mediaAny, false
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(b.quality, a.quality) })
	return choices[0].media, true
}

// write sends an answer. It is put together by hand around the data, which is JSON already.
func (a *api) write(w http.ResponseWriter, media string, answer *answer) {
	var b bytes.Buffer
	b.Grow(len(answer.Data) + 64)
	b.WriteByte('{')
	if len(answer.Errors) > 0 {
		b.WriteString(`"errors":`)
		b.Write(a.marshal(answer.Errors))
		b.WriteByte(',')
	}
	b.WriteString(`"data":`)
	b.Write(answer.Data)
	b.WriteString(`,"extensions":{"commit":`)
	b.WriteString(strconv.FormatUint(answer.Commit, 10))
	b.WriteString("}}\n")
	a.send(w, media, http.StatusOK, b.Bytes())
}

// refuse sends a refusal, without data.
func (a *api) refuse(w http.ResponseWriter, media string, err error) {
	refused := a.refused(err)
	if len(refused.allow) > 0 {
		w.Header().Set("Allow", strings.Join(refused.allow, ", "))
	}
	status := refused.status
	if refused.document && media == mediaJSON {
		status = http.StatusOK
	}
	body := append(append([]byte(`{"errors":`), a.marshal(refused.errors)...), "}\n"...)
	a.send(w, media, status, body)
}

// send writes an answer. Answers are not to be kept by anyone on the way: the next commit changes them.
func (a *api) send(w http.ResponseWriter, media string, status int, body []byte) {
	if media == mediaAny {
		media = mediaJSON
	}
	h := w.Header()
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A client that has gone is nobody to tell.
	_, _ = w.Write(body)
}

// marshal writes errors. Text that is not UTF-8 cannot come from a client, but might from a disk; it is sent with
// replacements rather than not at all.
func (a *api) marshal(errs []sayable) []byte {
	b, err := json.Marshal(errs, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		a.logger.Error("write the errors of an answer", "err", err)
		return []byte(`[{"message":"internal error","extensions":{"code":"` + codeInternal + `"}}]`)
	}
	return b
}
