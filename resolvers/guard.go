package resolvers

import (
	"net/http"

	"entente/origin"
)

// Whoever listens on this machine alone answers requests that name this machine alone, and changes are for programs on it: see
// package origin for why.

// checkHost refuses a request that came in on a loopback address under a name that is not this machine's own.
func checkHost(r *http.Request) error {
	if origin.OnLoopback(r) && !origin.LocalHost(r.Host) {
		return forbidden("this server listens on this machine alone; ask it as localhost, 127.0.0.1 or [::1]")
	}
	return nil
}

// checkMutation refuses a request for a change unless it comes from a program on this machine, or from a page that
// this server served to it. Of what comes over a Unix socket neither is known, for a server that passes requests on need not say so.
func checkMutation(r *http.Request) error {
	switch {
	case !origin.OnLoopback(r) || !origin.Loopback(r.RemoteAddr):
		return forbidden("changes are accepted on a loopback address only")
	case origin.Forwarded(r.Header):
		return forbidden("changes are not accepted through a proxy")
	case !origin.LocalHost(r.Host):
		return forbidden("changes are accepted only for the hosts localhost, 127.0.0.1 and [::1]")
	case !origin.Same(r):
		return forbidden("changes are not accepted from a page of another origin")
	}
	return nil
}
