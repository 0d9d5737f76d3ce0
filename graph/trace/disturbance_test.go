package trace_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
)

// values are some that a literal of a type may have.
var values = map[graph.LiteralType][]string{
	graph.TextLiteral: {"a text"}, graph.NameLiteral: {"Somebody"}, graph.DateLiteral: {"2001-03-05", "2002", "2001-05-03"},
	graph.KindLiteral:       {string(graph.Agreement), string(graph.Document), string(graph.State), string(graph.Organization)},
	graph.EventTypeLiteral:  {string(graph.Summit), string(graph.Hostilities)},
	graph.ExternalIDLiteral: {"iso3:ARM", "pax:1"}, graph.NumberLiteral: {"7"}, graph.URLLiteral: {"https://a.example/"},
}

// newcomers may be declared in any commit, as of one of several kinds.
var newcomers = []graph.ID{"t:new0", "t:new1", "t:new2"}

// everybody are the cast and the newcomers.
var everybody = func() []graph.ID {
	all := slices.Clone(newcomers)
	for _, c := range cast {
		all = append(all, c.id)
	}
	return all
}()

// anyClaim draws a claim of any predicate. That it fits the kinds of its entities is left to the store, which takes no other.
func anyClaim(t *rapid.T) graph.Claim {
	info := rapid.SampledFrom(graph.Predicates()).Draw(t, "predicate")
	id := func(what string, kinds []graph.Kind) graph.ID {
		fit := slices.Concat(ids(kinds...), newcomers)
		if len(kinds) == 0 {
			fit = everybody
		}
		return rapid.SampledFrom(fit).Draw(t, what)
	}
	c := graph.Claim{Predicate: info.Name, From: id("from", info.From), Stance: drawStance(t)}
	if info.Literal != "" {
		c.Value = rapid.SampledFrom(values[info.Literal]).Draw(t, "value")
	} else {
		c.To = id("to", info.To)
	}
	switch rapid.IntRange(0, 5).Draw(t, "source") {
	case 0:
		c.Claimant, c.Coder = "t:s0", "t:o0"
	case 1:
		c.Source.Document = "t:a4"
	case 2:
		c.Said = graph.MustParseDate("2003")
	}
	if rapid.IntRange(0, 5).Draw(t, "on behalf") == 0 {
		c.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: "t:s1"}}
	}
	return c
}

// anyCommit draws what one commit does: claims of any sort, the ends of others and their return.
func anyCommit(t *rapid.T, made []graph.ClaimID) (changes []store.Change) {
	for range rapid.IntRange(1, 3).Draw(t, "changes") {
		switch what := rapid.IntRange(0, 7).Draw(t, "what"); {
		case what < 2 && len(made) > 0:
			op := []ledger.Op{ledger.Withdraw, ledger.Reassert}[what]
			changes = append(changes, store.Change{Op: op, ID: rapid.SampledFrom(made).Draw(t, "which")})
		case what == 2:
			kind := rapid.SampledFrom([]graph.Kind{graph.Agreement, graph.Document, graph.State, graph.Event}).Draw(t, "kind")
			id := rapid.SampledFrom(newcomers).Draw(t, "newcomer")
			changes = append(changes, assertion(t, graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(kind)}))
		default:
			if c := anyClaim(t); c.Normalize() == nil {
				changes = append(changes, assertion(t, c))
			}
		}
	}
	return changes
}

// TestUndisturbedAffiliations lets affiliations go on from commit to commit until one disturbs them: they are the same as if they had been laid out
// anew.
func TestUndisturbedAffiliations(t *testing.T) {
	kept, withNewcomers := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := graphs(t)
		var made []graph.ClaimID
		first := s.Head().Moment().Commit
		for range rapid.IntRange(1, 12).Draw(t, "commits") {
			changes := anyCommit(t, made)
			for i := range changes {
				made = append(made, changes[i].ID)
			}
			commitDrawn(t, s, changes)
		}
		engine := memkv.New()
		replayedInto(t, engine, s, s.Head().Moment().Commit)
		var laidOut *trace.Affiliations
		eachCommit(t.Context(), t, engine, first, func(snap, before *topology.Snapshot, disturbed bool) {
			fresh, err := trace.AffiliationsOf(t.Context(), snap)
			if err != nil {
				t.Fatal(err)
			}
			if laidOut == nil || disturbed {
				laidOut = fresh
				return
			}
			laidOut = laidOut.At(snap)
			if !laidOut.Same(fresh) {
				t.Fatalf("at commit %d those that went on are %+v, want %+v", snap.Commit(), laidOut, fresh)
			}
			kept++
			if snap.Entities() > before.Entities() {
				withNewcomers++
			}
		})
	})
	if kept == 0 || withNewcomers == 0 {
		t.Errorf("affiliations went on over %d commits, %d of them with new entities; it shows little", kept, withNewcomers)
	}
}

// eachCommit takes the commits of an engine into a topology, and tells of those from one on whether they disturb affiliations.
func eachCommit(ctx context.Context, t rapid.TB, engine *memkv.Store, from uint64, tell func(snap, before *topology.Snapshot, disturbed bool)) {
	l, err := ledger.Open(ctx, engine, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	top := topology.New()
	disturbed := false
	for block, err := range l.Blocks(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		before := top.Head()
		top.Apply(block)
		disturbed = disturbed || trace.Disturbs(block, before)
		if block.End == nil {
			continue
		}
		if block.Commit == from {
			top.Settle()
		}
		if block.Commit >= from {
			tell(top.Head(), before, disturbed)
		}
		disturbed = false
	}
}

// TestDisturbs: what affiliations are made of disturbs them, of an entity that was there before; most else does not.
func TestDisturbs(t *testing.T) {
	for _, tt := range []struct {
		record string
		want   bool
	}{
		{`{"claim": "signed", "from": "S", "to": "n"}`, true},
		{`{"claim": "signed", "from": "S", "to": "n", "stance": "DENIED"}`, true},
		{`{"claim": "date", "from": "n", "value": "2001"}`, true},
		{`{"claim": "kind", "from": "n", "value": "Document"}`, true},
		{`{"claim": "sameAs", "from": "S", "to": "T"}`, true},
		{`{"claim": "leads", "from": "L", "to": "O"}`, true},
		{`{"claim": "partOf", "from": "O", "to": "S"}`, true},
		{`{"claim": "contributedTo", "from": "S", "to": "F"}`, true},
		{`{"claim": "memberOf", "from": "S", "to": "O"}`, true},
		{`{"claim": "name", "from": "S", "value": "South"}`, false},
		{`{"claim": "recognized", "from": "L", "to": "land", "qualifiers": {"onBehalfOf": ["S"]}}`, false},
		{`{"entity": "new", "kind": "Agreement", "name": "New", "date": "2001"}`, false},
		{`{"entity": "new", "kind": "Event", "eventType": "SUMMIT", "date": "2001"}`, false},
		{`{"entity": "paper", "kind": "Document", "published": "2001"}`, false},
		{`{"entity": "new", "kind": "Agreement"}` + "\n" + `{"claim": "signed", "from": "S", "to": "new"}`, true},
		{`{"entity": "new", "kind": "Agreement"}` + "\n" + `{"claim": "sameAs", "from": "new", "to": "n"}`, true},
	} {
		engine := memkv.New()
		s := storeIn(t, engine)
		plant(t, s, stage)
		staged := s.Head().Moment().Commit
		plant(t, s, tt.record)
		told := 0
		eachCommit(t.Context(), t, engine, staged, func(snap, _ *topology.Snapshot, disturbed bool) {
			if snap.Commit() == staged {
				return
			}
			told++
			if disturbed != tt.want {
				t.Errorf("%s: it disturbs affiliations: %v, want %v", tt.record, disturbed, tt.want)
			}
		})
		if told != 1 {
			t.Errorf("%s: %d commits", tt.record, told)
		}
	}
}

// TestUnknownDisturbs: what a claim of a predicate that nobody here knows says of affiliations is not known.
func TestUnknownDisturbs(t *testing.T) {
	const unknown = 127
	if info := graph.PredicateOf(unknown); info != nil {
		t.Fatalf("%s has the code", info.Name)
	}
	if !trace.Disturbs(&ledger.Block{Claims: []ledger.HotClaim{{Predicate: unknown}}}, topology.New().Head()) {
		t.Error("it does not disturb affiliations")
	}
}

// TestPublicationDisturbs: when a document was published tells which of two types an event was said to be of last, and so whether it is a meeting.
func TestPublicationDisturbs(t *testing.T) {
	engine := memkv.New()
	s := storeIn(t, engine)
	plant(t, s, stage+`{"entity": "doc1", "kind": "Document", "published": "2001"}
{"entity": "doc2", "kind": "Document"}
{"entity": "clash", "kind": "Event"}
{"claim": "eventType", "from": "clash", "value": "SUMMIT", "source": {"document": "doc1"}}
{"claim": "eventType", "from": "clash", "value": "HOSTILITIES", "source": {"document": "doc2"}}
{"claim": "participated", "from": "S", "to": "clash"}
`)
	before := s.Head().Snapshot()
	plant(t, s, `{"claim": "published", "from": "doc2", "value": "2002"}`)
	clash := entity(t, before, "t:clash")
	if after := s.Head().Snapshot(); !before.IsMeeting(clash) || after.IsMeeting(clash) {
		t.Fatal("the type of the event does not change; this test shows nothing")
	}
	eachCommit(t.Context(), t, engine, before.Commit(), func(snap, _ *topology.Snapshot, disturbed bool) {
		if !disturbed {
			t.Errorf("commit %d does not disturb affiliations", snap.Commit())
		}
	})
}
