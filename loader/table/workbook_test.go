package table_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbook writes a workbook that fill makes.
func workbook(t testing.TB, fill func(*excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// rows fills a sheet from its first row; nil leaves a row out.
func rows(f *excelize.File, sheet string, rows ...[]any) error {
	for i, cells := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &cells); err != nil {
			return err
		}
	}
	return nil
}

func TestSheets(t *testing.T) {
	content := workbook(t, func(f *excelize.File) error {
		for _, sheet := range []string{"empty", "names only", "late"} {
			if _, err := f.NewSheet(sheet); err != nil {
				return err
			}
		}
		if err := f.AddChartSheet("chart", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$A$2:$A$3"}}}); err != nil {
			return err
		}
		if err := rows(f, "Sheet1", []any{"id", " name ", "", "id"}, []any{1, "x", "y", "0012"}, nil, []any{2, " two\nlines "}, []any{3, "", "", "", "beyond"}); err != nil {
			return err
		}
		if err := rows(f, "names only", []any{"a", "b"}); err != nil {
			return err
		}
		return rows(f, "late", nil, []any{"", " "}, []any{"a", "b"}, nil, []any{"", "late"})
	})
	want := []string{
		"Sheet1: id|name|#3|id (2)",
		"2: 1|x|y|0012",
		"4: 2|two\nlines||",
		"problem: sheet Sheet1, row 5: found 5 cells, expected at most 4, one for each column",
		"names only: a|b",
		"late: a|b",
		"5: |late",
	}
	if diff := cmp.Diff(want, read(t, content)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCells shows what cells of all sorts are as texts. Numbers are set as spreadsheets write them.
func TestCells(t *testing.T) {
	tests := []struct {
		value  any
		stored string // in place of value
		number int    // of a form that all spreadsheets know
		form   string // or one of its own
		want   string
	}{
		{value: "0012", want: "0012"},
		{value: "100.0", want: "100.0"},
		{value: 100, want: "100"},
		{value: 2020, want: "2020"},
		{value: true, want: "TRUE"},
		{stored: "1.1000000000000001", want: "1.1"},
		{stored: "2.2999999999999998", number: 2, want: "2.3"},
		{stored: "0.5", number: 9, want: "0.5"},
		{value: 1234567, number: 3, want: "1234567"},
		{stored: "12345678901234567890", want: "12345678901234567890"},
		{value: "12345678901234567890", want: "12345678901234567890"},
		{value: time.Date(2020, 11, 9, 0, 0, 0, 0, time.UTC), want: "2020-11-09"},
		{stored: "44144", number: 14, want: "2020-11-09"},
		{stored: "44144", number: 15, want: "2020-11-09"},
		{stored: "44144", number: 16, want: "2020-11-09"},
		{stored: "44144", number: 17, want: "2020-11-09"},
		{stored: "44144.5", number: 22, want: "2020-11-09T12:00:00"},
		{stored: "44144", form: "yyyy", want: "2020-11-09"},
		{stored: "44144", form: "dddd, mmmm d, yyyy", want: "2020-11-09"},
		{stored: "44144", form: "d. mmm yy", want: "2020-11-09"},
		{stored: "44144", form: "[$-419]d mmmm yyyy", want: "2020-11-09"},
		{stored: "44144", form: "dd/mm/yyyy", want: "2020-11-09"},
		{stored: "59", number: 14, want: "1900-02-28"},
		{stored: "60", number: 14, want: "60"},
		{stored: "61", number: 14, want: "1900-03-01"},
		{stored: "2958465", number: 14, want: "9999-12-31"},
		{stored: "44144", form: `"EUR" 0.00`, want: "44144"},
		{stored: "44144", form: `"No "0`, want: "44144"},
		{value: "09/11/2020", number: 14, want: "09/11/2020"},
	}
	content := workbook(t, func(f *excelize.File) error {
		if err := f.SetCellValue("Sheet1", "A1", "value"); err != nil {
			return err
		}
		for i, test := range tests {
			cell := fmt.Sprintf("A%d", i+2)
			err := f.SetCellValue("Sheet1", cell, test.value)
			if test.stored != "" {
				err = f.SetCellDefault("Sheet1", cell, test.stored)
			}
			if err != nil {
				return err
			}
			if test.number == 0 && test.form == "" {
				continue
			}
			style := &excelize.Style{NumFmt: test.number}
			if test.form != "" {
				style.CustomNumFmt = &test.form
			}
			id, err := f.NewStyle(style)
			if err != nil {
				return err
			}
			if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
				return err
			}
		}
		return nil
	})
	got := read(t, content)
	if len(got) != len(tests)+1 {
		t.Fatalf("%d rows of %d:\n%s", len(got)-1, len(tests), strings.Join(got, "\n"))
	}
	for i, test := range tests {
		if want := fmt.Sprintf("%d: %s", i+2, test.want); got[i+1] != want {
			t.Errorf("%v%s as %d%s is %q, want %q", test.value, test.stored, test.number, test.form, got[i+1], want)
		}
	}
}

// TestDaysFrom1904 reads a workbook that counts its days as the first Macintosh did.
func TestDaysFrom1904(t *testing.T) {
	content := workbook(t, func(f *excelize.File) error {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			return err
		}
		if err := rows(f, "Sheet1", []any{"day"}, []any{42682}); err != nil {
			return err
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", "A2", "A2", style)
	})
	if diff := cmp.Diff([]string{"Sheet1: day", "2: 2020-11-09"}, read(t, content)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// repack writes a workbook's files anew, each as change makes it.
func repack(t testing.TB, content string, change func(name string, data []byte) []byte) string {
	t.Helper()
	in, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, file := range in.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(change(file.Name, data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDamagedWorkbooks(t *testing.T) {
	sound := workbook(t, func(f *excelize.File) error { return rows(f, "Sheet1", []any{"a"}, []any{"text"}, []any{2}, []any{3}) })
	if got := read(t, sound); len(got) != 4 {
		t.Fatalf("the sound one reads as %q", got)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	tests := []struct{ name, content, want string }{
		{"cut short", sound[:len(sound)/2], "a damaged workbook"},
		{"its beginning alone", sound[:4], "a damaged workbook"},
		{"a byte changed within", sound[:200] + "?" + sound[201:], "a damaged workbook"},
		{"another zip", repack(t, sound, func(string, []byte) []byte { return nil }), "a damaged workbook"},
		{"a sheet that is cut short", repack(t, sound, func(name string, data []byte) []byte {
			if name == sheet {
				return data[:bytes.Index(data, []byte(`<row r="3"`))]
			}
			return data
		}), "a damaged workbook"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(read(t, test.content), "\n"); !strings.Contains(got, test.want) {
				t.Errorf("reads as\n%s\nwant %q in it", got, test.want)
			}
		})
	}
}

// TestHugeWorkbook reads a file of a kilobyte that says it unpacks to 4 GB, and one that does not say how much it unpacks to.
func TestHugeWorkbook(t *testing.T) {
	pack := func(says uint64) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		data := []byte("<worksheet/>")
		h := &zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(len(data)), UncompressedSize64: says}
		f, err := w.CreateRaw(h)
		if err == nil {
			_, err = f.Write(data)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, says := range []uint64{1<<32 - 2, 1} {
		got := strings.Join(read(t, pack(says)), "\n")
		if !strings.HasPrefix(got, "fault: found a damaged workbook") {
			t.Errorf("one that says it unpacks to %d bytes reads as %q", says, got)
		}
	}
}
