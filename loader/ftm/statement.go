package ftm

import (
	"crypto/sha1"
	"encoding/hex"

	"entente/graph"
	"entente/loader/table"
)

// A statement says one value of one property of one entity.
type statement struct {
	place     table.Place
	entity    string
	canonical string
	schema    string
	prop      string
	value     string
	original  string // the value before it was cleaned, if it was another
	lang      string
	dataset   string // empty if it is not known
	seen      string // when the dataset was first seen to say so
	caption   bool   // it is the name by which the file itself calls the entity
}

// idProperty is the property of a statement that says no more than that there is an entity.
const idProperty = "id"

// entityID is the id of an entity of the file.
func entityID(name string) graph.ID { return madeID("ftm", name) }

// locator says where in a file an entity stands.
func locator(name string) string { return "entity " + entityID(name).Name() }

// madeID makes an id of a name. A name that cannot be part of one, having spaces or more than 250 bytes, is replaced by its hash.
func madeID(scheme, name string) graph.ID {
	if id, err := graph.ParseID(scheme+":"+name, ""); err == nil {
		return id
	}
	sum := sha1.Sum([]byte(name))
	return graph.ID(scheme + ":sha1-" + hex.EncodeToString(sum[:]))
}
