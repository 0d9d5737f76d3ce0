// Entente is a knowledge graph of agreements and the parties around them: who signed, who mediated, who recognized
// whom, which force was sent under which text, from when to when, and on whose word.
//
// This package is the program: one file a command, each a struct of flags with a run method. It alone names the
// engines that data can lie in.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/alecthomas/kong"
)

// What a command's end means to the caller.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// errUsage marks an error in how the program was called.
var errUsage = errors.New("usage")

// errReported means that the command failed and has said why.
var errReported = errors.New("reported already")

// streams are where the program reads and writes, so that tests can be in their place.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// commands is the command line.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve the GraphQL API and the playground."`
	Import   importCommand   `cmd:"" help:"Read records from files into a data folder."`
	Export   exportCommand   `cmd:"" help:"Write what stands in a data folder as records."`
	Trace    traceCommand    `cmd:"" help:"Find who brought two parties together, through which meetings, on whose word."`
	History  historyCommand  `cmd:"" help:"Tell who was between parties, meeting by meeting."`
	Match    matchCommand    `cmd:"" help:"Propose which entities are one, for a person to decide."`
	Undo     undoCommand     `cmd:"" help:"Take back what commits did."`
	Redact   redactCommand   `cmd:"" help:"Erase the texts of claims, or what a document said, for good."`
	Backup   backupCommand   `cmd:"" help:"Copy a data folder, in use or not, so that it can be restored."`
	Restore  restoreCommand  `cmd:"" help:"Make a data folder of a backup."`
	Verify   verifyCommand   `cmd:"" help:"Read a data folder again, byte by byte, and say what does not hold."`
	Generate generateCommand `cmd:"" help:"Make a synthetic graph of any size, for trials."`
	Bench    benchCommand    `cmd:"" help:"Measure the questions on a synthetic graph, beside the least they could take."`

	CheckOpen checkOpenCommand `cmd:"" hidden:"" help:"Try whether Badger can open a folder; the program calls this of itself."`

	Version kong.VersionFlag `help:"Print the version and end."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Where memory runs short the collector works harder, before the kernel ends the process. Without a limit to be found there is
	// none to keep; GOMEMLIMIT in the environment comes first.
	_, _ = memlimit.Set(memlimit.WithProvider(memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)))
	// After the first signal the command stops cleanly; with the handler gone a second one ends the process.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// whereHelpIs names the help of the command that was meant, if it could be told.
func whereHelpIs(err error) string {
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		if command := parse.Context.Selected(); command != nil {
			return "entente " + command.Name + " --help shows its flags and examples."
		}
	}
	return "entente --help lists the commands and their flags."
}

// run does what args say and returns the exit code. It is the whole program but for the process it runs in.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var c commands
	ended := false // by --help or --version, after which kong would go on
	parser, err := kong.New(&c,
		kong.Name("entente"),
		kong.Description("A knowledge graph of agreements and the parties around them, on whose word and as of when."),
		kong.Vars{"version": version(), "data": defaultData},
		traceDefaults, historyDefaults,
		kong.Writers(out, errs),
		kong.Exit(func(int) { ended = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{in, out, errs}),
	)
	if err != nil {
		fmt.Fprintln(errs, "entente:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case ended:
		return exitDone
	case err != nil:
		fmt.Fprintf(errs, "entente: %v\n%s\n", err, whereHelpIs(err))
		return exitUsage
	}
	switch err := command.Run(); {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
	case errors.Is(err, errUsage):
		fmt.Fprintln(errs, "entente:", strings.TrimSuffix(err.Error(), ": "+errUsage.Error()))
		return exitUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(errs, "entente: stopped")
	default:
		fmt.Fprintln(errs, "entente:", err)
	}
	return exitFailed
}

// defaultData is the data folder of whoever names none.
var defaultData = "." + string(filepath.Separator) + filepath.Join("var", "entente")

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "entente (unversioned)"
	}
	return "entente " + info.Main.Version + " " + info.GoVersion
}
