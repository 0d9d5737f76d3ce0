package trace

import (
	"context"
	"errors"
	"math"
)

// errBudget means that a question did all the work it was allowed to.
var errBudget = errors.New("trace: the work budget is used up")

// stride is how much is done between two questions whether the caller has given up.
const stride = 1 << 12

// Work is what a question may still do, in claims or links that it looks at or in things as small.
type work struct {
	ctx  context.Context
	left int
}

// unlimited is work that only the context ends.
func unlimited(ctx context.Context) *work { return &work{ctx, math.MaxInt} }

// spend takes so much off. The error is errBudget if there is not as much left, then and ever after, or the context's.
func (w *work) spend(n int) error {
	before := w.left
	if w.left -= n; w.left < 0 {
		return errBudget
	}
	if before/stride != w.left/stride {
		return w.ctx.Err()
	}
	return nil
}

// part takes one of so many parts of what is left off, to be worked with by itself.
func (w *work) part(of int) work {
	part := work{w.ctx, max(w.left, 0) / of}
	w.left -= part.left
	return part
}

// giveBack adds what is left of a part.
func (w *work) giveBack(part work) { w.left = max(w.left, 0) + max(part.left, 0) }

// ranOut divides an error into whether it is that the work ran out, which makes an answer partial, and any other.
func ranOut(err error) (partial bool, other error) {
	if errors.Is(err, errBudget) {
		return true, nil
	}
	return false, err
}
