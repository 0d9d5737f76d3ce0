package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"syscall"
)

// A reply is what the API says to a request.
type reply struct {
	Data   map[string]json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
	Extensions struct{ Commit uint64 }
}

// post sends a request. An error is one of the connection: no whole answer came.
func post(ctx context.Context, client *http.Client, api, query string, variables map[string]any) (*reply, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, api, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	var a reply
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, fmt.Errorf("the answer is %.300q: %w", text, err)
	}
	return &a, nil
}

// died reports whether an error of [post] may be what the end of a server's process looks like: the connection failed, or
// ended within an answer. A whole answer that is wrong, and none for a minute, are not.
func died(err error) bool {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return !failed.Timeout()
	}
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.ErrUnexpectedEOF)
}

// A worker sends deeds to a server, one after the other, as one client.
type worker struct {
	name    string
	next    int  // the deed to do next
	pending bool // it may be done already: no answer came
}

// work does deeds until the context ends or an answer does not come; most bounds how many. It returns what the
// connection says.
func (w *worker) work(ctx context.Context, client *http.Client, url string, y *tally, most int) error {
	const mutation = `mutation Do($input: CommitInput!) { commit(input: $input) { commit { number note } repeated problems { record path found expected } } }`
	for range most {
		d := deed{w.name, w.next}
		a, err := post(ctx, client, url, mutation, map[string]any{"input": map[string]any{"records": d.records(), "dataset": deedDataset, "note": d.note()}})
		if err != nil {
			w.pending = true
			return ignoreEnd(ctx, err)
		}
		var payload struct {
			Commit *struct {
				Number uint64
				Note   string
			}
			Problems []json.RawMessage
		}
		if len(a.Errors) > 0 || json.Unmarshal(a.Data["commit"], &payload) != nil || len(payload.Problems) > 0 || payload.Commit == nil {
			return fmt.Errorf("%s: %s, %+v", d.note(), a.Data["commit"], a.Errors)
		}
		if payload.Commit.Note != d.note() || a.Extensions.Commit < payload.Commit.Number {
			y.c.tears("%s was acknowledged with %+v at commit %d", d.note(), payload.Commit, a.Extensions.Commit)
		}
		y.ack(payload.Commit.Number, d)
		w.next++
		if w.next%8 != 0 {
			continue
		}
		// Who has an answer sees what it tells of.
		if a, err = post(ctx, client, url, "{ moment { commit } }", nil); err != nil {
			return ignoreEnd(ctx, err)
		}
		if a.Extensions.Commit < payload.Commit.Number {
			y.c.loses("%s was acknowledged as commit %d, and then the newest is %d", d.note(), payload.Commit.Number, a.Extensions.Commit)
		}
	}
	return nil
}

// ack notes that a commit was acknowledged.
func (y *tally) ack(n uint64, d deed) {
	y.c.mu.Lock()
	defer y.c.mu.Unlock()
	if before, met := y.acked[n]; met {
		y.c.fail("commit %d was acknowledged as %v and as %v", n, before, d)
	}
	y.acked[n] = d
	y.c.acked++
}

// newWorkers are eight clients that write.
func newWorkers() (workers []*worker, names []string) {
	for i := range 8 {
		w := &worker{name: fmt.Sprintf("w%d", i)}
		workers, names = append(workers, w), append(names, w.name)
	}
	return workers, names
}
