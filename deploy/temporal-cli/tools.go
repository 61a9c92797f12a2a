//go:build tools

// Package tools names the command that install-temporal.sh builds, so that go.mod keeps it.
package tools

import _ "github.com/temporalio/cli/cmd/temporal"
