"""Big staging: many bytes in few files."""

from cases import staging
from harness.ground import Ground
from harness.rounds import near
from harness.versions import versions

TITLE = "Big staging"
MIB = 1 << 20


def run(bench):
    count, size = (8, 64 * MIB) if bench.quick else (8, 256 * MIB)
    bench.work = (f"{count} files of {size // MIB} MiB, from links that Synapse signs to S3 in parts, MD5 compared. "
                  "Sandbox and Temporal on one core, the contestant on the other.")
    bench.leave_out("the same over https", "the links that the sandbox signs are http")
    with Ground() as ground:
        files = staging.Files(ground, count, size)
        floor = staging.floor(files)
        subject = staging.towpath(files, ground.seed["synapse.manifest"])
        peers = staging.others(files, bench)
        contestants = [floor, subject, *peers]

        def ratios():
            cpu = subject.median("CPU s") / floor.median("CPU s")
            best = min((peer.median("wall s") for peer in peers), default=None)
            return cpu, subject.median("wall s") / best if best else None

        def close():
            cpu, wall = ratios()
            return near(cpu, 1.15) or (wall is not None and near(wall, 0.5))

        bench.rounds.compare(contestants, close)
        bench.show(contestants)
        bench.versions = versions("synapseclient", "awscli")
        cpu, wall = ratios()
        gigabyte = subject.median("CPU s") / (count * size / (1 << 30))
        bench.goal("CPU against the floor", cpu, "<=", 1.15, "×")
        if wall is not None:
            busy = subject.median("servers' CPU s") / subject.median("wall s")
            bench.goal("wall against the best peer", wall, "<=", 0.5, "×", f"with the servers' core busy {busy:.0%} of the time")
        read = subject.median("MiB read") * MIB / (count * size)
        bench.goal("read for each byte delivered", round(read, 2), "<=", 1.0, "bytes")
        bench.goal("written to a worker's disk", subject.median("MiB to disk"), "<=", 1, "MiB")
        bench.fact("CPU of a worker per GiB", gigabyte, "s")
