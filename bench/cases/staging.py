"""What stages files from Synapse to S3: a floor, Towpath, and what people use instead."""

import os
import shutil
import tempfile

from harness import machine, peers
from harness.ground import stage_seconds
from harness.process import Failed, command
from harness.rounds import Contestant
from harness.s3 import S3
from harness.synapse import Synapse, md5_of

PART = 8 << 20


class Marks:
    """What worker and servers had taken at one moment."""

    def __init__(self, ground, worker):
        self.worker, self.servers, self.written = worker.seconds(), ground.server_seconds(), worker.written_mib()
        self.read = machine.io_bytes(worker.pid, "rchar") / (1 << 20)


class Files:
    """Files of one size in a folder of Synapse; each an entity and a handle of its own."""

    def __init__(self, ground, count, size):
        self.ground, self.count, self.size = ground, count, size
        self.synapse, self.s3 = Synapse(ground.settings), S3(ground.settings)
        self.bucket = ground.seed["s3.bucket"]
        project = ground.seed["synapse.project"]
        self.folder = self.synapse.folder(project, f"{count} files of {size} bytes")
        with tempfile.TemporaryFile(dir=ground.folder) as content:
            for _ in range(size >> 20):
                content.write(os.urandom(1 << 20))
            self.md5 = md5_of(content)
            first = self.synapse.file(self.folder, "file00", content)
        self.names = [f"file{number:02d}" for number in range(count)]
        self.ids = [first, *self.synapse.copies(self.folder, first, self.names[1:])]
        self.sheet = self.synapse.sheet(project, f"{count}x{size}.csv", self.ids)
        self._runs = 0

    def must_be_there(self, keys):
        """A contestant that left a file out would win."""
        sizes = [self.s3.size(self.bucket, key) for key in keys]
        if sizes != [self.size] * self.count:
            raise Failed(f"objects of {sizes} bytes instead of {self.count} of {self.size}")
        for key in keys:
            self.s3.delete(self.bucket, key)

    def measured(self, work):
        """What work() took, with what the servers took on their core."""
        before = self.ground.server_seconds()
        return {**work(), "servers' CPU s": self.ground.server_seconds() - before}

    def url_of(self, file):
        return f"{self.ground.settings['SYNAPSE_ENDPOINT']}/repo/v1/entity/{file}/file?redirect=false"


def floor(files):
    classes = peers.floor("Staging")
    keys = [f"bench/floor/{name}" for name in files.names]

    def work():
        uploads = [files.s3.begin(files.bucket, key) for key in keys]
        plan, etags = files.ground.folder / "plan", files.ground.folder / "etags"
        with open(plan, "w", encoding="utf-8") as lines:
            for file, key, upload in zip(files.ids, keys, uploads):
                parts = range(1, -(-files.size // PART) + 1)
                links = [files.s3.url("PUT", files.bucket, key, {"partNumber": str(part), "uploadId": upload})
                         for part in parts]
                print(files.url_of(file), files.md5, *links, file=lines)
        with open(etags, "wb") as out:
            took = command([peers.java(), "-Xmx192m", "-cp", classes, "Staging", plan,
                            files.ground.settings["SYNAPSE_AUTH_TOKEN"]], files.ground.env, stdout=out)
        parts = etags.read_text("utf-8").split()
        each = len(parts) // files.count
        for number, (key, upload) in enumerate(zip(keys, uploads)):
            files.s3.complete(files.bucket, key, upload, parts[number * each:(number + 1) * each])
        files.must_be_there(keys)
        return took

    return Contestant("floor: HttpURLConnection, 4 ranges, MD5", "floor", lambda: files.measured(work))


def towpath(files, warm, **settings):
    """A worker that has done one small sheet, as one that runs for weeks has; then the files' own sheet."""

    def work():
        files._runs += 1
        name = f"{files.count}x{files.size}-{files._runs}"
        worker = files.ground.worker(**settings)
        try:
            files.ground.start(files.ground.request(f"warm-{name}", warm, mode="stream"))
            before, marks = Marks(files.ground, worker), {}

            def watch(line):
                words = line.split()
                if len(words) > 2 and words[1] == "stage" and words[2] in ("running", "done"):
                    marks.setdefault(words[2], Marks(files.ground, worker))

            answer = files.ground.start(files.ground.request(name, files.sheet, mode="stream"), watch)
            begun, done, after = marks["running"], marks["done"], Marks(files.ground, worker)
            took = {"wall s": stage_seconds(answer, "stage"),
                    "CPU s": done.worker - begun.worker,
                    "peak MiB": worker.peak_mib(),
                    "MiB to disk": after.written - before.written,
                    "MiB read": done.read - begun.read,
                    "CPU s of all stages": after.worker - before.worker,
                    "servers' CPU s": done.servers - begun.servers}
        finally:
            files.ground.stop(worker)
        keys = files.s3.keys(files.bucket, f"bench/{name}/")
        files.must_be_there([key for key in keys if key.rsplit("/", 1)[-1] in files.names])
        return took

    return Contestant("Towpath: stage of a round trip", "subject", work)


class SynapseCommand:
    """The command of synapseclient, sent to the sandbox, with a home and a cache of its own."""

    def __init__(self, ground):
        self.program = peers.python("synapseclient") / "synapse"
        home = ground.folder / "home"
        self.cache = home / "cache"
        base = ground.settings["SYNAPSE_ENDPOINT"]
        home.mkdir(exist_ok=True)
        (home / ".synapseConfig").write_text(
            f"[endpoints]\nrepoEndpoint={base}/repo/v1\nauthEndpoint={base}/auth/v1\n"
            f"fileHandleEndpoint={base}/file/v1\n[cache]\nlocation={self.cache}\n", "utf-8")
        self.env = {**ground.env, "HOME": str(home), "AWS_DEFAULT_REGION": ground.settings["AWS_REGION"]}


def synapseclient(files):
    synapse, aws = SynapseCommand(files.ground), peers.python("awscli") / "aws"
    local = files.ground.folder / "local"

    def work():
        shutil.rmtree(synapse.cache, ignore_errors=True)
        script = (f"{synapse.program} --skip-checks get -r {files.folder} --downloadLocation {local} && rm -f {local}/SYNAPSE* && "
                  f"{aws} s3 cp --quiet --recursive {local} s3://{files.bucket}/bench/synapseclient/")
        took = command(["bash", "-c", script], synapse.env)
        took["MiB to disk"] = sum(file.stat().st_size for file in local.iterdir()) / (1 << 20)
        shutil.rmtree(local)
        files.must_be_there([f"bench/synapseclient/{name}" for name in files.names])
        return took

    return Contestant("synapse get -r, aws s3 cp", "peer", lambda: files.measured(work))


def rclone(files):
    program = peers.rclone()
    settings = files.ground.settings
    env = {**files.ground.env, "RCLONE_CONFIG": "/dev/null", "RCLONE_S3_PROVIDER": "Other",
           "RCLONE_S3_ENDPOINT": settings["AWS_ENDPOINT_URL_S3"], "RCLONE_S3_ENV_AUTH": "true"}
    # A link lives for 30 s, so each is asked for just before it is used; four at a time, as the floor.
    one = ('set -o pipefail; curl -sf --retry 5 -H "Authorization: Bearer $SYNAPSE_AUTH_TOKEN" '
           f'"{settings["SYNAPSE_ENDPOINT"]}/repo/v1/entity/$1/file?redirect=false" '
           f'| xargs -I URL {program} copyurl URL ":s3:{files.bucket}/bench/rclone/$2"')
    pairs = " ".join(f"{file} {name}" for file, name in zip(files.ids, files.names))

    def work():
        took = command(["bash", "-c", f"echo {pairs} | xargs -n 2 -P 4 bash -c '{one}' one"], env)
        files.must_be_there([f"bench/rclone/{name}" for name in files.names])
        return took

    return Contestant("rclone copyurl, no checksum", "peer", lambda: files.measured(work))


def others(files, bench):
    """The peers that can be had; the page tells the others."""
    found = []
    for make, name in ((synapseclient, "synapse get and aws s3 cp"), (rclone, "rclone copyurl")):
        try:
            found.append(make(files))
        except peers.Missing as why:
            bench.leave_out(name, str(why))
    return found
