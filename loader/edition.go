package loader

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// An edition is what an import has of its source, to be compared with what earlier imports of it brought.
type edition struct {
	again bool                       // the source has been imported before
	has   []uint64                   // a bit for each claim of the graph: whether the inputs have it
	added map[string][]graph.ClaimID // by the source's key: the claims that are new, or stand again
	// Claims without a key that are new or stand again, and the first of them.
	others      int
	othersFirst []graph.ClaimID
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
		if came {
			e.came(batch[i].Claim.Key, batch[i].ID)
		}
	}
}

// came takes in a claim that is new, or stands again.
func (e *edition) came(key string, id graph.ClaimID) {
	if key != "" {
		e.added[key] = append(e.added[key], id)
		return
	}
	if e.others++; len(e.othersFirst) < EditedKept {
		e.othersFirst = append(e.othersFirst, id)
	}
}

func (e *edition) keeps(no store.ClaimNo) bool {
	return int(no/64) < len(e.has) && e.has[no/64]&(1<<(no%64)) != 0
}

// A Changed record of a source has the key of one that was there before, and other content.
type Changed struct {
	Key        string
	Went, Came []Edited
}

// An Edited claim is one in which two editions of a source differ.
type Edited struct {
	ID   graph.ClaimID
	Text string // the claim in short
}

// EditedKept is how many records that changed, came or went a report lists of each.
const EditedKept = 100

// compare reports what has changed at the source, and ends what it no longer has if that was asked for.
func (im *importer) compare(ctx context.Context) error {
	if im.dry != nil {
		return nil
	}
	e := &im.edition
	replaces := im.opts.Replace && e.again
	switch {
	case !replaces:
	case im.report.Rejected > 0 || len(im.report.groups) > 0:
		im.report.NotReplaced = "there are problems, so it is not known what the source no longer has"
		replaces = false
	case im.report.Entities+im.report.Claims == 0:
		im.report.NotReplaced = "the inputs have no record at all"
		replaces = false
	}
	if len(e.added) > 0 || replaces {
		if err := im.changed(ctx, replaces); err != nil {
			return err
		}
	}
	if !replaces {
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

// changed lists what came and what went: under one key both, which has then changed at the source, or one of the two. What only came
// or went is told of an edition alone; files that add to a source say nothing by what they do not have.
func (im *importer) changed(ctx context.Context, whole bool) error {
	e, r := &im.edition, im.report
	went := make(map[string][]Edited)
	err := im.st.Gone(ctx, im.source(), e.keeps, func(c *store.Claim) {
		text := Edited{c.ClaimID, short(&c.Claim)}
		if e.added[c.Key] != nil {
			went[c.Key] = append(went[c.Key], text)
		} else if r.WentCount++; len(r.Went) < EditedKept {
			r.Went = append(r.Went, text)
		}
	})
	if err != nil {
		return err
	}
	r.ChangedCount, r.CameCount = len(went), e.others
	came := e.othersFirst
	for _, key := range slices.Sorted(maps.Keys(e.added)) {
		ids := e.added[key]
		if gone := went[key]; gone == nil {
			r.CameCount += len(ids)
			came = append(came, ids[:min(len(ids), max(0, EditedKept-len(came)))]...)
		} else if len(r.Changed) < EditedKept {
			texts, err := im.shortOf(ctx, ids)
			if err != nil {
				return err
			}
			r.Changed = append(r.Changed, Changed{key, gone, texts})
		}
	}
	if !whole {
		r.WentCount, r.Went, r.CameCount = 0, nil, 0
		return nil
	}
	r.Came, err = im.shortOf(ctx, came)
	return err
}

// shortOf reads claims of the graph and puts them in short.
func (im *importer) shortOf(ctx context.Context, ids []graph.ClaimID) ([]Edited, error) {
	head := im.st.Head()
	texts := make([]Edited, 0, len(ids))
	for _, id := range ids {
		no, found, err := head.ClaimByID(ctx, id)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		claims, err := head.ReadClaims(ctx, []store.ClaimNo{no})
		if err != nil {
			return nil, err
		}
		texts = append(texts, Edited{id, short(&claims[0].Claim)})
	}
	return texts, nil
}

// short is a claim in a few words, for reports: who, what, whom or which value, and when.
func short(c *graph.Claim) string {
	object := string(c.To)
	if object == "" {
		object = graph.Quoted(c.Value)
	}
	text := fmt.Sprintf("%s %s %s", c.From, c.Predicate, object)
	if !c.When.IsZero() {
		text += ", " + c.When.String()
	}
	return text
}
