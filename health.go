package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

// ready is nil if the engine takes writes; else it says why not. Reading may go on all the same.
func ready(engine kv.Store) error {
	if e, ok := engine.(interface{ Ready() error }); ok {
		return e.Ready()
	}
	return nil
}

const (
	scrubEvery = 24 * time.Hour
	scrubPace  = 20 << 20 // bytes a second, little enough that nobody notices
)

// scrubDaily reads all that is stored once a day, so that what a disk loses is found while the other copy is there.
func scrubDaily(ctx context.Context, engine kv.Store, logger *slog.Logger) {
	e, ok := engine.(interface {
		Scrub(ctx context.Context, bytesPerSecond int64) error
	})
	if !ok {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(scrubEvery):
		}
		if err := e.Scrub(ctx, scrubPace); err != nil && ctx.Err() == nil {
			logger.Error("reading all that is stored found damage; the folder is open for reading alone now", "error", err)
		}
	}
}

// leastFiles is how many files and connections this process must be allowed to have open.
const leastFiles = 1024

// maxConnections is half of the files that this process may have open, so that connections never take those that the engine
// needs: it does not survive the lack of one.
func maxConnections() (int, error) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, fmt.Errorf("limit of open files: %w", err)
	}
	// The runtime has raised it to the hard limit.
	if limit.Cur < leastFiles {
		return 0, fmt.Errorf("this process may have %d files open, at least %d are needed; raise it with ulimit -n", limit.Cur, leastFiles)
	}
	const most = 1 << 16
	return int(min(limit.Cur/2, most)), nil
}
