package bench

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// A client asks the API over a Unix socket of this machine: one request after the other on one connection, as the peer is asked. A client
// of package http would have goroutines of its own for what is sent and what comes, and a pool of connections, and the time they
// take would be measured along.
type client struct {
	folder string // of the socket
	server *http.Server
	served chan error
	conn   net.Conn
	out    *bufio.Writer
	in     *bufio.Reader
	leave  func() bool // stops waiting for the context to end, which would break off a request

	request *http.Request // of the context; each question puts its own body into it
	body    bytes.Buffer
}

// patience is how long the server waits for the first question: the graph that is asked beside it is still to be laid out then.
const patience = time.Hour

// newClient serves the API on a socket of its own. All questions end with the context.
func newClient(ctx context.Context, api http.Handler) (c *client, err error) {
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	asking, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/graphql", nil)
	if err != nil {
		return nil, err
	}
	asking.Header.Set("Content-Type", "application/json")
	socket := filepath.Join(folder, "http")
	listener, err := new(net.ListenConfig).Listen(ctx, "unix", socket)
	if err != nil {
		return nil, fmt.Errorf("listen for the questions over HTTP: %w", err)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	c = &client{
		folder: folder, request: asking, server: &http.Server{Handler: api, ReadHeaderTimeout: patience}, served: make(chan error, 1),
		conn: conn, out: bufio.NewWriter(conn), in: bufio.NewReader(conn),
		leave: context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }),
	}
	go func() { c.served <- c.server.Serve(listener) }()
	return c, nil
}

func (c *client) close() error {
	c.leave()
	err := errors.Join(c.conn.Close(), c.server.Close())
	if served := <-c.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return errors.Join(err, os.RemoveAll(c.folder))
}

// request is the body of a question.
func request(text string, variables map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{"query": text, "variables": variables})
}

// ask sends a request and returns the response, good until the next. After an error there is none.
func (c *client) ask(body []byte) ([]byte, error) {
	c.request.Body, c.request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if err := c.exchange(); err != nil {
		return nil, cmp.Or(c.request.Context().Err(), err)
	}
	return c.body.Bytes(), nil
}

// exchange sends a request and reads the response.
func (c *client) exchange() error {
	if err := errors.Join(c.request.Write(c.out), c.out.Flush()); err != nil {
		return err
	}
	response, err := http.ReadResponse(c.in, c.request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	c.body.Reset()
	if _, err := io.Copy(&c.body, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP %s: %.500s", response.Status, c.body.Bytes())
	}
	return nil
}

// dataOf takes the data out of a response that has no errors.
func dataOf(response []byte) ([]byte, error) {
	var r struct{ Data, Errors json.RawMessage }
	if err := json.Unmarshal(response, &r); err != nil {
		return nil, fmt.Errorf("decode the response: %w", err)
	}
	if len(r.Errors) > 0 {
		return nil, fmt.Errorf("the response has errors: %.500s", r.Errors)
	}
	return r.Data, nil
}
