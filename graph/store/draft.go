package store

import (
	"context"
	"errors"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A draft turns changes into a batch built on the head.
type draft struct {
	s      *Store
	snap   *topology.Snapshot
	batch  ledger.Batch
	opts   CommitOptions
	result *Result

	met   map[graph.ID]*met         // entities that the changes name
	ids   map[graph.ClaimID]ClaimNo // of claims among the changes
	known map[graph.ClaimID]ledger.ClaimNo
	exact map[string][]graph.ID // exact external ids the changes name, and who carries them by the changes
	ended map[ledger.ClaimNo]Op // by the changes so far; Reassert for what stands
}

// A met entity is one that the changes name.
type met struct {
	number ledger.EntityNo // NoEntity until it has one
	kinds  []graph.Kind    // in the graph and among the changes
	stored int             // how many of them are in the graph
}

func newDraft(s *Store, opts CommitOptions) *draft {
	snap := s.topology.Head()
	return &draft{
		s: s, snap: snap, opts: opts, result: &Result{},
		batch: ledger.Batch{After: snap.Commit(), Author: opts.Author, Note: opts.Note, Dataset: opts.Dataset},
		met:   make(map[graph.ID]*met),
		ids:   make(map[graph.ClaimID]ClaimNo),
		known: make(map[graph.ClaimID]ledger.ClaimNo),
		exact: make(map[string][]graph.ID),
		ended: make(map[ledger.ClaimNo]Op),
	}
}

func (d *draft) empty() bool { return len(d.batch.Claims) == 0 && len(d.batch.Changes) == 0 }

func (d *draft) build(ctx context.Context, changes []Change) error {
	changes = identified(changes)
	d.batch.Claims = make([]ledger.Claim, 0, len(changes))
	d.declareAll(changes)
	if err := d.lookUp(ctx, changes); err != nil {
		return err
	}
	d.result.Numbers = make([]ClaimNo, len(changes))
	for i := range changes {
		d.result.Numbers[i] = NoClaim
		if c := &changes[i]; c.Op == Assert {
			d.result.Numbers[i] = d.assert(c)
		} else {
			d.change(c)
		}
	}
	for id := range d.exact {
		d.result.Exact = append(d.result.Exact, id)
	}
	slices.Sort(d.result.Exact)
	return d.join(ctx)
}

// identified gives each claim its id, in a copy if any lacks it.
func identified(changes []Change) []Change {
	lacks := func(c Change) bool { return c.Op == Assert && c.ID == (graph.ClaimID{}) }
	if !slices.ContainsFunc(changes, lacks) {
		return changes
	}
	changes = slices.Clone(changes)
	for i := range changes {
		if lacks(changes[i]) {
			changes[i].ID = changes[i].Claim.ID()
		}
	}
	return changes
}

// declareAll notes what the changes declare. A claim of a kind that will itself be refused, since it names an
// entity that nobody declares, declares nothing; that may take another down with it.
func (d *draft) declareAll(changes []Change) {
	refused := make(map[int]bool)
	for {
		for _, m := range d.met {
			m.kinds = m.kinds[:m.stored]
		}
		clear(d.exact)
		for i := range changes {
			if changes[i].Op == Assert && !refused[i] {
				d.declare(&changes[i].Claim)
			}
		}
		before := len(refused)
		for i := range changes {
			c := &changes[i].Claim
			if changes[i].Op != Assert || c.Predicate != graph.KindPredicate || refused[i] {
				continue
			}
			for _, id := range c.Entities {
				if len(d.kindsOf(id)) == 0 {
					refused[i] = true
				}
			}
		}
		if len(refused) == before {
			return
		}
	}
}

// declare notes the kinds and exact ids that a change gives an entity, so that other changes may come before it.
func (d *draft) declare(c *graph.Claim) {
	if c.Stance != graph.Asserted && c.Stance != graph.Implied {
		return
	}
	switch c.Predicate {
	case graph.KindPredicate:
		if m, kind := d.meet(c.From), graph.Kind(c.Value); !slices.Contains(m.kinds, kind) {
			m.kinds = append(m.kinds, kind)
		}
		if graph.ExactScheme(c.From.Scheme()) {
			d.carry(string(c.From), c.From)
		}
	case graph.ExternalID:
		if graph.ExactScheme(graph.ID(c.Value).Scheme()) {
			d.carry(c.Value, c.From)
		}
	}
}

func (d *draft) carry(exact string, id graph.ID) { d.exact[exact] = append(d.exact[exact], id) }

// meet is what is known of an entity.
func (d *draft) meet(id graph.ID) *met {
	m := d.met[id]
	if m == nil {
		m = &met{number: ledger.NoEntity}
		d.met[id] = m
		if e, ok := d.snap.Entity(id); ok {
			m.number = e
			m.kinds = d.snap.Declared(e)
			m.stored = len(m.kinds)
		}
	}
	return m
}

// kindsOf lists the kinds of an entity in the graph and among the changes declared so far.
func (d *draft) kindsOf(id graph.ID) []graph.Kind { return d.meet(id).kinds }

// lookUp finds which of the changes' claims the graph has already. The ledger confirms what the index proposes.
func (d *draft) lookUp(ctx context.Context, changes []Change) error {
	type candidate struct {
		no ledger.ClaimNo
		id graph.ClaimID
	}
	var found []candidate
	for i := range changes {
		for no := range d.snap.Candidates(changes[i].ID) {
			found = append(found, candidate{no, changes[i].ID})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int { return int(int64(a.no) - int64(b.no)) })
	nos := make([]ledger.ClaimNo, len(found))
	for i, c := range found {
		nos[i] = c.no
	}
	ids, err := d.s.ledger.IDs(ctx, nos)
	if err != nil {
		return err
	}
	for i, c := range found {
		if ids[i] == c.id {
			d.known[c.id] = c.no
		}
	}
	return nil
}

func (d *draft) problem(origin int, err error, missing bool) {
	p := Problem{Origin: origin, Missing: missing}
	if f, ok := errors.AsType[*graph.FieldError](err); ok {
		p.Path, p.Found, p.Expected = f.Path, f.Found, f.Expected
	} else {
		p.Found = err.Error()
	}
	d.result.Problems = append(d.result.Problems, p)
}

// assert adds a claim, unless the graph has it, and returns its number: [NoClaim] if there is a problem.
func (d *draft) assert(c *Change) ClaimNo {
	if no, met := d.ids[c.ID]; met {
		d.result.Repeated++
		return no
	}
	if no, ok := d.known[c.ID]; ok {
		d.again(c, no)
		return no
	}
	for path, id := range c.Claim.Entities {
		// A claim of a kind declares its own subject.
		if len(d.kindsOf(id)) == 0 && (path != "/from" || c.Claim.Predicate != graph.KindPredicate) {
			d.problem(c.Origin, &graph.FieldError{Path: path, Found: graph.Quoted(string(id)), Expected: "an entity that a record declares with its kind, here or in the graph", Err: graph.ErrClaim}, true)
			return NoClaim
		}
	}
	if err := c.Claim.CheckKinds(d.kindsOf); err != nil {
		d.problem(c.Origin, err, true)
		return NoClaim
	}
	no := d.snap.Claims() + ClaimNo(len(d.batch.Claims))
	d.ids[c.ID] = no
	d.batch.Claims = append(d.batch.Claims, d.stored(c.ID, &c.Claim))
	d.result.Added++
	if c.Erased != 0 {
		d.erased(c)
	}
	return no
}

// erased notes that the claim just added lacks what was erased where it comes from. That is ordered here too, for
// nothing may be missing without an order.
func (d *draft) erased(c *Change) {
	n := len(d.batch.Claims) - 1
	d.batch.Claims[n].Erased = c.Erased
	op := ledger.TakeDown
	if c.Erased == ledger.ErasedText {
		op = ledger.Redact
	}
	d.batch.Changes = append(d.batch.Changes, ledger.Change{Claim: d.snap.Claims() + ledger.ClaimNo(n), Op: op, Reason: "erased where it was exported"})
}

// again decides about a claim that the graph has: it stands, or it was taken back and comes again, or a person
// withdrew it and it stays withdrawn.
func (d *draft) again(c *Change, no ledger.ClaimNo) {
	d.ids[c.ID] = no
	op, ended := d.snap.Ended(no)
	switch {
	case !ended:
		d.result.Repeated++
	case op == ledger.Withdraw, op == ledger.Redact:
		d.result.WithdrawnSkipped++
	default:
		d.batch.Changes = append(d.batch.Changes, ledger.Change{Claim: no, Op: ledger.Reassert, Reason: "imported again"})
		d.result.Reopened++
		d.result.ReopenedNumbers = append(d.result.ReopenedNumbers, no)
		d.ended[no] = ledger.Reassert
	}
}

// change ends a claim or makes it stand again.
func (d *draft) change(c *Change) {
	no, ok := d.known[c.ID]
	if !ok {
		d.problem(c.Origin, &graph.FieldError{Path: "/retract", Found: graph.Quoted(c.ID.String()), Expected: "the id of a claim in the graph", Err: graph.ErrClaim}, true)
		return
	}
	op, met := d.ended[no]
	if !met {
		op = ledger.Reassert
		if last, ended := d.snap.Ended(no); ended {
			op = last
		}
	}
	if op == ledger.Redact && c.Op == ledger.Reassert {
		d.problem(c.Origin, &graph.FieldError{Path: "/reassert", Found: "a claim whose content was erased", Expected: "one that still says something", Err: graph.ErrClaim}, false)
		return
	}
	// What was undone or replaced would come back with the next import. A person may withdraw it, so that it does not.
	withdraws := c.Op == ledger.Withdraw && (op == ledger.Undo || op == ledger.Replace)
	if (op == ledger.Reassert) == (c.Op == ledger.Reassert) && !withdraws {
		d.result.Repeated++
		return
	}
	d.ended[no] = c.Op
	d.batch.Changes = append(d.batch.Changes, ledger.Change{Claim: no, Op: c.Op, Reason: c.Reason})
	if c.Op == ledger.Reassert {
		d.result.Reopened++
	} else {
		d.result.Retracted++
	}
}

// number is the entity's number, a new one if it has none yet.
func (d *draft) number(id graph.ID) ledger.EntityNo {
	if id == "" {
		return ledger.NoEntity
	}
	m := d.meet(id)
	if m.number == ledger.NoEntity {
		m.number = d.snap.Entities() + ledger.EntityNo(len(d.batch.Entities))
		d.batch.Entities = append(d.batch.Entities, id)
	}
	return m.number
}

func (d *draft) stored(id graph.ClaimID, c *graph.Claim) ledger.Claim {
	out := ledger.Claim{
		ID: id, Predicate: c.Predicate.Info().Code, From: d.number(c.From), To: d.number(c.To), Value: c.Value,
		When: c.When, Said: c.Said, Stance: c.Stance.Code(),
		Claimant: d.number(c.Claimant), Coder: d.number(c.Coder), Document: d.number(c.Source.Document),
		Confidence: c.Confidence, Locator: c.Source.Locator, Quote: c.Source.Quote, Key: c.Key,
	}
	for _, q := range c.Qualifiers {
		out.Qualifiers = append(out.Qualifiers, ledger.Qualifier{Name: q.Name.Info().Code, Entity: d.number(q.Entity), Value: q.Value})
	}
	return out
}
