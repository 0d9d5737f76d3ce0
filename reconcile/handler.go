package reconcile

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"entente/graph/store"
)

// Options of the service.
type Options struct {
	// Store is what is asked. Required; it stays the caller's to close, after the last request.
	Store *store.Store
	// Version is that of the program, for the manifest; it may be empty.
	Version string
	// Logger takes what clients are not told; nil is [slog.Default].
	Logger *slog.Logger
}

// Path is where the service is to be mounted, itself and with a slash after it.
const Path = "/reconcile"

// The limits of a request.
const (
	maxBody  = 1 << 20 // bytes
	maxTime  = 30 * time.Second
	maxBatch = 50 // queries
)

// service is the handler: immutable, for any number of requests at once.
type service struct {
	store      *store.Store
	version    string
	logger     *slog.Logger
	properties []property
	byID       map[string]*property
}

// Handler serves everything under [Path].
func Handler(opts Options) http.Handler {
	s := &service{store: opts.Store, version: opts.Version, logger: opts.Logger, properties: properties()}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	s.byID = make(map[string]*property)
	for i := range s.properties {
		s.byID[s.properties[i].id] = &s.properties[i]
	}
	mux := http.NewServeMux()
	for path, answer := range map[string]answerer{
		"":                  s.root,
		"/suggest/entity":   s.suggestEntity,
		"/suggest/property": s.suggestProperty,
		"/suggest/type":     s.suggestType,
		"/flyout/entity":    s.flyoutEntity,
		"/flyout/property":  s.flyoutProperty,
		"/flyout/type":      s.flyoutType,
		"/properties":       s.propose,
		"/preview":          s.preview,
		"/entity":           s.page,
	} {
		mux.Handle(Path+path, s.endpoint(path == "", answer))
	}
	mux.Handle(Path+"/{$}", s.endpoint(true, s.root))
	mux.Handle(Path+"/", s.endpoint(false, func(r *request) (any, error) {
		return nil, refusal(http.StatusNotFound, codeNotFound, "", "there is nothing at %s", r.http.URL.Path)
	}))
	return mux
}

// An answerer answers a request with what becomes JSON, or with a [document].
type answerer func(r *request) (any, error)

// A request is one request and the graph at the commit at which it is answered.
type request struct {
	ctx    context.Context
	http   *http.Request
	view   *store.View
	params map[string][]string
}

// param is the first value of a parameter, empty if there is none.
func (r *request) param(name string) string {
	if list := r.params[name]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// endpoint is what all endpoints have in common. The one of the service itself takes POST, too.
func (s *service) endpoint(takesPost bool, answer answerer) http.Handler {
	methods := []string{http.MethodGet, http.MethodHead}
	if takesPost {
		methods = append(methods, http.MethodPost)
	}
	methods = append(methods, http.MethodOptions)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if err := allowOrigin(w.Header(), r); err != nil {
			s.refuse(w, err)
			return
		}
		if r.Method == http.MethodOptions {
			preflight(w, methods)
			return
		}
		body, err := s.answer(w, r, methods, answer)
		if err != nil {
			s.refuse(w, err)
			return
		}
		s.write(w, r, body)
	})
}

// answer reads the parameters and answers. A panic becomes an error of this one request.
func (s *service) answer(w http.ResponseWriter, r *http.Request, methods []string, answer answerer) (body any, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.logger.Error("panic", "value", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	params, err := readParams(w, r, methods)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), maxTime)
	defer cancel()
	return answer(&request{ctx: ctx, http: r, view: s.store.Head(), params: params})
}

var errPanic = errors.New("reconcile: panic")

// root answers the endpoint of the service: the manifest, or candidates, or properties of entities.
func (s *service) root(r *request) (any, error) {
	_, queries := r.params["queries"]
	_, extend := r.params["extend"]
	switch {
	case queries && extend:
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "send queries or extend, not both")
	case queries:
		return s.reconcile(r)
	case extend:
		return s.extend(r)
	case r.http.Method == http.MethodPost:
		return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "send a form with queries or extend")
	}
	for name := range r.params {
		if name != "callback" && name != "_" && name != "lang" {
			return nil, refusal(http.StatusBadRequest, codeBadRequest, "", "found the parameter %q; the manifest takes none, candidates are asked for with queries, properties with extend", name)
		}
	}
	return s.manifest(r), nil
}
