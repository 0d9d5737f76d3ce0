package ftm

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestShelf lays entries aside with little memory and reads each back, those of one key in their order.
func TestShelf(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOf(rapid.SliceOfN(rapid.StringMatching(`[a-c\x00]{0,3}`), 3, 3)).Draw(t, "entries")
		s := &shelf{most: rapid.SampledFrom([]int{1, 20, 1 << 20}).Draw(t, "most")}
		defer s.close()
		want := make(map[string][][]string)
		for _, e := range entries {
			if err := s.put(e[0], e[1], e[2]); err != nil {
				t.Fatal(err)
			}
			want[e[0]] = append(want[e[0]], e)
		}
		got := make(map[string][][]string)
		for part := range parts {
			for f, err := range s.each(part, 3) {
				if err != nil {
					t.Fatal(err)
				}
				if partOf(f[0]) != part {
					t.Errorf("%q in part %d, want %d", f[0], part, partOf(f[0]))
				}
				got[f[0]] = append(got[f[0]], append([]string{}, f...))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
	})
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestShelfDamage finds that a file was cut short, rather than that there are fewer entries.
func TestShelfDamage(t *testing.T) {
	s := &shelf{most: 1}
	defer s.close()
	if err := s.put("key", "a", strings.Repeat("b", 100)); err != nil {
		t.Fatal(err)
	}
	for size := s.end - 1; size >= 0; size-- {
		if err := s.file.Truncate(size); err != nil {
			t.Fatal(err)
		}
		var failed error
		for _, err := range s.each(partOf("key"), 3) {
			failed = err
		}
		if failed == nil {
			t.Errorf("no error from a file of %d bytes", size)
		}
	}
}
