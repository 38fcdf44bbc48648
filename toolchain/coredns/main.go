// Command coredns is CoreDNS with only the plugins that a test cluster needs.
package main

import (
	"fmt"
	"os"

	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
)

// version is set when the program is linked.
var version = "unknown"

func init() {
	// CoreDNS runs plugins in this order, not in that of its configuration.
	dnsserver.Directives = []string{"errors", "health", "ready", "kubernetes"}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println("coredns", version)
		return
	}
	coremain.Run()
}
