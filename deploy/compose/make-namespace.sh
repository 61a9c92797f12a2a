#!/bin/sh
# Makes the namespace "default" where it is missing. The container is started again while Temporal is not ready.
set -eu

temporal operator cluster health
if ! temporal operator namespace describe -n default >/dev/null 2>&1; then
  temporal operator namespace create -n default --retention "$RETENTION"
fi
