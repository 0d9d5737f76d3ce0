package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/memkv"
)

var update = flag.Bool("update", false, "write the golden files that do not exist yet")

const goldenFile = "testdata/v1.golden"

// goldenLedger is a small ledger of fixed content, times and nonces: 130 epochs, so that there is a page; all kinds of dates;
// each predicate and qualifier that version 1 was born with; changes; a block in pieces.
func goldenLedger(t *testing.T) *memkv.Store {
	t.Helper()
	store, w := memkv.New(), newWorld(2023)
	serial := 0
	open := func() *Ledger {
		l := openTest(t, store)
		l.options.Now = clock()
		l.random = func() nonce {
			serial++
			return nonce([]byte(fmt.Sprintf("nonce %010d", serial)))
		}
		return l
	}
	first := w.next(3, 0, 0)
	all := append([]graph.ID(nil), first.Entities...)
	base := Claim{From: 0, To: NoEntity, Claimant: 1, Coder: NoEntity, Document: 2, Locator: "paragraph 7", Quote: "mediated by Moscow", Key: "row 12"}
	add := func(change func(*Claim)) {
		c := base
		change(&c)
		c.ID = trueID(&c, all)
		first.Claims = append(first.Claims, c)
	}
	for _, p := range graph.Predicates() {
		if p.Code > 118 || p.Code > 45 && p.Code < 100 {
			continue // younger than the file
		}
		add(func(c *Claim) {
			if c.Predicate = p.Code; p.Relation {
				c.To = 1
			} else {
				c.Value = w.literal(p.Literal)
			}
		})
	}
	for i, date := range datesOfAllKinds {
		add(func(c *Claim) {
			c.Predicate, c.To, c.Stance = graph.Mediated.Info().Code, 1, uint8(i%4)
			c.When, c.Said, c.Confidence = graph.MustParseDate(date), graph.MustParseDate(datesOfAllKinds[len(datesOfAllKinds)-1-i]), float64(i)/20
		})
	}
	add(func(c *Claim) {
		c.Predicate, c.To = graph.Recognized.Info().Code, 1
		for _, q := range graph.Qualifiers()[:10] {
			s := Qualifier{Name: q.Code, Entity: NoEntity, Value: "Երևան"}
			if q.Entity {
				s = Qualifier{Name: q.Code, Entity: 2}
			} else if q.Only != "" {
				s.Value = q.Only
			}
			c.Qualifiers = append(c.Qualifiers, s)
		}
	})
	w.appendTo(t, open(), first)
	for range tailLen + 1 {
		b := Batch{After: uint64(len(w.commits)), Author: "ann", Changes: []Change{{Claim: ClaimNo(len(w.commits) % 5), Op: Op(1 + len(w.commits)%4), Reason: "why"}}}
		w.appendTo(t, open(), b)
	}
	last := Batch{After: uint64(len(w.commits)), Note: "in pieces"}
	base.Predicate, base.To, base.Quote = graph.Signed.Info().Code, 1, w.noise(132_000)
	base.ID = trueID(&base, all)
	last.Claims = append(last.Claims, base)
	w.appendTo(t, open(), last)
	return store
}

// TestGolden reads what version 1 wrote when it was new. The file never changes: whatever becomes of the code, it must
// read as the same. A new version of the format gets a file of its own. -update writes the file only where there is none.
func TestGolden(t *testing.T) {
	written := goldenLedger(t)
	golden, err := os.ReadFile(goldenFile)
	if errors.Is(err, fs.ErrNotExist) && *update {
		golden = dump(t, written)
		err = errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(goldenFile, golden, 0o444))
	}
	if err != nil {
		t.Fatal(err)
	}
	store, want := undump(t, golden)
	if got := inJSON(t, store); got != want {
		t.Error("the file's ledger no longer reads as what the file says it holds")
	}
	report, err := openTest(t, store).Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("Verify: %v, %v", err, report.Problems)
	}
	// What is written today is the same but for the work of the compressor. If this fails the format has changed: that takes
	// a new version, and a reader for both.
	old, today := sections(t, store), sections(t, written)
	if len(old) != len(today) {
		t.Fatalf("%d sections, the file has %d", len(today), len(old))
	}
	for i := range old {
		if old[i] != today[i] {
			t.Errorf("section %d is written in another way: %.80q, the file has %.80q", i, today[i], old[i])
		}
	}
}

// dump writes the store as lines of row and column in hexadecimal and the value in base64, then what it holds.
func dump(t *testing.T, store kv.Store) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, "# A ledger in format version 1: row, column, value. Never to be changed.")
	for _, item := range contents(t, store) {
		fmt.Fprintf(&b, "%x %x %s\n", item.Row, item.Col, base64.StdEncoding.EncodeToString(item.Value))
	}
	fmt.Fprintf(&b, "# What it holds.\n= %s\n", inJSON(t, store))
	return b.Bytes()
}

func undump(t *testing.T, golden []byte) (store *memkv.Store, content string) {
	store = memkv.New()
	for line := range strings.Lines(string(golden)) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "= "); ok {
			content = rest
			continue
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line+"  ", " ")
		row, err1 := hex.DecodeString(fields[0])
		col, err2 := hex.DecodeString(fields[1])
		value, err3 := base64.StdEncoding.DecodeString(fields[2])
		err4 := store.Put(t.Context(), kv.Item{Key: kv.Key{Row: string(row), Col: string(col)}, Value: value})
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
	}
	return store, content
}

// inJSON is all that the ledger holds, as text. Very long quotes are shortened to their hash.
func inJSON(t *testing.T, store kv.Store) string {
	all, err := everything(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all.Claims {
		if q := &all.Claims[i].Quote; len(*q) > 1000 {
			*q = fmt.Sprintf("%d bytes, SHA-256 %x", len(*q), sha256.Sum256([]byte(*q)))
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sections are those of all blocks, unpacked. Trailers are left out: they have hashes of what was packed.
func sections(t *testing.T, store kv.Store) []string {
	l := openTest(t, store)
	var all []string
	for s, err := range l.stream(t.Context(), l.current(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.payload {
			if s.payload[i].kind == sectionTrailer {
				continue
			}
			raw, err := s.payload[i].unpack()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(raw))
		}
	}
	return all
}
