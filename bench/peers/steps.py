"""The calls of a small round trip on the sandbox, a method for each step. Nothing is tried again, nothing is remembered."""

import csv
import hashlib
import io
import json
import os
import re
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.s3 import S3  # noqa: E402
from harness.synapse import Synapse  # noqa: E402


class Steps:
    """seed is what the sandbox says that it planted."""

    def __init__(self, seed: dict):
        self._seed, self._bucket = seed, seed["s3.bucket"]
        self._synapse, self._s3 = Synapse(os.environ), S3(os.environ)

    def read(self, manifest: str) -> list[str]:
        """The ids of the files in a sheet."""
        rows = csv.DictReader(io.StringIO(self._synapse.download(manifest).decode()))
        return [row["fastq_1"].removeprefix("syn://") for row in rows]

    def stage(self, name: str, file: str) -> str:
        """The place of a file that was copied from Synapse to S3."""
        key = f"bench/{name}/{file}_R1.fastq"
        self._s3.put(self._bucket, key, self._synapse.download(file))
        return f"s3://{self._bucket}/{key}"

    def launch(self, name: str, files: list[str]) -> str:
        """Writes the sheet of what was staged and launches the pipeline; the id of its run."""
        sheet = "".join(f"s{number},{file},,auto\n" for number, file in enumerate(files))
        self._s3.put(self._bucket, f"bench/{name}/sheet.csv", ("sample,fastq_1,fastq_2,strandedness\n" + sheet).encode())
        listed = self._seqera("GET", "/compute-envs", "&status=AVAILABLE")["computeEnvs"][0]["id"]
        found = self._seqera("GET", f"/compute-envs/{listed}")["computeEnv"]
        return self._seqera("POST", "/workflow/launch", body={"launch": {
            "computeEnvId": found["id"], "workDir": found["config"]["workDir"], "runName": f"reads-{name}",
            "pipeline": self._seed["seqera.pipeline"], "revision": self._seed["seqera.revision"],
            "paramsText": json.dumps({"input": f"s3://{self._bucket}/bench/{name}/sheet.csv",
                                      "outdir": f"s3://{self._bucket}/{self._outputs(name)}"})}})["workflowId"]

    def ended(self, run: str) -> bool:
        """Whether a run is over; one that did not succeed is an error."""
        status = self._seqera("GET", f"/workflow/{run}")["workflow"]["status"]
        if status in ("FAILED", "CANCELLED"):
            raise OSError(f"run {run}: {status}")
        return status == "SUCCEEDED"

    def outputs(self, name: str) -> list[str]:
        """The keys of what a run wrote."""
        listed = self._s3.call("GET", self._bucket, "", {"list-type": "2", "prefix": self._outputs(name)})[1]
        return re.findall("<Key>([^<]+)</Key>", listed)

    def folder(self, name: str) -> tuple[str, str]:
        """A folder for a run's outputs, and the storage location that they lie in."""
        return self._synapse.folder(self._seed["synapse.results"], name), self._synapse.location(self._bucket)

    def index(self, folder: tuple[str, str], key: str) -> str:
        """The id of an entity for an output that stays where it is."""
        content = self._s3.call("GET", self._bucket, key)[1].encode()
        stored = (self._bucket, key, len(content), hashlib.md5(content).hexdigest())
        return self._synapse.registered_at(folder[1], folder[0], key.rsplit("/", 1)[-1], stored)

    @staticmethod
    def _outputs(name: str) -> str:
        return f"bench/{name}/results/"

    @staticmethod
    def _seqera(method: str, path: str, more: str = "", body: dict | None = None) -> dict:
        url = f"{os.environ['TOWER_API_ENDPOINT']}{path}?workspaceId={os.environ['TOWER_WORKSPACE_ID']}{more}"
        headers = {"Authorization": f"Bearer {os.environ['TOWER_ACCESS_TOKEN']}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
            return json.loads(answer.read())
