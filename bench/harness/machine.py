"""What this machine is, and how much of it we and others use."""

import os
import resource

TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, SUBJECT_CORE = CORES[0], CORES[-1]


def describe():
    """Cores, processor, memory and kernel, for the results."""
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), "unknown")
    with open("/proc/meminfo", encoding="utf-8") as info:
        memory = int(info.readline().split()[1]) / (1 << 20)
    return {"cores": len(CORES), "processor": model, "memory": f"{memory:.0f} GiB", "kernel": os.uname().release}


def _stat(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        return stat.read().rpartition(")")[2].split()


def process_seconds(pid):
    """CPU seconds of a process and of its children that have ended."""
    fields = _stat(pid)
    return sum(int(field) for field in fields[11:15]) / TICKS


def status_kib(pid, name):
    """A memory figure of /proc/PID/status, such as VmHWM, in KiB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))


def io_bytes(pid, name):
    """A figure of /proc/PID/io, such as write_bytes: what went to a disk."""
    with open(f"/proc/{pid}/io", encoding="utf-8") as io:
        return next(int(line.split()[1]) for line in io if line.startswith(name + ":"))


def _descendants():
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents[int(pid)] = int(_stat(pid)[1])
        except (FileNotFoundError, ProcessLookupError):
            pass
    ours, found = {os.getpid()}, set()
    while ours:
        ours = {pid for pid, parent in parents.items() if parent in ours}
        found |= ours
    return found


def _own_seconds():
    own = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        own += usage.ru_utime + usage.ru_stime
    for pid in _descendants():
        try:
            own += process_seconds(pid)
        except (FileNotFoundError, ProcessLookupError):
            pass
    return own


def _busy_seconds():
    """All processes' seconds, and those in which the host gave our cores to somebody else."""
    with open("/proc/stat", encoding="utf-8") as stat:
        user, nice, system, _, _, _, _, steal = (int(field) for field in stat.readline().split()[1:9])
    return (user + nice + system + steal) / TICKS


def others_seconds():
    """CPU seconds that everybody but this process and its descendants has used; only differences mean something."""
    return _busy_seconds() - _own_seconds()
