package mirror

import (
	"fmt"

	"entente/graph/kv"
)

// A Damage is a place in a log where not all is as it was written. It matches [kv.ErrCorrupt].
type Damage struct {
	File   string // of the segment, with its folder
	Offset int64  // in the file
	Found  string
}

func (d *Damage) Error() string {
	return fmt.Sprintf("%v: %s, byte %d: %s", kv.ErrCorrupt, d.File, d.Offset, d.Found)
}

// Is makes a damage one of the errors that a store may return.
func (d *Damage) Is(target error) bool { return target == kv.ErrCorrupt }
