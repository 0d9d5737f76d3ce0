package resolvers

import (
	"context"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
)

// Node is anything with a global id. Just one of its parts is set. The forms of ids do not overlap: a claim's is a
// UUID, a commit's is "commit:" and a number, an entity's any other scheme:name. An entity's UUID finds it too, if
// no claim has it.
type Node struct {
	*Entity
	claim  *Claim
	commit *Commit
	ID     ID
}

// ToClaim reports whether the node is a claim.
func (n *Node) ToClaim() (*Claim, bool) { return n.claim, n.claim != nil }

// ToCommit reports whether the node is a commit.
func (n *Node) ToCommit() (*Commit, bool) { return n.commit, n.commit != nil }

// commitPrefix begins the id of a commit. An entity of a dataset called "commit" is found by its UUID.
const commitPrefix = "commit:"

func commitID(number uint64) ID { return ID(commitPrefix + strconv.FormatUint(number, 10)) }

// nodeAt finds a node; nil if there is none.
func nodeAt(ctx context.Context, v *view, id ID) (*Node, error) {
	if text, ok := strings.CutPrefix(string(id), commitPrefix); ok {
		return commitNode(ctx, v, id, text)
	}
	if claimID, err := graph.ParseClaimID(string(id)); err == nil {
		no, ok, err := v.ClaimByID(ctx, claimID)
		if err != nil {
			return nil, err
		}
		if ok {
			found, err := readClaims(ctx, v, []ledger.ClaimNo{no})
			if err != nil {
				return nil, err
			}
			return &Node{claim: found[0], ID: found[0].ID()}, nil
		}
		if no, ok := v.Resolve(string(id)); ok {
			e := entityAt(v, no)
			return &Node{Entity: e, ID: e.ID}, nil
		}
		return nil, nil
	}
	no, ok := v.Entity(graph.ID(id))
	if !ok {
		return nil, nil
	}
	e := entityAt(v, no)
	return &Node{Entity: e, ID: e.ID}, nil
}

// commitNode finds a commit. Its id has one form only: "commit:02" is none, or a client that keeps nodes by id would
// have one twice.
func commitNode(ctx context.Context, v *view, id ID, number string) (*Node, error) {
	n, _ := strconv.ParseUint(number, 10, 64) // 0 or the largest of all if it is no number, neither of which is there
	if n == 0 || n > v.Moment().Commit || commitID(n) != id {
		return nil, nil
	}
	c, err := pinOf(ctx).info(ctx, n)
	if err != nil {
		return nil, err
	}
	return &Node{commit: c, ID: c.ID}, nil
}
