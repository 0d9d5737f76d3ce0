package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// A boundary is a checker of what readers see of a graph of deeds: each answer, of many fields, is that of one commit, all
// of it and nothing of the next; what one reader sees never runs back; an answer as of a commit is what the answer was when
// that commit was the newest, in this process of the server or another one of the same folder. Any number of readers
// may [boundary.Run], one after the other and at once.
type boundary struct {
	writers []string
	head    string // the question as of now
	past    string // the question as of commit $n

	mu     sync.Mutex // guards all below
	seen   map[uint64]map[string]json.RawMessage
	newest uint64 // that any reader was shown
	checks int
	wrong  []string // what was found, the first few
}

// newBoundary is a checker of the deeds of these writers.
func newBoundary(writers []string) *boundary {
	// Everything that counts, lists or finds deeds in another way: the walk of all claims, edges from both ends, lists of
	// agreements and claims, names, and the ledger.
	fields := func(at, and string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `statistics%s { entities claims commits byKind { kind count } byPredicate { predicate count } }
			agreements(%s first: 1, orderBy: DATE_ASC) { totalCount edges { node { id parties(first: 5) { edges { node { actor { id } } } } } } }
			claims(%s filter: {predicates: [STATUS]}, first: 100) { totalCount edges { node { id value subjectId commit { number note } known { from { number } until { number } } } } }
			all: claims(%s filter: {includeRetracted: true}, first: 1) { totalCount }
			search(%s text: "Tally", fuzzy: false, first: 100) { matched { text } entity { id } }
			partner: entity(%s id: "run:partner") { ... on Party { signed(first: 1) { totalCount } claims(first: 1) { totalCount } } }
			mediator: entity(%s id: "run:mediator") { ... on Party { mediated(first: 1) { totalCount } timeline(first: 1) { totalCount } } }
			`, at, and, and, and, and, and, and)
		for _, w := range writers {
			fmt.Fprintf(&b, `%s: entity(%s id: "run:%s") { name names { text } ... on Party { signed(first: 1) { totalCount edges { node { meeting { id } } } } } }
			`, w, and, w)
		}
		return b.String()
	}
	return &boundary{
		writers: writers,
		head:    "{ moment { commit } commits(first: 1) { totalCount edges { node { number note } } }\n" + fields("", "") + "}",
		past:    "query Past($n: Int!) {\n" + fields("(at: {commit: $n})", "at: {commit: $n},") + "}",
		seen:    map[uint64]map[string]json.RawMessage{},
	}
}

// forget makes ready for another folder.
func (b *boundary) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.seen)
	b.newest = 0
}

// Run reads, as one client, until the context ends, and then returns nil, or until an answer does not come, and then
// returns why. What it finds wrong stands in b.wrong.
func (b *boundary) Run(ctx context.Context, client *http.Client, url string, choices *rand.Rand) error {
	last := uint64(0)
	for ctx.Err() == nil {
		a, err := post(ctx, client, url, b.head, nil)
		if err != nil {
			return ignoreEnd(ctx, err)
		}
		n := a.Extensions.Commit
		if n < last {
			b.finds("a reader was at commit %d and then at %d", last, n)
		}
		last = n
		b.checkHead(n, a)
		if n < 1 || choices.IntN(2) == 0 {
			continue
		}
		// As of a commit that this server has not necessarily had as its newest.
		then := 1 + choices.Uint64N(n)
		if a, err = post(ctx, client, url, b.past, map[string]any{"n": then}); err != nil {
			return ignoreEnd(ctx, err)
		}
		if a.Extensions.Commit < last {
			b.finds("a reader was at commit %d and then at %d", last, a.Extensions.Commit)
		}
		last = a.Extensions.Commit
		b.check(then, a)
	}
	return nil
}

func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

// finds notes something wrong.
func (b *boundary) finds(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.wrong) < 5 {
		b.wrong = append(b.wrong, fmt.Sprintf(format, args...))
	}
}

// checkHead checks an answer as of now, which says what the commit is.
func (b *boundary) checkHead(n uint64, a *reply) {
	var moment struct{ Commit uint64 }
	var commits struct {
		TotalCount uint64
		Edges      []struct{ Node struct{ Number uint64 } }
	}
	if !b.read(n, a, "moment", &moment) || !b.read(n, a, "commits", &commits) {
		return
	}
	if moment.Commit != n || commits.TotalCount != n || n > 0 && (len(commits.Edges) != 1 || commits.Edges[0].Node.Number != n) {
		b.finds("an answer at commit %d speaks of commit %d; of %d, %+v", n, moment.Commit, commits.TotalCount, commits.Edges)
	}
	delete(a.Data, "moment")
	delete(a.Data, "commits")
	b.check(n, a)
}

// read decodes a field of an answer, which must have no errors.
func (b *boundary) read(n uint64, a *reply, field string, into any) bool {
	if len(a.Errors) > 0 {
		b.finds("an answer at commit %d: %+v", n, a.Errors[0])
		return false
	}
	if err := json.Unmarshal(a.Data[field], into); err != nil {
		b.finds("an answer at commit %d: %s: %v", n, field, err)
		return false
	}
	return true
}

// check checks an answer about commit n, by itself and against what was seen of n before.
func (b *boundary) check(n uint64, a *reply) {
	b.checkSums(n, a)
	b.mu.Lock()
	before, met := b.seen[n]
	if !met {
		b.seen[n] = a.Data
	}
	b.newest = max(b.newest, n)
	b.checks++
	b.mu.Unlock()
	if !met {
		return
	}
	for field, value := range a.Data {
		if !bytes.Equal(before[field], value) {
			b.finds("commit %d, seen twice: %s was\n%s\nand is\n%s", n, field, before[field], value)
		}
	}
}

// A state is what the fields of an answer say, as far as they can be held against each other.
type state struct {
	Statistics struct {
		Claims, Commits uint64
		ByKind          []struct {
			Kind  string
			Count uint64
		}
		ByPredicate []struct {
			Predicate string
			Count     uint64
		}
	}
	Agreements, All struct{ TotalCount uint64 }
	Claims          struct {
		TotalCount uint64
		Edges      []struct {
			Node struct {
				Value     string
				SubjectID string
				Commit    struct {
					Number uint64
					Note   string
				}
				Known []struct{ Until *struct{ Number uint64 } }
			}
		}
	}
	Search []struct {
		Matched struct{ Text string }
		Entity  struct{ ID string }
	}
	Partner, Mediator *struct {
		Signed, Mediated, Timeline struct{ TotalCount uint64 }
	}
}

// checkSums holds the fields of an answer about commit n against each other: which deeds are done follows from the
// statuses, and all the rest from those.
func (b *boundary) checkSums(n uint64, a *reply) {
	var s state
	for field, into := range map[string]any{
		"statistics": &s.Statistics, "agreements": &s.Agreements, "all": &s.All, "claims": &s.Claims, "search": &s.Search,
		"partner": &s.Partner, "mediator": &s.Mediator,
	} {
		if !b.read(n, a, field, into) {
			return
		}
	}
	if n == 0 {
		if s.All.TotalCount != 0 || s.Statistics.Claims != 0 {
			b.finds("at commit 0 there are %+v", s)
		}
		return
	}
	want, agreements, deeds := b.expected(n, a, &s)
	if deeds != n {
		b.finds("commit %d: the statuses tell of %d commits", n, deeds)
	}
	got := map[string]uint64{"commits": s.Statistics.Commits, "agreements": s.Agreements.TotalCount, "claims": s.Statistics.Claims, "all": s.All.TotalCount}
	if s.Partner != nil && s.Mediator != nil {
		got["partner"], got["mediator"] = s.Partner.Signed.TotalCount, s.Mediator.Mediated.TotalCount
	}
	for _, k := range s.Statistics.ByKind {
		got[k.Kind] = k.Count
	}
	for _, p := range s.Statistics.ByPredicate {
		got[p.Predicate] = p.Count
	}
	for what, count := range want {
		if got[what] != count {
			b.finds("commit %d: %s is %d, want %d, for there are %d agreements", n, what, got[what], count, agreements)
		}
	}
}

// expected works out the counts of an answer from the statuses in it, how many agreements and how many commits there
// are. Each writer's own fields are checked on the way.
func (b *boundary) expected(n uint64, a *reply, s *state) (want map[string]uint64, agreements, deeds uint64) {
	deeds = 1 // the base
	begun, latest := uint64(0), uint64(0)
	tallies := map[string]string{}
	for _, hit := range s.Search {
		tallies[strings.TrimPrefix(hit.Entity.ID, deedDataset+":")] += hit.Matched.Text
	}
	for _, edge := range s.Claims.Edges {
		node := edge.Node
		d, err := parseNote(node.Commit.Note)
		if err != nil || node.SubjectID != deedDataset+":"+d.writer || node.Value != fmt.Sprint(d.total()) || node.Commit.Number > n || len(node.Known) != 1 || node.Known[0].Until != nil {
			b.finds("commit %d: a status %+v, %v", n, node, err)
			continue
		}
		latest = max(latest, node.Commit.Number)
		begun++
		agreements += uint64(d.total())
		deeds += uint64(d.index) + 1
		var own struct {
			Name   string
			Names  []struct{ Text string }
			Signed struct{ TotalCount int }
		}
		tally := fmt.Sprintf("Tally %s %d", d.writer, d.index)
		if !b.read(n, a, d.writer, &own) {
			continue
		}
		if own.Signed.TotalCount != d.total() || tallies[d.writer] != tally || len(own.Names) != 2 || own.Names[1].Text != tally {
			b.finds("commit %d: %s has %d agreements and is found as %q; its fields are %+v", n, d.writer, d.total(), tallies[d.writer], own)
		}
	}
	if uint64(len(tallies)) != begun || begun > 0 && latest != n || begun == 0 && n > 1 {
		b.finds("commit %d: %d writers have a status, of commit %d at the latest, and %d are found", n, begun, latest, len(tallies))
	}
	standing := 6*agreements + 4*begun + 6
	ended := 2 * (deeds - 1 - begun)
	return map[string]uint64{
		"commits": n, "agreements": agreements, "AGREEMENT": agreements, "STATE": begun + 2, "SIGNED": 2 * agreements, "MEDIATED": agreements,
		"DATE": agreements, "STATUS": begun, "ALIAS": begun, "partner": agreements, "mediator": agreements, "NAME": agreements + begun + 3,
		"claims": standing, "all": standing + ended,
	}, agreements, deeds
}

// reader begins a reader; its choices come from the campaign's.
func (c *campaign) reader() *rand.Rand { return rand.New(rand.NewPCG(c.Uint64(), c.seed)) }

// TestReadersSeeOneCommit has readers ask beside writers, one of which imports.
func TestReadersSeeOneCommit(t *testing.T) {
	c := newCampaign(t)
	most := rounds(12, 150)
	c.rounds = most
	url := spawnServer(t, t.TempDir()).url()
	if url == "" {
		t.Fatal("the server did not start")
	}
	y := newTally(c)
	base := &worker{name: baseWriter}
	if err := base.work(t.Context(), newClient(t), url, y, 1); err != nil {
		t.Fatal(err)
	}
	workers, names := newWorkers()
	b := newBoundary(names)
	reading, stop := context.WithCancel(t.Context())
	defer stop()
	var readers, writers sync.WaitGroup
	for range 4 {
		client, choices := newClient(t), c.reader()
		readers.Go(func() {
			if err := b.Run(reading, client, url, choices); err != nil {
				t.Errorf("a reader: %v", err)
			}
		})
	}
	for _, w := range workers {
		client := newClient(t)
		writers.Go(func() {
			if err := w.work(t.Context(), client, url, y, most); err != nil {
				t.Errorf("a writer: %v", err)
			}
		})
	}
	writers.Wait()
	stop()
	readers.Wait()
	// Afterwards every commit is asked for again, also those that no reader saw while they were the newest.
	client := newClient(t)
	for n := uint64(1); n <= uint64(8*most+1); n++ {
		a, err := post(t.Context(), client, url, b.past, map[string]any{"n": n})
		if err != nil {
			t.Fatal(err)
		}
		b.check(n, a)
	}
	c.shown = b.checks
	for _, wrong := range b.wrong {
		t.Error(wrong)
	}
}
