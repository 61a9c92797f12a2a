"""Starts a workflow with Temporal's Python SDK, as a script of one's own would: start.py ADDRESS ID."""

import asyncio
import os
import sys

from temporalio.client import Client


async def main(address: str, name: str) -> None:
    client = await Client.connect(address)
    handle = await client.start_workflow("nothing", id=name, task_queue="bench-nobody")
    print(handle.id, handle.first_execution_run_id, flush=True)


asyncio.run(main(*sys.argv[1:]))
os._exit(0)  # the SDK's own threads can abort an interpreter that ends in order
