package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tracing is docs/tracing.md with its pairs of a question and the answer below it: queries with JSON, commands with text.
func tracing(t *testing.T) (queries, commands [][2]string) {
	t.Helper()
	text, err := os.ReadFile("docs/tracing.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range regexp.MustCompile("(?s)```(graphql|sh)\n(.*?)```\n```(?:json)?\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		if pair[1] == "graphql" {
			queries = append(queries, [2]string{pair[2], pair[3]})
		} else {
			commands = append(commands, [2]string{pair[2], pair[3]})
		}
	}
	if asked := strings.Count(string(text), "```graphql\n") + strings.Count(string(text), "```sh\n"); asked != len(queries)+len(commands) || len(queries) == 0 || len(commands) == 0 {
		t.Fatalf("docs/tracing.md asks %d questions; %d queries and %d commands have an answer below", asked, len(queries), len(commands))
	}
	return queries, commands
}

// TestTracingQueries asks the queries one after the other, for some of them are about what one of them changed.
func TestTracingQueries(t *testing.T) {
	queries, _ := tracing(t)
	s := serve(t, "--data", ":memory:")
	for _, query := range queries {
		var got, want any
		if err := json.Unmarshal([]byte(unmade(string(s.ask(t, query[0], "")), ":memory:")), &got); err != nil {
			t.Fatalf("%s\n%v", query[0], err)
		}
		if err := json.Unmarshal([]byte(query[1]), &want); err != nil {
			t.Fatalf("%s\n%v", query[1], err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n(-docs/tracing.md +answer):\n%s", query[0], diff)
		}
	}
}

// TestTracingCommands gives the commands; what they print has every line that is shown, in this order, and nothing
// between two lines but where three dots stand.
func TestTracingCommands(t *testing.T) {
	_, commands := tracing(t)
	folder := curatedFolder(t)
	for _, command := range commands {
		args := strings.Fields(command[0])
		rest := unmade(must(t, "", append(args[1:], "--data", folder)...), folder)
		for i, part := range strings.Split(command[1], "...\n") {
			at := strings.Index(rest, part)
			if at < 0 || i == 0 && at > 0 {
				t.Errorf("%sdocs/tracing.md shows\n%sbut what is left of the answer is\n%s", command[0], part, rest)
				break
			}
			rest = rest[at+len(part):]
		}
		if !strings.HasSuffix(command[1], "...\n") && rest != "" {
			t.Errorf("%sthe answer goes on after what docs/tracing.md shows:\n%s", command[0], rest)
		}
	}
}
