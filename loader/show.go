package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"entente/loader/format"
	"entente/loader/table"
)

// Show prints the records that an input in a format of its own becomes, as far as they are of its first rows, those of each row below
// its place. It checks the claims no further than the format does. What is wrong with the file or a row is printed, too.
func Show(w io.Writer, in Input, rows int) error {
	source, err := openSource(in, new(atomic.Int64))
	if err != nil {
		return openProblem(in.Name, err)
	}
	defer source.close()
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", in.Name)
	summary := &format.Summary{}
	before := table.Place{}
	emit := func(result format.Result) bool {
		if summary.Rows > rows {
			return false
		}
		place := result.Place
		if place.Column = ""; place != before && place != (table.Place{}) {
			fmt.Fprintf(&b, "%s\n", place)
			before = place
		}
		if result.Problem != nil {
			fmt.Fprintf(&b, "  problem: %s\n", result.Problem)
			return true
		}
		b.Write(append(appendRecord([]byte("  "), &result.Claim), '\n'))
		return true
	}
	err = in.Format.Read(format.Input{Name: in.Name, Reader: source}, format.NewOut(in.Name, summary, emit))
	if wrong, ok := errors.AsType[*table.Error](err); ok {
		fmt.Fprintf(&b, "problem: %s\n", wrong)
	} else if err != nil && !errors.Is(err, format.ErrStopped) {
		return source.damage(err)
	}
	_, err = w.Write(b.Bytes())
	return err
}
