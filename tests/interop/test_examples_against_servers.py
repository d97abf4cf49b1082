"""The examples, as users copy them, against every server."""
import contextlib
import socket
import time

import pytest

from queues import newest_status, start_task, wait_for_status
from servers import free_port


def is_recorded(server):
    """ElasticMQ forgets a task that was cancelled."""
    return server.name != "elasticmq"


def test_one_redrive_is_stopped_by_its_handle(server, programs_at):
    sqs = server.client()
    task = start_task(sqs)
    ended = programs_at(server).example("1_cancel_one", task.handle)
    assert ended.exit == 0
    assert "messages were moved by then" in ended.stdout
    if is_recorded(server):
        assert ended.stdout.splitlines()[-1].startswith("CANCELLED after ")
    assert wait_for_status(sqs, task.queue, "CANCELLED", None) != "RUNNING"


def test_many_redrives_are_stopped_by_their_queues(server, programs_at):
    sqs = server.client()
    tasks = [start_task(sqs) for _ in range(5)]
    arns = [task.queue.arn for task in tasks]
    ended = programs_at(server).example("2_cancel_many", server.profile, *arns)
    assert ended.exit == 0
    for arn, line in zip(arns, ended.stdout.splitlines(), strict=True):
        assert line.startswith(f"{arn} stopped ")
    for task in tasks:
        assert newest_status(sqs, task.queue) in ("CANCELLED", None)


@contextlib.contextmanager
def talking_to(port, service):
    end = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                yield connection.makefile("rw")
                return
        except ConnectionRefusedError:
            assert service.poll() is None and time.monotonic() < end
            time.sleep(0.05)


@pytest.fixture
def service(server, programs_at):
    port = free_port()
    child = programs_at(server).start_example("4_inside_your_service", str(port), server.region)
    with talking_to(port, child) as stream:
        yield stream
    child.terminate()
    assert child.wait(10) == 0


def test_a_service_stops_the_redrives_whose_handles_it_is_sent(server, service):
    sqs = server.client()
    tasks = [start_task(sqs) for _ in range(3)]
    for task in tasks:
        service.write(task.handle + "\n")
        service.flush()
        assert service.readline() == "ordered\n"
    for task in tasks:
        wait_for_status(sqs, task.queue, "CANCELLED", None)
    service.write("foobared\n")
    service.flush()
    assert service.readline() not in ("ordered\n", "")
