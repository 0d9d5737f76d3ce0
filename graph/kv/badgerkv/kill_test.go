package badgerkv_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
)

// writerFolder makes this test binary a writer to a folder, to be killed.
const writerFolder = "BADGERKV_TEST_WRITER"

// valueOf is long enough that a round goes through several memtables.
func valueOf(name string) []byte { return bytes.Repeat([]byte(name), 4000) }

// write puts and swaps from several goroutines until it is killed, and prints each name once it is acknowledged.
func write(dir, round string) error {
	s, err := badgerkv.Open(dir, small)
	if err != nil {
		return err
	}
	ctx := context.Background()
	var mu sync.Mutex
	var wg sync.WaitGroup
	failed := make(chan error, 4)
	for w := range 4 {
		wg.Go(func() {
			var old []byte
			for i := 0; ; i++ {
				name := fmt.Sprintf("%s-%d-%06d", round, w, i)
				block := kv.Item{Key: kv.Key{Row: "blocks", Col: name}, Value: valueOf(name)}
				err := s.Swap(ctx, kv.Key{Row: "head", Col: fmt.Sprintf("%s-%d", round, w)}, old, []byte(name), block)
				if err != nil {
					failed <- err
					return
				}
				old = []byte(name)
				mu.Lock()
				fmt.Println(name)
				mu.Unlock()
			}
		})
	}
	return <-failed
}

// TestKill kills a writer at any moment, again and again. Nothing that was acknowledged may be gone, no head may
// be without its block, and the store opens by itself every time.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	acked := map[string]string{} // by head: the last name acknowledged
	count := 0
	for round := range 6 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), writerFolder+"="+dir, "BADGERKV_TEST_ROUND="+fmt.Sprint(round))
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The first acknowledgement starts the time, so that a slow machine kills no writer that is still opening.
		lines := bufio.NewScanner(out)
		var timer *time.Timer
		for lines.Scan() {
			if timer == nil {
				timer = time.AfterFunc(time.Duration(37*round+11)*time.Millisecond, func() { _ = cmd.Process.Kill() })
			}
			name := lines.Text()
			if len(name) == len("0-0-000000") { // the last line may be torn
				acked[name[:3]] = name
				count++
			}
		}
		if timer == nil {
			t.Fatalf("round %d: the writer acknowledged nothing: %s", round, stderr.String())
		}
		_ = cmd.Wait() // it was killed, so its error says nothing

		s := open(t, dir)
		for head, last := range acked {
			got, err := s.Get(t.Context(), kv.Key{Row: "head", Col: head})
			if err != nil {
				t.Fatal(err)
			}
			// A swap may have happened without its acknowledgement coming through.
			if string(got[0]) < last {
				t.Errorf("round %d: head %s = %q, but %q was acknowledged", round, head, got[0], last)
			}
			if string(got[0]) > last {
				last = string(got[0])
			}
			var n int
			if _, err := fmt.Sscanf(last[4:], "%d", &n); err != nil {
				t.Fatal(err)
			}
			for i := range n + 1 {
				name := fmt.Sprintf("%s-%06d", head, i)
				block, err := s.Get(t.Context(), kv.Key{Row: "blocks", Col: name})
				if err != nil || !bytes.Equal(block[0], valueOf(name)) {
					t.Fatalf("round %d: block %s has %d bytes, %v", round, name, len(block[0]), err)
				}
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d acknowledged", count)
}
