"""Provides what Towpath is compared with, in .tools/bench: pinned, and never installed into the system."""

import os
import subprocess
import sys
from pathlib import Path

from harness.ground import ROOT
from harness.process import Failed

FOLDER = ROOT / ".tools" / "bench"

# Of PyPI. Later synapseclients ask for versions of opentelemetry that do not go together.
PYPI = {
    "synapseclient": "4.4.2",
    "awscli": "1.46.3",
    "temporalio": "1.35.0",
    "prefect": "3.9.1",
    "sevenbridges-python": "2.11.2",
}
# What a package needs beside it for what is measured: synapse sync reads its manifest with pandas.
BESIDE = {"synapseclient": {"pandas": "2.3.3"}}
RCLONE = "1.69.1"


class Missing(Exception):
    """A peer that this machine cannot have; the page says so."""


def _run(argv, **more):
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no words").splitlines()[-1]
        raise Missing(f"{' '.join(map(str, argv[:4]))} …: {last}")
    return done.stdout


def python(package):
    """The bin folder of a virtual environment with this package."""
    home = FOLDER / package
    if not (home / "bin" / "pip").exists():
        _run([sys.executable, "-m", "venv", home])
    wanted = {package: PYPI[package], **BESIDE.get(package, {})}
    if versions(package) != wanted:
        pinned = [f"{name}=={number}" for name, number in wanted.items()]
        print(f"  installing {' '.join(pinned)}", file=sys.stderr)
        _run([home / "bin" / "pip", "install", "-q", *pinned])
    return home / "bin"


def versions(package):
    """What is installed of a package, and of what it needs beside it."""
    asked = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    found = {}
    for name in (package, *BESIDE.get(package, {})):
        done = subprocess.run([FOLDER / package / "bin" / "python", "-c", asked, name],
                              capture_output=True, text=True, check=False)
        found[name] = done.stdout.strip()
    return found


def rclone():
    """Debian's package, unpacked and not installed; elsewhere the Go module proxy's."""
    found = next((path for path in (FOLDER / "rclone" / "usr" / "bin" / "rclone", FOLDER / "go" / "bin" / "rclone")
                  if path.exists()), None)
    if found:
        return found
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        _run(["apt-get", "download", "rclone"], cwd=FOLDER)
        package = next(FOLDER.glob("rclone_*.deb"))
        _run(["dpkg", "-x", package, FOLDER / "rclone"])
        package.unlink()
        return FOLDER / "rclone" / "usr" / "bin" / "rclone"
    except (Missing, FileNotFoundError):
        return _rclone_of_go()


def _rclone_of_go():
    try:
        _run(["go", "install", f"github.com/rclone/rclone@v{RCLONE}"],
             env={**os.environ, "GOPATH": str(FOLDER / "go")})
    except FileNotFoundError:
        raise Missing("rclone: neither apt-get nor go is on this machine") from None
    return FOLDER / "go" / "bin" / "rclone"


def floor(name, classpath=""):
    """The class path of a floor, compiled."""
    target = FOLDER / "floor"
    target.mkdir(parents=True, exist_ok=True)
    source = ROOT / "bench" / "floor" / f"{name}.java"
    javac = Path(os.environ["JAVA_HOME"]) / "bin" / "javac" if "JAVA_HOME" in os.environ else "javac"
    done = subprocess.run([javac, "-nowarn", "--release", "17", "-d", target, "-cp", f"{target}:{classpath}", source],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(done.stderr)
    return f"{target}:{classpath}" if classpath else str(target)


def java():
    return str(Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"
