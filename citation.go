package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// A cslItem is what CSL JSON, which Zotero, pandoc and most others read, has of a work.
type cslItem struct {
	ID        string   `json:"id"`
	Type      string   `json:"type"`
	Title     string   `json:"title"`
	Publisher string   `json:"publisher,omitempty"`
	Issued    *cslDate `json:"issued,omitempty"`
	Version   string   `json:"version,omitempty"`
	URL       string   `json:"URL,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// A cslDate is a date in parts, or in words where it is none that has them.
type cslDate struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Circa   bool    `json:"circa,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

// An account is an answer to be cited, with all that it rests on.
type account struct {
	title, again string
	steps        []*toldStep
	merged       []*toldMerged
}

// cite writes the sources of the answer, and before them the answer itself as a work that can be cited.
func (a *account) cite(ctx context.Context, s streams, v *store.View) error {
	sources := &sources{view: v, items: []*cslItem{a.item(v.Moment())}, byDocument: make(map[graph.ID]*cslItem), noted: make(map[string]bool)}
	for _, step := range a.steps {
		if err := sources.noteStep(ctx, step); err != nil {
			return err
		}
	}
	for _, m := range a.merged {
		if err := sources.noteMerges(ctx, m.MergedBy); err != nil {
			return err
		}
	}
	if sources.without > 0 {
		fmt.Fprintf(s.err, "entente: %s no document and cannot be cited\n", claimsName(sources.without))
	}
	return writeAll(s.out, func(w io.Writer) error { return writeJSON(w, sources.items) })
}

func claimsName(n int) string {
	if n == 1 {
		return "1 claim names"
	}
	return fmt.Sprintf("%d claims name", n)
}

// item is the answer as a work.
func (a *account) item(m store.Moment) *cslItem {
	item := &cslItem{
		ID: fmt.Sprintf("entente-%.8s-%d", m.Ledger, m.Commit), Type: "dataset", Title: a.title, Publisher: "Entente",
		Version: fmt.Sprintf("commit %d", m.Commit), Note: fmt.Sprintf("Ledger %s. To ask it again: %s", m.Ledger, a.again),
	}
	if year, month, day := m.KnownAt.UTC().Date(); !m.KnownAt.IsZero() {
		item.Issued = &cslDate{Parts: [][]int{{year, int(month), day}}}
	}
	return item
}

// sources collects the documents that claims name.
type sources struct {
	view       *store.View
	items      []*cslItem
	byDocument map[graph.ID]*cslItem
	noted      map[string]bool // claims, by their ids
	without    int             // claims without a document
}

// noteStep notes what a meeting, its date and the parts in it rest on.
func (s *sources) noteStep(ctx context.Context, step *toldStep) error {
	if err := s.noteBonds(ctx, slices.Concat(step.DatedBy, step.JoinedBy, step.belongs)); err != nil {
		return err
	}
	for _, actor := range step.actors {
		for _, p := range step.parts[actor.entity] {
			if err := s.add(ctx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteMerges notes by which claims ids are one: of one that was made on import, those by which both carry an exact id, for it has no document itself.
func (s *sources) noteMerges(ctx context.Context, merges []*toldMerge) error {
	for _, m := range merges {
		claims := m.CarriedBy
		if len(claims) == 0 {
			claims = []toldBond{m.toldBond}
		}
		for i := range claims {
			if err := s.note(ctx, &claims[i].toldClaim, claims[i].byID()); err != nil {
				return err
			}
		}
	}
	return nil
}

// add notes with each document what it says of a part, and of whom the actor stood for.
func (s *sources) add(ctx context.Context, p *toldPart) error {
	for i := range p.Claims {
		if err := s.note(ctx, &p.Claims[i], p.says()); err != nil {
			return err
		}
	}
	return s.noteBonds(ctx, p.RolledUpBy)
}

func (s *sources) noteBonds(ctx context.Context, bonds []toldBond) error {
	for i := range bonds {
		if err := s.note(ctx, &bonds[i].toldClaim, bonds[i].says()); err != nil {
			return err
		}
	}
	return nil
}

// note notes with its document what a claim says, once.
func (s *sources) note(ctx context.Context, c *toldClaim, says string) error {
	if s.noted[c.ID] {
		return nil
	}
	s.noted[c.ID] = true
	if c.Source == nil || c.Source.Document == nil {
		s.without++
		return nil
	}
	item, err := s.document(ctx, c.Source.Document)
	if err != nil {
		return err
	}
	if item.Note != "" {
		item.Note += ";\n"
	}
	item.Note += says + c.noted(item.Publisher)
	return nil
}

// noted is what a note on a claim's document says of the claim, in parentheses: where it stands, on whose word it is if not the publisher's, and how it is meant.
func (c *toldClaim) noted(publisher string) string {
	text := c.Source.where()
	if c.Claimant != nil && oneLine(c.Claimant.Name) != publisher {
		text += "; on the word of " + oneLine(c.Claimant.Name)
	}
	if text = strings.TrimPrefix(text+c.reserve(), "; "); text == "" {
		return ""
	}
	return " (" + text + ")"
}

// document is the entry of a document, made when it is first named.
func (s *sources) document(ctx context.Context, d *toldEntity) (*cslItem, error) {
	if item := s.byDocument[d.ID]; item != nil {
		return item, nil
	}
	url, err := s.view.Text(ctx, d.entity, graph.URL)
	if err != nil {
		return nil, err
	}
	item := &cslItem{
		ID: string(d.ID), Type: "document", Title: oneLine(d.Name), URL: url,
		// Styles write the word themselves.
		Version: strings.TrimPrefix(oneLine(s.view.Field(d.entity, graph.Status)), "version "),
	}
	if issuers := s.view.Subjects(d.entity, graph.Issued); len(issuers) > 0 {
		item.Publisher = oneLine(s.view.Name(issuers[0]))
	}
	// The claim's value was checked when it was made, so what does not parse is not there.
	if published, err := graph.ParseDate(s.view.Field(d.entity, graph.Published)); err == nil {
		item.Issued = cslDateOf(published)
	}
	s.byDocument[d.ID] = item
	s.items = append(s.items, item)
	return item, nil
}

// says is the part in a few words.
func (p *toldPart) says() string {
	return oneLine(p.Actor.Name) + " " + p.label + " " + oneLine(p.Meeting.Name)
}

// where is the place in a document with its words, as far as they are told.
func (s *toldSource) where() string {
	var where []string
	if s.Locator != nil {
		where = append(where, oneLine(*s.Locator))
	}
	if s.Quote != nil {
		where = append(where, `"`+oneLine(*s.Quote)+`"`)
	}
	return strings.Join(where, ": ")
}

// cslDateOf is a date as CSL has it: years, months and days in parts, all else in EDTF's own words.
func cslDateOf(d graph.Date) *cslDate {
	bounds := d.Bounds()
	year, month, day := bounds.Earliest.Civil()
	date := &cslDate{Circa: bounds.Approximate || bounds.Uncertain}
	switch bounds.Precision {
	case graph.PrecisionDay:
		date.Parts = [][]int{{year, int(month), day}}
	case graph.PrecisionMonth:
		date.Parts = [][]int{{year, int(month)}}
	case graph.PrecisionYear:
		date.Parts = [][]int{{year}}
	case graph.PrecisionUnknown:
		return nil
	default:
		return &cslDate{Literal: d.String()}
	}
	return date
}
