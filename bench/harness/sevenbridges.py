"""Plants projects, files and tasks in the sandbox's Seven Bridges over its REST API."""

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from harness.s3 import S3

VOLUME_PREFIX = "sequencing"
COLUMNS = "component,filepath,s3_uri,sample_id,lane,read_orientation"


class SevenBridges:
    def __init__(self, settings):
        self._base, self._token = settings["SB_API_ENDPOINT"], settings["SB_AUTH_TOKEN"]

    def call(self, method, path, body=None):
        """One call, repeated for as long as the quota refuses it."""
        headers = {"X-SBG-Auth-Token": self._token, "Content-Type": "application/json"}
        request = urllib.request.Request(self._base + path, json.dumps(body).encode(), headers, method=method)
        while True:
            try:
                with urllib.request.urlopen(request) as answer:
                    return json.loads(answer.read() or "{}")
            except urllib.error.HTTPError as refused:
                if refused.code != 429:
                    raise OSError(f"{method} {path}: {refused.code} {refused.read()[:300]!r}") from refused
            time.sleep(0.1)

    def project(self, name, billing):
        return self.call("POST", "/projects", {"name": name, "billing_group": billing})["id"]

    def copied(self, app, project):
        """The id of an app's copy in a project: tasks run no others."""
        return self.call("POST", f"/apps/{app}/actions/copy", {"project": project})["id"]

    def imported(self, project, volume, location):
        """The id of a file that is imported once, alone."""
        job = self.call("POST", "/storage/imports", {
            "source": {"volume": volume, "location": location}, "destination": {"project": project}})
        while job["state"] not in ("COMPLETED", "FAILED"):
            time.sleep(0.1)
            job = self.call("GET", f"/storage/imports/{job['id']}")
        return job["result"]["id"]

    def running(self, project, app, name, inputs):
        """A task that is run at once."""
        task = self.call("POST", "/tasks?action=run", {"name": name, "project": project, "app": app, "inputs": inputs})
        if task.get("errors"):
            raise OSError(f"task {name}: {task['errors']}")
        return task["id"]


def reads(settings, bucket, name, samples, lanes):
    """Small reads on the volume's bucket, a folder for each sample and two files a lane; a sheet's text of them."""
    s3 = S3(settings)
    rows, keys = [], []
    for number in range(samples):
        sample = f"{name}{number:04d}"
        for lane in range(1, lanes + 1):
            for mate in ("R1", "R2"):
                path = f"{sample}/{sample}_L{lane}_{mate}.fastq.gz"
                keys.append(f"{VOLUME_PREFIX}/{name}/{path}")
                rows.append(f"{name},{path},s3://{bucket}/{keys[-1]},{sample},L{lane},{mate}\n")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: s3.put(bucket, key, key.encode()), keys))
    return COLUMNS + "\n" + "".join(rows)
