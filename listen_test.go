package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// socketAt listens on a socket; dead leaves its file and nobody behind it.
func socketAt(t *testing.T, path string, dead bool) {
	t.Helper()
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(!dead)
	if !dead {
		t.Cleanup(func() { _ = l.Close() })
	} else if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestListenUnix finds different things where a socket is to be made. What must stay is found as it was.
func TestListenUnix(t *testing.T) {
	tests := []struct {
		name  string
		put   func(t *testing.T, path string)
		words string // of the error; none for success
	}{
		{"nothing", func(*testing.T, string) {}, ""},
		{"a dead socket", func(t *testing.T, path string) { socketAt(t, path, true) }, ""},
		{"a socket that is listened on", func(t *testing.T, path string) { socketAt(t, path, false) }, "another server listens there"},
		{"a file", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "no socket (-rw-------)"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "no socket (drwx------)"},
		{"a link to a dead socket", func(t *testing.T, path string) {
			socketAt(t, path+"-", true)
			if err := os.Symlink(path+"-", path); err != nil {
				t.Fatal(err)
			}
		}, "no socket (Lrwxrwxrwx)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "http")
			tt.put(t, path)
			before, _ := os.Lstat(path)
			l, err := listen(t.Context(), unixPrefix+path)
			if tt.words != "" {
				after, errStat := os.Lstat(path)
				if err == nil || !strings.Contains(err.Error(), tt.words) || !strings.Contains(err.Error(), path) {
					t.Errorf("the error is %v, want %q and the path", err, tt.words)
				}
				if errStat != nil || !os.SameFile(before, after) {
					t.Errorf("what was there is gone: %v", errStat)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if info, err := os.Lstat(path); err != nil || info.Mode() != fs.ModeSocket|socketMode {
				t.Errorf("%v, %v; want a socket for its owner and group", info.Mode(), err)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the file is there after the listener was closed: %v", err)
			}
		})
	}
}

func TestListenRefuses(t *testing.T) {
	for addr, words := range map[string]string{
		unixPrefix + "/" + strings.Repeat("long/", 40):             "the path has 200 bytes; that of a socket has at most",
		unixPrefix + filepath.Join(t.TempDir(), "nowhere", "http"): "nowhere: no such file",
		"nowhere": "listen on nowhere: ",
	} {
		if l, err := listen(t.Context(), addr); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("listen(%q) = %v, %v, want an error that says %q", addr, l, err, words)
		}
	}
}

// TestListenStops has a signal come while somebody else holds the folder's lock.
func TestListenStops(t *testing.T) {
	folder, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if err := unix.Flock(int(folder.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := listen(ctx, unixPrefix+filepath.Join(folder.Name(), "http")); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, context.Canceled)
	}
}

// TestListenAtOnce has several servers start at once where a dead socket is, time after time. One of them takes its place.
func TestListenAtOnce(t *testing.T) {
	folder := t.TempDir()
	for round := range 50 {
		path := filepath.Join(folder, strconv.Itoa(round))
		socketAt(t, path, true)
		const starters = 8
		listening := make(chan net.Listener, starters)
		start := make(chan struct{})
		var servers sync.WaitGroup
		for range starters {
			servers.Go(func() {
				<-start
				if l, err := listen(t.Context(), unixPrefix+path); err == nil {
					listening <- l
				}
			})
		}
		close(start)
		servers.Wait()
		close(listening)
		if n := len(listening); n != 1 {
			t.Errorf("%d servers listen at the same time, want 1", n)
		}
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatalf("nobody listens at the path: %v", err)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
		for l := range listening {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestServeUnix asks the program over a Unix socket, from start to end.
func TestServeUnix(t *testing.T) {
	path := filepath.Join(t.TempDir(), "http")
	s := serve(t, "--data", ":memory:", "--addr", unixPrefix+path)
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}}
	defer client.CloseIdleConnections()
	for body, want := range map[string]string{
		`{"query":"{moment{commit}}"}`:                                     `{"data":{"moment":{"commit":1}},"extensions":{"commit":1}}`,
		`{"query":"mutation{commit(input:{records:[]}){commit{number}}}"}`: "FORBIDDEN",
	} {
		response, err := client.Post(s.url+"/graphql", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(response.Body)
		if err != nil || response.Body.Close() != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s answers %s, %v; want %s", body, answer, err, want)
		}
	}
	if code := s.stop(); code != exitDone || strings.Contains(s.errs.String(), "beyond this machine") {
		t.Errorf("stopped with %d:\n%s", code, s.errs)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is there after the end: %v", err)
	}
}
