package table_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"entente/loader/table"
)

// read opens a file and gives what it holds, a line for the names and one for each row with its number, cells between bars.
func read(t testing.TB, content string) []string {
	t.Helper()
	return readNamed(t, content, func(string) int { return 0 })
}

func readNamed(t testing.TB, content string, names func(string) int) []string {
	t.Helper()
	file, err := table.OpenNamed(strings.NewReader(content), names)
	if wrong, ok := errors.AsType[*table.Error](err); ok {
		return []string{"fault: " + wrong.Error()}
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	var lines []string
	for _, tab := range file.Tables {
		lines = append(lines, strings.TrimPrefix(tab.Sheet+": ", ": ")+strings.Join(tab.Columns, "|"))
		for row, err := range tab.Rows() {
			if wrong, ok := errors.AsType[*table.Error](err); ok {
				lines = append(lines, "problem: "+wrong.Error())
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			cells := make([]string, len(tab.Columns))
			for i, c := range tab.Columns {
				cells[i] = row.Text(c)
			}
			lines = append(lines, fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, "|")))
		}
	}
	return lines
}

// TestNamesBelowOthers reads tables that have a title above the names of their columns.
func TestNamesBelowOthers(t *testing.T) {
	book := workbook(t, func(f *excelize.File) error {
		return rows(f, "Sheet1", []any{"Table 1, of 1991"}, []any{"", "(n = 2)"}, []any{"a", "b"}, nil, []any{1, "x"})
	})
	tests := []struct {
		name, content string
		row           int
		want          []string
	}{
		{"a text", "Table 1, of 1991\n\"Source: \"x\" and y\n\na;b\n1;x\n", 4, []string{"a|b", "5: 1|x"}},
		{"a workbook", book, 3, []string{"Sheet1: a|b", "5: 1|x"}},
		{"JSON, which has none", `[{"a": 1}]`, 3, []string{"a", "1: 1"}},
		{"a text that ends before", "a;b\n1;x\n", 4, []string{"fault: found a table of 2 rows, expected the names of its columns in row 4"}},
		{"a workbook that ends before", book, 7, []string{"fault: sheet Sheet1: found a table of 5 rows, expected the names of its columns in row 7"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := readNamed(t, test.content, func(string) int { return test.row })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func encoded(t *testing.T, text string, encode func(string) (string, error)) string {
	t.Helper()
	text, err := encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestEncodings(t *testing.T) {
	const text = "name,place\nМинск,Düsseldorf\n"
	const latin = "name,place\nAndré,Düsseldorf – “Rhein”\n"
	tests := []struct{ name, content, want string }{
		{"UTF-8", text, "2: Минск|Düsseldorf"},
		{"UTF-8 with a mark", "\ufeff" + text, "2: Минск|Düsseldorf"},
		{"UTF-16, little end first", encoded(t, text, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String), "2: Минск|Düsseldorf"},
		{"UTF-16, big end first", encoded(t, text, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String), "2: Минск|Düsseldorf"},
		{"Windows-1252", encoded(t, latin, charmap.Windows1252.NewEncoder().String), "2: André|Düsseldorf – “Rhein”"},
		{"a cell of Latin-1 among others of UTF-8", "name,place\nAndr\xe9,Düsseldorf\n", "2: André|Düsseldorf"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{"name|place", test.want}, read(t, test.content)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeparated(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"commas", "a,b;c\n1,2;3\n", []string{"a|b;c", "2: 1|2;3"}},
		{"semicolons", "a;b;c,d\n1;2;3,4\n", []string{"a|b|c,d", "2: 1|2|3,4"}},
		{"tabs", "a\tb\n1\t2, 3; 4\n", []string{"a|b", "2: 1|2, 3; 4"}},
		{"commas in a quoted name do not count", "\"a,b,c,d\";e\n1;2\n", []string{"a,b,c,d|e", "2: 1|2"}},
		{"one column", "a\n1\n", []string{"a", "2: 1"}},
		{"no end of the last line", "a,b\n1,2", []string{"a|b", "2: 1|2"}},
		{"lines of Windows", "a,b\r\n1,\"2\r\n3\"\r\n4,5\r\n", []string{"a|b", "2: 1|2\n3", "3: 4|5"}},
		{"lines that end with carriage returns alone", "a,b\r1,\"2\r3\"\r4,5\r", []string{"a|b", "2: 1|2\n3", "3: 4|5"}},
		{"white space around", " a , b \n 1 ,\t2\u00a0\n", []string{"a|b", "2: 1|2"}},
		{"quotation marks within", "a,b\n\"say \"\"no\"\"\",2\n", []string{"a|b", "2: say \"no\"|2"}},
		{"names twice, and none", "a,a,,a (2),\n1,2,3,4,5\n", []string{"a|a (2)|#3|a (2) (2)|#5", "2: 1|2|3|4|5"}},
		{"rows that end early", "a,b,c\n1\n1,2\n", []string{"a|b|c", "2: 1||", "3: 1|2|"}},
		{"a text cut off within a row", "a,b,c\n1,2,3\n4,5", []string{"a|b|c", "2: 1|2|3", "problem: row 3: found the end of the text in cell 2 of the row, expected 3 cells, or a line break"}},
		{"blank cells beyond the names", "a,b\n1,2,,\n", []string{"a|b", "2: 1|2"}},
		{
			"cells beyond the names", "a,b\n1,2,3\n4,5\n",
			[]string{"a|b", "problem: row 2: found 3 cells, expected at most 2, one for each column", "3: 4|5"},
		},
		{"no rows", "a,b\n", []string{"a|b"}},
		{
			"rows are counted as a spreadsheet does, blank ones and those of several lines too",
			"a,b\n\n\n1,\"2\n\n3\"\n,\n\n4,5\n",
			[]string{"a|b", "4: 1|2\n\n3", "7: 4|5"},
		},
		{"blank rows above the names", "\n,\na,b\n1,2\n", []string{"a|b", "4: 1|2"}},
		{
			"a quotation mark within a cell", "a,b\n1,x \"y\" z\n\n4,5\n",
			[]string{"a|b", `problem: row 2: found bare " in non-quoted-field in line 2 at byte 5, expected separated values, quoted as RFC 4180 says`, "4: 4|5"},
		},
		{
			"text behind a quoted cell", "a,b\n\"1\"x,2\n4,5\n",
			[]string{"a|b", `problem: row 2: found extraneous or missing " in quoted-field in line 2 at byte 3, expected separated values, quoted as RFC 4180 says`, "3: 4|5"},
		},
		{
			"a quoted cell without an end", "a,b\n1,2\n\"3,4\n5,6\n",
			[]string{"a|b", "2: 1|2", `problem: row 3: found extraneous or missing " in quoted-field in line 4 at byte 5, in a row that begins in line 3, expected separated values, quoted as RFC 4180 says`},
		},
		{
			"bad names", "a,b\"\n1,2\n",
			[]string{`fault: row 1: found bare " in non-quoted-field in line 1 at byte 4, expected separated values, quoted as RFC 4180 says`},
		},
		{"nothing", "", []string{"fault: found an empty file, expected a table with the names of its columns in the first row"}},
		{"a mark and nothing", "\ufeff", []string{"fault: found an empty file, expected a table with the names of its columns in the first row"}},
		{"white space", " \n\r\n\t \n", []string{"fault: found an empty file, expected a table with the names of its columns in the first row"}},
		{
			"UTF-16 without a mark", "a\x00,\x00b\x00\n\x00",
			[]string{"fault: found a zero byte at byte 1, expected a text in UTF-8, in Windows-1252, or in UTF-16 with a byte-order mark"},
		},
		{
			"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
			[]string{"fault: found a workbook of the old xls form, or one with a password, expected xlsx without a password, JSON, or a text of separated values"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, read(t, test.content)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSlowReaders shows that a file which comes byte by byte is the same file.
func TestSlowReaders(t *testing.T) {
	for _, content := range []string{"\ufeffa,b\n1,2\n", "a\r1\r", `[{"a": 1}]`} {
		file, err := table.Open(iotest.OneByteReader(strings.NewReader(content)))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(file.Tables[0].Columns, "a") {
			t.Errorf("%q has the columns %q", content, file.Tables[0].Columns)
		}
	}
}

// TestReadErrors shows that a read which fails is not taken for the end of a file.
func TestReadErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, content := range []string{"", "a", "a,b\n1,2\n3", "[{", strings.Repeat("a,b\n", 1<<16)} {
		file, err := table.Open(io.MultiReader(strings.NewReader(content), iotest.ErrReader(broken)))
		if err == nil {
			for _, rowErr := range file.Tables[0].Rows() {
				err = rowErr
			}
		}
		if !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v, want %v", len(content), err, broken)
		}
	}
}

func TestPlaces(t *testing.T) {
	for place, want := range map[table.Place]string{
		{}:                                     "",
		{Row: 812, Column: "ThrdPart"}:         "row 812, column ThrdPart",
		{Sheet: "actors", Row: 1}:              "sheet actors, row 1",
		{Sheet: "actors"}:                      "sheet actors",
		{Row: 12, Column: "a/b", Record: true}: "record 12, member a/b",
	} {
		if got := place.String(); got != want {
			t.Errorf("%#v is %q, want %q", place, got, want)
		}
	}
}
