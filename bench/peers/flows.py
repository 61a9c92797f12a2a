"""Steps as tasks of Prefect, as its own pages write them."""

import asyncio

from prefect import task
from prefect.cache_policies import NO_CACHE

from steps import Steps


def _as_task(method):
    @task(name=method.__name__, cache_policy=NO_CACHE)  # a second look at a run is no repetition
    async def one(*arguments):
        return await asyncio.to_thread(method, *arguments)

    return one


def doing(steps: Steps):
    """Does a step as a task: takes the step's method and its arguments."""
    tasks = {name: _as_task(getattr(steps, name)) for name in ("read", "stage", "launch", "ended", "outputs", "folder", "index")}
    return lambda method, *arguments: tasks[method.__name__](*arguments)
