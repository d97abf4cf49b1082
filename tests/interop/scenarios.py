"""What is done to each server. A scenario returns what the user saw, as differences.json words it."""
import base64
import binascii
import json
import re
import uuid

from queues import (
    make_dead_letter_queue,
    newest_status,
    start_task,
    tasks_of,
    wait_for_status,
)

SCENARIOS = {}


def scenario(does):
    SCENARIOS[does.__name__.replace("_", " ")] = does
    return does


class Desk:
    """One server, the programs, and the queues of one test."""

    def __init__(self, server, programs):
        self.server = server
        self.sqs = server.client()
        self.programs = programs

    def start_task(self, **options):
        return start_task(self.sqs, **options)

    def cancel(self, *words, **options):
        ended = self.programs.redrive("cancel", "--yes", *words, **options)
        return seen(ended)

    def verify(self, *words):
        return seen(self.programs.redrive("verify", *words))


def seen(ended):
    """The stable part of an outcome; of several equal ones once."""
    kinds = []
    for row in ended.rows:
        assert row["schema"] == "redrive.outcome/1"
        error = row["error"] or {}
        kind = {
            "outcome": row["outcome"],
            "evidence": row["evidence"],
            "status": row["status"],
            "error": error.get("code"),
            "http_status": error.get("http_status"),
        }
        if kind not in kinds:
            kinds.append(kind)
    assert len(kinds) == 1, ended.rows
    return {"exit": ended.exit, **kinds[0]}


def is_ours(handle):
    """Whether a handle names its task and queue, as the service's do."""
    try:
        return set(json.loads(base64.b64decode(handle, validate=True))) == {"taskId", "sourceArn"}
    except (binascii.Error, ValueError):
        return False


def handle_of(arn):
    text = json.dumps({"taskId": str(uuid.uuid4()), "sourceArn": arn})
    return base64.b64encode(text.encode()).decode()


def nowhere(queue):
    return re.sub("[^:]*$", "nowhere", queue.arn)


def assert_stopped(desk, task):
    """What redrive called stopped, asked again with another client."""
    assert newest_status(desk.sqs, task.queue) in ("CANCELLED", None)


@scenario
def list_finds_a_running_task(desk):
    task = desk.start_task()
    match = ("--match", task.queue.name)
    ended = desk.programs.redrive("list", *match)
    [row] = ended.rows
    assert row["schema"] == "redrive.task/1"
    assert row["source_arn"] == task.queue.arn
    assert row["task_handle"] == task.handle
    assert row["destination_arn"] in (task.destination.arn, None)
    assert row["account"] == desk.server.account
    assert row["region"] == desk.server.region
    assert (row["to_move"], row["max_rate"]) == (60, 1)
    assert row["started"].endswith("Z")
    handle = "names its queue" if is_ours(row["task_handle"]) else "opaque"
    return {"exit": ended.exit, "status": row["status"], "handle": handle}


@scenario
def list_shows_the_history_of_a_cancelled_task(desk):
    task = desk.start_task()
    desk.sqs.cancel_message_move_task(TaskHandle=task.handle)
    wait_for_status(desk.sqs, task.queue, "CANCELLED", None)
    ended = desk.programs.redrive("list", "--history", "--match", task.queue.name)
    return {"exit": ended.exit, "statuses": [row["status"] for row in ended.rows]}


@scenario
def cancel_by_queue_arn(desk):
    task = desk.start_task()
    outcome = desk.cancel(task.queue.arn)
    assert_stopped(desk, task)
    return outcome


@scenario
def cancel_by_queue_url(desk):
    task = desk.start_task()
    outcome = desk.cancel(task.queue.url)
    assert_stopped(desk, task)
    return outcome


@scenario
def cancel_by_queue_name(desk):
    task = desk.start_task()
    outcome = desk.cancel("--region", desk.server.region, task.queue.name)
    assert_stopped(desk, task)
    return outcome


@scenario
def cancel_by_handle(desk):
    task = desk.start_task()
    outcome = desk.cancel("--region", desk.server.region, f"handle:{task.handle}")
    wait_for_status(desk.sqs, task.queue, "CANCELLED", None)
    return outcome


@scenario
def cancel_what_list_printed(desk):
    task = desk.start_task()
    listed = desk.programs.redrive("list", "--match", task.queue.name)
    outcome = desk.cancel("-", stdin=listed.stdout)
    assert_stopped(desk, task)
    return outcome


@scenario
def cancel_all_that_match(desk):
    tasks = [desk.start_task(prefix="fleet") for _ in range(6)]
    bystander = desk.start_task(prefix="other")
    outcome = desk.cancel("--all", "--match", "fleet-*")
    for task in tasks:
        assert_stopped(desk, task)
    assert newest_status(desk.sqs, bystander.queue) == "RUNNING"
    return outcome


@scenario
def cancel_many_at_a_fixed_depth(desk):
    tasks = [desk.start_task(prefix="deep") for _ in range(8)]
    arns = [task.queue.arn for task in tasks]
    outcome = desk.cancel("--concurrency", "1", "--pipelining", "8", *arns)
    for task in tasks:
        assert_stopped(desk, task)
    return outcome


@scenario
def cancel_without_proof(desk):
    task = desk.start_task()
    outcome = desk.cancel("--no-verify", task.queue.arn)
    wait_for_status(desk.sqs, task.queue, "CANCELLED", None)
    return outcome


@scenario
def cancel_a_queue_without_a_task(desk):
    letters, _ = make_dead_letter_queue(desk.sqs)
    return desk.cancel(letters.arn)


@scenario
def cancel_a_queue_that_does_not_exist(desk):
    letters, _ = make_dead_letter_queue(desk.sqs)
    return desk.cancel(nowhere(letters))


@scenario
def cancel_a_handle_of_no_queue(desk):
    letters, _ = make_dead_letter_queue(desk.sqs)
    return desk.cancel(handle_of(nowhere(letters)))


@scenario
def cancel_an_unknown_handle_of_an_idle_queue(desk):
    letters, _ = make_dead_letter_queue(desk.sqs)
    return desk.cancel(handle_of(letters.arn))


@scenario
def cancel_an_unknown_handle_of_a_busy_queue(desk):
    task = desk.start_task()
    outcome = desk.cancel(handle_of(task.queue.arn))
    assert newest_status(desk.sqs, task.queue) == "RUNNING"
    return outcome


@scenario
def cancel_a_junk_handle(desk):
    return desk.cancel("--region", desk.server.region, "handle:foobared")


@scenario
def cancel_a_handle_that_was_cancelled(desk):
    task = desk.start_task()
    desk.sqs.cancel_message_move_task(TaskHandle=task.handle)
    wait_for_status(desk.sqs, task.queue, "CANCELLED", None)
    return desk.cancel("--region", desk.server.region, f"handle:{task.handle}")


@scenario
def cancel_a_handle_of_a_completed_task(desk):
    task = desk.start_task(backlog=3, rate=500)
    wait_for_status(desk.sqs, task.queue, "COMPLETED")
    return desk.cancel("--region", desk.server.region, f"handle:{task.handle}")


@scenario
def cancel_only_shows_its_plan_on_a_dry_run(desk):
    task = desk.start_task()
    ended = desk.programs.redrive("cancel", "--dry-run", task.queue.arn)
    [row] = ended.rows
    assert (row["schema"], row["status"]) == ("redrive.task/1", "RUNNING")
    return {"exit": ended.exit, "then": newest_status(desk.sqs, task.queue)}


@scenario
def cancel_asks_nobody_when_there_is_no_terminal(desk):
    task = desk.start_task()
    ended = desk.programs.redrive("cancel", task.queue.arn)
    return {"exit": ended.exit, "then": newest_status(desk.sqs, task.queue)}


@scenario
def verify_waits_in_vain_for_a_running_task(desk):
    task = desk.start_task()
    return desk.verify("--verify-timeout", "2s", task.queue.arn)


@scenario
def verify_sees_that_a_task_is_over(desk):
    task = desk.start_task()
    desk.sqs.cancel_message_move_task(TaskHandle=task.handle)
    wait_for_status(desk.sqs, task.queue, "CANCELLED", None)
    return desk.verify(task.queue.arn)


@scenario
def a_cancelled_task_keeps_its_count(desk):
    task = desk.start_task(backlog=30, rate=5)
    ended = desk.programs.redrive("cancel", "--yes", task.queue.arn)
    [row] = ended.rows
    assert row["moved_at_cancel"] >= row["moved_at_list"]
    listed = tasks_of(desk.sqs, task.queue)
    final = listed[0]["ApproximateNumberOfMessagesMoved"] if listed else None
    assert row["moved_at_stop"] == final
    if final is not None:
        assert row["drift"] == final - row["moved_at_cancel"]
    return {"exit": ended.exit, "final count": "known" if final is not None else "unknown"}
