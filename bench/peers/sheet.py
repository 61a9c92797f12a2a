"""A sheet on CAVATICA with sevenbridges-python, file by file and task by task as sagetasks works: sheet.py FILE.

FILE has {"project", "volume", "bucket", "app", "rows", "speed"}; each row has component, filepath, s3_uri, sample_id and
read_orientation. Looks for each thing, makes it where it is not there, and looks again. Metadata is set and tasks are run by
the same client, which sagetasks leaves to people. Pauses of its own are divided by speed, like the windows of the quota."""

import json
import os
import sys
import time
from collections import defaultdict
from pathlib import PurePosixPath

import sevenbridges
from sevenbridges.http.error_handlers import maintenance_sleeper, rate_limit_sleeper

IMPORT_PAUSE, TASK_PAUSE = 5, 10
PREFIX = "sequencing/"


class Cavatica:
    def __init__(self, work: dict):
        self._work, self._pace = work, 1 / work["speed"]
        self._api = sevenbridges.Api(url=os.environ["SB_API_ENDPOINT"], token=os.environ["SB_AUTH_TOKEN"], debug=True,
                                     error_handlers=[rate_limit_sleeper, maintenance_sleeper])
        project = work["project"]
        self._app = self._one(lambda: self._api.apps.query(project=project),
                              lambda: self._api.apps.get(work["app"]).copy(project=project))

    def file(self, row: dict):
        """The file of a row in the project; every row begins with the project, as each is a step of its own."""
        project = self._api.projects.get(self._work["project"])
        path = PurePosixPath("synapse", row["component"], row["filepath"])
        parent = {"project": project}
        for name in path.parent.parts:
            parent = {"parent": self._folder(name, parent)}
        found = self._one(lambda: self._named(path.name, "file", parent), lambda: self._import(row, parent))
        found.metadata = {"sample_id": row["sample_id"]}
        found.save()
        return found

    def _folder(self, name: str, parent: dict):
        return self._one(lambda: self._named(name, "folder", parent),
                         lambda: self._api.files.create_folder(name=name, **parent))

    def _named(self, name: str, kind: str, parent: dict) -> list:
        """On the first page only, as many people ask."""
        return [one for one in self._api.files.query(**parent) if one.type == kind and one.name == name]

    def _import(self, row: dict, parent: dict) -> None:
        location = row["s3_uri"].removeprefix(f"s3://{self._work['bucket']}/{PREFIX}")
        job = self._api.imports.submit_import(volume=self._work["volume"], location=location, **parent)
        while job.reload().state not in ("COMPLETED", "FAILED"):
            time.sleep(IMPORT_PAUSE * self._pace)
        if job.state == "FAILED":
            raise OSError(f"{location}: {job.error}")

    def task(self, sample: str, files: dict):
        """The draft of a sample; its output is named after the task, which is known only then."""
        project, name = self._api.projects.get(self._work["project"]), f"bench - {sample}"

        def make() -> None:
            inputs = {"input_pe_reads": files["R1"], "input_pe_mates": files["R2"], "sample_name": sample, "output_basename": sample}
            made = self._api.tasks.create(name=name, project=project, app=self._app, inputs=inputs, run=False)
            made.inputs["output_basename"] = made.id
            made.save()

        return self._one(lambda: [one for one in self._api.tasks.query(project=project) if one.name == name], make)

    def run(self, task) -> None:
        task.run()
        task.wait(period=TASK_PAUSE * self._pace)

    @staticmethod
    def _one(look, make):
        found = look()
        if not found:
            make()
            found = look()
        if len(found) != 1:
            raise OSError(f"{len(found)} instead of one")
        return found[0]


def main(file: str) -> None:
    with open(file, encoding="utf-8") as asked:
        work = json.load(asked)
    cavatica, samples = Cavatica(work), defaultdict(lambda: defaultdict(list))
    for row in work["rows"]:
        samples[row["sample_id"]][row["read_orientation"]].append(cavatica.file(row))
    tasks = [cavatica.task(sample, files) for sample, files in samples.items()]
    for task in tasks:
        cavatica.run(task)


main(*sys.argv[1:])
