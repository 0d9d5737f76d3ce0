package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/loader/table"
)

// A dateForm reads dates of one form and writes them as EDTF.
type dateForm struct {
	name string
	form *regexp.Regexp // with groups year, month and day; nil for the forms that have a name
}

// The forms that have a name.
const (
	edtf  = "edtf"  // as it stands
	iso   = "iso"   // 2020, 2020-11, 2020-11-09, with or without a time behind it, which is left out
	excel = "excel" // the number of a day, from 1900
)

var isoForm = regexp.MustCompile(`^(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:[T ][0-9:.,]+(?:Z|[-+][0-9:]+)?)?)?)?$`)

// dateToken is a run of letters of a form that stands for a part of a date.
var dateToken = regexp.MustCompile(`yyyy|mmmm|mmm|mm|m|dd|d`)

var tokenForms = map[string]string{
	"yyyy": `(?P<year>[0-9]{4})`,
	"mmmm": `(?P<month>\pL+)`, "mmm": `(?P<month>\pL+)\.?`, "mm": `(?P<month>[0-9]{2})`, "m": `(?P<month>[0-9]{1,2})`,
	"dd": `(?P<day>[0-9]{2})`, "d": `(?P<day>[0-9]{1,2})`,
}

// dateForm reads the name of a form, or a pattern such as "dd/mm/yyyy".
func (d *decoder) dateForm(n node, text string) dateForm {
	lower := strings.ToLower(text)
	switch lower {
	case edtf, excel:
		return dateForm{name: lower}
	case iso:
		return dateForm{iso, isoForm}
	}
	var b strings.Builder
	var parts []string
	at, rest := 0, ""
	for _, token := range dateToken.FindAllStringIndex(lower, -1) {
		b.WriteString(regexp.QuoteMeta(text[at:token[0]]) + tokenForms[lower[token[0]:token[1]]])
		parts = append(parts, lower[token[0]:token[0]+1])
		rest += text[at:token[0]]
		at = token[1]
	}
	rest += text[at:]
	slices.Sort(parts)
	if got := strings.Join(parts, ""); got != "dmy" && got != "my" && got != "y" || strings.ContainsFunc(rest, isLetter) {
		d.fail(n.place, strconv.Quote(text), `a form such as "dd/mm/yyyy", "d mmmm yyyy", "yyyymmdd", "mm/yyyy", or edtf, iso or excel`)
		return dateForm{name: edtf}
	}
	b.WriteString(regexp.QuoteMeta(text[at:]))
	return dateForm{text, regexp.MustCompile("^(?i:" + b.String() + ")$")}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// read gives a text of the form as EDTF.
func (f dateForm) read(text string) (string, bool) {
	switch f.name {
	case edtf:
		return text, true
	case excel:
		return table.SerialDay(text)
	}
	found := f.form.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	parts := map[string]string{}
	for i, name := range f.form.SubexpNames() {
		parts[name] = found[i]
	}
	month, ok := monthNumber(parts["month"])
	return edtfOf(parts["year"], month, parts["day"]), ok
}

// monthNumber reads a month, as a number or by its English name, which may be cut short to three letters or more.
func monthNumber(text string) (string, bool) {
	if text == "" || text[0] >= '0' && text[0] <= '9' {
		return text, true
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); len(text) >= 3 && len(text) <= len(name) && strings.EqualFold(text, name[:len(text)]) {
			return fmt.Sprintf("%02d", int(m)), true
		}
	}
	return "", false
}

// edtfOf writes the parts of a date, of which the later ones may be missing, as EDTF does. What is no number stays as it is, for the
// reader of dates to say so.
func edtfOf(year, month, day string) string {
	switch {
	case month == "":
		return padded(year, 4)
	case day == "":
		return padded(year, 4) + "-" + padded(month, 2)
	}
	return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
}

func padded(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }
