"""A sheet made in Python: the activity that `prepare.activity {name: rewrite_sheet, taskQueue: my-sheets}` names.

It gets and returns {"uri", "sha256", "format"}. It may be called twice, so the same sheet gives the same bytes.
"""
import asyncio, csv, hashlib, io, os
from concurrent.futures import ThreadPoolExecutor

import boto3
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker


def rewrite(row: dict) -> dict:
    return {**row, "sample": row["sample"].upper()}  # your own logic


@activity.defn(name="rewrite_sheet")
def rewrite_sheet(sheet: dict) -> dict:
    bucket, key = sheet["uri"].removeprefix("s3://").split("/", 1)
    s3 = boto3.client("s3")
    text = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8-sig")
    rows = [rewrite(row) for row in csv.DictReader(io.StringIO(text))]
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    made, place = out.getvalue().encode(), key.rsplit("/", 1)[0] + "/rewritten.csv"
    s3.put_object(Bucket=bucket, Key=place, Body=made)
    return {"uri": f"s3://{bucket}/{place}", "sha256": hashlib.sha256(made).hexdigest(), "format": "csv"}


async def main() -> None:
    client = await Client.connect(os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233"))
    with ThreadPoolExecutor(4) as threads:
        await Worker(client, task_queue="my-sheets", activities=[rewrite_sheet], activity_executor=threads).run()


asyncio.run(main())
