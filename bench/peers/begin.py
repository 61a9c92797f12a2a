"""Starts many workflows, some at a time: begin.py ADDRESS FILE, a JSON list of {"type", "id", "queue", "request"}."""

import asyncio
import json
import os
import sys

from temporalio.client import Client


async def main(address: str, file: str) -> None:
    client = await Client.connect(address)
    some = asyncio.Semaphore(20)

    async def start(one: dict) -> None:
        async with some:
            await client.start_workflow(one["type"], one["request"], id=one["id"], task_queue=one["queue"])

    with open(file, encoding="utf-8") as requests:
        await asyncio.gather(*(start(one) for one in json.load(requests)))


asyncio.run(main(*sys.argv[1:]))
os._exit(0)  # the SDK's own threads can abort an interpreter that ends in order
