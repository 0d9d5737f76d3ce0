package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// A client asks the API over a socket of this machine.
type client struct {
	url    string
	http   *http.Client
	server *http.Server
	served chan error
	body   bytes.Buffer
}

// newClient serves the API on a port of its own.
func newClient(ctx context.Context, api http.Handler) (*client, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the questions over HTTP: %w", err)
	}
	c := &client{
		url:  "http://" + listener.Addr().String() + "/graphql",
		http: &http.Client{Transport: &http.Transport{}}, server: &http.Server{Handler: api, ReadHeaderTimeout: time.Minute}, served: make(chan error, 1),
	}
	go func() { c.served <- c.server.Serve(listener) }()
	return c, nil
}

func (c *client) close() error {
	c.http.CloseIdleConnections()
	err := c.server.Close()
	if served := <-c.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// request is the body of a question.
func request(text string, variables map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{"query": text, "variables": variables})
}

// ask sends a request and returns the response, good until the next.
func (c *client) ask(ctx context.Context, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	c.body.Reset()
	if _, err := io.Copy(&c.body, response.Body); err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %s: %.500s", response.Status, c.body.Bytes())
	}
	return c.body.Bytes(), nil
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
