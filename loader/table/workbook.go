package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"
)

// mostUnpacked bounds what a workbook may unpack to: a file of some kilobytes could ask for all memory there is.
const mostUnpacked = 1 << 30

// A workbook is an opened xlsx file.
type workbook struct {
	*excelize.File
	from1904 bool // its days are counted from 1904, not from 1900
}

// openWorkbook reads the sheets of a workbook.
func openWorkbook(r io.Reader, names func(sheet string) int) (*File, error) {
	damaged := func(sheet string, err error) error {
		return &Error{Place: Place{Sheet: sheet}, Found: fmt.Sprintf("a damaged workbook (%v)", err), Expected: "an xlsx file"}
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if err := checkParts(data); err != nil {
		return nil, damaged("", err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked})
	if err != nil {
		return nil, damaged("", err)
	}
	book := &workbook{File: file}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		book.from1904 = *props.Date1904
	}
	opened := &File{close: file.Close}
	for _, sheet := range file.GetSheetList() {
		header, row, err := book.header(sheet, names(sheet))
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				err = damaged(sheet, err)
			}
			return nil, errors.Join(err, file.Close())
		}
		if row > 0 {
			t := newTable(header, below(book.rows(sheet), row))
			t.Sheet, t.header = sheet, row
			opened.Tables = append(opened.Tables, t)
		}
	}
	return opened, nil
}

// checkParts reads all parts of a workbook to their ends. The library takes a sheet to end where it breaks off, and a part that does
// not unpack to be empty.
func checkParts(data []byte) error {
	parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	unpacked := uint64(0)
	for _, part := range parts.File {
		if unpacked += part.UncompressedSize64; unpacked > mostUnpacked || part.UncompressedSize64 > mostUnpacked {
			return fmt.Errorf("it unpacks to more than %d MiB", mostUnpacked>>20)
		}
	}
	for _, part := range parts.File {
		if err := checkPart(part); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return nil
}

// checkPart reads a part to its end, and one that rows come of as XML.
func checkPart(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if dir, name := path.Split(part.Name); strings.HasSuffix(dir, "worksheets/") || name == "sharedStrings.xml" {
		d := xml.NewDecoder(r)
		d.CharsetReader = charset.NewReaderLabel
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			return err
		}
	}
	_, err = io.Copy(io.Discard, r)
	return err
}

// header is the row of a sheet that has the names, and its number; 0 if there is no text in it.
func (b *workbook) header(sheet string, names int) (cells []string, row int, err error) {
	for cells, err := range b.rows(sheet) {
		row++
		if err != nil || isNames(cells, row, names) {
			return cells, row, err
		}
	}
	if names > 0 && row > 0 {
		fault := noNames(row, names)
		fault.Place.Sheet = sheet
		return nil, 0, fault
	}
	return nil, 0, nil
}

// below leaves out the rows up to that of the names.
func below(rows iter.Seq2[[]string, error], header int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		number := 0
		for cells, err := range rows {
			if number++; number > header && !yield(cells, err) {
				return
			}
		}
	}
}

// rows gives the rows of a sheet as they are stored, but for dates: a workbook keeps a day as a number, and only the form in
// which it is shown tells it from any other. So the rows are read in both ways at once.
func (b *workbook) rows(sheet string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		stored, err := b.Rows(sheet)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = stored.Close() }()
		shown, err := b.Rows(sheet)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = shown.Close() }()
		for stored.Next() && shown.Next() {
			cells, err := stored.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				yield(nil, err)
				return
			}
			forms, err := shown.Columns()
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range min(len(cells), len(forms)) {
				cells[i] = b.cell(cells[i], forms[i])
			}
			if !yield(cells, nil) {
				return
			}
		}
		if err := stored.Error(); err != nil {
			yield(nil, err)
		}
	}
}

// cell is a cell's text: a date as ISO 8601 writes it, TRUE and FALSE as they are shown, a fraction without the digits that come of
// its being kept in binary, and anything else as it is stored. How it is shown tells what it is.
func (b *workbook) cell(stored, shown string) string {
	if stored == shown {
		return stored
	}
	if (stored == "1" || stored == "0") && (shown == "TRUE" || shown == "FALSE") {
		return shown
	}
	n, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	if t, err := excelize.ExcelDateToTime(n, b.from1904); err == nil && n >= 1 && n < lastDay && (b.from1904 || !isNoDay(n)) && isDateForm(shown, t) {
		if n == math.Trunc(n) {
			return t.Format(time.DateOnly)
		}
		return t.Round(time.Second).Format("2006-01-02T15:04:05")
	}
	if strings.ContainsAny(stored, ".eE") {
		exact, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64) // what was formatted is a number
		return strconv.FormatFloat(exact, 'f', -1, 64)
	}
	return stored
}

// lastDay is the number of the day after 9999-12-31, the last that a workbook can show.
const lastDay = 2_958_466

// SerialDay is the day that spreadsheets know by a number, counted from 1900, as ISO 8601 writes it. A time of day, which is behind
// the point, is left out. It is false for a text that is no such number.
func SerialDay(text string) (iso string, ok bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 1 && n < lastDay) || isNoDay(n) {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(math.Trunc(n), false)
	return t.Format(time.DateOnly), err == nil
}

// isNoDay reports whether a number is that of 29 February 1900, which spreadsheets have and the calendar has not.
func isNoDay(n float64) bool { return math.Trunc(n) == 60 }

// dateForm is how most dates are shown: three parts, of which the second may be a word.
var dateForm = regexp.MustCompile(`^[0-9]{1,4}[-/. ]+(?:[0-9]{1,2}|\pL{3,}\.?)[-/. ,]+[0-9]{1,4}`)

// isDateForm reports whether a number that could be the day is shown as one: in three parts, with the name of its month, or as its
// year alone.
func isDateForm(shown string, day time.Time) bool {
	month := strings.ToLower(day.Month().String()[:3])
	return dateForm.MatchString(shown) || strings.Contains(strings.ToLower(shown), month) || shown == day.Format("2006")
}
