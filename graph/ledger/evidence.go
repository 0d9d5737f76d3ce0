package ledger

import (
	"cmp"
	"strings"
	"unsafe"

	"entente/cache"
)

// evidence is what is kept of what was read: claims by their number, one by one, since who asks about an actor wants one claim each of many
// blocks; and the changes of commits. Who reads takes it before, and puts what he read into the same: after an erasure there is another.
type evidence struct {
	claims  *cache.LRU[ClaimNo, *Claim]
	changes *cache.LRU[uint64, []Change]
}

// mostKept is how many claims one read may be of and still be kept. Whoever reads more passes over the ledger, and would drive out
// what others come back to.
const mostKept = 1024

// newEvidence shares out the bytes. Changes are few, and wanted where many claims have ended.
func newEvidence(limit int64) *evidence {
	return &evidence{cache.NewLRU[ClaimNo, *Claim](limit - limit/8), cache.NewLRU[uint64, []Change](limit / 8)}
}

// forget lets go of all that was kept, and of what is read now and was asked for before.
func (l *Ledger) forget() { l.evidence.Store(newEvidence(cmp.Or(l.options.Cache, 64<<20))) }

// find copies the claims that are kept to their places, and returns the places of the others.
func (e *evidence) find(nos []ClaimNo, claims []Claim) (missing []int) {
	for i, n := range nos {
		if c, ok := e.claims.Get(n); ok {
			claims[i] = *c
		} else {
			missing = append(missing, i)
		}
	}
	return missing
}

// keep makes the claim hold on to no block and keeps it.
func (e *evidence) keep(n ClaimNo, c *Claim) {
	texts := c.detach()
	size := int64(unsafe.Sizeof(*c)) + cache.EntrySize + int64(texts) + int64(len(c.Qualifiers))*int64(unsafe.Sizeof(Qualifier{}))
	kept := *c
	e.claims.Put(n, &kept, size)
}

// keepChanges makes the changes of a commit hold on to no block and keeps them. Most reasons are that of the change before.
func (e *evidence) keepChanges(commit uint64, changes []Change) {
	size := cache.EntrySize + int64(cap(changes))*int64(unsafe.Sizeof(Change{}))
	for i := range changes {
		if i > 0 && changes[i].Reason == changes[i-1].Reason {
			changes[i].Reason = changes[i-1].Reason
			continue
		}
		changes[i].Reason = strings.Clone(changes[i].Reason)
		size += int64(len(changes[i].Reason))
	}
	e.changes.Put(commit, changes, size)
}

// detach copies the claim's texts and qualifiers, which are parts of its block's, and returns the length of the texts.
func (c *Claim) detach() int {
	var all strings.Builder
	texts := [...]*string{&c.Value, &c.Locator, &c.Quote, &c.Key}
	size := 0
	for _, t := range texts {
		size += len(*t)
	}
	all.Grow(size)
	for _, t := range texts {
		all.WriteString(*t)
	}
	rest := all.String()
	for _, t := range texts {
		*t, rest = rest[:len(*t)], rest[len(*t):]
	}
	if len(c.Qualifiers) > 0 {
		c.Qualifiers = append(make([]Qualifier, 0, len(c.Qualifiers)), c.Qualifiers...)
	}
	for i := range c.Qualifiers {
		c.Qualifiers[i].Value = strings.Clone(c.Qualifiers[i].Value)
		size += len(c.Qualifiers[i].Value)
	}
	return size
}
