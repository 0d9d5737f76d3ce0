// Package web holds the pages of the program: the playground, in which questions are written and run.
//
// The pages are built by Vite from the TypeScript beside this file into the folder dist, which is embedded.
// The build is not kept in the repository: a program compiled without it serves a page that says how to
// build, and everything else works. [Handler] serves whichever is there.
//
// A built file of some size lies in dist as gzip alone (dist/assets/x.js.gz for assets/x.js) and is sent as it
// is; only for a client that does not take gzip is it unpacked. Files under assets carry a hash of their
// content in their names, so browsers keep them forever; other files are asked for again each time.
package web

import (
	"embed"
	"io/fs"
	"net/http"
)

// Prefix is the path under which [Handler] serves; links to the playground end in its slash, since the
// pages name their files relative to it.
const Prefix = "/playground/"

//go:embed all:dist
var built embed.FS

//go:embed unbuilt.html
var unbuilt []byte

// Handler serves the playground under [Prefix] and redirects the prefix without its slash, query and all. It
// holds no state and may be used by many requests at once.
func Handler() http.Handler {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path.
	}
	return newSite(dist, Prefix, unbuilt)
}

// Built reports whether the pages were built before the program was compiled.
func Built() bool {
	dist, err := fs.Sub(built, "dist")
	return err == nil && readable(dist)
}
