"""Says what was measured: the first line that each program prints of its version."""

import os
import subprocess

from harness import peers
from harness.ground import TEMPORAL, TOWPATH

ASKED = {
    "Java": [peers.java(), "-version"],
    "Towpath": [TOWPATH, "--version"],
    "Temporal": [TEMPORAL, "--version"],
    "rclone": [peers.FOLDER / "rclone" / "usr" / "bin" / "rclone", "version"],
}


def versions(*packages):
    """Of Java, Towpath, Temporal, rclone and these packages of PyPI, as far as they are here."""
    told, env = {}, {**os.environ, "TOWPATH_BUILD": "never"}
    for name, argv in ASKED.items():
        try:
            done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, env=env, check=False)
            told[name] = (done.stdout or done.stderr).splitlines()[0]
        except (FileNotFoundError, IndexError):
            pass
    for package in packages:
        if (peers.FOLDER / package).exists():
            told |= peers.versions(package)
    return told
