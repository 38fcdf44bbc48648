// Command compose-oracle runs docker compose's own "config" command for many projects in one process, so
// that tests can compare thousands of files with what Docker makes of them. With arguments it is docker
// compose itself; without, it reads one request per line and answers one line for each.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/docker/cli/cli/command"
	"github.com/docker/cli/cli/flags"
	"github.com/docker/compose/v5/cmd/compose"
	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
)

// version is set when the program is linked.
var version = "unknown"

type request struct {
	// Dir is the working directory, absolute.
	Dir string `json:"dir"`
	// Args stand after "docker compose".
	Args []string `json:"args"`
	// Env is the whole environment.
	Env map[string]string `json:"env"`
}

type answer struct {
	Stdout string `json:"stdout"`
	// Stderr holds the warnings.
	Stderr string `json:"stderr"`
	// Error is absent when the command succeeded.
	Error string `json:"error,omitempty"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("compose-oracle", version)
		return
	}
	if len(os.Args) > 1 {
		if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		if err := answers.Encode(reply(asked)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func reply(asked request) answer {
	var stdout, stderr bytes.Buffer
	err := inside(asked, func() error { return run(asked.Args, &stdout, &stderr) })
	found := answer{Stdout: stdout.String(), Stderr: stderr.String()}
	if err != nil {
		found.Error = err.Error()
	}
	return found
}

// inside does the work in the request's folder and with its environment only.
func inside(asked request, work func() error) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	os.Clearenv()
	for name, value := range asked.Env {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	if err := os.Chdir(asked.Dir); err != nil {
		return err
	}
	return work()
}

func run(args []string, stdout, stderr io.Writer) error {
	logrus.SetOutput(stderr)
	cli, err := command.NewDockerCli(
		command.WithOutputStream(stdout),
		command.WithErrorStream(stderr),
		command.WithInputStream(io.NopCloser(bytes.NewReader(nil))),
	)
	if err != nil {
		return err
	}
	if err := cli.Initialize(flags.NewClientOptions()); err != nil {
		return err
	}
	// The command asks its parent for its preparations, as it is a plugin of docker.
	root := &cobra.Command{Use: "docker", TraverseChildren: true}
	root.AddCommand(compose.RootCommand(cli, &compose.BackendOptions{}))
	root.SetArgs(append([]string{"compose"}, args...))
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SilenceErrors = true
	root.SilenceUsage = true
	return root.Execute()
}
