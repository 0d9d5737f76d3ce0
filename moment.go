package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/graph"
	"entente/graph/store"
)

// momentFlags say when a question is asked.
type momentFlags struct {
	AsOf    string  `placeholder:"DATE" help:"Answer as of this day in the world. Default: whatever the day."`
	KnownAt string  `placeholder:"TIME" xor:"known" help:"Answer from what was known at this time, such as 2023-10-04T12:00:00Z. Default: now."`
	Commit  *uint64 `placeholder:"N" xor:"known" help:"Answer from what was known at this commit."`
}

// view is the graph at the moment.
func (m *momentFlags) view(st *store.Store) (*store.View, error) {
	at := store.At{Commit: m.Commit}
	if m.AsOf != "" {
		var err error
		if at.AsOf, err = graph.ParseDate(m.AsOf); err != nil {
			return nil, fmt.Errorf("--as-of is no EDTF date: %w: %w", err, errUsage)
		}
	}
	if m.KnownAt != "" {
		t, err := time.Parse(time.RFC3339, m.KnownAt)
		if err != nil {
			return nil, fmt.Errorf("--known-at is %s; it is a time such as 2023-10-04T12:00:00Z: %w", graph.Quoted(m.KnownAt), errUsage)
		}
		if at.KnownAt = t; t.Before(time.Unix(0, 0)) {
			at.KnownAt = time.Unix(0, 0) // nothing was known then either, and the zero time means something else
		}
	}
	return st.View(at)
}

// askAgain is the command line that gives a command once more, of what was known to a view.
func askAgain(v *store.View, folder string, args ...string) string {
	m := v.Moment()
	args = append([]string{"entente"}, args...)
	if !m.AsOf.IsZero() {
		args = append(args, "--as-of", m.AsOf.String())
	}
	args = append(args, "--commit", strconv.FormatUint(m.Commit, 10))
	if folder != defaultData {
		args = append(args, "--data", folder)
	}
	for i, arg := range args {
		args[i] = shellQuoted(arg)
	}
	return strings.Join(args, " ")
}
