package main

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestShellQuoted has a shell read what is quoted for it.
func TestShellQuoted(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh, which is to read what is quoted")
	}
	rapid.Check(t, func(t *rapid.T) {
		args := rapid.SliceOfN(rapid.StringMatching("[ -~éλ\n]{0,8}"), 1, 20).Draw(t, "args")
		quoted := make([]string, len(args))
		for i, arg := range args {
			quoted[i] = shellQuoted(arg)
		}
		out, err := exec.Command(shell, "-c", `printf '%s\0' `+strings.Join(quoted, " ")).Output()
		if want := strings.Join(args, "\x00") + "\x00"; err != nil || string(out) != want {
			t.Errorf("%q is read as %q, %v", args, out, err)
		}
	})
}

func TestShellQuotedReads(t *testing.T) {
	for arg, want := range map[string]string{
		"entente:ARM": "entente:ARM", "1994/2020-11": "1994/2020-11", "": "''", "[2020..]": "'[2020..]'", "it's": `'it'\''s'`, "2020~": "'2020~'",
	} {
		if got := shellQuoted(arg); got != want {
			t.Errorf("shellQuoted(%q) = %s, want %s", arg, got, want)
		}
	}
}
