"""Two loops that people wait with, one for each run, at the same interval: waits.py tasks|runs INTERVAL ID…

    tasks    Task.wait of sevenbridges-python, in a thread for each task
    runs     as py-orca waits for a run on Seqera: asks for it, sleeps, asks again

Says "all asked" once each has asked, and goes on until it is stopped."""

import json
import os
import sys
import threading
import time
import urllib.request


def task_waiter(interval: float):
    import sevenbridges

    def wait(name: str, asked) -> None:
        # Plain http is taken only by a client for looking after errors.
        api = sevenbridges.Api(url=os.environ["SB_API_ENDPOINT"], token=os.environ["SB_AUTH_TOKEN"], debug=True)
        task = api.tasks.get(name)
        asked()
        task.wait(period=interval)

    return wait


def run_waiter(interval: float):
    def wait(name: str, asked) -> None:
        while not ended(name):
            asked()
            time.sleep(interval)

    return wait


def ended(run: str) -> bool:
    url = f"{os.environ['TOWER_API_ENDPOINT']}/workflow/{run}?workspaceId={os.environ['TOWER_WORKSPACE_ID']}"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {os.environ['TOWER_ACCESS_TOKEN']}"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())["workflow"]["status"] in ("SUCCEEDED", "FAILED", "CANCELLED", "UNKNOWN")


def main(kind: str, interval: str, *ids: str) -> None:
    wait = {"tasks": task_waiter, "runs": run_waiter}[kind](float(interval))
    left, lock = set(ids), threading.Lock()

    def asked(name: str) -> None:
        with lock:
            if name in left:
                left.remove(name)
                if not left:
                    print("all asked", flush=True)

    threads = [threading.Thread(target=wait, args=(name, lambda name=name: asked(name))) for name in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


main(*sys.argv[1:])
