#!/usr/bin/env python3
"""Runs one example against a simulator of its own and checks what the simulator knows afterwards.

usage: run_example.py NUMBER EXAMPLE REDRIVE_SIM
"""
import contextlib
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

FLEET = "accounts=2,regions=2,queues=24,running=12,backlog=100000,rate=100"


class Simulator:
    """redrive-sim with a small fleet, as long as the `with` lasts."""

    def __init__(self, program, folder):
        self.ready_file = pathlib.Path(folder, "ready.json")
        self.process = subprocess.Popen(
            [program, "--ready-file", self.ready_file, "--fleet", FLEET, "--dwell", "100"],
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self):
        deadline = time.monotonic() + 30
        while not self.ready_file.exists():
            assert self.process.poll() is None and time.monotonic() < deadline, "no simulator"
            time.sleep(0.02)
        self.about = json.loads(self.ready_file.read_text())
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def tasks(self):
        context = ssl.create_default_context(cafile=self.about["ca_bundle"])
        with urllib.request.urlopen(self.about["url"] + "/_sim/state", context=context) as reply:
            return json.load(reply)["tasks"]

    def environment(self, profile):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        return kept | {
            "AWS_CONFIG_FILE": self.about["config_file"],
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_PROFILE": profile,
        }


def status_of(simulator, handle):
    return next(t["status"] for t in simulator.tasks() if t["task_handle"] == handle)


def arn_of(task):
    return f"arn:aws:sqs:{task['region']}:{task['account']}:{task['queue']}"


def run(example, arguments, environment):
    return subprocess.run(
        [example, *arguments], env=environment, capture_output=True, text=True, timeout=60
    )


def cancel_one(example, simulator, task, environment):
    done = run(example, [task["task_handle"]], environment)
    assert done.returncode == 0, done.stderr
    assert "CANCELLED after" in done.stdout, done.stdout
    assert status_of(simulator, task["task_handle"]) == "CANCELLED"
    assert run(example, ["two words", "x"], environment).returncode == 2


def cancel_many(example, simulator, task, environment):
    arns = [arn_of(each) for each in simulator.tasks() if each["status"] == "RUNNING"]
    done = run(example, ["sim-*", *arns], environment)
    assert done.returncode == 0, done.stderr + done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [[a, "stopped"] for a in arns]
    assert all(each["status"] == "CANCELLED" for each in simulator.tasks())


def deadline_and_cancellation(example, simulator, task, environment):
    done = run(example, [task["task_handle"]], environment)
    assert done.returncode == 0, done.stdout + done.stderr


def inside_your_service(example, simulator, task, environment):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    service = subprocess.Popen([example, str(port), task["region"]], env=environment)
    try:
        answers = ask(port, [task["task_handle"], "not a handle"])
        assert answers == ["ordered", "not a task handle"], answers
        assert status_of(simulator, task["task_handle"]) in ("CANCELLING", "CANCELLED")
    finally:
        service.terminate()
        service.wait()


def observe(example, simulator, task, environment):
    done = run(example, [arn_of(task)], environment)
    assert done.returncode == 0, done.stdout + done.stderr
    attempt, call, answer, *metrics = done.stdout.splitlines()
    assert attempt.startswith("attempt trace=1 name=SQS.ListMessageMoveTasks duration_ms="), attempt
    assert attempt.endswith("http.request.resend_count=0 http.response.status_code=200"), attempt
    assert call.startswith("call trace=1 "), call
    assert answer == "1 tasks", answer
    assert 'redrive_calls_total{operation="ListMessageMoveTasks"} 1' in metrics, metrics


def test_your_code(example, simulator, task, environment):
    done = run(example, [], environment)
    assert (done.returncode, done.stdout) == (0, "good\n"), done.stdout + done.stderr


def ask(port, lines):
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(ConnectionRefusedError):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall("".join(line + "\n" for line in lines).encode())
                replies = connection.makefile()
                return [replies.readline().rstrip("\n") for _ in lines]
        assert time.monotonic() < deadline, "the service does not listen"
        time.sleep(0.02)


EXAMPLES = {
    "1": cancel_one,
    "2": cancel_many,
    "3": deadline_and_cancellation,
    "4": inside_your_service,
    "5": observe,
    "6": test_your_code,
}


def main():
    number, example, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, Simulator(program, folder) as simulator:
        task = simulator.tasks()[0]
        environment = simulator.environment(f"sim-{task['account']}")
        EXAMPLES[number](example, simulator, task, environment)


if __name__ == "__main__":
    main()
