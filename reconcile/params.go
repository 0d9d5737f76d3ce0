package reconcile

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readParams reads the parameters of the URL and, of a POST, of the form in its body. Each is given once, in UTF-8.
func readParams(w http.ResponseWriter, r *http.Request, methods []string) (map[string][]string, error) {
	if !slices.Contains(methods, r.Method) {
		e := refusal(http.StatusMethodNotAllowed, codeBadRequest, "", "use %s", strings.Join(methods, ", "))
		e.allow = methods
		return nil, e
	}
	if r.Method == http.MethodPost {
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || media != "application/x-www-form-urlencoded" {
			return nil, refusal(http.StatusUnsupportedMediaType, codeBadRequest, "", "send Content-Type: application/x-www-form-urlencoded")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := r.ParseForm(); err != nil {
			if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
				return nil, refusal(http.StatusRequestEntityTooLarge, codeTooLarge, "", "the body is over %d bytes", maxBody)
			}
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "the form cannot be read")
		}
		return checkParams(r.Form)
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "the parameters of the URL cannot be read")
	}
	return checkParams(values)
}

func checkParams(values url.Values) (map[string][]string, error) {
	for name, list := range values {
		if !utf8.ValidString(name) || slices.ContainsFunc(list, func(text string) bool { return !utf8.ValidString(text) }) {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "a parameter is not UTF-8 text")
		}
		if ours := name == "queries" || name == "extend" || name == "callback"; ours && len(list) > 1 {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "%s is given %d times", name, len(list))
		}
	}
	return values, nil
}

// number is a parameter that is a whole number from least to most; without one it is what stands for that.
func (r *request) number(name string, without, least, most int) (int, error) {
	text := r.param(name)
	if text == "" {
		return without, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, refusal(http.StatusBadRequest, codeBadRequest, "", "%s is %q; it is a number from %d to %d", name, text, least, most)
	}
	return n, nil
}
