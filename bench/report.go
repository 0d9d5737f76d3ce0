package bench

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// A Report is what a run measured.
type Report struct {
	Entities int      `json:"entities"`
	Claims   int      `json:"claims"`
	Results  []Result `json:"results"`
}

// A Result is what was measured of one question.
type Result struct {
	Question string `json:"question"`
	Asks     string `json:"asks"`
	Draws    int    `json:"draws"`
	Checksum string `json:"checksum,omitempty"` // of all answers, the same in each way
	Limit    Times  `json:"limit"`
	Engine   Times  `json:"engine"`
	HTTP     Times  `json:"http"`
}

// Times are how long a question takes one way, over its draws.
type Times struct {
	Median time.Duration `json:"medianNs"`
	P95    time.Duration `json:"p95Ns"`
}

// timesOf takes the fastest of each draw's times, for whatever else the machine does only adds to them, and of these the median and the
// 95th percentile.
func timesOf(items []item, way int) Times {
	var times []time.Duration
	for i := range items {
		times = append(times, slices.Min(items[i].times[way]))
	}
	slices.Sort(times)
	return Times{times[len(times)/2], times[(len(times)*95+99)/100-1]}
}

// Write prints the report as a table.
func (r *Report) Write(w io.Writer) error {
	fmt.Fprintf(w, "%d entities, %d claims. Median and 95th percentile; x is how many times as long as the limit. HTTP is over a Unix socket.\n\n", r.Entities, r.Claims)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "\tdraws\tlimit\t95%\tengine\t95%\tx\tx 95%\tHTTP\t95%\tanswers\t\n")
	for i := range r.Results {
		s := &r.Results[i]
		if s.Draws == 0 {
			fmt.Fprintf(t, "%s\t0\t\t\t\t\t\t\t\t\tnone to be drawn\t\n", s.Question)
			continue
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%.1f\t%.1f\t%s\t%s\t%s\t\n", s.Question, s.Draws,
			short(s.Limit.Median), short(s.Limit.P95), short(s.Engine.Median), short(s.Engine.P95),
			ratio(s.Engine.Median, s.Limit.Median), ratio(s.Engine.P95, s.Limit.P95), short(s.HTTP.Median), short(s.HTTP.P95), s.Checksum)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for i := range r.Results {
		if _, err := fmt.Fprintf(w, "%-4s %s\n", r.Results[i].Question, r.Results[i].Asks); err != nil {
			return err
		}
	}
	return nil
}

// short writes a time with some three digits.
func short(d time.Duration) string {
	for _, unit := range []time.Duration{time.Millisecond, time.Microsecond} {
		if d >= 100*unit {
			return d.Round(unit).String()
		}
		if d >= unit {
			return d.Round(unit / 100).String()
		}
	}
	return d.String()
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }
