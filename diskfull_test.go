package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallDisk mounts a file system in memory for the test, which skips where that cannot be.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes)); err != nil {
		t.Skipf("it takes the right to mount, such as that of root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Log(err)
		}
	})
	return dir
}

// fill writes a file until the disk has no more than so many bytes left.
func fill(t *testing.T, file string, leave int64) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(file), &st); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for free := int64(st.Bavail)*st.Bsize - leave; free > 0; {
		n, err := f.Write(bytes.Repeat([]byte{1}, int(min(free, 1<<20))))
		if err != nil {
			return // there is none left at all
		}
		free -= int64(n)
	}
}

// TestDiskFull fills the disk under a server. Writes are refused with the reason, reading goes on, nobody dies, and nothing that
// was acknowledged is lost: when there is space again, when it is full to the last byte, and after restarts.
func TestDiskFull(t *testing.T) {
	disk := smallDisk(t, 480)
	folder, filler := filepath.Join(disk, "data"), filepath.Join(disk, "filler")
	const question = `{ statistics { commits } }`
	n := 0
	commit := func(server *child, url string) (code string) {
		t.Helper()
		record := fmt.Sprintf(`{"entity":"x:e%d","kind":"State","name":"Number %d"}`, n, n)
		a, err := post(t.Context(), http.DefaultClient, url, `mutation Do($input: CommitInput!) { commit(input: $input) { commit { number } } }`,
			map[string]any{"input": map[string]any{"records": []string{record}}})
		if err != nil {
			t.Fatalf("%v\n%s", err, server.errs)
		}
		if len(a.Errors) > 0 {
			return a.Errors[0].Extensions.Code
		}
		n++
		return ""
	}
	ask := func(server *child, url string) string {
		t.Helper()
		a, err := post(t.Context(), http.DefaultClient, url, question, nil)
		if err != nil || len(a.Errors) > 0 {
			t.Fatalf("%v, %v\n%s", err, a, server.errs)
		}
		return string(a.Data["statistics"])
	}
	start := func() (*child, string) {
		t.Helper()
		server := spawnServer(t, folder)
		url := server.url()
		if url == "" {
			t.Fatalf("the server does not start: %s", server.errs)
		}
		return server, url
	}
	wantAll := func(server *child, url, when string) {
		t.Helper()
		if got := ask(server, url); got != fmt.Sprintf(`{"commits":%d}`, n) {
			t.Errorf("%s there are %s, %d were acknowledged", when, got, n)
		}
	}
	stop := func(server *child) {
		t.Helper()
		server.signal(t, syscall.SIGTERM)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = server.wait() // on a full disk it ends with an error that says so
		}()
		select {
		case <-ended:
		case <-time.After(time.Minute):
			t.Fatalf("the server does not stop: %s", server.errs)
		}
		if strings.Contains(server.errs.String(), "goroutine ") {
			t.Errorf("the server died: %s", server.errs)
		}
	}

	server, url := start()
	for range 20 {
		if code := commit(server, url); code != "" {
			t.Fatalf("a commit with plenty of space: %s", code)
		}
	}
	fill(t, filler, 200<<20) // less than the reserve
	if code := commit(server, url); code != "NO_SPACE" {
		t.Errorf("a commit without space: %q, want NO_SPACE", code)
	}
	wantAll(server, url, "without space")
	response, err := http.Get(strings.TrimSuffix(url, "/graphql") + "/readyz")
	if err != nil || response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("/readyz without space: %v, %v", response, err)
	} else {
		_ = response.Body.Close()
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if code := commit(server, url); code != "" {
		t.Errorf("a commit with space again: %q", code)
	}

	fill(t, filler, 0)
	for range 50 {
		if code := commit(server, url); code != "NO_SPACE" {
			t.Fatalf("a commit on a full disk: %q, want NO_SPACE", code)
		}
	}
	wantAll(server, url, "on a full disk")
	stop(server)
	server, url = start() // the ballast is what it has
	wantAll(server, url, "after a restart on a full disk")
	if code := commit(server, url); code != "READ_ONLY" {
		t.Errorf("a commit after a restart on a full disk: %q, want READ_ONLY", code)
	}
	server.kill()
	server, url = start()
	wantAll(server, url, "after a kill on a full disk")
	stop(server)
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	server, url = start()
	if code := commit(server, url); code != "" {
		t.Errorf("a commit after a restart with space: %q", code)
	}
	wantAll(server, url, "after all that")
	stop(server)
	must(t, "", "verify", "--data", folder)
}

// TestLimits runs the program with few descriptors, and with a limit to the size of files: it says so, or works, and loses nothing.
func TestLimits(t *testing.T) {
	dir := t.TempDir()
	records := filepath.Join(dir, "gen.jsonl")
	must(t, "", "generate", "--relations", "2000", "--seed", "1", "-o", records)
	sound := filepath.Join(dir, "sound")
	must(t, "", "import", "--data", sound, "--dataset", "gen", records)
	want := must(t, "", "export", "--data", sound)
	outcomes := map[string]int{}
	for _, limit := range []string{"-n 12", "-n 16", "-n 20", "-n 28", "-n 40", "-n 64", "-f 1", "-f 64", "-f 2048"} {
		folder := filepath.Join(dir, strings.ReplaceAll(limit, " ", ""))
		copyTree(t, sound, folder)
		args := strings.Join([]string{"ulimit", limit, "&&", "exec", os.Args[0], "undo", "--data", folder, "1"}, " ")
		r := shell(t, args)
		switch {
		case r.code == exitDone:
			outcomes["done"]++
		case r.err == "" || r.code == exitUsage && strings.Contains(r.err, "goroutine"):
			t.Errorf("%s: the program died: %v", limit, r)
		default:
			outcomes["refused"]++
		}
		got := must(t, "", "export", "--data", folder)
		if got != want && r.code != exitDone {
			// A commit may have come through although its acknowledgement did not: then all of it.
			must(t, "", "undo", "--data", folder, "2")
			got = must(t, "", "export", "--data", folder)
		}
		if r.code != exitDone && got != want {
			t.Errorf("%s: %v\nafterwards an export of %d bytes, want %d", limit, r, len(got), len(want))
		}
		must(t, "", "verify", "--data", folder)
	}
	t.Logf("%v", outcomes)
}
