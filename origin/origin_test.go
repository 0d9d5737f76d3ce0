package origin_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"entente/origin"
)

func TestLocalHost(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST:80": true, "127.0.0.1": true, "127.0.0.1:8080": true, "[::1]": true, "[::1]:80": true,
		"": false, "::1": false, "localhost:": false, "localhost:x": false, "localhost.evil.example": false, "127.0.0.2": false, "evil.example:80": false,
	} {
		if got := origin.LocalHost(host); got != want {
			t.Errorf("LocalHost(%q) = %v, want %v", host, got, want)
		}
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:1": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true,
		"": false, "127.0.0.1": false, "192.0.2.1:80": false, "[::]:80": false, "localhost:80": false,
	} {
		if got := origin.Loopback(addr); got != want {
			t.Errorf("Loopback(%q) = %v, want %v", addr, got, want)
		}
	}
}

func TestOnLoopback(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if origin.OnLoopback(r) {
		t.Error("a request that came in on nothing known is taken for one on this machine")
	}
	if origin.OnLoopback(r.WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, &net.UnixAddr{Name: "/run/127.0.0.1:80", Net: "unix"}))) {
		t.Error("a request that came in on a Unix socket is taken for one on a loopback address")
	}
	for ip, want := range map[string]bool{"127.0.0.1": true, "192.0.2.1": false} {
		ctx := context.WithValue(t.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP(ip), Port: 80})
		if got := origin.OnLoopback(r.WithContext(ctx)); got != want {
			t.Errorf("OnLoopback at %s = %v, want %v", ip, got, want)
		}
	}
}

func TestForwarded(t *testing.T) {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if !origin.Forwarded(http.Header{name: {"anything"}}) {
			t.Errorf("%s is not seen", name)
		}
	}
	if origin.Forwarded(http.Header{"Accept": {"*/*"}}) {
		t.Error("a request without such a header is taken for one through a proxy")
	}
}

func TestSame(t *testing.T) {
	tests := []struct {
		name   string
		header http.Header
		tls    bool
		want   bool
	}{
		{"a program", http.Header{}, false, true},
		{"a page of ours", http.Header{"Origin": {"http://here.example"}, "Sec-Fetch-Site": {"same-origin"}}, false, true},
		{"over TLS", http.Header{"Origin": {"https://here.example"}}, true, true},
		{"not over TLS", http.Header{"Origin": {"https://here.example"}}, false, false},
		{"typed by a person", http.Header{"Sec-Fetch-Site": {"none"}}, false, true},
		{"a page elsewhere", http.Header{"Origin": {"http://elsewhere.example"}}, false, false},
		{"which its browser tells of", http.Header{"Sec-Fetch-Site": {"cross-site"}}, false, false},
		{"of a sister", http.Header{"Sec-Fetch-Site": {"same-site"}}, false, false},
		{"of nowhere", http.Header{"Origin": {"null"}}, false, false},
		{"two origins", http.Header{"Origin": {"http://here.example", "http://here.example"}}, false, false},
	}
	for _, tt := range tests {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://here.example/", nil)
		r.Header = tt.header
		if tt.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if got := origin.Same(r); got != tt.want {
			t.Errorf("%s: Same = %v, want %v", tt.name, got, tt.want)
		}
	}
}
