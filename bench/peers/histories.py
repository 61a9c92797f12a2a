"""Two ways of writing it with Temporal's Python SDK that people begin with; prints the id of the workflow that ran.

    histories.py ADDRESS files N      one activity for each of N files
    histories.py ADDRESS polls N      a loop of a timer and an activity that asks
"""

import asyncio
import sys
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

QUEUE = "bench-histories"
MINUTE = timedelta(minutes=1)


@activity.defn
async def one(number: int) -> int:
    return number


@workflow.defn(name="files")
class Files:
    @workflow.run
    async def run(self, count: int) -> int:
        window = asyncio.Semaphore(100)

        async def stage(number: int) -> int:
            async with window:
                return await workflow.execute_activity(one, number, start_to_close_timeout=MINUTE)

        return len(await asyncio.gather(*(stage(number) for number in range(count))))


@workflow.defn(name="polls")
class Polls:
    @workflow.run
    async def run(self, count: int) -> int:
        for number in range(count):
            await workflow.execute_activity(one, number, start_to_close_timeout=MINUTE)
            await asyncio.sleep(0.05)
        return count


async def main(address: str, kind: str, count: str) -> None:
    client = await Client.connect(address)
    worker = Worker(client, task_queue=QUEUE, workflows=[Files, Polls], activities=[one],
                    workflow_runner=UnsandboxedWorkflowRunner())
    async with worker:
        name = f"bench-{kind}-{count}"
        await client.execute_workflow(kind, int(count), id=name, task_queue=QUEUE)
    print(name)


asyncio.run(main(*sys.argv[1:]))
