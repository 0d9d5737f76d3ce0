package trace

import (
	"context"
	"errors"
	"math"
)

// errBudget means that a question did all the work it was allowed to.
var errBudget = errors.New("trace: the work budget is used up")

// Work is what a question may still do, in claims that it looks at or in things as small.
type work struct {
	ctx  context.Context
	left int
}

// unlimited is work that only the context ends.
func unlimited(ctx context.Context) *work { return &work{ctx, math.MaxInt} }

// spend takes so much off. The error is errBudget if there is not as much left, or the context's.
func (w *work) spend(n int) error {
	before := w.left
	if w.left -= n; w.left < 0 {
		return errBudget
	}
	if before>>10 != w.left>>10 {
		return w.ctx.Err()
	}
	return nil
}
