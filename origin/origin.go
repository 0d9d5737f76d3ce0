// Package origin says where a request comes from, as far as it can be told: which address it came in on, under which name, and
// from which page of a browser.
//
// A web page anywhere can make a browser send requests to this machine. It cannot read the answers, unless its own name is made to
// point here (DNS rebinding) or they are made for other pages to read, but a change needs no answer.
package origin

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// OnLoopback reports whether the connection came in on a loopback address of this machine. A Unix socket has none: a page reaches it only through
// a server that passes requests on, and from there comes whatever that server lets in.
func OnLoopback(r *http.Request) bool {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ok && Loopback(addr.String())
}

// Loopback reports whether an address, IP:port, is a loopback one.
func Loopback(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// Forwarded reports whether a proxy says it passes the request on: then its sender is not who is connected.
func Forwarded(h http.Header) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if _, ok := h[name]; ok {
			return true
		}
	}
	return false
}

// LocalHost reports whether a Host header names this machine, with any port or none.
func LocalHost(host string) bool {
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

// Same reports whether the request is from no page, or from a page of the origin it is sent to. A browser
// says so in Origin and Sec-Fetch-Site; a program leaves both away.
func Same(r *http.Request) bool {
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
