package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"entente/data"
	"entente/graph"
	"entente/graph/kv"
	"entente/graph/store"
	"entente/loader"
	"entente/reconcile"
	"entente/resolvers"
	"entente/web"
)

//go:embed schema.graphql
var schema string

type serveCommand struct {
	Addr   string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on; port 0 takes a free one, and unix:PATH is a Unix socket. Default: ${default}."`
	Data   string `default:"${data}" help:"Data folder, made if it is not there; :memory: keeps nothing. Default: ${default}."`
	NoSeed bool   `help:"Do not load the curated records that the program carries."`
}

// Help shows under the flags.
func (serveCommand) Help() string {
	return `The first start loads the curated records; later ones add what a newer program brings and leave alone what was withdrawn. Changes through the
API are taken from this machine alone. SIGINT or SIGTERM ends the server when the requests under way are answered.

A Unix socket is for programs of this machine that its file lets in (its owner and group), such as a web server that passes questions on. It takes
no changes: who passes one on need not say from where it came.

Examples:
  entente serve
  entente serve --addr 127.0.0.1:9090 --data /srv/entente
  entente serve --data :memory: --addr 127.0.0.1:0
  entente serve --addr unix:/run/entente/http`
}

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	started := time.Now()
	connections, err := maxConnections()
	if err != nil {
		return err
	}
	return withEngine(ctx, c.Data, 0, s, func(engine kv.Store, st *store.Store) error {
		if !c.NoSeed {
			err := seed(ctx, st, data.Files, s)
			switch {
			case errors.Is(err, kv.ErrReadOnly), errors.Is(err, kv.ErrNoSpace):
				// What is there can still be asked.
				fmt.Fprintln(s.err, "entente: the curated records were not looked at:", err)
			case err != nil:
				return fmt.Errorf("load the curated records: %w", err)
			}
		}
		logger := newLogger(s.err)
		handler, err := newHandler(st, engine, logger)
		if err != nil {
			return err
		}
		scrubbing, stop := context.WithCancel(ctx)
		var scrubs sync.WaitGroup
		scrubs.Go(func() { scrubDaily(scrubbing, engine, logger) })
		defer scrubs.Wait()
		defer stop()
		listener, err := listen(ctx, c.Addr)
		if err != nil {
			return err
		}
		c.announce(s, st, listener.Addr(), time.Since(started))
		return serveUntil(ctx, netutil.LimitListener(listener, connections), handler, s)
	})
}

// announce prints where the server is to be found, as a person would type it.
func (c *serveCommand) announce(s streams, st *store.Store, addr net.Addr, took time.Duration) {
	url, beyond := "http://localhost", false
	if tcp, ok := addr.(*net.TCPAddr); ok {
		host, port, _ := net.SplitHostPort(addr.String())
		if tcp.IP.IsUnspecified() {
			host = "localhost"
		}
		url, beyond = "http://"+net.JoinHostPort(host, port), !tcp.IP.IsLoopback()
	} else {
		fmt.Fprintf(s.out, "socket      %s; over it, as with curl --unix-socket:\n", addr)
	}
	count := st.Head().Statistics()
	fmt.Fprintf(s.out, "playground  %s%s\ngraphql     %s/graphql\nreconcile   %s%s\ndata        %s: %d entities, %d claims, as of commit %d; ready in %s\n",
		url, web.Prefix, url, url, reconcile.Path, c.Data, count.Entities, count.Claims, count.Commits, took.Round(time.Millisecond))
	if !web.Built() {
		fmt.Fprintln(s.out, "The playground is not built into this program: make build does that.")
	}
	if beyond {
		fmt.Fprintln(s.err, "entente: listening beyond this machine; questions are answered for all, changes are taken from this machine alone")
	}
}

// curated is the dataset of the records that the program carries. No import can take the name, which has spaces.
const curated = "the curated records"

// seed loads the curated records. What is there already changes nothing; what an earlier release had and this one no longer
// has ends.
func seed(ctx context.Context, st *store.Store, files fs.FS, s streams) error {
	names, err := fs.Glob(files, "*")
	if err != nil {
		return err
	}
	var inputs []loader.Input
	for _, name := range names {
		inputs = append(inputs, loader.Input{Name: name, Open: func() (io.ReadCloser, error) { return files.Open(name) }})
	}
	report, err := loader.Import(ctx, st, inputs, loader.Options{
		Dataset: data.Dataset, Source: curated, Author: "entente", Note: curated, Replace: true,
	})
	if err == nil && report.ProblemCount() > 0 {
		err = errors.Join(report.Write(s.err), errReported)
	}
	return err
}

// decodeRecord reads a record for the API, whose clients are told what is wrong by place, what was found and what was
// expected.
func decodeRecord(record []byte, dataset string) ([]store.Change, error) {
	changes, err := loader.DecodeRecord(record, dataset)
	if p, ok := errors.AsType[*loader.Problem](err); ok {
		if p.Nearest != "" {
			p.Expected += fmt.Sprintf("; did you mean %q?", p.Nearest)
		}
		return nil, &graph.FieldError{Path: p.Path, Found: p.Found, Expected: p.Expected, Err: err}
	}
	return changes, err
}

// newHandler routes everything the server answers.
func newHandler(st *store.Store, engine kv.Store, logger *slog.Logger) (http.Handler, error) {
	api, err := resolvers.Handler(resolvers.Options{
		Schema: schema, Store: st, Decode: decodeRecord, Faults: faults(), Logger: logger,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", api)
	reconciliation := reconcile.Handler(reconcile.Options{Store: st, Version: version(), Logger: logger})
	mux.Handle(reconcile.Path, reconciliation)
	mux.Handle(reconcile.Path+"/", reconciliation)
	playground := web.Handler()
	mux.Handle(web.Prefix, playground)
	mux.Handle(web.Prefix[:len(web.Prefix)-1], playground)
	mux.Handle("GET /{$}", http.RedirectHandler(web.Prefix, http.StatusFound))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"status": "ok", "commit": st.Head().Moment().Commit})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(engine); err != nil {
			answer(w, http.StatusServiceUnavailable, map[string]any{"status": "degraded", "reason": err.Error()})
			return
		}
		answer(w, http.StatusOK, map[string]any{"status": "ready"})
	})
	return mux, nil
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that left needs no answer
}

// How long clients may take. A slow one holds a connection, never a lock.
const (
	readTimeout  = 30 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 2 * time.Minute
	drainTimeout = 10 * time.Second
	maxHeader    = 16 << 10
)

// serveUntil serves until the context ends, and then until the requests under way are answered.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler, s streams) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readTimeout / 3, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(newLogger(s.err).Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	fmt.Fprintln(s.err, "entente: stopping")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		// The store waits for its readers, so they must go.
		err = server.Close()
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
