package graph

import "testing"

func TestOrder(t *testing.T) {
	for _, tt := range []struct {
		a, b              string
		notAfter, before  Certainty // a and b
		notBefore, behind Certainty // b and a
	}{
		{"2020-11-09", "2020-11-10", Certain, Certain, Impossible, Impossible},
		{"2020-11-09", "2020-11-09", Certain, Impossible, Certain, Impossible},
		{"2020-11", "2020-11-09", Possible, Possible, Possible, Possible},
		{"2020-11-01", "2020-11", Certain, Possible, Possible, Impossible},
		{"2020-11", "2020-12", Certain, Certain, Impossible, Impossible},
		{"2020", "2020", Possible, Possible, Possible, Possible},
		// One day of an interval is as good as another.
		{"2020-11-01/2020-11-05", "2020-11-03", Possible, Possible, Possible, Possible},
		{"2020-11-01/2020-11-05", "2020-11-05", Certain, Possible, Possible, Impossible},
		{"2020-11-01/2020-11-05", "2020-11-06", Certain, Certain, Impossible, Impossible},
		{"2020/2021", "2021/2022", Possible, Possible, Possible, Possible},
		// What goes on is certainly before nothing; what has always been, after nothing.
		{"2020/..", "2023", Possible, Possible, Possible, Possible},
		{"2020/..", "2019", Impossible, Impossible, Certain, Certain},
		{"../2020", "2023", Certain, Certain, Impossible, Impossible},
		{"../2020", "2019", Possible, Possible, Possible, Possible},
		{"2020/..", "../2020", Possible, Possible, Possible, Possible},
		{"2020/", "2023", Possible, Possible, Possible, Possible},
		{"2020/", "2019", Impossible, Impossible, Certain, Certain},
		{"[..1984]", "1985", Certain, Certain, Impossible, Impossible},
		// Doubts take away what is certain and nothing else.
		{"2020~", "2021", Possible, Possible, Impossible, Impossible},
		{"2020", "2021?", Possible, Possible, Impossible, Impossible},
		{"2019~/2020", "2021", Possible, Possible, Impossible, Impossible},
		{"[2019,2020%]", "2021", Possible, Possible, Impossible, Impossible},
		{"[2020-11-09,2020-11-10]", "2020-11-10", Certain, Possible, Possible, Impossible},
		{"[2019,2023]", "2021", Possible, Possible, Possible, Possible},
	} {
		a, b := MustParseDate(tt.a), MustParseDate(tt.b)
		for _, o := range []struct {
			x, y   Date
			strict bool
			want   Certainty
		}{
			{a, b, false, tt.notAfter},
			{a, b, true, tt.before},
			{b, a, false, tt.notBefore},
			{b, a, true, tt.behind},
		} {
			if got := Order(o.x, o.y, o.strict); got != o.want {
				t.Errorf("Order(%v, %v, %t) = %v, want %v", o.x, o.y, o.strict, got, o.want)
			}
		}
	}
}

func TestContains(t *testing.T) {
	for _, tt := range []struct {
		date, day string
		want      Certainty
	}{
		{"2020-11-09", "2020-11-09", Certain},
		{"2020-11-09", "2020-11-10", Impossible},
		{"2020-11-09?", "2020-11-09", Possible},
		{"2020-11-09?", "2020-11-10", Impossible},
		{"2020-11", "2020-11-09", Possible},
		{"199X", "1990-01-01", Possible},
		{"199X", "2000-01-01", Impossible},

		{"2020-11-09/2023-09-20", "2020-11-09", Certain},
		{"2020-11-09/2023-09-20", "2023-09-20", Certain},
		{"2020-11-09/2023-09-20", "2023-09-21", Impossible},
		{"2020/2022", "2019-12-31", Impossible},
		{"2020/2022", "2020-06-01", Possible},
		{"2020/2022", "2020-12-31", Certain},
		{"2020/2022", "2021-06-01", Certain},
		{"2020/2022", "2022-01-01", Certain},
		{"2020/2022", "2022-01-02", Possible},
		{"2020~/2022", "2021-06-01", Possible},
		{"2020/2020", "2020-06-01", Possible},
		{"2004-06-11/2004", "2004-06-11", Certain},

		{"2020/..", "2020-06-01", Possible},
		{"2020/..", "2021-01-01", Certain},
		{"2020-11/..", "9999-12-31", Certain},
		{"../2023", "-9999-01-01", Certain},
		{"../2023", "2023-01-02", Possible},
		{"../2023", "2024-01-01", Impossible},
		{"../..", "2020-01-01", Certain},
		{"/..", "2020-01-01", Possible},
		{"../", "2020-01-01", Possible},
		{"2020-11-09/", "2020-11-08", Impossible},
		{"2020-11-09/", "2020-11-09", Certain},
		{"2020-11-09/", "2020-11-10", Possible},
		{"2020-11/", "2020-11-30", Possible},
		{"/2020-11-09", "2020-11-08", Possible},
		{"/2020-11-09", "2020-11-09", Certain},
		{"/2020-11-09", "2020-11-10", Impossible},

		{"[2020-11-09,2020-11-10]", "2020-11-09", Possible},
		{"[2019,2021]", "2020-06-01", Impossible},
		{"[2019/2021,2020/..]", "2021-01-01", Certain},
		{"[2019/2021,2020/..]", "2020-06-01", Possible},
		{"[2019/2021?,2020/..]", "2021-01-01", Possible},
		{"[..1984]", "1900-01-01", Possible},
		{"[1760-12..]", "1760-11-30", Impossible},
	} {
		day := MustParseDate(tt.day).Earliest()
		if got := MustParseDate(tt.date).Contains(day); got != tt.want {
			t.Errorf("%s contains %s: %v, want %v", tt.date, tt.day, got, tt.want)
		}
	}
}

func TestFirstFromLastUntil(t *testing.T) {
	for _, tt := range []struct{ date, day, first, last string }{
		{"2020-11-09", "2020-11-09", "2020-11-09", "2020-11-09"},
		{"2020-11-09", "2020-11-10", "", "2020-11-09"},
		{"2020-11", "2020-11-05", "2020-11-05", "2020-11-05"},
		{"[2019,2023]", "2021-05-05", "2023-01-01", "2019-12-31"},
		{"[2019,2023]", "2024-01-01", "", "2023-12-31"},
		{"[2019,2023]", "2018-01-01", "2019-01-01", ""},
		{"2020/..", "2023-01-01", "2023-01-01", "2023-01-01"},
		{"2020/", "2019-01-01", "2020-01-01", ""},
		{"../2020", "2021-01-01", "", "2020-12-31"},
		{"[2000/2010,2005,2020]", "2010-12-31", "2010-12-31", "2010-12-31"},
	} {
		d, day := MustParseDate(tt.date), MustParseDate(tt.day).Earliest()
		if first, ok := d.FirstFrom(day); ok != (tt.first != "") || ok && first.String() != tt.first {
			t.Errorf("%s from %s: %v, %t; want %q", tt.date, tt.day, first, ok, tt.first)
		}
		if last, ok := d.LastUntil(day); ok != (tt.last != "") || ok && last.String() != tt.last {
			t.Errorf("%s until %s: %v, %t; want %q", tt.date, tt.day, last, ok, tt.last)
		}
	}
}
