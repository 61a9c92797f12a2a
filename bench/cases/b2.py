"""Memory: files of any size through a small heap."""

import shutil

from cases import staging
from harness.ground import Ground, stage_seconds
from harness.rounds import Contestant
from harness.s3 import S3
from harness.synapse import Synapse, md5_of
from harness.versions import versions

TITLE = "Memory"
GIB = 1 << 30
OWNER = b"3412345"


def run(bench):
    sizes = [1, 2] if bench.quick else [1, 8, 100]
    bench.work = ("One sparse file, streamed from a link that Synapse signs to S3 in parts, by a worker of its own with "
                  "-Xmx192m. Peers do 1 GiB.")
    with Ground() as ground:
        measured = []
        for size in sizes:
            if room_for(ground, size):
                measured.append(towpath(bench, ground, size))
            else:
                bench.leave_out(f"{size} GiB", "the sandbox's S3 keeps what it is sent, and needs twice that of this disk")
        files = staging.Files(ground, 1, GIB)
        peers = staging.others(files, bench)
        bench.rounds.compare(peers)
        bench.show([*measured, *peers])
        bench.versions = versions("synapseclient", "awscli")
    peaks = [one.median("peak MiB") for one in measured]
    bench.goal("peak memory of a worker, largest file", peaks[-1], "<=", 256, "MiB",
               f"{measured[-1].median('MiB before'):.0f} MiB when it begins to poll: classes, code and stacks, beside a heap of 192 at most")
    bench.goal("what the largest takes more than the smallest", 100 * (peaks[-1] / peaks[0] - 1), "<=", 5, "%")


def room_for(ground, size):
    """Parts lie beside the object that is made of them until it is whole."""
    return shutil.disk_usage(ground.folder).free > 2.2 * size * GIB


def plant(ground, size):
    """A sheet with a file of nothing but zeros, which takes no room, in a bucket of the user's own."""
    synapse, project, bucket = Synapse(ground.settings), ground.seed["synapse.project"], ground.seed["s3.bucket"]
    key = f"sparse/{size}gib.fastq"
    s3 = S3(ground.settings)
    s3.put(bucket, "owner.txt", OWNER)
    s3.put(bucket, key, b"0")
    file = ground.data / "s3" / bucket / key  # with the attributes that S3Proxy gave it
    with open(file, "r+b") as sparse:
        sparse.truncate(0)
        sparse.truncate(size * GIB)
        md5 = md5_of(sparse)
    name = file.name
    folder = synapse.folder(project, f"sparse {size}")
    entity = synapse.registered(folder, name, bucket, key, size * GIB, md5)
    return synapse.sheet(project, f"sparse{size}.csv", [entity])


def towpath(bench, ground, size):
    sheet = plant(ground, size)
    one = Contestant(f"Towpath, {size} GiB", "subject", None)

    def work():
        worker = ground.worker(JAVA_OPTS="-Xmx192m")
        try:
            idle = worker.rss_mib()
            name = f"sparse-{size}-{len(one.rounds)}-{bench.rounds.discarded}"
            answer = ground.start(ground.request(name, sheet, mode="stream"))
            return {"peak MiB": worker.peak_mib(), "MiB before": idle, "wall s": stage_seconds(answer, "stage")}
        finally:
            ground.stop(worker)
            shutil.rmtree(ground.data / "s3" / ground.seed["s3.bucket"] / "bench", ignore_errors=True)

    one.work = work
    one.rounds.append(bench.rounds.undisturbed(work))
    return one
