package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const testPrefix = "/playground/"

func pack(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func testFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	return fstest.MapFS{
		".keep":                 {Data: []byte("placeholder")},
		"index.html":            {Data: []byte("<p>page</p>")},
		"favicon.svg":           {Data: []byte("<svg/>")},
		"assets/app-1a2b.js.gz": {Data: pack(t, "run()")},
		"assets/app-1a2b.css":   {Data: []byte("p{}")},
		"assets/icons-3c.ttf":   {Data: []byte("font")},
		"assets/broken-4d.js.gz": {
			Data: []byte("not gzip"),
		},
	}
}

func TestSite(t *testing.T) {
	built := newSite(testFiles(t), testPrefix, []byte("how to build"))
	bare := newSite(fstest.MapFS{".keep": {Data: []byte("placeholder")}}, testPrefix, []byte("how to build"))
	packedIndex := newSite(fstest.MapFS{"index.html.gz": {Data: pack(t, "<p>packed</p>")}}, testPrefix, nil)

	const forever = "public, max-age=31536000, immutable"
	tests := []struct {
		name     string
		site     *site
		method   string // GET if empty
		path     string
		accept   string
		status   int
		body     string            // after unpacking
		header   map[string]string // "" for absent
		location string
	}{
		{name: "index", site: built, path: "/playground/", status: 200, body: "<p>page</p>", header: map[string]string{
			"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", "Vary": "", "Content-Length": "11",
		}},
		{name: "index by name", site: built, path: "/playground/index.html", status: 200, body: "<p>page</p>"},
		{name: "no slash", site: built, path: "/playground", status: 308, location: "/playground/"},
		{name: "no slash, query", site: built, path: "/playground?tab=2", status: 308, location: "/playground/?tab=2"},
		{name: "packed, taken", site: built, path: "/playground/assets/app-1a2b.js", accept: "br, gzip;q=0.8", status: 200, body: "run()", header: map[string]string{
			"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": forever, "Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Etag": "",
		}},
		{name: "packed, not taken", site: built, path: "/playground/assets/app-1a2b.js", accept: "br", status: 200, body: "run()", header: map[string]string{
			"Content-Encoding": "", "Vary": "Accept-Encoding", "Content-Length": "5",
		}},
		{name: "packed, asked by its stored name", site: built, path: "/playground/assets/app-1a2b.js.gz", accept: "gzip", status: 200, header: map[string]string{
			"Content-Encoding": "",
		}},
		{name: "packed, damaged", site: built, path: "/playground/assets/broken-4d.js", status: 500},
		{name: "plain asset", site: built, path: "/playground/assets/app-1a2b.css", accept: "gzip", status: 200, body: "p{}", header: map[string]string{
			"Content-Type": "text/css; charset=utf-8", "Cache-Control": forever, "Content-Encoding": "", "Vary": "",
		}},
		{name: "font", site: built, path: "/playground/assets/icons-3c.ttf", status: 200, body: "font", header: map[string]string{"Content-Type": "font/ttf"}},
		{name: "favicon", site: built, path: "/playground/favicon.svg", status: 200, body: "<svg/>", header: map[string]string{
			"Content-Type": "image/svg+xml", "Cache-Control": "no-cache",
		}},
		{name: "head", site: built, method: "HEAD", path: "/playground/", status: 200, header: map[string]string{"Content-Length": "11"}},
		{name: "post", site: built, method: "POST", path: "/playground/", status: 405, header: map[string]string{"Allow": "GET, HEAD"}},
		{name: "unknown file", site: built, path: "/playground/assets/gone.js", status: 404, header: map[string]string{"Cache-Control": ""}},
		{name: "folder", site: built, path: "/playground/assets", status: 404},
		{name: "folder with slash", site: built, path: "/playground/assets/", status: 404},
		{name: "placeholder", site: built, path: "/playground/.keep", status: 404},
		{name: "upwards", site: built, path: "/playground/../web.go", status: 404},
		{name: "outside", site: built, path: "/elsewhere", status: 404},
		{name: "unbuilt index", site: bare, path: "/playground/", status: 200, body: "how to build", header: map[string]string{
			"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
		}},
		{name: "unbuilt asset", site: bare, path: "/playground/assets/app-1a2b.js", status: 404},
		{name: "unbuilt, no slash", site: bare, path: "/playground", status: 308, location: "/playground/"},
		{name: "packed index", site: packedIndex, path: "/playground/", status: 200, body: "<p>packed</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			method := tt.method
			if method == "" {
				method = http.MethodGet
			}
			r := httptest.NewRequest(method, tt.path, nil)
			if tt.accept != "" {
				r.Header.Set("Accept-Encoding", tt.accept)
			}
			w := httptest.NewRecorder()
			tt.site.ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Fatalf("%s %s: status %d, want %d", method, tt.path, w.Code, tt.status)
			}
			if got := w.Header().Get("Location"); got != tt.location {
				t.Errorf("Location = %q, want %q", got, tt.location)
			}
			want := map[string]string{
				"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			}
			maps.Copy(want, tt.header)
			got := map[string]string{}
			for name := range want {
				got[name] = w.Header().Get(name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("header (-want +got):\n%s", diff)
			}
			if tt.body == "" {
				return
			}
			body := io.Reader(w.Body)
			if w.Header().Get("Content-Encoding") == "gzip" {
				unpacked, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = unpacked
			}
			text, err := io.ReadAll(body)
			if err != nil {
				t.Fatal(err)
			}
			if string(text) != tt.body {
				t.Errorf("body = %q, want %q", text, tt.body)
			}
		})
	}
}

func TestSiteAsksAgain(t *testing.T) {
	files := testFiles(t)
	fetch := func(tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, testPrefix, nil)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		w := httptest.NewRecorder()
		newSite(files, testPrefix, nil).ServeHTTP(w, r)
		return w
	}
	tag := fetch("").Header().Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("ETag = %q, want a weak one", tag)
	}
	if w := fetch(tag); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("same content: status %d with %d bytes, want 304 with none", w.Code, w.Body.Len())
	}
	files["index.html"] = &fstest.MapFile{Data: []byte("<p>newer</p>")}
	if w := fetch(tag); w.Code != http.StatusOK {
		t.Errorf("changed content: status %d, want 200", w.Code)
	}
}

func TestAcceptsGzip(t *testing.T) {
	tests := []struct {
		header []string
		want   bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{"gzip"}, true},
		{[]string{"GZip"}, true},
		{[]string{"deflate, gzip;q=1.0, *;q=0.5"}, true},
		{[]string{"br", "gzip"}, true},
		{[]string{"gzip;q=0"}, false},
		{[]string{"gzip ; Q = 0.000"}, false},
		{[]string{"gzip;q=none"}, false},
		{[]string{"*"}, true},
		{[]string{"*;q=0"}, false},
		{[]string{"gzip;q=0, *"}, false},
		{[]string{"*, gzip;q=0"}, false},
		{[]string{"identity, gzippy"}, false},
	}
	for _, tt := range tests {
		if got := acceptsGzip(tt.header); got != tt.want {
			t.Errorf("acceptsGzip(%q) = %v, want %v", tt.header, got, tt.want)
		}
	}
}

// The page for programs without a build must not need anything that is not in it.
func TestUnbuiltPageStandsAlone(t *testing.T) {
	page := string(unbuilt)
	for _, want := range []string{"make build", "make serve", "/graphql", "<title>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, not := range []string{"<script", "src=", "@import", "https://"} {
		if strings.Contains(page, not) {
			t.Errorf("the page contains %q", not)
		}
	}
}
