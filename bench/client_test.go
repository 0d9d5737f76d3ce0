package bench

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestClient asks for short and for long answers in turn, and for one that is refused.
func TestClient(t *testing.T) {
	c, err := newClient(t.Context(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("the request is of the type %q: %v", r.Header.Get("Content-Type"), err)
		}
		if string(body) == "refuse" {
			w.WriteHeader(http.StatusTeapot)
		}
		_, _ = w.Write(body) // what does not come is found missing by the client
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, question := range []string{"short", strings.Repeat("long", 10_000), "short", ""} {
		if answer, err := c.ask([]byte(question)); err != nil || string(answer) != question {
			t.Errorf("%.10q is answered with %.10q, %v", question, answer, err)
		}
	}
	if _, err := c.ask([]byte("refuse")); err == nil || !strings.Contains(err.Error(), "418") || !strings.Contains(err.Error(), "refuse") {
		t.Errorf("the error is %v, want the status and the text", err)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of the socket is there after the end: %v", err)
	}
}

// TestClientStops ends the context while the client waits.
func TestClientStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := newClient(ctx, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the end of the body lets the server see that the client has gone
		cancel()
		<-r.Context().Done()
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.ask([]byte("wait")); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, context.Canceled)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
}
