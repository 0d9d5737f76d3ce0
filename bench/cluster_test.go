package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// serverSettings suit a server that lies in memory and is thrown away: nothing waits for a disk, a page costs the same wherever it lies,
// and the plan of a prepared statement is made once. What is asked here is too short to be worth compiling.
var serverSettings = []string{
	"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"max_wal_size=8GB", "autovacuum=off", "shared_buffers=2GB", "effective_cache_size=4GB", "work_mem=256MB",
	"maintenance_work_mem=512MB", "random_page_cost=1.0", "jit=off", "plan_cache_mode=force_generic_plan",
}

// startPostgres starts a server on an empty cluster of its own, reached by a socket of this machine alone, and stops it when the test
// ends. It returns how to connect.
func startPostgres(t *testing.T, bin string) (connection string) {
	t.Helper()
	// Not t.TempDir, below which no other user may look, and whose name can be too long for a socket.
	folder, err := os.MkdirTemp("", "entente-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	owner, err := serverUser(folder)
	if err != nil {
		t.Fatal(err)
	}
	data, log := filepath.Join(folder, "data"), filepath.Join(folder, "log")
	run := func(name string, args ...string) {
		t.Helper()
		// Into a file, for a server that inherited a pipe would keep it open.
		said, err := os.Create(filepath.Join(folder, name+".said"))
		if err != nil {
			t.Fatal(err)
		}
		defer said.Close()
		c := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(bin, name), args...)
		c.Dir, c.SysProcAttr, c.Stdout, c.Stderr = folder, owner, said, said
		if err := c.Run(); err != nil {
			why, _ := os.ReadFile(said.Name())
			more, _ := os.ReadFile(log)
			t.Fatalf("%s: %v\n%s%s", c, err, why, more)
		}
	}
	run("initdb", "--pgdata", data, "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	options := "-k '" + folder + "'"
	for _, s := range serverSettings {
		options += " -c '" + s + "'"
	}
	run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", log, "--options", options)
	t.Cleanup(func() { run("pg_ctl", "stop", "--wait", "--pgdata", data, "--mode", "immediate") })
	return fmt.Sprintf("host=%s user=postgres dbname=postgres", folder)
}

// serverUser is as whom the server runs: as whoever runs the test or, since PostgreSQL refuses root, as the user postgres or nobody, to
// whom the folder is then given.
func serverUser(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, fmt.Errorf("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: %w", err)
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err, err2, os.Chown(folder, int(uid), int(gid))); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
