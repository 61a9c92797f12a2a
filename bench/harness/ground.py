"""The servers that a benchmark runs on, and Towpath as its users start it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from harness import machine
from harness.process import Failed, Server

ROOT = Path(__file__).resolve().parents[2]
TOWPATH = ROOT / "towpath"
TEMPORAL = shutil.which("temporal") or str(ROOT / ".tools" / "temporal")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Ground:
    """A sandbox and a Temporal server on one core. Whoever uses it gets the other."""

    def __init__(self, **sandbox):
        self.folder = Path(tempfile.mkdtemp(prefix="towpath-bench-"))
        self._servers = []
        try:
            self._start(sandbox)
        except BaseException:
            self.close()
            raise

    def _start(self, settings):
        # Somebody's own account at AWS, or its certificates, are not those of the sandbox.
        plain = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        plain["TOWPATH_BUILD"] = "never"
        file = self.folder / "sandbox.env"
        self.data = self.folder / "data"
        self.sandbox = self._server(
            "sandbox", [TOWPATH, "sandbox", "--env-file", file, "--data", self.data], {**plain, **settings})
        port = free_port()
        self.temporal = self._server(
            "temporal",
            [TEMPORAL, "server", "start-dev", "--headless", "--port", port, "--log-level", "error"], plain)
        self.sandbox.until_says("sandbox ready")
        self.settings = dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines())
        self.control_url = self.settings.pop("TOWPATH_SANDBOX_CONTROL")
        self.env = {**plain, **self.settings, "TEMPORAL_ADDRESS": f"127.0.0.1:{port}"}
        self.temporal.until(lambda: self._temporal("operator", "cluster", "health").returncode == 0)
        self.seed = self.control("GET", "/seed")

    def _server(self, name, argv, env, core=machine.SERVER_CORE):
        server = Server(name, argv, env, core, self.folder / f"{name}-{len(self._servers)}.log")
        self._servers.append(server)
        return server

    def worker(self, **settings):
        """A worker that polls, on the core of the subject."""
        return self.subject("worker", [TOWPATH, "worker"], {**self.env, **settings}).until_says("worker ready")

    def subject(self, name, argv, env):
        """Somebody who is measured and goes on until stopped, on the core of the subject."""
        return self._server(name, argv, env, machine.SUBJECT_CORE)

    def server(self, name, argv, env):
        """A server that only one contestant needs, beside the others."""
        return self._server(name, argv, env)

    def server_seconds(self):
        return self.sandbox.seconds() + self.temporal.seconds()

    def control(self, method, path, body=None):
        """Asks the sandbox's control port."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control_url + path, data, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def calls(self, platform):
        """Calls of a platform since the last reset, by route and status."""
        return {(one["route"], one["status"]): one["count"]
                for one in self.control("GET", "/requests") if one["platform"] == platform}

    def all_calls(self):
        """How many calls all platforms had since the last reset."""
        return sum(one["count"] for one in self.control("GET", "/requests"))

    def effects(self, platform, route):
        """What calls of a route changed since the last reset, in their order."""
        asked = urllib.parse.urlencode({"platform": platform, "route": route})
        return [one for one in self.control("GET", f"/effects?{asked}") if one["committed"]]

    def forget_calls(self):
        self.control("POST", "/reset", {"what": ["requests"]})

    def forget_effects(self):
        self.control("POST", "/reset", {"what": ["effects"]})

    def _temporal(self, *arguments):
        return subprocess.run([TEMPORAL, *arguments], env=self.env, capture_output=True, check=False)

    def temporal_says(self, *arguments):
        """What the temporal command prints as JSON."""
        done = self._temporal(*arguments, "-o", "json")
        if done.returncode != 0:
            raise Failed(f"temporal {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return json.loads(done.stdout)

    def request(self, name, manifest, **stage):
        """A round trip that stages a sheet's files and runs a simulated pipeline on them."""
        return {
            "manifest": {"synId": manifest},
            "recipe": name,
            "stage": {"to": f"s3://{self.seed['s3.bucket']}/bench/{name}/", **stage},
            "runs": [{"name": "reads", "pipeline": self.seed["seqera.pipeline"],
                      "revision": self.seed["seqera.revision"]}],
            "index": {"parent": self.seed["synapse.results"], "folder": name},
        }

    def start(self, request, watch=lambda line: None, kind="round-trip"):
        """Starts a request and waits for its end; its answer, with each line of progress told to watch."""
        file = self.folder / "request.json"
        file.write_text(json.dumps(request), "utf-8")
        began = time.monotonic()
        child = subprocess.Popen(
            [TOWPATH, "start", kind, "-f", file, "--wait", "-o", "json"],
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        lines = []
        for line in child.stderr:
            lines.append(line)
            watch(line)
        answer = json.loads(child.stdout.read() or "{}")
        child.wait()
        if child.returncode != 0 or answer.get("outcome") not in ("SUCCEEDED", "SUCCEEDED_WITH_WARNINGS"):
            raise Failed(f"the {kind} ended with {child.returncode}: {''.join(lines[-8:])}{answer.get('failure')}")
        answer["seconds"] = time.monotonic() - began
        return answer

    def stop(self, server, how=signal.SIGTERM):
        server.stop(how)
        self._servers.remove(server)

    def close(self):
        for server in reversed(self._servers):
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def stage_seconds(answer, stage):
    """How long a stage of a run took, by its report."""
    return next(one["seconds"] for one in answer["report"]["timeline"] if one["stage"] == stage)
