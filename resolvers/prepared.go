package resolvers

import "github.com/vektah/gqlparser/v2/ast"

// A prepared document has passed all checks that do not depend on variables. It is shared by requests and must not be changed.
type prepared struct {
	document  *ast.QueryDocument
	operation *ast.OperationDefinition
	text      string // as the executing library is to have it
	asked     asked
}

// A preparedKey is what a prepared document depends on.
type preparedKey struct{ query, operationName string }

// maxPrepared bounds the texts of the documents that are kept, in bytes. Parsed, a document takes some 25 times its text.
const maxPrepared = 256 << 10

// size is that of the texts.
func (key preparedKey) size(p *prepared) int64 {
	return int64(len(key.query) + len(key.operationName) + len(p.text))
}
