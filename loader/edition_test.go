package loader_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

func mustStand(t *testing.T, s *store.Store, want ...string) {
	t.Helper()
	all := export(t, s)
	for _, w := range want {
		text, absent := strings.CutPrefix(w, "!")
		if strings.Contains(all, text) == absent {
			t.Errorf("%q, in an export of\n%s", w, all)
		}
	}
}

func texts(list []loader.Edited) (texts []string) {
	for _, e := range list {
		texts = append(texts, e.Text)
	}
	return texts
}

// TestEditions imports one edition after the other: what came, went and changed is reported, what was withdrawn by hand stays so, a
// faulty edition replaces nothing, and joins end with the ids they were made for.
func TestEditions(t *testing.T) {
	s := open(t)
	other := `{"entity":"x:arm","kind":"State","ids":{"iso3":"ARM"}}` + "\n"
	sound(t, load(t, s, loader.Options{Source: "other"}, text("o", other)))
	const (
		kinds  = `{"entity":"A","kind":"State"}` + "\n" + `{"entity":"B","kind":"State"}` + "\n"
		arm    = `{"claim":"externalId","from":"A","value":"iso3:ARM"}` + "\n"
		first  = `{"claim":"recognized","from":"A","to":"B","when":"2001","key":"row 1"}` + "\n"
		second = `{"claim":"recognized","from":"A","to":"B","when":"2002","key":"row 2"}` + "\n"
		third  = `{"claim":"recognized","from":"A","to":"B","when":"2003","key":"row 3"}` + "\n"
		mended = `{"claim":"recognized","from":"A","to":"B","when":"2002-02","key":"row 2"}` + "\n"
	)
	r := load(t, s, loader.Options{Replace: true}, text("first", kinds+arm+first+second+third))
	if sound(t, r); r.Joined != 1 || r.Replaced != 0 || r.ChangedCount != 0 {
		t.Errorf("the first edition: %+v", r)
	}
	// A person withdraws what row 3 says, and says something of their own.
	sound(t, load(t, s, loader.Options{Source: "person"}, text("p", `{"claim":"recognized","from":"t:B","to":"t:A","when":"1999"}`+"\n")))
	id := idOf(t, third)
	sound(t, load(t, s, loader.Options{Source: "person"}, text("p", `{"retract":"`+id+`","reason":"wrong"}`)))

	// Both versions stand if the edition does not replace; the report says so.
	r = load(t, s, loader.Options{}, text("second", kinds+arm+first+mended+third))
	if sound(t, r); r.ChangedCount != 1 || r.Changed[0].Key != "row 2" || r.WithdrawnSkipped != 1 || r.Replaced != 0 {
		t.Errorf("the second edition: %+v", r)
	}
	mustStand(t, s, `"2002"`, `"2002-02"`, `!"2003"`, `"1999"`)

	// A faulty one ends nothing.
	r = load(t, s, loader.Options{Replace: true}, text("faulty", kinds+`{"claim":"recognised","from":"A","to":"B"}`+"\n"))
	if r.Rejected != 1 || r.NotReplaced == "" || r.Replaced != 0 {
		t.Errorf("a faulty edition: %+v", r)
	}
	r = load(t, s, loader.Options{Replace: true}, text("empty", ""))
	if r.NotReplaced == "" || r.Replaced != 0 {
		t.Errorf("an empty edition: %+v", r)
	}
	mustStand(t, s, `"2001"`, `"2002"`)

	r = load(t, s, loader.Options{Replace: true}, text("third", kinds+mended+third))
	if sound(t, r); r.Replaced != 3 || r.Parted != 1 {
		t.Errorf("the third edition: %+v", r)
	}
	if got := texts(r.Went); !slices.Equal(got, []string{`t:A externalId "iso3:ARM"`, "t:A recognized t:B, 2001", "t:A recognized t:B, 2002"}) || r.WentCount != 3 || r.CameCount != 0 {
		t.Errorf("%d went: %q; %d came", r.WentCount, got, r.CameCount)
	}
	mustStand(t, s, `!"2001"`, `!"2002"`, `"2002-02"`, `!"2003"`, `"1999"`)
	a, _ := s.Head().Resolve("t:A")
	if b, _ := s.Head().Resolve("x:arm"); a == b {
		t.Error("still one, without the id that made them one")
	}
	// What the source has again stands again, and what it had joined.
	r = load(t, s, loader.Options{Replace: true}, text("fourth", kinds+arm+first+mended))
	if sound(t, r); r.Reopened != 3 || r.Added != 0 {
		t.Errorf("the fourth edition: %+v", r)
	}
	if got := texts(r.Came); !slices.Equal(got, []string{`t:A externalId "iso3:ARM"`, "t:A recognized t:B, 2001"}) || r.CameCount != 2 || r.WentCount != 0 {
		t.Errorf("%d came: %q; %d went", r.CameCount, got, r.WentCount)
	}
	a, _ = s.Head().Resolve("t:A")
	if b, _ := s.Head().Resolve("x:arm"); a != b {
		t.Error("not one again")
	}
	// A source that goes back to what it said before has changed.
	r = load(t, s, loader.Options{Replace: true}, text("fifth", kinds+arm+first+second))
	if sound(t, r); r.ChangedCount != 1 || r.Changed[0].Key != "row 2" || r.Replaced != 1 || r.Reopened != 1 {
		t.Errorf("the fifth edition: %+v", r)
	}
}

func idOf(t *testing.T, record string) string {
	t.Helper()
	changes, err := loader.DecodeRecord([]byte(record), "t")
	if err != nil {
		t.Fatal(err)
	}
	return changes[0].ID.String()
}

// history is one of a few commits with all sorts of changes.
func history(t *testing.T) string {
	t.Helper()
	s := open(t)
	sound(t, load(t, s, loader.Options{Author: "ann", Note: "a \"note\""}, text("f", arm)))
	sound(t, load(t, s, loader.Options{}, text("f", `{"retract":"`+firstID(t, s)+`","reason":"r"}`)))
	if _, err := s.Undo(t.Context(), 1, 1, store.UndoOptions{Author: "bob"}); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := loader.ExportHistory(t.Context(), s.Head(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func firstID(t *testing.T, s *store.Store) string {
	t.Helper()
	c, err := s.Head().ReadClaims(t.Context(), []store.ClaimNo{1})
	if err != nil {
		t.Fatal(err)
	}
	return c[0].ClaimID.String()
}

// TestDamagedHistory: a history that is not whole, or not in order, is never taken for a shorter one.
func TestDamagedHistory(t *testing.T) {
	whole := history(t)
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	for cut := range len(whole) - 1 {
		replayFails(t, whole[:cut])
	}
	for i := range lines {
		without := append(append([]string{}, lines[:i]...), lines[i+1:]...)
		replayFails(t, strings.Join(without, ""))
		replayFails(t, strings.Join(append(append([]string{}, lines[:i+1]...), lines[i:]...), ""))
		for _, line := range []string{"[]", "{}", `{"retract":"` + idOf(t, `{"claim":"name","from":"a","value":"x"}`) + `"}`, `{"entity":"t:a"`} {
			replayFails(t, strings.Join(lines[:i], "")+line+"\n"+strings.Join(lines[i+1:], ""))
		}
	}
	for _, change := range [][2]string{
		{`"history":1`, `"history":2`},
		{`"commits":3`, `"commits":4`},
		{`"commits":3`, `"commits":2`},
		{`"commits":3`, `"commits":0`},
		{`"commit":2`, `"commit":3`},
		{`"change":"undo"`, `"change":"und"`},
		{`"change":"undo"`, `"changes":"undo"`},
		{`"of":"`, `"of":"x`},
		{`Z"`, `1234567Z"`},
		{`"records":1,`, `"records":2,`},
		{`"author":"bob"`, `"auther":"bob"`},
	} {
		if !strings.Contains(whole, change[0]) {
			t.Fatalf("no %s in\n%s", change[0], whole)
		}
		replayFails(t, strings.Replace(whole, change[0], change[1], 1))
	}
	s := open(t)
	sound(t, load(t, s, loader.Options{}, text("f", arm)))
	if _, err := loader.ImportHistory(t.Context(), s, text("h", whole), nil); !errors.Is(err, loader.ErrOptions) {
		t.Errorf("a history into a graph that has commits: %v", err)
	}
}

func replayFails(t *testing.T, history string) {
	t.Helper()
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := loader.ImportHistory(t.Context(), s, text("h", history), nil); err == nil {
		t.Errorf("%d commits without an error of\n%s", n, history)
	}
}

func FuzzHistory(f *testing.F) {
	f.Add(`{"history":1,"commits":1}` + "\n" + `{"commit":1,"records":1,"time":"2026-11-25T19:04:15.123456Z"}` + "\n" + `{"claim":"kind","from":"mine:a","value":"State"}`)
	f.Add(`{"history":1,"commits":1}` + "\n" + `{"commit":1,"records":1,"time":"2026-11-25T19:04:15Z","author":"a"}` + "\n" + `{"change":"undo","of":"6fa459ea-ee8a-5ca4-894e-db77e160355e"}`)
	f.Fuzz(func(t *testing.T, history string) {
		s, err := store.Open(t.Context(), memkv.New(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := loader.ImportHistory(t.Context(), s, text("h", history), nil); err != nil {
			return
		}
		var b strings.Builder
		if err := loader.ExportHistory(t.Context(), s.Head(), &b); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
