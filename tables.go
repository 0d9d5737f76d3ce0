package main

import (
	"fmt"
	"os"

	"entente/loader"
	"entente/loader/format"
	"entente/loader/mapping"
)

// foreignOf is the format of files as --format and --mapping name it; nil if they are records.
func foreignOf(name, mappingFile string) (*format.Format, error) {
	if mappingFile == "" {
		return formatOf(name)
	}
	if name != recordsFormat {
		return nil, fmt.Errorf("--mapping %s beside --format %s; give one of the two: %w", mappingFile, name, errUsage)
	}
	text, err := os.ReadFile(mappingFile)
	if err != nil {
		return nil, err
	}
	m, err := mapping.Load(mappingFile, text)
	if err != nil {
		return nil, err
	}
	return m.Format(), nil
}

// showRows prints what the first rows of each file become.
func showRows(foreign *format.Format, files []string, rows int, s streams) error {
	if foreign == nil || rows < 0 {
		return fmt.Errorf("--show takes a number of rows, and goes with --mapping or --format: %w", errUsage)
	}
	inputs, err := fileInputs(files, foreign, s)
	if err != nil {
		return err
	}
	for _, in := range inputs {
		if err := loader.Show(s.out, in, rows); err != nil {
			return err
		}
	}
	return nil
}
