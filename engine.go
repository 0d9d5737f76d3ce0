package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/kv/memkv"
	"entente/graph/kv/overlaykv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/resolvers"
)

// inMemory in place of a data folder keeps everything in memory, and nothing afterwards.
const inMemory = ":memory:"

// importMemTable is the memtable of an engine that mostly writes: at four times the memory, tables are fewer.
const importMemTable = 64 << 20

// openEngine picks the engine for data: memory, or Badger for a folder, which is made if it is not there.
func openEngine(data string, memTable int64, logger *slog.Logger) (kv.Store, error) {
	switch data {
	case "":
		return nil, fmt.Errorf("--data is empty; give a folder, or %s: %w", inMemory, errUsage)
	case inMemory:
		return memkv.New(), nil
	}
	if err := os.MkdirAll(filepath.Clean(data), 0o755); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	opts, err := folderOptions(memTable, logger)
	if err != nil {
		return nil, err
	}
	engine, err := badgerkv.Open(data, opts)
	switch {
	case errors.Is(err, kv.ErrInUse):
		return nil, fmt.Errorf("%w; stop that process first, or ask and change it through its API", err)
	case errors.Is(err, kv.ErrCorrupt):
		return nil, fmt.Errorf("%w\nNothing was changed. %s", err, repairHint(data))
	case err != nil:
		return nil, err
	}
	return engine, nil
}

func repairHint(data string) string {
	return fmt.Sprintf("%q mends what is damaged in one of the folder's two copies.", "entente verify --repair --data "+data)
}

// folderOptions are those with which this program opens a data folder.
func folderOptions(memTable int64, logger *slog.Logger) (badgerkv.Options, error) {
	trial, err := trialCommand()
	return badgerkv.Options{
		MemTableSize: memTable,
		Trial:        trial,
		Logger: func(level slog.Level, message string) {
			logger.Log(context.Background(), level, message, "engine", "badger")
		},
	}, err
}

// faults tells clients of the API apart why an engine refuses.
func faults() []resolvers.Fault {
	return []resolvers.Fault{
		{Err: kv.ErrNoSpace, Code: "NO_SPACE", Text: "the disk is nearly full: nothing was written; reading goes on"},
		{Err: kv.ErrReadOnly, Code: "READ_ONLY", Text: "the store takes no writes since one failed: nothing was written; reading goes on, and a restart may help"},
		{Err: kv.ErrFailed, Code: "READ_ONLY", Text: "the store takes no writes since one failed: nothing was written; reading goes on, and a restart may help"},
	}
}

// withStore opens engine and store, calls use, and closes both; an error in closing counts, since it may mean that
// something was not written.
func withStore(ctx context.Context, data string, memTable int64, s streams, use func(*store.Store) error) error {
	return withEngine(ctx, data, memTable, s, func(_ kv.Store, st *store.Store) error { return use(st) })
}

// withOverlay is withStore for a trial: what is committed is in memory alone, and gone afterwards.
func withOverlay(ctx context.Context, data string, s streams, use func(*store.Store) error) error {
	lay := func(engine kv.Store) kv.Store { return overlaykv.New(engine) }
	return withLayer(ctx, data, 0, s, lay, func(_ kv.Store, st *store.Store) error { return use(st) })
}

// withEngine is withStore for those who need the engine, too.
func withEngine(ctx context.Context, data string, memTable int64, s streams, use func(kv.Store, *store.Store) error) error {
	return withLayer(ctx, data, memTable, s, func(engine kv.Store) kv.Store { return engine }, use)
}

// withLayer opens the engine, and the store over what lay makes of it.
func withLayer(
	ctx context.Context, data string, memTable int64, s streams, lay func(kv.Store) kv.Store, use func(kv.Store, *store.Store) error,
) (err error) {
	logger := newLogger(s.err)
	engine, err := openEngine(data, memTable, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeEngine(engine)) }()
	st, err := openStore(ctx, lay(engine))
	if err != nil {
		if errors.Is(err, kv.ErrCorrupt) || errors.Is(err, ledger.ErrCorrupt) {
			err = fmt.Errorf("%w\nNothing was changed. %s", err, repairHint(data))
		}
		return fmt.Errorf("%s: %w", data, err)
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	warned := warnOf(engine, data, logger)
	if err := use(engine, st); err != nil || warned {
		return err
	}
	warnOf(engine, data, logger) // what was found meanwhile
	return nil
}

// warnOf tells of a folder that takes no writes, and reports whether it is one.
func warnOf(engine kv.Store, data string, logger *slog.Logger) bool {
	e, ok := engine.(interface{ Err() error })
	if !ok || e.Err() == nil {
		return false
	}
	logger.Warn(e.Err().Error()+"; the folder is open for reading alone", "data", data)
	return true
}

// openStore reads what is in an engine into memory. Nearly all that is allocated then stays, so the collector would look at it
// again and again for nothing: collecting less often takes a quarter off the time.
func openStore(ctx context.Context, engine kv.Store) (*store.Store, error) {
	const rarely = 400
	defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	return store.Open(ctx, engine, store.Options{})
}

// closeTimeout is how long a disk may take to let go. Badger tries for ever.
const closeTimeout = 30 * time.Second

// closeEngine closes the engine, or gives up. What was acknowledged is durable either way.
func closeEngine(engine kv.Store) error {
	closed := make(chan error, 1)
	go func() { closed <- engine.Close() }()
	select {
	case err := <-closed:
		return err
	case <-time.After(closeTimeout):
		return fmt.Errorf("the disk did not let the data folder be closed within %s; what was acknowledged is there", closeTimeout)
	}
}

// existing refuses a folder that holds no data, so that a mistyped name is not an empty graph.
func existing(data string) error {
	entries, err := os.ReadDir(data)
	if err == nil && len(entries) == 0 {
		err = errors.New("it is empty")
	}
	if err != nil {
		return fmt.Errorf("no data in %s: %w", data, err)
	}
	return nil
}

func newLogger(errs interface{ Write([]byte) (int, error) }) *slog.Logger {
	return slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
