"""Flows of Prefect in one process, each of which waits for a run on Seqera: waiting.py FILE, {"name", "count", "seed"}.

Says "all wait" once each has asked, and goes on until it is stopped."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

from prefect import flow

from flows import doing
from steps import Steps

INTERVAL = 60


async def main(file: str) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(64))
    with open(file, encoding="utf-8") as asked:
        work = json.load(asked)
    steps, waiting = Steps(work["seed"]), []
    do = doing(steps)

    @flow
    async def wait(name: str) -> None:
        run = await do(steps.launch, name, [])
        while not await do(steps.ended, run):
            waiting.append(name)
            if len(set(waiting)) == work["count"]:
                print("all wait", flush=True)
            await asyncio.sleep(INTERVAL)

    await asyncio.gather(*(wait(f"{work['name']}-{number}") for number in range(work["count"])))


asyncio.run(main(*sys.argv[1:]))
