package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entente/graph"
	"entente/graph/store"
	"entente/loader"
	"entente/loader/format"
)

type importCommand struct {
	Data    string   `default:"${data}" help:"Data folder; made if it is not there."`
	Format  string   `default:"records" help:"What the files are: records, or one of the formats below."`
	Mapping string   `help:"File that says what to make of the rows of any table." type:"path" placeholder:"FILE"`
	Show    int      `help:"Print what the first rows of each file become, so many, and import nothing. With --mapping or --format." placeholder:"ROWS"`
	Dataset string   `help:"Scheme of bare ids: with --dataset pax, \"2324\" is pax:2324. Default: the name of the only file, if it can be one. With a format, which has a scheme of its own, the name of what --replace replaces; default: the format's."`
	DryRun  bool     `help:"Check everything and write nothing."`
	Replace bool     `help:"The files are a new edition of the dataset, whole: what it had brought and they no longer have ends."`
	History bool     `help:"The file is what export --history wrote; the folder must be empty."`
	Rejects string   `help:"File for the records that were rejected, one a line, to be mended and imported alone." type:"path"`
	Author  string   `default:"import" help:"Author of the commits."`
	Note    string   `help:"Note of the commits. Default: the names of the files."`
	Files   []string `arg:"" help:"Files of records (JSON Lines or a JSON document) or of the format, plain, gzip or zstd; - is standard input."`
}

// Help shows under the flags.
func (importCommand) Help() string {
	return `Bad records are reported with file, line and place, and left out; the rest is imported, and the command exits with 1. Importing
the same records again changes nothing. What was withdrawn by hand stays withdrawn.

With --replace, claims that earlier imports of the dataset made stand, and that the files no longer have, end, unless anything was
rejected. A claim that a person made stand again is the person's, and stays. Records that have the key of an earlier one and other content are
reported as changed at the source, with and without --replace.

Formats:
` + formatList() + `
Any other table, CSV, TSV, xlsx or JSON, is read with --mapping FILE, which says what its rows become: see "Your own tables" in README.md, and
loader/mapping/README.md for all that a mapping can say.

What a format or a mapping makes nothing of is counted by column and named in the report, and so is what it mends, with the reason. A claim says from which cell it
is. A new release of a data set is imported with --replace.

Examples:
  entente import --dataset mine records.jsonl
  entente import --dataset mine --dry-run records.jsonl.gz
  entente import --dataset mine --replace records-of-may.jsonl
  entente import --format cow-states states2016.csv
  entente import --mapping ceasefires.yaml --show 3 ceasefires.csv
  entente import --mapping ceasefires.yaml ceasefires.csv
  zcat big.jsonl.gz | entente import --dataset big --rejects bad.jsonl -`
}

// Run imports the files.
func (c *importCommand) Run(ctx context.Context, s streams) (err error) {
	if c.History {
		return c.history(ctx, s)
	}
	foreign, err := foreignOf(c.Format, c.Mapping)
	if err != nil {
		return err
	}
	if c.Show != 0 {
		return showRows(foreign, c.Files, c.Show, s)
	}
	dataset, err := datasetOf(c.Dataset, foreign, c.Files)
	if err != nil {
		return err
	}
	if c.DryRun && c.Replace {
		return fmt.Errorf("a dry run cannot tell what --replace would end; give one of the two: %w", errUsage)
	}
	opts := loader.Options{
		Dataset: dataset, Author: c.Author, Note: c.Note, DryRun: c.DryRun, Replace: c.Replace, Progress: progressLine(s.err),
	}
	if foreign != nil {
		opts.Source = cmp.Or(c.Dataset, foreign.Name)
	}
	if opts.Note == "" {
		opts.Note = "import " + strings.Join(c.Files, " ")
	}
	if c.Rejects != "" {
		rejects, createErr := c.createRejects()
		if createErr != nil {
			return createErr
		}
		defer func() { err = errors.Join(err, rejects.Close()) }()
		opts.Rejects = rejects
	}
	inputs, err := fileInputs(c.Files, foreign, s)
	if err != nil {
		return err
	}
	data := c.Data
	if _, err := os.Stat(data); c.DryRun && errors.Is(err, fs.ErrNotExist) {
		data = inMemory // a dry run must not make the folder either
	}
	return withStore(ctx, data, importMemTable, s, func(st *store.Store) error {
		report, err := loader.Import(ctx, st, inputs, opts)
		if writeErr := report.Write(s.out); writeErr != nil {
			return errors.Join(err, writeErr)
		}
		if err == nil && (report.ProblemCount() > 0 || report.NotReplaced != "") {
			err = errReported
		}
		return err
	})
}

// history imports a history.
func (c *importCommand) history(ctx context.Context, s streams) error {
	if len(c.Files) != 1 || c.DryRun || c.Replace || c.Dataset != "" || c.Rejects != "" || c.Format != recordsFormat || c.Mapping != "" || c.Show != 0 {
		return fmt.Errorf("a history is one file, imported as it is; of the other flags --data alone goes with --history: %w", errUsage)
	}
	if err := readable(c.Files); err != nil {
		return err
	}
	return withStore(ctx, c.Data, importMemTable, s, func(st *store.Store) error {
		last := time.Now()
		commits, err := loader.ImportHistory(ctx, st, loader.FileInput(c.Files[0], s.in), func(commit, commits uint64) {
			if time.Since(last) > 3*time.Second {
				last = time.Now()
				fmt.Fprintf(s.err, "%d of %d commits\n", commit, commits)
			}
		})
		fmt.Fprintf(s.out, "commits   %d\n", commits)
		return err
	})
}

// fileInputs are the inputs for the files as a user gives them; all must be there.
func fileInputs(files []string, foreign *format.Format, s streams) ([]loader.Input, error) {
	if foreign == nil {
		if err := noTables(files); err != nil {
			return nil, err
		}
	}
	inputs := make([]loader.Input, len(files))
	for i, file := range files {
		inputs[i] = loader.FileInput(file, s.in)
		inputs[i].Format = foreign
	}
	return inputs, readable(files)
}

// noTables fails on a table among files of records, which would be rejected line by line.
func noTables(files []string) error {
	for _, file := range files {
		name := strings.ToLower(file)
		for _, packed := range []string{".gz", ".zst"} {
			name = strings.TrimSuffix(name, packed)
		}
		switch filepath.Ext(name) {
		case ".csv", ".tsv", ".xlsx":
			return fmt.Errorf("%s is a table by its name and no file of records; say with --format or --mapping how to read it: %w", file, errUsage)
		}
	}
	return nil
}

// readable fails on a file that is not there, before anything is made or changed for the sake of a misspelt name.
func readable(files []string) error {
	for _, file := range files {
		if file == "-" {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			return err
		}
	}
	return nil
}

// createRejects makes the file for rejected records, unless that would empty a file that is to be imported.
func (c *importCommand) createRejects() (*os.File, error) {
	if there, err := os.Stat(c.Rejects); err == nil {
		for _, file := range c.Files {
			if input, err := os.Stat(file); err == nil && os.SameFile(there, input) {
				return nil, fmt.Errorf("--rejects is %s, which is to be imported; name another file", c.Rejects)
			}
		}
	}
	return os.Create(c.Rejects)
}

// datasetOf is the scheme for bare ids: the format's, as given, or the file's name up to its first dot.
func datasetOf(given string, foreign *format.Format, files []string) (string, error) {
	if given != "" && !graph.ValidDataset(given) {
		return "", fmt.Errorf("--dataset is %q; it must begin with a letter a-z and hold a-z, 0-9, '.', '_' and '-' alone, at most 31: %w", given, errUsage)
	}
	if foreign != nil {
		return foreign.Dataset, nil
	}
	if given != "" {
		return given, nil
	}
	name, _, _ := strings.Cut(filepath.Base(files[0]), ".")
	if len(files) == 1 && graph.ValidDataset(name) {
		return name, nil
	}
	return "", fmt.Errorf("which dataset do bare ids belong to? Say it with --dataset NAME: %w", errUsage)
}

// progressLine reports long imports, a line every few seconds.
func progressLine(w io.Writer) func(loader.Progress) {
	const every = 3 * time.Second
	last := time.Duration(0)
	return func(p loader.Progress) {
		if p.Elapsed-last < every {
			return
		}
		last = p.Elapsed
		share := ""
		if p.Size > 0 {
			share = fmt.Sprintf(" (%.0f %%)", 100*float64(p.Read)/float64(p.Size))
		}
		fmt.Fprintf(w, "%s: %d records%s, %d rejected, %d waiting, %s\n", p.File, p.Records, share, p.Rejected, p.Waiting, p.Elapsed.Round(time.Second))
	}
}
