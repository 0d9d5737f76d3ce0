package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A campaign counts what comes of many rounds. Its random choices come from one seed; what the kernel makes of the
// timing does not.
type campaign struct {
	*rand.Rand
	t    testing.TB
	fail func(format string, args ...any) // reports what should not be
	seed uint64

	mu                                            sync.Mutex // guards all below
	rounds, acked, shown, lost, torn, failedOpens int
}

func newCampaign(t *testing.T) *campaign {
	t.Helper()
	seed := campaignSeed(t)
	c := &campaign{Rand: rand.New(rand.NewPCG(seed, 0x6b696c6c)), t: t, fail: t.Errorf, seed: seed}
	t.Cleanup(func() {
		t.Logf("%d rounds, %d acknowledged, %d answers checked, %d lost, %d half-visible, %d failed opens, seed %d",
			c.rounds, c.acked, c.shown, c.lost, c.torn, c.failedOpens, c.seed)
	})
	return c
}

// below draws a time shorter than most.
func (c *campaign) below(most time.Duration) time.Duration {
	return time.Duration(c.Int64N(int64(most)))
}

func (c *campaign) count(n *int, more int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*n += more
}

// loses reports something that was acknowledged or shown and is gone.
func (c *campaign) loses(format string, args ...any) {
	c.count(&c.lost, 1)
	c.fail("lost: "+format, args...)
}

// tears reports a commit that is there in part, or is not what was committed.
func (c *campaign) tears(format string, args ...any) {
	c.count(&c.torn, 1)
	c.fail("half-visible: "+format, args...)
}

// A child is a process that a campaign kills.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner // of its standard output
	errs  *syncBuffer
	out   *os.File // the reading end of its standard output
	wait  func() error
}

// spawn starts this binary as the program, or as another process that TestMain knows. It is killed at the latest when the
// test ends.
func spawn(t *testing.T, as string, args ...string) *child {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), as+"=1")
	c := &child{cmd: cmd, errs: &syncBuffer{}}
	cmd.Stderr = c.errs
	// A process that the child started for a trial outlives it for a moment and holds its standard error.
	cmd.WaitDelay = time.Second
	// A pipe of our own: that of exec is closed by Wait, which may come before everything has been read.
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout = w
	c.out, c.lines = r, bufio.NewScanner(r)
	c.wait = sync.OnceValue(cmd.Wait)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close() // the child has its own
	t.Cleanup(c.bury)
	return c
}

// bury kills the child and gives back what it took. What it printed can no longer be read.
func (c *child) bury() {
	c.kill()
	_ = c.out.Close() // was only read
}

// kill ends the child at once, as a loss of power to the process alone would, and returns when it is gone.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // it may have ended by itself
	_ = c.wait()             // its error tells of the kill
}

// signal stops the child or lets it go on.
func (c *child) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := c.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// spawnServer starts the program as a server on a free port.
func spawnServer(t *testing.T, folder string) *child {
	t.Helper()
	return spawn(t, asProgram, "serve", "--no-seed", "--addr", "127.0.0.1:0", "--data", folder)
}

// url waits until the server says where it is; empty if it ended, or was killed, before.
func (c *child) url() (url string) {
	for c.lines.Scan() {
		line := c.lines.Text()
		if _, at, ok := strings.Cut(line, "graphql     "); ok {
			url = at
		}
		// The last line of what a server says as it starts: then it answers.
		if strings.HasPrefix(line, "data ") {
			return url
		}
	}
	return ""
}

// newClient is a client with connections of its own, which are closed when the test ends.
func newClient(t *testing.T) *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 1}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: time.Minute}
}

// inProcess runs the program in this process and returns what it wrote, with its exit code.
func inProcess(ctx context.Context, in io.Reader, args ...string) (code int, out, errs string) {
	var o, e strings.Builder
	code = run(ctx, args, in, &o, &e)
	return code, o.String(), e.String()
}

// verified runs verify on the folder, which must be clean, and reports a folder that does not open.
func (c *campaign) verified(folder string) bool {
	code, out, errs := inProcess(c.t.Context(), nil, "verify", "--data", folder)
	switch {
	case code != exitDone && out == "":
		c.count(&c.failedOpens, 1)
		c.fail("the folder does not open: %s", errs)
	case code != exitDone || !strings.Contains(out, "all of it holds"):
		c.tears("verify: exit code %d\n%s%s", code, out, errs)
	}
	return code == exitDone
}

// folders gives a folder that is used for so many rounds and then replaced.
type folders struct {
	path string
	left int
}

// next is the folder of the next round, and whether it is a fresh one.
func (f *folders) next(t *testing.T, each int) (path string, fresh bool) {
	t.Helper()
	if f.left > 0 {
		f.left--
		return f.path, false
	}
	if f.path != "" {
		// Not left for the end of the test: a thousand rounds make many folders.
		if err := os.RemoveAll(f.path); err != nil {
			t.Fatal(err)
		}
	}
	f.path, f.left = fmt.Sprintf("%s/data", t.TempDir()), each-1
	return f.path, true
}
