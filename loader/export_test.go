package loader

import (
	"context"
	"io"

	"entente/graph/store"
)

// SetSpoolBytes sets how much an import keeps in memory of what waits.
func SetSpoolBytes(opts *Options, n int) { opts.spoolBytes = n }

// AppendClaim writes a claim as an export does.
var AppendClaim = appendClaim

// ExportSorting exports and sorts no more than the given bytes in memory.
func ExportSorting(ctx context.Context, v *store.View, w io.Writer, most int) error {
	return export(ctx, v, w, most)
}
