package graph

import "testing"

func TestKnownAndCore(t *testing.T) {
	tests := []struct {
		date                     string
		first, last              string // known
		begunByThen, notOverThen string // core
	}{
		{"2020-11-09", "2020-11-09", "2020-11-09", "2020-11-09", "2020-11-09"},
		{"2020-11", "2020-11-01", "2020-11-30", "2020-11-30", "2020-11-01"},
		{"2020/2022", "2020-01-01", "2022-12-31", "2020-12-31", "2022-01-01"},
		{"2022/", "2022-01-01", "2022-12-31", "2022-12-31", "2022-01-01"},
		{"/2022", "2022-01-01", "2022-12-31", "2022-12-31", "2022-01-01"},
		{"2022/..", "2022-01-01", "..", "2022-12-31", ".."},
		{"../2022", "..", "2022-12-31", "..", "2022-01-01"},
		{"[2020-11-09,2020-11-10]", "2020-11-09", "2020-11-10", "2020-11-10", "2020-11-09"},
		{"[2019,2022/]", "2019-01-01", "2022-12-31", "2022-12-31", "2019-01-01"},
		{"[..1984]", "..", "1984-12-31", "1984-12-31", ".."},
		{"", "..", "..", "..", ".."},
	}
	for _, tt := range tests {
		var d Date
		if tt.date != "" {
			d = MustParseDate(tt.date)
		}
		first, last := d.Known()
		begun, ended := d.Core()
		if first.String() != tt.first || last.String() != tt.last || begun.String() != tt.begunByThen || ended.String() != tt.notOverThen {
			t.Errorf("%q: known from %s to %s, begun by %s and not over before %s; want %s, %s, %s, %s", tt.date, first, last, begun, ended,
				tt.first, tt.last, tt.begunByThen, tt.notOverThen)
		}
	}
}
