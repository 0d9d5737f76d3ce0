package resolvers

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// A web page anywhere can make a browser send requests to this machine. It cannot read the answers, unless its
// own name is made to point here (DNS rebinding), but a change needs no answer. So whoever listens on this machine
// alone answers requests that name this machine alone, and changes are for programs on it.

// checkHost refuses a request that came in on a loopback address under a name that is not this machine's own.
func checkHost(r *http.Request) error {
	if loopbackListener(r) && !localHost(r.Host) {
		return forbidden("this server listens on this machine alone; ask it as localhost, 127.0.0.1 or [::1]")
	}
	return nil
}

// checkMutation refuses a request for a change unless it comes from a program on this machine, or from a page that
// this server served to it.
func checkMutation(r *http.Request) error {
	switch {
	case !loopbackListener(r) || !loopback(r.RemoteAddr):
		return forbidden("changes are accepted on a loopback address only")
	case forwarded(r.Header):
		return forbidden("changes are not accepted through a proxy")
	case !localHost(r.Host):
		return forbidden("changes are accepted only for the hosts localhost, 127.0.0.1 and [::1]")
	case !sameOrigin(r):
		return forbidden("changes are not accepted from a page of another origin")
	}
	return nil
}

// loopbackListener reports whether the connection came in on a loopback address of this machine.
func loopbackListener(r *http.Request) bool {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ok && loopback(addr.String())
}

// loopback reports whether an address, IP:port, is a loopback one.
func loopback(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// forwarded reports whether a proxy says it passes the request on: then its sender is not who is connected.
func forwarded(h http.Header) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if _, ok := h[name]; ok {
			return true
		}
	}
	return false
}

// localHost reports whether a Host header names this machine, with any port or none.
func localHost(host string) bool {
	name := host
	if h, port, err := net.SplitHostPort(host); err == nil {
		if port == "" || strings.Trim(port, "0123456789") != "" {
			return false
		}
		name = h
	} else {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
		if name == "::1" && host != "[::1]" {
			return false
		}
	}
	return strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "::1"
}

// sameOrigin reports whether the request is from no page, or from a page of the origin it is sent to. A browser
// says so in Origin and Sec-Fetch-Site; a program leaves both away.
func sameOrigin(r *http.Request) bool {
	if site, ok := r.Header["Sec-Fetch-Site"]; ok {
		if len(site) != 1 || site[0] != "same-origin" && site[0] != "none" {
			return false
		}
	}
	origins, ok := r.Header["Origin"]
	if !ok {
		return true
	}
	if len(origins) != 1 {
		return false
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	u, err := url.Parse(origins[0])
	return err == nil && u.Scheme == scheme && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}
