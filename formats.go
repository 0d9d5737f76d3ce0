package main

import (
	"fmt"
	"strings"

	"entente/loader/archigos"
	"entente/loader/cowstates"
	"entente/loader/format"
	"entente/loader/ftm"
	"entente/loader/mend"
	"entente/loader/paax"
	"entente/loader/pax"
	"entente/loader/ucdp"
)

// formats are the formats that import reads beside records, by name.
func formats() []*format.Format {
	return []*format.Format{
		&archigos.Format,
		&cowstates.Format,
		&ftm.Format,
		&mend.Format,
		&paax.Format,
		&pax.Format,
		&ucdp.Agreements,
		&ucdp.Conflicts,
	}
}

// formatOf is the format of a name; nil for records.
func formatOf(name string) (*format.Format, error) {
	if name == recordsFormat {
		return nil, nil
	}
	names := []string{recordsFormat}
	for _, f := range formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return nil, fmt.Errorf("--format is %q; it is one of %s: %w", name, strings.Join(names, ", "), errUsage)
}

// recordsFormat is the name of our own records.
const recordsFormat = "records"

// formatList tells of the formats, for the help of import.
func formatList() string {
	var b strings.Builder
	for _, f := range formats() {
		fmt.Fprintf(&b, "  %-22s %s\n", f.Name, f.Title)
	}
	return b.String()
}
