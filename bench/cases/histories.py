"""What a run costs at Temporal: events and bytes of its history, and actions as Temporal Cloud bills them."""

import re
import urllib.request

# https://docs.temporal.io/cloud/actions; heartbeats and retries stand in no history.
ACTIONS = {
    "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED": 1,
    "EVENT_TYPE_TIMER_STARTED": 1,
    "EVENT_TYPE_MARKER_RECORDED": 1,
    "EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES": 1,
    "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED": 1,
    "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED": 1,
    "EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED": 2,
}
STARTED = "EVENT_TYPE_ACTIVITY_TASK_STARTED"
HEARTBEATS = re.compile(r'^temporal_request_total\{.*operation="RecordActivityTaskHeartbeat".*\} ([\d.]+)$', re.MULTILINE)


def events(ground, workflow):
    return ground.temporal_says("workflow", "show", "--workflow-id", workflow)["events"]


def attempts(history):
    """Attempts of activities, the first ones and the repeated."""
    return sum(int(event["activityTaskStartedEventAttributes"]["attempt"])
               for event in history if event["eventType"] == STARTED)


def heartbeats(port):
    """Heartbeats that a worker has sent, as it tells at /metrics."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return sum(float(count) for count in HEARTBEATS.findall(answer.read().decode()))


def cost(ground, workflow, beats=0):
    """Figures of a workflow's run."""
    history = events(ground, workflow)
    told = ground.temporal_says("workflow", "describe", "--workflow-id", workflow)["workflowExecutionInfo"]
    tried = attempts(history)
    actions = sum(ACTIONS.get(event["eventType"], 0) for event in history) + tried + beats
    return {"events": len(history), "KiB": int(told["historySizeBytes"]) / 1024, "actions": actions,
            "attempts of activities": tried}
