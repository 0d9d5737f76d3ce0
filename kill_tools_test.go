package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killedRun starts a command and kills it at a moment drawn below most; it reports whether the command had ended before.
func (c *campaign) killedRun(t *testing.T, most time.Duration, args ...string) (ended bool) {
	t.Helper()
	c.count(&c.rounds, 1)
	process := spawn(t, asProgram, args...)
	timer := time.AfterFunc(c.below(most), func() { _ = process.cmd.Process.Kill() })
	for process.lines.Scan() { // until it ends, by itself or not
	}
	err := process.wait()
	timer.Stop()
	process.bury()
	return err == nil
}

// TestKillRepair kills repairs at any moment. The next one finds what it needs, and brings everything back.
func TestKillRepair(t *testing.T) {
	t.Parallel()
	c := newCampaign(t)
	folders, _ := damagedFolders(t)
	sound := folders["killed"]
	want := must(t, "", "export", "--data", copiedTo(t, sound))
	stopped := 0
	for range rounds(8, 300) {
		folder := copiedTo(t, sound)
		lost := filepath.Join(folder, []string{"badger", "mirror"}[c.IntN(2)])
		if err := os.RemoveAll(lost); err != nil {
			t.Fatal(err)
		}
		for range 1 + c.IntN(3) {
			if !c.killedRun(t, 250*time.Millisecond, "verify", "--repair", "--data", folder) {
				stopped++
			}
		}
		must(t, "", "verify", "--repair", "--data", folder)
		must(t, "", "verify", "--data", folder)
		if got := must(t, "", "export", "--data", folder); got != want {
			c.loses("after repairs that were killed an export has %d bytes, not %d", len(got), len(want))
		}
		if err := os.RemoveAll(filepath.Dir(folder)); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d repairs were stopped", stopped)
}

// copiedTo copies a folder to a place of its own.
func copiedTo(t *testing.T, folder string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "data")
	copyTree(t, folder, to)
	return to
}

// TestKillRedact kills redactions at any moment. Each is done when it is done again, and till then verify says that it is not,
// unless it had not begun.
func TestKillRedact(t *testing.T) {
	t.Parallel()
	c := newCampaign(t)
	const text = "Qzjvkxwy-Bpfghmtr"
	records, sound := filepath.Join(t.TempDir(), "x.jsonl"), filepath.Join(t.TempDir(), "data")
	writeFile(t, records, []byte(`{"entity":"doc","kind":"Document","name":"A document","description":"`+text+`"}`+"\n"))
	must(t, "", "import", "--data", sound, records)
	for range rounds(6, 200) {
		folder := copiedTo(t, sound)
		ended := c.killedRun(t, 300*time.Millisecond, "redact", "--data", folder, "--reason", "r", "x:doc")
		code, out, errs := entente(t, "", "verify", "--data", folder)
		if code != exitDone && !strings.Contains(out, "was to be erased") {
			c.tears("verify after a redaction that was killed: %d\n%s%s", code, out, errs)
		}
		if ended && len(holds(t, folder, text)) > 0 {
			t.Error("a redaction that ended left the text")
		}
		must(t, "", "redact", "--data", folder, "--reason", "r", "x:doc")
		must(t, "", "verify", "--data", folder)
		if in := holds(t, folder, text); len(in) > 0 {
			t.Errorf("the text is still in %v", in)
		}
		if err := os.RemoveAll(filepath.Dir(folder)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKillRestore kills restores at any moment: the folder is not there, or it is whole.
func TestKillRestore(t *testing.T) {
	t.Parallel()
	c := newCampaign(t)
	folders, _ := damagedFolders(t)
	want := must(t, "", "export", "--data", copiedTo(t, folders["closed"]))
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, "", "backup", "--data", folders["closed"], backup)
	for range rounds(6, 200) {
		dir := t.TempDir()
		folder := filepath.Join(dir, "data")
		c.killedRun(t, 200*time.Millisecond, "restore", "--data", folder, backup)
		if _, err := os.Stat(folder); err != nil {
			must(t, "", "restore", "--data", folder, backup)
		}
		if got := must(t, "", "export", "--data", folder); got != want {
			c.loses("a restored folder exports %d bytes, not %d", len(got), len(want))
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}
