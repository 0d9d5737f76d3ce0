package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader"
	"entente/loader/format"
	"entente/loader/table"
)

// trial is a format of who signed what and when. The name of a file is that of its coder.
var trial = format.Format{Name: "trial", Dataset: "t", Read: readTrial}

func readTrial(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer file.Close()
	set := format.Set{Maker: graph.ID("t:" + in.Name), MakerName: in.Name, Document: graph.ID("t:file-" + in.Name), Title: "The file " + in.Name}
	base := set.Declare(out, "")
	if err := format.Require(file.Tables[0], "text", "date", "actor"); err != nil {
		return err
	}
	return format.Rows(file.Tables[0], out, []string{"text", "date", "actor", "found"}, func(row *table.Row) {
		id := graph.ID("t:" + row.Text("text"))
		claims := base
		claims.Source.Locator = "text " + row.Text("text")
		claims.Key = claims.Source.Locator
		out.Entity(row.Place("text"), format.Entity{ID: id, Kind: graph.Agreement, Name: row.Text("text")}, claims)
		if date, ok := out.Date(row.Place("date"), row.Text("date")); ok {
			c := claims
			c.From, c.Predicate, c.Value = id, graph.DatePredicate, date.String()
			if found := row.Text("found"); found != "" {
				was := c
				was.Value = found
				out.Claim(row.Place("found"), was)
				c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "day and month were exchanged"}}
				out.Note("exchanged", row.Place("found"), found)
			}
			out.Claim(row.Place("date"), c)
		}
		c := claims
		c.From, c.Predicate, c.To = graph.ID("t:"+row.Text("actor")), graph.Signed, id
		out.Claim(row.Place("actor"), c)
		if strings.HasPrefix(row.Text("actor"), "State") {
			out.Entity(row.Place("actor"), format.Entity{ID: c.From, Kind: graph.State}, base)
		}
	})
}

func tableFile(name, content string) loader.Input {
	in := text(name, content)
	in.Format = &trial
	return in
}

// TestForeign reads tables: what is wrong is named by cell, the rest is imported, and what was rejected can be mended and imported as
// records.
func TestForeign(t *testing.T) {
	const rows = "text,date,actor,note\n" +
		"A,1994-05-12,StateX,hm\n" +
		"B,1994-13-12,StateY,\n" + // no such month
		"C,1995,nobody,hm\n" + // never declared
		"D,1996,StateX,,more\n" // a cell too many
	s := open(t)
	var rejects bytes.Buffer
	r := load(t, s, loader.Options{Rejects: &rejects}, tableFile("maker", rows), tableFile("other", "text;date\nA;1994\n"))
	want := []string{
		`maker: row 3, column date: found "1994-13-12", expected a date (at byte 5: a month, 01 to 12)`,
		`maker: row 5: found 5 cells, expected at most 4, one for each column`,
		`other: row 1: found a table without ["actor"]; its columns are ["text" "date"], expected a table with them`,
		`maker: row 4, column actor: /from: found "t:nobody", expected an entity that a record declares with its kind, here or in the graph`,
	}
	if diff := cmp.Diff(want, problems(r)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if r.Tables.Rows != 3 || r.Rejected != 4 {
		t.Errorf("%d rows, %d rejected", r.Tables.Rows, r.Rejected)
	}
	if diff := cmp.Diff([]format.Column{{Name: "note", Cells: 2}}, r.Tables.Unmapped()); diff != "" {
		t.Errorf("unmapped (-want +got):\n%s", diff)
	}
	mustStand(t, s, `"from":"t:StateX","to":"t:A"`, `"from":"t:StateY","to":"t:B"`, `"date":"1994-05-12"`, `!nobody`)
	sound(t, load(t, s, loader.Options{}, text("mended", `{"entity":"nobody","kind":"State"}`+"\n"+rejects.String())))
	mustStand(t, s, `"from":"t:nobody","to":"t:C"`)
}

// TestForeignEditions imports a table, withdraws one of its claims, and imports the table's next edition.
func TestForeignEditions(t *testing.T) {
	s := open(t)
	first := "text,date,actor\nA,1994-05-12,StateX\nB,1994-05-13,StateY\n"
	sound(t, load(t, s, loader.Options{Source: "trial"}, tableFile("maker", first)))
	var withdrawn graph.ClaimID
	for c, err := range s.Head().Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Predicate == graph.Signed && c.From == "t:StateX" {
			withdrawn = c.ClaimID
		}
	}
	sound(t, load(t, s, loader.Options{Source: "person"}, text("p", fmt.Sprintf(`{"retract":%q}`, withdrawn))))
	// A row more at the top: what stands below it is the same as before.
	r := load(t, s, loader.Options{Source: "trial", Replace: true}, tableFile("maker", "text,date,actor\nN,1990,StateY\nA,1994-05-14,StateX\n"))
	sound(t, r)
	if r.WithdrawnSkipped != 1 || r.ChangedCount != 1 {
		t.Errorf("%d withdrawn, %d changed: %+v", r.WithdrawnSkipped, r.ChangedCount, r.Changed)
	}
	mustStand(t, s, `"to":"t:N"`, `!"to":"t:A"`, `!"date":"1994-05-12"`, `"date":"1994-05-14"`, `!"to":"t:B"`)
}

// TestDateConflicts compares what tables say of dates with what others say.
func TestDateConflicts(t *testing.T) {
	s := open(t)
	a := tableFile("a", "text,date,actor,found\nA,1994-05-12,StateX,\nB,1994-05-10,StateX,1994-10-05\nC,1994-05,StateX,\nD,1994-05-04,StateX,\n")
	b := tableFile("b", "text,date,actor\nA,1994-05-13,StateX\nB,1994-05-10,StateX\nC,1994-05-20,StateX\nD,1994-04-05,StateX\n")
	r := load(t, s, loader.Options{}, a, b)
	sound(t, r)
	var got []string
	for _, c := range r.DateConflicts {
		line := fmt.Sprint(c.Entity, " ", c.Exchanged)
		for _, d := range c.Dates {
			line += fmt.Sprint(" ", d.Voice, " ", d.Date)
		}
		got = append(got, line)
	}
	want := []string{"t:A false t:a 1994-05-12 t:b 1994-05-13", "t:D true t:a 1994-05-04 t:b 1994-04-05"}
	if diff := cmp.Diff(want, got); diff != "" || r.DateConflictCount != 2 {
		t.Errorf("%d conflicts (-want +got):\n%s", r.DateConflictCount, diff)
	}
	r.Elapsed, r.Bytes = 0, 0
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	const report = `read      49 claims (0.0 MB in 0s)
claims    43 added, 6 repeated
commits   1, number 1
rows      8
       1  exchanged
          a: row 3, column found: 1994-10-05
dates     of 2 entities do not agree with what others say; all stand
  t:A "A"
    1994-05-12  t:a (text A)
    1994-05-13  t:b (text A)
  t:D "D", day and month exchanged
    1994-04-05  t:b (text D)
    1994-05-04  t:a (text D)
`
	if diff := cmp.Diff(report, out.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// TestStandingDateConflicts imports the same tables again, and then more: only what has become or changed is listed, and the rest is counted.
func TestStandingDateConflicts(t *testing.T) {
	s := open(t)
	a := tableFile("a", "text,date,actor\nA,1994-05-12,StateX\nB,1994-05-10,StateX\nC,1994-05-20,StateX\n")
	b := tableFile("b", "text,date,actor\nA,1994-05-13,StateX\nB,1994-05-10,StateX\nC,1994-05-21,StateX\n")
	third := tableFile("c", "text,date,actor\nA,1994-05-14,StateX\nB,1994-06-11,StateX\n")
	tests := []struct {
		name     string
		inputs   []loader.Input
		new      []graph.ID
		standing int
		report   string // begins so below "dates"
	}{
		{"at first", []loader.Input{a, b}, []graph.ID{"t:A", "t:C"}, 0, "of 2 entities do not agree with what others say; all stand\n  t:A"},
		{"again", []loader.Input{b, a}, nil, 2, "of 2 entities do not agree with what others say, as before; { findings("},
		{"by a third", []loader.Input{third, a, b}, []graph.ID{"t:A", "t:B"}, 1, "of 2 entities do not agree with what others say; all stand\n  t:A"},
		{"by a third, again", []loader.Input{third}, nil, 2, "of 2 entities do not agree with what others say, as before; { findings("},
	}
	for _, test := range tests {
		r := load(t, s, loader.Options{}, test.inputs...)
		sound(t, r)
		var listed []graph.ID
		for _, c := range r.DateConflicts {
			listed = append(listed, c.Entity)
		}
		var out strings.Builder
		if err := r.Write(&out); err != nil {
			t.Fatal(err)
		}
		_, dates, _ := strings.Cut(out.String(), "\ndates     ")
		if diff := cmp.Diff(test.new, listed); diff != "" || r.DateConflictsStanding != test.standing || !strings.HasPrefix(dates, test.report) {
			t.Errorf("%s: %d stand (-want +listed):\n%s%s", test.name, r.DateConflictsStanding, diff, dates)
		}
		if test.name == "by a third" && !strings.HasSuffix(dates, "\n  and 1 as before; { findings(kinds: [DATES_DISAGREE, DAY_MONTH_SWAPPED]) } asks for all\n") {
			t.Errorf("%s ends with\n%s", test.name, dates)
		}
	}
}

// TestForeignEnds checks that a reading in a format ends with its import, and that of a file of which nobody wants more.
func TestForeignEnds(t *testing.T) {
	ended := make(chan error, 1)
	endless := format.Format{Name: "endless", Dataset: "t", Read: func(_ format.Input, out *format.Out) error {
		for n := 0; ; n++ {
			if err := out.Row(); err != nil {
				ended <- err
				return err
			}
			out.Claim(table.Place{Row: n}, graph.Claim{Predicate: graph.KindPredicate, From: graph.ID(fmt.Sprintf("t:%d", n)), Value: "State"})
		}
	}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := loader.Input{Name: "endless", Format: &endless, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("x")), nil }}
	opts := loader.Options{Dataset: "t", CommitSize: 100, Progress: func(loader.Progress) { cancel() }}
	if _, err := loader.Import(ctx, open(t), []loader.Input{in}, opts); !errors.Is(err, context.Canceled) {
		t.Errorf("import: %v", err)
	}
	if err := <-ended; !errors.Is(err, format.ErrStopped) {
		t.Errorf("the format ended with %v", err)
	}
}
