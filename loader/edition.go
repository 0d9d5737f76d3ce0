package loader

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// An edition is what an import has of its source, to be compared with what earlier imports of it brought.
type edition struct {
	again bool                       // the source has been imported before
	has   []uint64                   // a bit for each claim of the graph: whether the inputs have it
	added map[string][]graph.ClaimID // by the source's key: the claims that are new, or stand again
}

// note takes in what a commit made of a batch.
func (e *edition) note(batch []store.Change, res *store.Result) {
	if !e.again {
		return
	}
	reopened := res.ReopenedNumbers
	for i, no := range res.Numbers {
		if no == store.NoClaim {
			continue
		}
		if n := int(no/64) + 1; n > len(e.has) {
			e.has = append(e.has, make([]uint64, max(n-len(e.has), len(e.has)))...)
		}
		e.has[no/64] |= 1 << (no % 64)
		came := res.Commit != nil && no >= res.Commit.FirstClaim
		if len(reopened) > 0 && reopened[0] == no { // a source that goes back to what it said has changed, too
			came, reopened = true, reopened[1:]
		}
		if key := batch[i].Claim.Key; key != "" && came {
			e.added[key] = append(e.added[key], batch[i].ID)
		}
	}
}

func (e *edition) keeps(no store.ClaimNo) bool {
	return int(no/64) < len(e.has) && e.has[no/64]&(1<<(no%64)) != 0
}

// A Changed record of a source has the key of one that was there before, and other content.
type Changed struct {
	Key        string
	Went, Came []graph.ClaimID
}

// ChangedKept is how many changed records a report lists.
const ChangedKept = 100

// compare reports what has changed at the source, and ends what it no longer has if that was asked for.
func (im *importer) compare(ctx context.Context) error {
	if im.dry != nil {
		return nil
	}
	e := &im.edition
	if len(e.added) > 0 {
		if err := im.changed(ctx); err != nil {
			return err
		}
	}
	switch {
	case !im.opts.Replace || !e.again:
		return nil
	case im.report.Rejected > 0 || len(im.report.groups) > 0:
		im.report.NotReplaced = "there are problems, so it is not known what the source no longer has"
		return nil
	case im.report.Entities+im.report.Claims == 0:
		im.report.NotReplaced = "the inputs have no record at all"
		return nil
	}
	done, err := im.st.Replace(ctx, im.source(), e.keeps, store.ReplaceOptions{
		Author: im.opts.Author, Note: im.opts.Note, Reason: "no longer in " + im.source(),
	})
	if done != nil {
		im.report.Replaced, im.report.Parted = done.Ended, done.Parted
		for _, info := range done.Commits {
			im.report.committed(info.Number)
		}
	}
	return err
}

// changed lists the keys under which something came and something else went.
func (im *importer) changed(ctx context.Context) error {
	went := make(map[string][]graph.ClaimID)
	err := im.st.Gone(ctx, im.source(), im.edition.keeps, func(c *store.Claim) {
		if im.edition.added[c.Key] != nil {
			went[c.Key] = append(went[c.Key], c.ClaimID)
		}
	})
	if err != nil {
		return err
	}
	im.report.ChangedCount = len(went)
	keys := make([]string, 0, len(went))
	for key := range went {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys[:min(len(keys), ChangedKept)] {
		im.report.Changed = append(im.report.Changed, Changed{key, went[key], im.edition.added[key]})
	}
	return nil
}
