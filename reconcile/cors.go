package reconcile

import (
	"net/http"
	"net/url"
	"strings"

	"entente/origin"
)

// allowOrigin lets pages of other origins read the answer, or says why not. Where everybody may ask, every page may. A server that
// listens on this machine alone answers under the names of this machine, and answers pages of this machine.
func allowOrigin(h http.Header, r *http.Request) error {
	if !origin.OnLoopback(r) {
		h.Set("Access-Control-Allow-Origin", "*")
		return nil
	}
	if !origin.LocalHost(r.Host) {
		return refusal(http.StatusForbidden, codeForbidden, "", "this server listens on this machine alone; ask it as localhost, 127.0.0.1 or [::1]")
	}
	h.Set("Vary", "Origin")
	from, named := r.Header["Origin"]
	switch {
	case named && len(from) == 1 && isLocal(from[0]):
		h.Set("Access-Control-Allow-Origin", from[0])
	case named || isForeign(r):
		return refusal(http.StatusForbidden, codeForbidden, "", "this server listens on this machine alone and answers pages of this machine alone")
	}
	return nil
}

// isForeign reports whether a request that names no origin was caused by a page elsewhere that could read the answer, as it could
// a script (JSONP). Following a link, or showing a frame, lets a page read nothing.
func isForeign(r *http.Request) bool {
	h := r.Header
	referer, site := h.Get("Referer"), h.Get("Sec-Fetch-Site")
	if h.Get("Sec-Fetch-Mode") == "navigate" || isLocal(referer) {
		return false
	}
	return site == "cross-site" || site == "" && referer != ""
}

// isLocal reports whether a URL is of this machine.
func isLocal(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && origin.LocalHost(u.Host)
}

// preflight answers a browser that asks before it sends a request of another page.
func preflight(w http.ResponseWriter, methods []string) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", strings.Join(methods, ", "))
	h.Set("Access-Control-Allow-Headers", "Content-Type, Accept, X-Requested-With")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}
