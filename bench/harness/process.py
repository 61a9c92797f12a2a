"""Starts processes on a core of their own, and asks the kernel what they took."""

import os
import signal
import subprocess
import time

from harness import machine


class Failed(Exception):
    """A process did not do what it was started for; the message has its last words."""


def _pinned(core, argv):
    return ["taskset", "-c", str(core), *map(str, argv)]


def command(argv, env, core=machine.SUBJECT_CORE, stdout=subprocess.DEVNULL, accept=(0,), cwd=None):
    """Runs a command to its end; wall and CPU seconds of its tree, and its largest process in MiB."""
    began = time.monotonic()
    child = subprocess.Popen(
        _pinned(core, argv), env=env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd)
    words = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    child.stderr.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in accept:
        raise Failed(f"{' '.join(map(str, argv[:3]))} … ended with {child.returncode}: {words[-1500:]}")
    return {"wall s": wall, "CPU s": usage.ru_utime + usage.ru_stime, "peak MiB": usage.ru_maxrss / 1024}


class Server:
    """A process that goes on until it is stopped; its output is in a file."""

    def __init__(self, name, argv, env, core, log):
        self.name, self._log = name, log
        with open(log, "wb") as out:
            self._process = subprocess.Popen(
                _pinned(core, argv), env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        self.pid = self._process.pid

    def until(self, ready, seconds=180):
        """Waits until ready() is true."""
        end = time.monotonic() + seconds
        while not ready():
            if self._process.poll() is not None or time.monotonic() > end:
                raise Failed(f"{self.name} is not ready: {self.said()[-1500:]}")
            time.sleep(0.05)
        return self

    def until_says(self, words, seconds=180):
        return self.until(lambda: words in self.said(), seconds)

    def said(self):
        with open(self._log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def seconds(self):
        """CPU seconds so far."""
        return machine.process_seconds(self.pid)

    def peak_mib(self):
        return machine.status_kib(self.pid, "VmHWM") / 1024

    def rss_mib(self):
        return machine.status_kib(self.pid, "VmRSS") / 1024

    def written_mib(self):
        """What it wrote to a disk."""
        return machine.io_bytes(self.pid, "write_bytes") / (1 << 20)

    def stop(self, how=signal.SIGTERM):
        if self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(90)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
