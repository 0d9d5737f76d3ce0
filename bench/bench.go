package bench

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"entente/graph/store"
)

// ErrOptions marks options that cannot be.
var ErrOptions = errors.New("bench: bad options")

// Options of a run.
type Options struct {
	Questions []string // by name; nil is all
	Draws     int      // how often each question is drawn
	Rounds    int      // how often each draw is timed, each way
	Seed      uint64   // of the draws
}

// Check is an error if the options cannot be.
func (o *Options) Check() error {
	if o.Draws < 1 || o.Rounds < 1 {
		return fmt.Errorf("%w: %d draws of %d rounds; both must be 1 at least", ErrOptions, o.Draws, o.Rounds)
	}
	_, err := choose(o.Questions)
	return err
}

// Names lists the questions with what they ask.
func Names() (names, asks []string) {
	for _, q := range questions() {
		names, asks = append(names, q.name), append(asks, q.asks)
	}
	return names, asks
}

// Run measures the questions at the store's head. The API is asked over a Unix socket. It is an error if the three ways do not give the same
// answer.
func Run(ctx context.Context, st *store.Store, api http.Handler, opts Options) (report *Report, err error) {
	if err := opts.Check(); err != nil {
		return nil, err
	}
	chosen, err := choose(opts.Questions)
	if err != nil {
		return nil, err
	}
	c, err := newClient(ctx, api)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	view := st.Head()
	view.Search(store.SearchQuery{Text: "a", Limit: 1}) // waits for the names
	m := &measurement{ctx: ctx, view: view, walker: newWalker(newPlain(view)), client: c}
	report = &Report{Entities: int(view.Snapshot().Entities()), Claims: int(view.Snapshot().Claims())}
	for i := range chosen {
		result, err := m.question(&chosen[i], opts)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", chosen[i].name, chosen[i].asks, err)
		}
		report.Results = append(report.Results, *result)
	}
	return report, nil
}

// choose finds questions by name.
func choose(names []string) ([]question, error) {
	all := questions()
	if names == nil {
		return all, nil
	}
	var chosen []question
	for _, name := range names {
		i := slices.IndexFunc(all, func(q question) bool { return strings.EqualFold(q.name, name) })
		if i < 0 {
			known, _ := Names()
			return nil, fmt.Errorf("%w: there is no question %q; there are %s", ErrOptions, name, strings.Join(known, ", "))
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// A measurement is a run under way.
type measurement struct {
	ctx    context.Context
	view   *store.View
	walker *walker
	client *client
	out    answer
}

// An item is a draw, ready to be asked.
type item struct {
	draw
	request []byte
	times   [ways][]time.Duration
}

// The ways in which a question is asked.
const (
	byLimit = iota
	byEngine
	byHTTP
	ways
)

var wayNames = [ways]string{"the limit", "the engine", "HTTP"}

// question draws a question, compares the answers and takes the times.
func (m *measurement) question(q *question, opts Options) (*Result, error) {
	items, err := m.items(q, opts)
	if err != nil {
		return nil, err
	}
	result := &Result{Question: q.name, Asks: q.asks, Draws: len(items)}
	if len(items) == 0 {
		return result, nil
	}
	sum := fnv.New64a()
	for i := range items {
		checksum, err := m.compare(q, &items[i])
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(sum, checksum)
	}
	result.Checksum = fmt.Sprintf("%016x", sum.Sum64())
	for range opts.Rounds {
		for way := range ways {
			for i := range items {
				if err := m.time(q, &items[i], way); err != nil {
					return nil, err
				}
			}
		}
	}
	result.Limit, result.Engine, result.HTTP = timesOf(items, byLimit), timesOf(items, byEngine), timesOf(items, byHTTP)
	return result, nil
}

// items draws questions. The same seed draws the same ones of the same graph.
func (m *measurement) items(q *question, opts Options) ([]item, error) {
	text, err := q.text()
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(opts.Seed, 0x62656e6368))
	var items []item
	for n := range opts.Draws {
		d, ok := q.draw(m.walker.plain, r, n)
		if !ok {
			continue
		}
		body, err := request(text, q.variables(m.view, &d))
		if err != nil {
			return nil, err
		}
		items = append(items, item{draw: d, request: body})
	}
	return items, nil
}

// compare asks in each way and is an error if the answers differ. It returns their checksum.
func (m *measurement) compare(q *question, it *item) (uint64, error) {
	var answers [ways]answer
	for way := range ways {
		var err error
		if answers[way], err = m.ask(q, it, way); err != nil {
			return 0, err
		}
		answers[way] = slices.Clone(answers[way].settled(q.unordered))
	}
	checksum := answers[byLimit].checksum()
	for way := byEngine; way < ways; way++ {
		if answers[way].checksum() != checksum {
			return 0, fmt.Errorf("%s and %s give different answers to %.300s: %v and %v",
				wayNames[byLimit], wayNames[way], it.request, answers[byLimit], answers[way])
		}
	}
	return checksum, nil
}

// ask asks in one way.
func (m *measurement) ask(q *question, it *item, way int) (answer, error) {
	var err error
	m.out = m.out[:0]
	switch way {
	case byLimit:
		m.out = q.limit(m.walker, &it.draw, m.out)
	case byEngine:
		m.out, err = q.engine(m.ctx, m.view, &it.draw, m.out)
	default:
		var response []byte
		if response, err = m.client.ask(it.request); err != nil {
			break
		}
		r := &reader{view: m.view}
		if r.data, err = dataOf(response); err == nil {
			m.out = q.read(r, m.out)
			err = r.err
		}
	}
	return m.out, err
}

// time asks once more and takes the time, over HTTP until the response is there.
func (m *measurement) time(q *question, it *item, way int) error {
	var err error
	began := time.Now()
	if way == byHTTP {
		_, err = m.client.ask(it.request)
	} else {
		_, err = m.ask(q, it, way)
	}
	it.times[way] = append(it.times[way], time.Since(began))
	return err
}
