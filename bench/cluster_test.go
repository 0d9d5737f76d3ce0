package bench

import (
	"bufio"
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

// keepServer starts a server, says so, and stops it and removes its folder when the standard input ends: when the test closes it, and also
// when the test is killed. $0 is the folder of PostgreSQL's programs, $1 that of the cluster, $2 the server's options.
const keepServer = `
"$0/pg_ctl" start --wait --pgdata "$1/data" --log "$1/log" --options "$2" >"$1/start.said" 2>&1 || exit
echo started
read -r rest
"$0/pg_ctl" stop --wait --pgdata "$1/data" --mode immediate >"$1/stop.said" 2>&1 && rm -rf "$1"
`

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
	attr, err := serverUser(folder)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context())
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata", filepath.Join(folder, "data"),
		"--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = folder, attr
	if said, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", initdb, err, said)
	}
	options := "-k '" + folder + "'"
	for _, s := range serverSettings {
		options += " -c '" + s + "'"
	}
	keeper := exec.CommandContext(ctx, "/bin/sh", "-c", keepServer, bin, folder, options)
	keeper.Dir, keeper.SysProcAttr = folder, attr
	input, err := keeper.StdinPipe()
	output, err2 := keeper.StdoutPipe()
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if err := keeper.Start(); err != nil {
		t.Fatal(err)
	}
	said := func() string {
		var all []byte
		for _, name := range []string{"start.said", "stop.said", "log"} {
			text, _ := os.ReadFile(filepath.Join(folder, name))
			all = append(all, text...)
		}
		return string(all)
	}
	t.Cleanup(func() {
		if err := errors.Join(input.Close(), keeper.Wait()); err != nil {
			t.Errorf("stop PostgreSQL: %v\n%s", err, said())
		}
	})
	if line, err := bufio.NewReader(output).ReadString('\n'); err != nil {
		t.Fatalf("start PostgreSQL: %q, %v\n%s", line, err, said())
	}
	return fmt.Sprintf("host=%s user=postgres dbname=postgres", folder)
}

// serverUser is as whom the server runs: as whoever runs the test or, since PostgreSQL refuses root, as the user postgres or nobody, to
// whom the folder is then given. It is in a process group of its own, for a Ctrl-C is the test's alone.
func serverUser(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{Setpgid: true}, nil
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
	return &syscall.SysProcAttr{Setpgid: true, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
