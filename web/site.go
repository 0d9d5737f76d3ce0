package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	index  = "index.html"
	packed = ".gz"    // ending of a file that lies compressed
	hashed = "assets" // folder whose file names change with their content
)

// policy lets a page load, run and ask nothing but what this program serves. Monaco sets styles on elements and
// has its icon font in the style sheet, hence the two exceptions.
const policy = "default-src 'self'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// site serves a folder of built files under a prefix, or one page in their place if there is no build.
type site struct {
	files   fs.FS
	prefix  string // begins and ends with a slash
	unbuilt []byte // served where files have no index
	built   bool
}

func newSite(files fs.FS, prefix string, unbuilt []byte) *site {
	return &site{files: files, prefix: prefix, unbuilt: unbuilt, built: readable(files)}
}

// readable reports whether files hold an index, compressed or not.
func readable(files fs.FS) bool {
	_, _, err := read(files, index)
	return err == nil
}

// ServeHTTP answers GET and HEAD. A path it does not know is 404, and so are folders and dot files.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "the playground is only read", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, s.prefix)
	if !ok {
		if r.URL.Path+"/" != s.prefix {
			http.NotFound(w, r)
			return
		}
		target := s.prefix
		if r.URL.RawQuery != "" {
			target += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, target, http.StatusPermanentRedirect)
		return
	}
	if name == "" {
		name = index
	}
	if !s.built {
		s.serveUnbuilt(w, r, name)
		return
	}
	s.serveFile(w, r, name)
}

// serveUnbuilt answers for the index alone: scripts that an old tab still asks for are not found.
func (s *site) serveUnbuilt(w http.ResponseWriter, r *http.Request, name string) {
	if name != index {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, s.unbuilt)
}

func (s *site) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	header := w.Header()
	if !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		http.NotFound(w, r)
		return
	}
	content, isPacked, err := read(s.files, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	header.Set("Content-Type", contentType(name))
	tag := ""
	if strings.HasPrefix(name, hashed+"/") {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache")
		sum := sha256.Sum256(content)
		// Weak, because the packed and the plain form are the same page in other bytes.
		tag = `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		header.Set("ETag", tag)
	}
	if isPacked {
		header.Set("Vary", "Accept-Encoding")
	}
	if tag != "" && strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if isPacked && acceptsGzip(r.Header.Values("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
	} else if isPacked {
		if content, err = unpack(content); err != nil {
			// The build wrote it and the binary holds it: only a damaged binary comes here.
			http.Error(w, "the file is damaged", http.StatusInternalServerError)
			return
		}
	}
	send(w, r, content)
}

func send(w http.ResponseWriter, r *http.Request, content []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(content) // The client has gone: there is nobody to tell.
}

// read returns a file's bytes and whether they are gzip.
func read(files fs.FS, name string) (content []byte, isPacked bool, err error) {
	content, err = fs.ReadFile(files, name+packed)
	if err == nil {
		return content, true, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	content, err = fs.ReadFile(files, name)
	return content, false, err
}

func unpack(content []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// contentType does not ask the machine's tables first, which on some say that JavaScript is plain text; a
// module of that type does not run.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	}
	if byTable := mime.TypeByExtension(path.Ext(name)); byTable != "" {
		return byTable
	}
	return "application/octet-stream"
}

// acceptsGzip reads Accept-Encoding as far as gzip is concerned: named or meant by *, and not at quality 0. A
// client that sends no such header gets the plain form.
func acceptsGzip(values []string) bool {
	star := false
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			coding, params, _ := strings.Cut(part, ";")
			accepted := quality(params) > 0
			switch strings.ToLower(strings.TrimSpace(coding)) {
			case "gzip", "x-gzip":
				return accepted
			case "*":
				star = accepted
			}
		}
	}
	return star
}

// quality is the value of q among a coding's parameters; 1 without one, 0 if it cannot be read.
func quality(params string) float64 {
	for param := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			return 0
		}
		return q
	}
	return 1
}
