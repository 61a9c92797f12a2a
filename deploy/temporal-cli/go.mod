module towpath.io/deploy/temporal-cli

go 1.26.4

require github.com/temporalio/cli v1.8.2

// The CLI's own go.mod replaces this module by a folder of its repository. Only the main module's
// replaces count, so it is replaced again here, by the commit that the tag v1.8.2 was built with.
replace github.com/temporalio/cli/cliext => github.com/temporalio/cli/cliext v0.0.0-20260731000218-c579925f193f
