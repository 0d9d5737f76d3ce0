package main

import (
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/trace"
)

// TestChainOptionsAgain asks any question, and the one that its flags ask again: it is the same.
func TestChainOptionsAgain(t *testing.T) {
	v := curatedView(t)
	read := func(t interface{ Fatal(...any) }, args []string) (chainOptions, trace.ChainQuestion) {
		var flags struct {
			chainOptions `embed:""`
		}
		parser, err := kong.New(&flags, traceDefaults)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(args); err != nil {
			t.Fatal(args, err)
		}
		q, err := flags.question(v)
		if err != nil {
			t.Fatal(args, err)
		}
		return flags.chainOptions, q
	}
	one := func(flag string, values ...string) *rapid.Generator[[]string] {
		return rapid.Custom(func(t *rapid.T) []string {
			if value := rapid.SampledFrom(values).Draw(t, flag); value != "" {
				return []string{flag, value}
			}
			return []string{flag}
		})
	}
	flag := rapid.OneOf(
		one("--order", "none", "NON_DECREASING", "strict"), one("--certain", ""), one("--objective", "fewest-hops", "earliest-arrival", "LATEST-DEPARTURE"),
		one("--mediation-hops", ""), one("--no-mediation-hops", ""), one("--minimum-role", "third-party", "COPIED", "mediated"),
		one("--role", "signed", "mediated,agreed", "THIRD_PARTY"), one("--window", "2020", "1994/2020-11", "../1995", "[1994,1996]"),
		one("--stance", "asserted", "DENIED,implied"), one("--claimant", "Vladimir Putin", "entente:pashinyan"), one("--coder", "entente:entente"),
		one("--exclude", "Russia", "iso3:KAZ", "entente:nk-611"), one("--max-hops", "0", "6", "17"), one("--roll-up", ""), one("--no-roll-up", ""),
	)
	rapid.Check(t, func(t *rapid.T) {
		var args []string
		for _, f := range rapid.SliceOfN(flag, 0, 6).Draw(t, "flags") {
			args = append(args, f...)
		}
		options, asked := read(t, args)
		again := options.args(v, &asked)
		_, got := read(t, again)
		same := cmp.Comparer(func(a, b graph.Date) bool { return a == b })
		if diff := cmp.Diff(asked, got, same, cmp.AllowUnexported(trace.ChainQuestion{})); diff != "" {
			t.Errorf("%q is asked again by %q (-asked +again):\n%s", args, again, diff)
		}
	})
}
