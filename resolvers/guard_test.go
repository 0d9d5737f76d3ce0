package resolvers

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"entente/graph/store"
)

const aMerge = `{"query":"mutation{merge(keep:\"entente:ARM\",absorb:\"other:Armenia\",reason:\"one country\"){added repeated}}"}`

// TestMutationGuard sends the same change as programs and as web pages would.
func TestMutationGuard(t *testing.T) {
	s := smallStore(t)
	srv := serve(t, s)
	host := srv.Listener.Addr().String()
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		host    string
		headers []string
		status  int
	}{
		{"a program", host, nil, 200},
		{"as localhost", "localhost:" + port, nil, 200},
		{"as LOCALHOST", "LOCALHOST", nil, 200},
		{"as ::1", "[::1]:" + port, nil, 200},
		{"through another port", "127.0.0.1:1", nil, 200},
		{"a page of ours", host, []string{"Origin", "http://" + host, "Sec-Fetch-Site", "same-origin"}, 200},
		{"typed by a person", host, []string{"Sec-Fetch-Site", "none"}, 200},

		{"a page elsewhere", host, []string{"Origin", "https://evil.example"}, 403},
		{"a page elsewhere, by an old browser's referrer", host, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a page of another port", host, []string{"Origin", "http://localhost:1", "Sec-Fetch-Site", "same-site"}, 403},
		{"a page of another port, without more", host, []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"a page over TLS", host, []string{"Origin", "https://" + host}, 403},
		{"a page of nowhere", host, []string{"Origin", "null"}, 403},
		{"an empty origin", host, []string{"Origin", ""}, 403},
		{"a name that was made to point here", "evil.example:" + port, nil, 403},
		{"such a name and its origin", "evil.example", []string{"Origin", "http://evil.example"}, 403},
		{"a name that begins like ours", "localhost.evil.example", nil, 403},
		{"a name with an odd port", "localhost:", nil, 403},
		{"an address without its brackets", "::1", nil, 403},
		{"through a proxy", host, []string{"X-Forwarded-For", "203.0.113.7"}, 403},
		{"through a proxy of the standard", host, []string{"Forwarded", "for=203.0.113.7"}, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := srv.post(t, aMerge, tt.headers...)
			r.Host = tt.host
			got := srv.do(t, r)
			if got.status != tt.status {
				t.Errorf("status %d, want %d: %s", got.status, tt.status, got.body)
			}
			if tt.status == 403 && (len(got.Errors) != 1 || got.Errors[0].Extensions.Code != codeForbidden || got.Errors[0].Message == "") {
				t.Errorf("a refusal without %s and a sentence: %s", codeForbidden, got.body)
			}
		})
	}
	if commit := s.Head().Moment().Commit; commit != 4 {
		t.Errorf("the head is commit %d, want 4: one change of all went through, once", commit)
	}
}

// TestHostGuard asks questions: a page whose name was made to point here may not read either.
func TestHostGuard(t *testing.T) {
	srv := serve(t, smallStore(t))
	for host, status := range map[string]int{
		"localhost": 200, "127.0.0.1:80": 200, "[::1]": 200,
		"evil.example": 403, "127.0.0.1.evil.example": 403, "10.0.0.1": 403,
	} {
		r := srv.post(t, `{"query":"{moment{commit}}"}`)
		r.Host = host
		if got := srv.do(t, r); got.status != status {
			t.Errorf("Host: %s has status %d, want %d", host, got.status, status)
		}
	}
}

// TestAwayFromLoopback serves on an address that is not the machine's own alone: questions are answered there under
// any name, changes are not made.
func TestAwayFromLoopback(t *testing.T) {
	h, err := Handler(Options{Schema: schemaText(t), Store: smallStore(t), Decode: func([]byte, string) ([]store.Change, error) { return nil, nil }})
	if err != nil {
		t.Fatal(err)
	}
	public := net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 8080}
	tests := []struct {
		name         string
		local        net.Addr
		remote, host string
		body         string
		status       int
	}{
		{"a question", &public, "203.0.113.7:5000", "entente.example", `{"query":"{moment{commit}}"}`, 200},
		{"a change", &public, "203.0.113.7:5000", "entente.example", aMerge, 403},
		{"a change under a local name", &public, "203.0.113.7:5000", "localhost", aMerge, 403},
		{"a change from this machine", &public, "127.0.0.1:5000", "localhost", aMerge, 403},
		{"a change to this machine from elsewhere", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, "203.0.113.7:5000", "localhost", aMerge, 403},
		{"a change on a socket without an address", nil, "127.0.0.1:5000", "localhost", aMerge, 403},
		{"a question on a Unix socket", &net.UnixAddr{Name: "/run/entente/http", Net: "unix"}, "@", "entente.example", `{"query":"{moment{commit}}"}`, 200},
		{"a change on a Unix socket", &net.UnixAddr{Name: "/run/entente/http", Net: "unix"}, "@", "localhost", aMerge, 403},
		{"a change on a mapped address", &net.TCPAddr{IP: net.ParseIP("::ffff:127.0.0.1"), Port: 8080}, "[::1]:5000", "[::1]:8080", aMerge, 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := (&server{Server: &httptest.Server{}}).post(t, tt.body)
			r.RemoteAddr, r.Host = tt.remote, tt.host
			if tt.local != nil {
				r = r.WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, tt.local))
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Errorf("status %d, want %d: %s", w.Code, tt.status, w.Body)
			}
		})
	}
}
