package mapping

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReference shows that the reference has every member of the language in the section of its object, and no other.
func TestReference(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var m Mapping
	var r record
	shared := fieldNames(r.sharedFields())
	only := func(fields []field) []string {
		return slices.DeleteFunc(fieldNames(fields), func(name string) bool { return slices.Contains(shared, name) })
	}
	want := map[string][]string{
		"Templates":   slices.Collect(maps.Keys(filters)),
		"The mapping": fieldNames(m.fields()),
		"maker":       fieldNames(m.makerFields()),
		"document":    fieldNames(m.documentFields()),
		"A table":     fieldNames(new(tableRule).fields()),
		"A record":    shared,
		"source":      fieldNames(r.sourceFields()),
		"An entity":   only(r.entityFields()),
		"A claim":     only(r.claimFields()),
		"A value":     fieldNames(new(value).fields()),
		"A date":      fieldNames(new(date).fields())[len(new(value).fields()):],
		"A condition": fieldNames(new(condition).fields()),
	}
	got := map[string][]string{}
	row := regexp.MustCompile("(?m)^\\| (`.*?`) \\|")
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		for _, cell := range row.FindAllStringSubmatch(body, -1) {
			for name := range strings.SplitSeq(cell[1], ", ") {
				got[title] = append(got[title], strings.Trim(name, "`"))
			}
		}
	}
	for _, lists := range []map[string][]string{want, got} {
		for _, list := range lists {
			slices.Sort(list)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members by section (-code +reference):\n%s", diff)
	}
}
