package resolvers

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/graph-gophers/graphql-go"
)

// TestOneCommit asks while commits come in: all fields of an answer are of the commit it names. Each commit brings
// one entity, of three claims.
func TestOneCommit(t *testing.T) {
	const askers, questions = 4, 25
	s := emptyStore(t)
	srv := serve(t, s)
	var asking, committing sync.WaitGroup
	wanted := make(chan struct{}, askers*questions) // one for each question, so that commits keep step
	committing.Go(func() {
		i := 0
		for range wanted {
			record := fmt.Sprintf(`{"entity": "e%d", "kind": "Place", "name": "Place %d", "aliases": ["P%d"]}`, i, i, i)
			changes, err := decodeRecord([]byte(record), "entente")
			if err != nil {
				t.Error(err)
				return
			}
			commitAll(t, s, changes)
			i++
		}
	})
	const document = `{
		moment { commit }
		ahead: moment(at: {knownAt: "2999-01-01T00:00:00Z"}) { commit }
		statistics { entities claims commits }
		entities(first: 500) { totalCount edges { node { names { text claim { commit { number } } } } } }
		claims(first: 1) { totalCount }
		future: entities(at: {asOf: "2020", knownAt: "2999-01-01T00:00:00Z"}) { totalCount }
		commits(first: 1) { totalCount edges { node { number } } }
	}`
	for range askers {
		asking.Go(func() {
			last := 0
			for range questions {
				wanted <- struct{}{}
				var got struct {
					Moment struct {
						Commit int `json:"commit"`
					} `json:"moment"`
					Ahead struct {
						Commit int `json:"commit"`
					} `json:"ahead"`
					Statistics struct {
						Entities int `json:"entities"`
						Claims   int `json:"claims"`
						Commits  int `json:"commits"`
					} `json:"statistics"`
					Entities struct {
						TotalCount int `json:"totalCount"`
					} `json:"entities"`
					Claims struct {
						TotalCount int `json:"totalCount"`
					} `json:"claims"`
					Future struct {
						TotalCount int `json:"totalCount"`
					} `json:"future"`
					Commits struct {
						TotalCount int `json:"totalCount"`
						Edges      []struct {
							Node struct {
								Number int `json:"number"`
							} `json:"node"`
						} `json:"edges"`
					} `json:"commits"`
				}
				r := srv.ask(t, document)
				if r.data(t, &got); t.Failed() {
					return
				}
				n := r.Extensions.Commit
				if n < last {
					t.Errorf("an answer at commit %d after one at commit %d", n, last)
				}
				last = n
				st := got.Statistics
				if got.Moment.Commit != n || got.Ahead.Commit != n || st.Commits != n || st.Entities != n || st.Claims != 3*n || got.Entities.TotalCount != n || got.Claims.TotalCount != 3*n || got.Future.TotalCount != n || got.Commits.TotalCount != n {
					t.Errorf("an answer at commit %d: %.300s", n, r.body)
				}
				for _, e := range got.Commits.Edges {
					if e.Node.Number > n {
						t.Errorf("an answer at commit %d tells of commit %d", n, e.Node.Number)
					}
				}
				if t.Failed() {
					return
				}
			}
		})
	}
	asking.Wait()
	close(wanted)
	committing.Wait()
	if n := s.Head().Moment().Commit; n < 2 {
		t.Errorf("only %d commits came in meanwhile, which shows nothing", n)
	}
}

// TestPinIsKept opens a request, commits, and looks: the request sees the graph as it was.
func TestPinIsKept(t *testing.T) {
	s := smallStore(t)
	ctx, p := pinned(t.Context(), s, time.Now(), nil)
	changes, err := decodeRecord([]byte(`{"entity": "GEO", "kind": "State", "name": "Georgia"}`), "entente")
	if err != nil {
		t.Fatal(err)
	}
	commitAll(t, s, changes)
	q := &Query{store: s}
	list, err := q.Commits(ctx, struct{ pageArgs }{})
	if err != nil || len(list.Edges) != 3 || list.TotalCount() != 3 {
		t.Errorf("commits as of commit %d: %d of %d, %v", p.commit(), len(list.Edges), list.TotalCount(), err)
	}
	one := int32(1)
	list, err = q.Commits(ctx, struct{ pageArgs }{pageArgs{First: graphql.NullInt{Value: &one, Set: true}}})
	if err != nil || len(list.Edges) != 1 || list.Edges[0].Node.Number != 3 {
		t.Errorf("the newest commit as of commit %d: %d of them, %v", p.commit(), len(list.Edges), err)
	}
	four := int32(4)
	if _, err := q.Moment(ctx, atArgs{&atInput{Commit: &four}}); err == nil {
		t.Error("commit 4 is there in a request that came in at commit 3")
	}
	for at, want := range map[string]int32{"2999-01-01T00:00:00Z": 3, "2023-10-04T15:30:00Z": 3, "2023-10-04T14:30:00+00:00": 2, "1500-01-01T00:00:00Z": 0, "0001-01-01T00:00:00Z": 0} {
		if m, err := q.Moment(ctx, atArgs{&atInput{KnownAt: &dateTimeInput{at}}}); err != nil || m.Commit != want {
			t.Errorf("known at %s is %+v, %v; want commit %d", at, m, err, want)
		}
	}
	if p.advance(); p.commit() != 4 {
		t.Errorf("after advance the pin is at commit %d", p.commit())
	}
}
