package webtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Screenshots names the environment variable that holds a folder for pictures of each step; unset, none are taken.
const Screenshots = "ENTENTE_SCREENSHOTS"

// patience bounds each wait. Nothing is measured by it: a step that works ends as soon as it has what it waits for.
const patience = 60 * time.Second

// Browser returns the path of Chromium, or fails the test naming the package that brings it.
func Browser(t testing.TB) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"}
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	t.Fatalf("none of %s is on the path; install Chromium (Debian: apt-get install chromium)", strings.Join(names, ", "))
	return ""
}

// session is one visit: a tab of a browser of its own and what it has asked for and complained about.
type session struct {
	t    *testing.T
	ctx  context.Context
	host string

	mu       sync.Mutex
	asked    []string // addresses requested
	problems []string // console errors and exceptions
}

// visit starts a browser with an empty profile. It ends with the test.
func visit(t *testing.T, host string) *session {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(Browser(t)),
		chromedp.NoSandbox, // Tests run as root in containers, where Chromium has no sandbox.
		chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1400, 900),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// A request that should not be made must not succeed either.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	s := &session{t: t, host: host}
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithListener(s.hear))
	s.ctx = ctx
	t.Cleanup(func() {
		// Cancel waits for the browser to go, so that its profile can be deleted.
		_ = chromedp.Cancel(ctx)
		cancel()
		stop()
	})
	// The browser lives as long as the context it is started with, so that must not be one with a deadline.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return s
}

// hear notes what the browser reports. It runs on the goroutine that reads the browser's messages.
func (s *session) hear(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		s.asked = append(s.asked, event.Request.URL)
	case *network.EventWebSocketCreated:
		s.asked = append(s.asked, event.URL)
	case *runtime.EventExceptionThrown:
		s.problems = append(s.problems, "exception: "+describe(event.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError || event.Type == runtime.ConsoleAPICalledTypeWarning {
			s.problems = append(s.problems, fmt.Sprintf("console %s: %s", event.Type, arguments(event.Args)))
		}
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError || event.Entry.Level == log.EntryLevelWarning {
			s.problems = append(s.problems, fmt.Sprintf("log %s: %s %s", event.Entry.Level, event.Entry.Text, event.Entry.URL))
		}
	}
}

func describe(details *runtime.ExceptionDetails) string {
	if details.Exception != nil && details.Exception.Description != "" {
		return details.Exception.Description
	}
	return details.Text
}

func arguments(args []*runtime.RemoteObject) string {
	var parts []string
	for _, arg := range args {
		parts = append(parts, string(arg.Value)+arg.Description)
	}
	return strings.Join(parts, " ")
}

// check fails the test for requests to other hosts and for complaints of the page.
func (s *session) check() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) == 0 {
		s.t.Error("the browser reported no request at all, so its word on others is worth nothing")
	}
	for _, asked := range s.asked {
		u, err := url.Parse(asked)
		if err != nil || (u.Host != s.host && u.Scheme != "data" && u.Scheme != "blob") {
			s.t.Errorf("the page asked for %s, which is not on %s", asked, s.host)
		}
	}
	for _, problem := range s.problems {
		s.t.Error(problem)
	}
}

// do runs actions in order, within the time that patience allows.
func (s *session) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		s.picture("failed")
		s.t.Fatalf("%s: %v", what, err)
	}
}

// until polls an expression of the page until it is true. It asks anew each time, so a page that loads meanwhile
// does no harm.
func (s *session) until(what, expression string) {
	s.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		done, err := chromedp.Run(s.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && done {
			return
		}
		if time.Now().After(deadline) {
			s.picture("failed")
			s.t.Fatalf("%s: %s is still not so (%v)", what, expression, err)
		}
		select {
		case <-s.ctx.Done():
			s.t.Fatalf("%s: %v", what, s.ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// picture saves what the page looks like, if somebody asked for pictures.
func (s *session) picture(name string) {
	s.t.Helper()
	folder := os.Getenv(Screenshots)
	if folder == "" {
		return
	}
	png, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644)
	}
	if err != nil {
		s.t.Errorf("picture %s: %v", name, err)
	}
}

// insert writes text into what has the focus at once, as a paste does; the editor adds no bracket of its own.
func insert(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}
