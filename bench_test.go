package main

import (
	"encoding/json"
	"strings"
	"testing"

	"entente/bench"
)

// TestBench runs a tiny form of the benchmark, which fails by itself if engine, HTTP and limit give different answers.
func TestBench(t *testing.T) {
	code, out, errs := entente(t, "", "bench", "--relations", "2000", "--draws", "30", "--rounds", "1", "--json")
	if code != exitDone || errs != "" {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	var report bench.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	names, _ := bench.Names()
	if len(report.Results) != len(names) {
		t.Errorf("%d results, want %d: one for each question", len(report.Results), len(names))
	}
	for _, r := range report.Results {
		if r.Draws == 0 || r.Checksum == "" || r.Limit.Median <= 0 || r.Engine.Median <= 0 || r.HTTP.Median <= 0 {
			t.Errorf("%+v; want draws, a checksum and times", r)
		}
	}
}

// TestBenchRefuses names what cannot be asked for.
func TestBenchRefuses(t *testing.T) {
	for _, tt := range []struct {
		args, want string
	}{
		{"--questions Q4,Q99", `there is no question "Q99"; there are Q1, `},
		{"--draws 0", "0 draws of 3 rounds; both must be 1 at least"},
		{"--relations=-1", "--relations is -1; it must not be negative"},
	} {
		code, _, errs := entente(t, "", append([]string{"bench", "--relations", "10"}, strings.Fields(tt.args)...)...)
		if code == exitDone || !strings.Contains(errs, tt.want) {
			t.Errorf("entente bench %s: exit code %d, %q, want a failure that says %q", tt.args, code, errs, tt.want)
		}
	}
}
