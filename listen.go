package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// unixPrefix begins the address of a Unix socket, which is a file: "unix:/run/entente/http".
const unixPrefix = "unix:"

// socketMode lets the owner and the group of the file connect, such as a web server that is a member of it.
const socketMode = 0o660

// listen listens on an address, HOST:PORT or that of a Unix socket. The file of a socket goes when the listener is closed.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	path, file := strings.CutPrefix(addr, unixPrefix)
	if !file {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
		if err != nil {
			return nil, fmt.Errorf("listen on %s: %w", addr, err)
		}
		return listener, nil
	}
	// A name that begins with @ would be none of a file, and a socket without a file is open to everyone.
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if most := len(unix.RawSockaddrUnix{}.Path) - 1; len(path) > most {
		return nil, fmt.Errorf("listen on %s%s: the path has %d bytes; that of a socket has at most %d here", unixPrefix, path, len(path), most)
	}
	listener, err := listenUnix(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("listen on %s%s: %w", unixPrefix, path, err)
	}
	return listener, nil
}

// listenUnix takes the place of a socket that nobody listens on any more, but of nothing else.
func listenUnix(ctx context.Context, path string) (net.Listener, error) {
	// Of two servers that start at once the second looks when the first listens, or it would take a socket that is being made for a dead one.
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	if err := lock(ctx, folder); err != nil {
		return nil, fmt.Errorf("lock its folder: %w", err)
	}
	if err := removeDead(ctx, path); err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, socketMode); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// lock locks a folder until it is closed. Another server holds the lock for a moment; whoever else does must not keep this one from being stopped.
func lock(ctx context.Context, folder *os.File) error {
	const pause = 10 * time.Millisecond
	for {
		err := unix.Flock(int(folder.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// removeDead removes a socket that a server left which was killed. It is an error if there is anything else.
func removeDead(ctx context.Context, path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("found something there that is no socket (%s), expected nothing or a socket without a server", info.Mode())
	}
	conn, err := new(net.Dialer).DialContext(ctx, "unix", path)
	switch {
	case err == nil:
		return errors.Join(errors.New("another server listens there"), conn.Close())
	case errors.Is(err, unix.ECONNREFUSED):
		return os.Remove(path)
	}
	return fmt.Errorf("found a socket, of which it cannot be told whether a server listens on it: %w", err)
}
