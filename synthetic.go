package main

import (
	"context"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"time"
)

// A synthetic graph in the making. Numbers of entities follow from the number of relations; every entity's id is its
// sort and number, so that nothing needs to be kept.
type synthetic struct {
	*rand.Rand
	w   io.Writer
	buf []byte
	err error

	states, organizations, groups, leaders, agreements, forces, territories, documents int

	rows int // of claims: each has a locator of its own, so no two are the same claim
}

// The shares of the relations, of a thousand. What is left are recognitions.
const (
	shareSigned   = 376
	shareMediated = 131
	shareChained  = 117
	shareLeads    = 60
	shareMember   = 21
	shareDeployed = 10
)

// generate writes a graph of so many relations as JSON Lines, entities first. The same seed gives the same bytes.
func generate(ctx context.Context, w io.Writer, relations int, seed uint64) error {
	g := &synthetic{
		Rand: rand.New(rand.NewPCG(seed, 0x656e74656e7465)), w: w,
		states: min(200, 4+relations/500), organizations: min(300, 3+relations/400),
		groups: relations / 50, leaders: 1 + relations/20, agreements: 2 + relations/8,
		forces: 1 + relations/200, territories: min(2000, 2+relations/300), documents: 1 + relations/500,
	}
	g.entities(ctx)
	if !g.stopped(ctx) {
		g.claims(ctx, relations)
	}
	g.flush()
	if g.err == nil {
		g.err = ctx.Err()
	}
	return g.err
}

func (g *synthetic) entities(ctx context.Context) {
	g.text(`{"entity":"coder","kind":"Organization","name":"Generated Records"`)
	g.end()
	for i := range g.documents {
		if g.stopped(ctx) {
			return
		}
		g.entity("doc", i, "Document", "Chronicle of "+place(g.Rand)+", volume "+strconv.Itoa(i+1))
		g.text(`,"published":"`, g.day(1950, 2024), `"`)
		g.end()
	}
	for i := range g.states {
		if g.stopped(ctx) {
			return
		}
		g.entity("state", i, "State", "Republic of "+place(g.Rand))
		g.text(`,"ids":{"gencode":"S`, strconv.Itoa(i), `"}`)
		g.end()
	}
	for i := range g.organizations {
		if g.stopped(ctx) {
			return
		}
		g.entity("org", i, "Organization", pick(g.Rand, organizationNames)+" of "+place(g.Rand))
		g.end()
	}
	for i := range g.groups {
		if g.stopped(ctx) {
			return
		}
		g.entity("group", i, "ArmedGroup", place(g.Rand)+" "+pick(g.Rand, groupNames))
		g.end()
	}
	for i := range g.territories {
		if g.stopped(ctx) {
			return
		}
		g.entity("land", i, "Territory", pick(g.Rand, landNames)+" "+place(g.Rand))
		g.end()
	}
	for i := range g.forces {
		if g.stopped(ctx) {
			return
		}
		g.entity("force", i, "PeacekeepingForce", place(g.Rand)+" Observer Mission "+strconv.Itoa(i+1))
		g.end()
	}
	for i := range g.leaders {
		if g.stopped(ctx) {
			return
		}
		g.entity("leader", i, "Leader", given(g.Rand)+" "+family(g.Rand))
		g.end()
	}
	for i := range g.agreements {
		if g.stopped(ctx) {
			return
		}
		g.entity("deal", i, "Agreement", pick(g.Rand, agreementNames)+" of "+place(g.Rand))
		g.text(`,"date":"`, g.day(1945, 2024), `"`)
		g.end()
	}
}

// claims writes exactly so many relations.
func (g *synthetic) claims(ctx context.Context, relations int) {
	share := func(thousandths int) int { return relations * thousandths / 1000 }
	signed, mediated, chained := share(shareSigned), share(shareMediated), share(shareChained)
	leads, member, deployed := share(shareLeads), share(shareMember), share(shareDeployed)
	recognized := relations - signed - mediated - chained - leads - member - deployed

	// Who signs much and who mediates much are different: a hub of one is not the hub of the other.
	signers := newZipf(g.states+g.organizations+g.groups, 0.8)
	mediators := newZipf(g.states+g.organizations, 1.1)
	for deal, left := 0, 0; signed+mediated+chained > 0 && !g.stopped(ctx); deal = (deal + 1) % g.agreements {
		signed -= g.ties("signed", deal, min(signed, g.signatories()), func() string { return g.actor(signers.draw(g.Rand)) })
		mediated -= g.ties("mediated", deal, min(mediated, g.mediatorCount()), func() string {
			return g.actor(g.states + g.organizations - 1 - mediators.draw(g.Rand))
		})
		// Processes of 2 to 30 agreements in a row.
		if left == 0 {
			left = 2 + g.IntN(29)
		} else if chained > 0 && deal > 0 {
			g.claim(pick(g.Rand, chainPredicates), id("deal", deal), id("deal", deal-1))
			g.end()
			chained--
		}
		left--
	}
	g.recognitions(ctx, recognized)
	for range leads {
		if g.stopped(ctx) {
			return
		}
		g.claim("leads", id("leader", g.IntN(g.leaders)), g.actor(signers.draw(g.Rand)))
		g.text(`,"when":"`, g.interval(), `"`)
		g.end()
	}
	members := newZipf(g.organizations, 1.0)
	for range member {
		if g.stopped(ctx) {
			return
		}
		g.claim("memberOf", g.actor(g.IntN(g.states+g.organizations+g.groups)), id("org", members.draw(g.Rand)))
		g.text(`,"when":"`, g.day(1945, 2024), `/.."`)
		g.end()
	}
	for range deployed {
		if g.stopped(ctx) {
			return
		}
		g.claim("deployed", id("force", g.IntN(g.forces)), id("land", g.IntN(g.territories)))
		g.text(`,"when":"`, g.interval(), `"`)
		g.end()
	}
}

// ties writes n ties of different actors to an agreement and returns how many it wrote.
func (g *synthetic) ties(predicate string, deal, n int, actor func() string) int {
	var met [6]string
	for i := range n {
		a := actor()
		for try := 0; slices.Contains(met[:i], a) && try < 20; try++ {
			a = actor()
		}
		met[i] = a
		g.claim(predicate, a, id("deal", deal))
		g.end()
	}
	return n
}

// signatories is 2 for half of the agreements, else 3 to 6, fewer more often.
func (g *synthetic) signatories() int {
	if g.IntN(2) == 0 {
		return 2
	}
	return [...]int{3, 3, 3, 3, 4, 4, 4, 5, 5, 6}[g.IntN(10)]
}

func (g *synthetic) mediatorCount() int { return [...]int{0, 0, 0, 1, 1, 1, 1, 2, 2, 3}[g.IntN(10)] }

// recognitions writes who recognizes which land or state; some end, and some are denied by another claimant.
func (g *synthetic) recognitions(ctx context.Context, n int) {
	recognizers := newZipf(g.states, 0.5)
	for n > 0 && !g.stopped(ctx) {
		who := recognizers.draw(g.Rand)
		what := id("land", g.IntN(g.territories))
		if g.IntN(3) == 0 {
			what = id("state", (who+1+g.IntN(g.states-1))%g.states)
		}
		g.claim("recognized", id("state", who), what)
		g.text(`,"claimant":"`, id("state", who), `"`)
		switch g.IntN(20) {
		case 0:
			g.text(`,"when":"`, g.interval(), `"`)
		case 1:
			g.text(`,"when":"`, g.day(1950, 2024), `","stance":"DENIED"`)
		default:
			g.text(`,"when":"`, g.day(1950, 2024), `"`)
		}
		if g.IntN(4) == 0 {
			g.text(`,"qualifiers":{"asPartOf":"`, id("state", g.IntN(g.states)), `"}`)
		}
		g.end()
		n--
	}
}

// actor is the id of a signer by rank: states first, then organizations, then armed groups.
func (g *synthetic) actor(rank int) string {
	switch {
	case rank < g.states:
		return id("state", rank)
	case rank < g.states+g.organizations:
		return id("org", rank-g.states)
	}
	return id("group", rank-g.states-g.organizations)
}

func (g *synthetic) entity(sort string, number int, kind, name string) {
	g.text(`{"entity":"`, id(sort, number), `","kind":"`, kind, `","name":"`, name, `"`)
}

// claim begins a claim, with a source and, three times in four, a quote.
func (g *synthetic) claim(predicate, from, to string) {
	g.rows++
	g.text(`{"claim":"`, predicate, `","from":"`, from, `","to":"`, to, `","coder":"coder","source":{"document":"`,
		id("doc", g.rows/500%g.documents), `","locator":"row `, strconv.Itoa(g.rows), `"`)
	if g.IntN(4) > 0 {
		g.text(`,"quote":"`)
		for i := range 5 + g.IntN(16) {
			if i > 0 {
				g.text(" ")
			}
			g.text(pick(g.Rand, quoteWords))
		}
		g.text(`"`)
	}
	g.text(`}`)
}

func (g *synthetic) text(parts ...string) {
	for _, p := range parts {
		g.buf = append(g.buf, p...)
	}
}

// end ends a record, and writes what has gathered once it is much: memory does not grow with the graph.
func (g *synthetic) end() {
	g.text("}\n")
	if len(g.buf) > 1<<15 {
		g.flush()
	}
}

func (g *synthetic) flush() {
	if g.err == nil {
		_, g.err = g.w.Write(g.buf)
	}
	g.buf = g.buf[:0]
}

// stopped reports whether nobody waits for more: the context ended, or writing failed.
func (g *synthetic) stopped(ctx context.Context) bool {
	return g.err != nil || ctx.Err() != nil
}

func (g *synthetic) day(first, last int) string {
	from := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC)
	return from.AddDate(0, 0, g.IntN((last-first+1)*365)).Format(time.DateOnly)
}

func (g *synthetic) interval() string {
	from := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, g.IntN(70*365))
	return from.Format(time.DateOnly) + "/" + from.AddDate(0, 0, 1+g.IntN(8*365)).Format(time.DateOnly)
}

func id(sort string, number int) string { return sort + "-" + strconv.Itoa(number) }

// A zipf draws ranks from 0 with weights 1/(rank+1)^exponent. The one of the standard library takes only exponents
// over 1.
type zipf struct{ cumulative []float64 }

func newZipf(n int, exponent float64) zipf {
	z := zipf{make([]float64, n)}
	sum := 0.0
	for i := range n {
		sum += math.Pow(float64(i+1), -exponent)
		z.cumulative[i] = sum
	}
	return z
}

func (z zipf) draw(r *rand.Rand) int {
	x := r.Float64() * z.cumulative[len(z.cumulative)-1]
	return min(sort.SearchFloat64s(z.cumulative, x), len(z.cumulative)-1)
}
