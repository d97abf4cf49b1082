"""Programs that cancel one task, each with the arguments and variables that lead it to servers of ours."""

import base64
import json
from pathlib import Path

from support.credential_setups import sources

QUEUE = f"arn:aws:sqs:us-east-1:{sources.ACCOUNT}:orders-dlq"
HANDLE = base64.b64encode(json.dumps({"taskId": "f0e1d2c3-0000-4000-8000-000000000001",
                                      "sourceArn": QUEUE}).encode()).decode()


class Redrive:
    """How `redrive` is told to cancel a task."""

    name = "redrive"

    def __init__(self, program):
        self._program = program.resolve()

    def command(self, source, rules, ca):
        command = [self._program, "cancel", "--yes", "--no-verify", "-o", "ndjson", "--ca-bundle", ca, HANDLE]
        for rule in rules:
            command += ["--connect-to", rule]
        return command + (["--profile", source.profile] if source.profile else []), {}


class Boto3:
    """How a script with boto3 is."""

    name = "boto3"

    def __init__(self, python):
        self._python = python.absolute()  # a virtual environment is found by the link's place

    def command(self, source, rules, ca):
        environment = {"AWS_CA_BUNDLE": str(ca), "AWS_DEFAULT_REGION": "us-east-1",
                       **({"AWS_PROFILE": source.profile} if source.profile else {})}
        return [self._python, Path(__file__).with_name("boto3_cancel.py"), HANDLE, *rules], environment
