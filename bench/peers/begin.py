"""Starts many workflows, some at a time: begin.py ADDRESS FILE [wait], a JSON list of {"type", "id", "queue", "request"}.

With wait it stays until all of them have ended well, and prints how many seconds that took."""

import asyncio
import json
import os
import sys
import time

from temporalio.client import Client


async def main(address: str, file: str, wait: str = "") -> None:
    client = await Client.connect(address)
    some = asyncio.Semaphore(20)

    async def start(one: dict):
        async with some:
            return await client.start_workflow(one["type"], one["request"], id=one["id"], task_queue=one["queue"])

    with open(file, encoding="utf-8") as requests:
        starts = json.load(requests)
    began = time.monotonic()
    runs = await asyncio.gather(*(start(one) for one in starts))
    if wait:
        await asyncio.gather(*(run.result() for run in runs))
        print(time.monotonic() - began, flush=True)


asyncio.run(main(*sys.argv[1:]))
os._exit(0)  # the SDK's own threads can abort an interpreter that ends in order
