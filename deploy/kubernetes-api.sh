#!/usr/bin/env bash
# A real API server of Kubernetes with its etcd, and nothing that runs what it is asked for.
#
#   deploy/kubernetes-api.sh KUBECONFIG     serves on the loopback until it is ended
#
# KUBECONFIG is written when the server answers; whoever reads it may do everything. Both commands
# lie in .tools, and are built from the Go module proxy when they are not there yet (seven minutes of
# processor time, so four on two idle cores; 130 MB, once per checkout). The versions are fixed in
# deploy/kubernetes-api/go.mod and the checksums in go.sum beside it.
set -euo pipefail

kubeconfig=${1:?usage: kubernetes-api.sh KUBECONFIG}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$root/deploy/kubernetes-api
tools=$root/.tools
scratch=$(mktemp -d)
serving=()
trap '[ ${#serving[@]} -eq 0 ] || kill "${serving[@]}" 2>/dev/null; wait; rm -rf "$scratch"' EXIT
trap 'exit 143' TERM INT
. "$root/deploy/go.sh"

if [ ! -x "$tools/kube-apiserver" ] || [ ! -x "$tools/etcd" ]; then
  go=$(builder)
  version=$(sed -n 's,^[[:space:]]*k8s.io/kubernetes v,,p' "$module/go.mod")
  say "building the API server of Kubernetes $version; this takes some minutes"
  mkdir -p "$tools"
  build "$go" "$scratch/etcd" go.etcd.io/etcd/server/v3
  build "$go" "$scratch/kube-apiserver" k8s.io/kubernetes/cmd/kube-apiserver \
    "-X k8s.io/component-base/version.gitVersion=v$version -X k8s.io/client-go/pkg/version.gitVersion=v$version"
  mv -f "$scratch/etcd" "$scratch/kube-apiserver" "$tools/"
fi

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# The sockets of etcd are files of the folder that both are started in.
cd "$scratch"
openssl genrsa -out accounts.key 2048 2>/dev/null
token=$(openssl rand -hex 16)
echo "$token,admin,admin,system:masters" >tokens.csv
"$tools/etcd" --name towpath --data-dir data --unsafe-no-fsync --log-level error \
  --listen-client-urls unix://client:0 --advertise-client-urls unix://client:0 \
  --listen-peer-urls unix://peer:0 --initial-advertise-peer-urls unix://peer:0 \
  --initial-cluster towpath=unix://peer:0 &
serving+=($!)
port=$(free_port)
"$tools/kube-apiserver" --etcd-servers unix://client:0 --bind-address 127.0.0.1 --secure-port "$port" \
  --cert-dir certificates --service-cluster-ip-range 10.0.0.0/24 --endpoint-reconciler-type none \
  --service-account-issuer https://kubernetes.default.svc --service-account-key-file accounts.key \
  --service-account-signing-key-file accounts.key --token-auth-file tokens.csv --authorization-mode RBAC \
  -v 0 &
serving+=($!)

ready() {
  printf 'GET /readyz HTTP/1.0\r\nAuthorization: Bearer %s\r\n\r\n' "$token" \
    | openssl s_client -quiet -ign_eof -connect "127.0.0.1:$port" 2>/dev/null | grep -q '^HTTP/1.[01] 200'
}
until ready; do
  kill -0 "${serving[@]}" 2>/dev/null || { say 'it does not start'; exit 1; }
  sleep 1
done

cat >kubeconfig <<CONFIG
apiVersion: v1
kind: Config
current-context: towpath
clusters:
  - name: towpath
    cluster:
      server: https://127.0.0.1:$port
      certificate-authority-data: $(base64 <certificates/apiserver.crt | tr -d '\n')
users:
  - name: admin
    user:
      token: $token
contexts:
  - name: towpath
    context:
      cluster: towpath
      user: admin
CONFIG
cd - >/dev/null
mv "$scratch/kubeconfig" "$kubeconfig"
say "Kubernetes answers at 127.0.0.1:$port"
wait "${serving[@]}"
