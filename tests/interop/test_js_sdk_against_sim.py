"""The AWS SDK for JavaScript v3, unmodified, cannot tell redrive-sim from the service."""
import json
import os
import pathlib
import subprocess

import pytest

FLOW = pathlib.Path(__file__).with_name("sdk_v3_flow.mjs")


@pytest.fixture(scope="module")
def seen(sim, packages):
    environment = {
        "PATH": os.environ["PATH"],
        "INTEROP_NODE_PACKAGES": str(packages / "node"),
        "INTEROP_ACCESS_KEY": "AKIASIM0100000000001",
        # Node knows no ca_bundle of the shared config file.
        "NODE_EXTRA_CA_CERTS": sim.ca_bundle,
        **sim.environment(),
    }
    done = subprocess.run(
        ["node", FLOW], env=environment, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_redrive_of_real_dead_letters_is_started_and_listed(seen):
    assert seen["dead"] == 10
    running = seen["running"]
    assert running["TaskHandle"] == seen["started"]["TaskHandle"]
    assert running["Status"] == "RUNNING"
    assert running["MaxNumberOfMessagesPerSecond"] == 1
    assert running["ApproximateNumberOfMessagesToMove"] == 10


def test_a_cancelled_redrive_is_cancelling_before_it_is_cancelled(seen):
    assert seen["statuses"] == ["CANCELLING", "CANCELLED"]
    stopped = seen["stopped"]
    assert "TaskHandle" not in stopped
    assert stopped["StartedTimestamp"] == seen["running"]["StartedTimestamp"]
    moved = stopped["ApproximateNumberOfMessagesMoved"]
    assert seen["cancelled"]["ApproximateNumberOfMessagesMoved"] <= moved < 10
    assert seen["left"] == 10 - moved


@pytest.mark.parametrize(
    "call, name, status, message",
    [
        ("junk", "InvalidParameterValue", 400, "Value for parameter TaskHandle is invalid."),
        ("again", "InvalidParameterValue", 400, "Only active tasks can be cancelled."),
        (
            "second",
            "InvalidParameterValue",
            400,
            "There is already a task running. Only one active task is allowed for a source queue "
            "arn at a given time.",
        ),
        (
            "nowhere",
            "ResourceNotFoundException",
            404,
            "The resource that you specified for the SourceArn parameter doesn't exist.",
        ),
    ],
)
def test_a_recorded_error_reaches_the_caller_as_recorded(seen, call, name, status, message):
    error = seen[call]
    assert (error["name"], error["status"], error["message"]) == (name, status, message)
    assert error["type"] == "client"
    assert error["has_request_id"]


def test_a_queue_that_does_not_exist_raises_the_modelled_exception(seen):
    assert seen["missing_queue"]["name"] == "QueueDoesNotExist"


def test_a_wrong_secret_is_refused(seen):
    assert seen["wrong_secret"]["status"] == 403
    assert seen["wrong_secret"]["name"] in ("SignatureDoesNotMatch", "InvalidSignatureException")


def test_queues_and_sources_are_paged(seen):
    assert [len(page) for page in seen["pages"]] == [2, 2, 1]
    assert len({url for page in seen["pages"] for url in page}) == 5
    assert seen["sources"] == [[seen["source_url"]]]


def test_sts_names_the_account_of_the_key(seen, sim):
    assert seen["identity"]["Account"] == sim.account
