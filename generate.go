package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

type generateCommand struct {
	Relations int    `required:"" help:"How many claims that relate two entities; there are about a quarter as many entities."`
	Seed      uint64 `default:"1" help:"The same seed gives the same bytes."`
	Output    string `short:"o" default:"-" help:"File to write; .gz and .zst are packed; - is standard output." type:"path"`
}

// Help shows under the flags.
func (generateCommand) Help() string {
	return `The graph has the proportions and the skew of real ones: a few hubs, agreements with two to six signatories and up to three mediators, processes
chained by follow-ups, recognitions that conflict. Everybody in it is made up.

Example:
  entente generate --relations 1000000 --seed 7 -o million.jsonl
  entente import --data ./var/million --dataset gen million.jsonl`
}

// Run writes the graph.
func (c *generateCommand) Run(ctx context.Context, s streams) error {
	if c.Relations < 0 {
		return fmt.Errorf("--relations is %d; it must not be negative", c.Relations)
	}
	write := func(w io.Writer) error { return generate(ctx, w, c.Relations, c.Seed) }
	if c.Output == "-" {
		return writeAll(s.out, write)
	}
	return replaceFile(c.Output, func(w io.Writer) error { return packed(w, c.Output, write) })
}

// packed writes as the file's name asks.
func packed(w io.Writer, name string, write func(io.Writer) error) error {
	var pack io.WriteCloser
	var err error
	switch {
	case strings.HasSuffix(name, ".gz"):
		pack = gzip.NewWriter(w)
	case strings.HasSuffix(name, ".zst"):
		pack, err = zstd.NewWriter(w)
	default:
		return write(w)
	}
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(pack, 1<<16)
	return errors.Join(write(b), b.Flush(), pack.Close())
}
