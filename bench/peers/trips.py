"""Small round trips at once, by flows of Prefect or by the calls alone: trips.py prefect|calls FILE.

FILE has {"name", "count", "manifest", "seed"}. One more goes before them, as a process that runs for weeks has done some.
Prints seconds, CPU seconds and the steps of each as JSON."""

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from steps import Steps

PAUSE = 0.05


async def trip(do, steps: Steps, name: str, manifest: str) -> int:
    """A round trip and how many steps it had; do takes a step's method and its arguments."""
    files = await do(steps.read, manifest)
    staged = await asyncio.gather(*(do(steps.stage, name, file) for file in files))
    run, looks = await do(steps.launch, name, staged), 1
    while not await do(steps.ended, run):
        looks += 1
        await asyncio.sleep(PAUSE)
    outputs = await do(steps.outputs, name)
    folder = await do(steps.folder, name)
    await asyncio.gather(*(do(steps.index, folder, key) for key in outputs))
    return len(files) + looks + len(outputs) + 4


def by_prefect(steps: Steps):
    from prefect import flow

    from flows import doing

    do = doing(steps)

    @flow
    async def round_trip(name: str, manifest: str) -> int:
        return await trip(do, steps, name, manifest)

    return round_trip


def by_calls(steps: Steps):
    return lambda name, manifest: trip(asyncio.to_thread, steps, name, manifest)


async def main(how: str, file: str) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(64))
    with open(file, encoding="utf-8") as asked:
        work = json.load(asked)
    name, manifest, steps = work["name"], work["manifest"], Steps(work["seed"])
    once = by_prefect(steps) if how == "prefect" else by_calls(steps)
    await once(f"{name}-warm", manifest)
    wall, cpu = time.monotonic(), time.process_time()
    each = await asyncio.gather(*(once(f"{name}-{number}", manifest) for number in range(work["count"])))
    print(json.dumps({"wall s": time.monotonic() - wall, "CPU s": time.process_time() - cpu,
                      "steps": sum(each) / len(each)}))


asyncio.run(main(*sys.argv[1:]))
