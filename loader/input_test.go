package loader_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"entente/loader"
)

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstded(t testing.TB, text string, opts ...zstd.EOption) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll([]byte(text), nil)
}

// streamed asks for a window of half a gigabyte, however small the text.
func streamed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(512<<20), zstd.WithSingleSegment(false))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // without an end of the frame in between, so that its size is not known when it begins
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPacked(t *testing.T) {
	records := arm + deal + sign
	long := arm + strings.Repeat(deal, 20_000)
	flipped := gzipped(t, records)
	flipped[len(flipped)-6] ^= 1
	tests := []struct {
		name  string
		data  []byte
		added int
		want  []string
	}{
		{"gzip", gzipped(t, records), 6, nil},
		{"gzip with a byte-order mark", gzipped(t, "\ufeff"+records), 6, nil},
		{"gzip in two members", append(gzipped(t, arm), gzipped(t, deal+sign)...), 6, nil},
		{"zstd", zstded(t, records), 6, nil},
		{"zstd in two frames", append(zstded(t, arm), zstded(t, deal+sign)...), 6, nil},
		{"gzip of a document", gzipped(t, `{"entities": [`+strings.TrimSpace(arm)+`]}`), 3, nil},
		{"truncated gzip", gzipped(t, records)[:40], 0, []string{"f:1: found damaged gzip data (unexpected EOF), expected a whole file"}},
		{"gzip without its end", gzipped(t, records)[:len(gzipped(t, records))-4], 6, []string{"f:4: byte 211: found damaged gzip data (unexpected EOF), expected a whole file"}},
		{"gzip with another checksum", flipped, 6, []string{"f:4: byte 211: found damaged gzip data (gzip: invalid checksum), expected a whole file"}},
		{"gzip of which only the magic is there", []byte{0x1f, 0x8b}, 0, []string{`f: found damaged gzip data (unexpected EOF), expected a regular file, or "-" for standard input`}},
		{"something else after gzip", append(gzipped(t, records), "more than a header"...), 6, []string{"f:4: byte 211: found damaged gzip data (gzip: invalid header), expected a whole file"}},
		{"truncated zstd", zstded(t, long)[:len(zstded(t, long))-9], 5, []string{"f:19027: byte 1179628: found damaged zstd data (unexpected EOF), expected a whole file"}},
		{"zstd with a window that takes a gigabyte", streamed(t, records), 0, []string{"f:1: found zstd data that asks for a window of more than 8 MiB, expected a file packed with a smaller window"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(tt.data)), nil }}
			r := load(t, open(t), loader.Options{}, in)
			if diff := cmp.Diff(tt.want, problems(r)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if r.Added != tt.added || r.Rejected != len(tt.want) || r.Bytes > int64(len(tt.data)) {
				t.Errorf("added %d, rejected %d, want %d, %d", r.Added, r.Rejected, tt.added, len(tt.want))
			}
		})
	}
}

func TestFileInput(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(path("good.jsonl"), []byte(arm), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path("fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"link": "good.jsonl", "loop": "loop", "zero": "/dev/zero"} {
		if err := os.Symlink(target, path(link)); err != nil {
			t.Fatal(err)
		}
	}
	wanted := `, expected a regular file, or "-" for standard input`
	tests := []struct{ name, want string }{
		{"good.jsonl", ""},
		{"link", ""},
		{"fifo", "found a named pipe" + wanted},
		{"zero", "found a device" + wanted},
		{".", "found a folder" + wanted},
		{"none.jsonl", "found no such file" + wanted},
		{"loop", "found too many levels of symbolic links" + wanted},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := load(t, open(t), loader.Options{}, loader.FileInput(path(tt.name), nil), text("next", deal))
			if tt.want == "" {
				if sound(t, r); r.Added != 5 {
					t.Errorf("added %d, want 5", r.Added)
				}
				return
			}
			if want := path(tt.name) + ": " + tt.want; r.Added != 2 || r.Rejected != 1 || r.Problems[0].String() != want {
				t.Errorf("added %d: %s\nwant: %s", r.Added, problems(r), want)
			}
		})
	}
	r := load(t, open(t), loader.Options{}, loader.FileInput("-", strings.NewReader("x")))
	if want := "standard input:1: found invalid character 'x' at start of value at byte 0, expected JSON"; r.Problems[0].String() != want {
		t.Errorf("got %s, want %s", problems(r), want)
	}
}

var errDisk = errors.New("input/output error")

// TestReadError checks that a failing read costs nothing that came before.
func TestReadError(t *testing.T) {
	in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(arm+deal[:9]), broken{})), nil
	}}
	r := load(t, open(t), loader.Options{}, in, text("g", deal))
	want := []string{"f:2: byte 78: found input/output error, expected a file that can be read to its end"}
	if diff := cmp.Diff(want, problems(r)); diff != "" || r.Added != 5 {
		t.Errorf("added %d; problems (-want +got):\n%s", r.Added, diff)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errDisk }

// TestEndlessLine reads a line that never seems to end, and is none the fatter for it.
func TestEndlessLine(t *testing.T) {
	for _, start := range []string{"", `{"entities": ["`} {
		in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(start), io.LimitReader(endless{}, 256<<20))), nil
		}}
		s := open(t)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := load(t, s, loader.Options{}, in)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 32<<20 {
			t.Errorf("reading %q… allocated %d bytes", start, took)
		}
		if r.Rejected != 1 {
			t.Errorf("problems: %s", problems(r))
		}
	}
}

// endless gives one letter for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
