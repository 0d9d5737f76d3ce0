package badgerkv

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"entente/graph/kv"
)

// A trip is the wire that ends writing: at the first failed write, and at the first warning or error that
// Badger logs. A healthy Badger logs none, and for a failed flush or sync a line in its log is the only alarm
// there is. It is Badger's Logger.
type trip struct {
	reason atomic.Pointer[string] // the first; it stays
	log    func(slog.Level, string)
}

// set trips the wire unless it is tripped already.
func (t *trip) set(reason string) { t.reason.CompareAndSwap(nil, &reason) }

// err is nil, or [kv.ErrReadOnly] with the reason.
func (t *trip) err() error {
	if r := t.reason.Load(); r != nil {
		return fmt.Errorf("%w: %s", kv.ErrReadOnly, *r)
	}
	return nil
}

// warn logs what the user should know and what stops no writing.
func (t *trip) warn(format string, args ...any) { t.note(slog.LevelWarn, format, args) }

func (t *trip) Errorf(format string, args ...any)   { t.alarm(slog.LevelError, format, args) }
func (t *trip) Warningf(format string, args ...any) { t.alarm(slog.LevelWarn, format, args) }
func (t *trip) Infof(format string, args ...any)    { t.note(slog.LevelInfo, format, args) }
func (t *trip) Debugf(format string, args ...any)   { t.note(slog.LevelDebug, format, args) }

func (t *trip) alarm(level slog.Level, format string, args []any) {
	t.set("badger: " + t.note(level, format, args))
}

func (t *trip) note(level slog.Level, format string, args []any) string {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	t.log(level, text)
	return text
}

// errPanic marks a panic that protect caught.
var errPanic = errors.New("panic")

// protect runs f and turns a panic in it into an error. A fault on a mapped file (a table that was cut, a page
// that the disk cannot read) is made a panic too; by default it ends the process. Nothing can be done here about what
// goes on in Badger's own goroutines.
func protect(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w in badger: %v", errPanic, r)
		}
	}()
	return f()
}
