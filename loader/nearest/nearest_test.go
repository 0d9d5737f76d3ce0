package nearest_test

import (
	"strings"
	"testing"

	"entente/loader/nearest"
)

func TestName(t *testing.T) {
	names := []string{"mediated", "signed", "eventType", "between", "at"}
	for name, want := range map[string]string{
		"meditated": "mediated", "Mediated": "mediated", "event_type": "eventType", "event-types": "eventType", "betwen": "between",
		"singed": "signed", "med": "mediated", "ta": "", "": "", "recognized": "", "x": "", strings.Repeat("mediated", 9): "",
	} {
		if got := nearest.Name(name, names); got != want {
			t.Errorf("%q is taken for %q, want %q", name, got, want)
		}
	}
}
