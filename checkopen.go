package main

import (
	"os"

	"entente/graph/kv/badgerkv"
)

// checkOpenName is the command that the program calls of itself before it opens a folder.
const checkOpenName = "check-open"

type checkOpenCommand struct {
	Folder string `arg:"" help:"Copy of a Badger folder."`
}

// Run opens the folder and ends without closing it, since it is thrown away.
func (c *checkOpenCommand) Run(s streams) error { return badgerkv.CheckOpen(c.Folder, s.out) }

// trialCommand is how this program calls itself to try a folder.
func trialCommand() ([]string, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return []string{program, checkOpenName}, nil
}
