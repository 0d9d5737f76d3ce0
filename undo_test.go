package main

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUndoTells says of each claim that an undo leaves ended whether an import may bring it back, and does so beforehand, too.
func TestUndoTells(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	const kinds, claim = `{"entity":"a","kind":"State"}` + "\n" + `{"entity":"b","kind":"State"}` + "\n", `{"claim":"recognized","from":"a","to":"b","when":"2001"}`
	changes, err := decodeRecord([]byte(claim), "x")
	if err != nil {
		t.Fatal(err)
	}
	id := changes[0].Claim.ID().String()
	must(t, kinds, "import", "--data", folder, "--dataset", "x", "-")
	must(t, claim, "import", "--data", folder, "--dataset", "x", "-")
	must(t, fmt.Sprintf(`{"retract":%q,"reason":"wrong"}`, id), "import", "--data", folder, "--dataset", "x", "-")
	undo := func(want string, args ...string) {
		t.Helper()
		if diff := cmp.Diff(want, must(t, "", append([]string{"undo", "--data", folder}, args...)...)); diff != "" {
			t.Errorf("undo %q (-want +got):\n%s", args, diff)
		}
	}
	const none, wouldNone = "claims    0 ended, 0 restored\n          ", "claims    0 would be ended, 0 would be restored\n          "
	undo(wouldNone+"1 would be no longer withdrawn: still ended, until imported again\n", "--dry-run", "2..3")
	undo(none+"1 no longer withdrawn: still ended, until imported again\ncommit    4\n", "2..3")
	undo(wouldNone+"1 would be withdrawn again: still ended, and no import changes that\n", "--dry-run", "4")
	undo(none+"1 withdrawn again: still ended, and no import changes that\ncommit    5\n", "4")
	undo(wouldNone+"1 would be left as is: changed by a later commit\n", "--dry-run", "3")
	undo(none+"1 left as is: changed by a later commit\n", "3")
	must(t, "", "redact", "--data", folder, "--reason", "asked for", id)
	undo(none+"1 left redacted: nothing undoes that\n", "3..6")
}
