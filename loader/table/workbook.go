package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"regexp"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// mostUnpacked bounds what a workbook may unpack to: a file of some kilobytes could ask for all memory there is.
const mostUnpacked = 1 << 30

// A workbook is an opened xlsx file.
type workbook struct {
	*excelize.File
	from1904 bool // its days are counted from 1904, not from 1900
}

// openWorkbook reads the sheets of a workbook.
func openWorkbook(r io.Reader) (*File, error) {
	damaged := func(sheet string, err error) error {
		return &Error{Place: Place{Sheet: sheet}, Found: fmt.Sprintf("a damaged workbook (%v)", err), Expected: "an xlsx file"}
	}
	file, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: mostUnpacked})
	if err != nil {
		return nil, damaged("", err)
	}
	book := &workbook{File: file}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		book.from1904 = *props.Date1904
	}
	opened := &File{close: file.Close}
	for _, sheet := range file.GetSheetList() {
		header, err := book.header(sheet)
		if err != nil {
			return nil, errors.Join(damaged(sheet, err), file.Close())
		}
		if !isBlank(header) {
			opened.Tables = append(opened.Tables, newTable(sheet, header, below(book.rows(sheet))))
		}
	}
	return opened, nil
}

// header is the first row of a sheet, nil if there is none.
func (b *workbook) header(sheet string) ([]string, error) {
	for cells, err := range b.rows(sheet) {
		return cells, err
	}
	return nil, nil
}

// below leaves out the row of names.
func below(rows iter.Seq2[[]string, error]) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		first := true
		for cells, err := range rows {
			if first {
				first = false
				continue
			}
			if !yield(cells, err) {
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
				cells[i] = b.date(cells[i], forms[i])
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

// dateForm is how dates are shown: with two separators, or with the name of a month.
var dateForm = regexp.MustCompile(`^[0-9]{1,4}[-/. ]+(?:[0-9]{1,2}|[A-Za-z]{3,})[-/. ,]+[0-9]{1,4}`)

// date is a cell whose number is shown as a date, as ISO 8601 writes it; any other cell as it is stored.
func (b *workbook) date(stored, shown string) string {
	if stored == shown || !dateForm.MatchString(shown) {
		return stored
	}
	n, err := strconv.ParseFloat(stored, 64)
	if err != nil || n < 1 || n > 2_958_465 { // 9999-12-31
		return stored
	}
	t, err := excelize.ExcelDateToTime(n, b.from1904)
	if err != nil {
		return stored
	}
	if n == math.Trunc(n) {
		return t.Format(time.DateOnly)
	}
	return t.Round(time.Second).Format("2006-01-02T15:04:05")
}
