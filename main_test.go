package main

import (
	"context"
	"os"
	"testing"
)

// asProgram makes this test binary the program itself, to be run as a process of its own, and killed.
const asProgram = "ENTENTE_TEST_PROGRAM"

// The program starts itself to try a folder, and in a test it is this binary that it starts.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" || len(os.Args) > 1 && os.Args[1] == checkOpenName {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if os.Getenv(asWriter) != "" {
		os.Exit(runWriter(os.Args[1:]))
	}
	// With the race detector a process sleeps for a second before it ends, for the sake of others that might still report. Tests
	// start hundreds of processes, each of which has nothing left to report then.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
