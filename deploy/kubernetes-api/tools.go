//go:build tools

// Package tools names the commands that kubernetes-api.sh builds, so that go.mod keeps them.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
