"""Endpoint, region, CA and keys given in other ways than by a profile, to a server of others."""
import pytest

from program import Programs
from queues import newest_status, start_task

KEYS = {"AWS_ACCESS_KEY_ID": "AKIAINTEROP", "AWS_SECRET_ACCESS_KEY": "interop"}


@pytest.fixture
def over_tls(start_server):
    return start_server("local-aws-sqs over TLS")


@pytest.fixture
def redrive_with(programs, tmp_path):
    return lambda environment: Programs(programs, environment, tmp_path).redrive


def test_flags_alone_lead_to_the_server(over_tls, redrive_with):
    task = start_task(over_tls.client())
    ended = redrive_with(KEYS)(
        *("cancel", "--yes", "--region", over_tls.region, "--endpoint-url", over_tls.url),
        *("--ca-bundle", over_tls.ca_bundle, task.queue.name),
    )
    [row] = ended.rows
    assert (ended.exit, row["outcome"]) == (0, "stopped")
    assert newest_status(over_tls.client(), task.queue) == "CANCELLED"


def test_the_variables_of_every_aws_tool_lead_to_the_server(over_tls, redrive_with):
    task = start_task(over_tls.client())
    variables = {
        **KEYS,
        "AWS_REGION": over_tls.region,
        "AWS_ENDPOINT_URL_SQS": over_tls.url,
        "AWS_CA_BUNDLE": over_tls.ca_bundle,
    }
    ended = redrive_with(variables)("cancel", "--yes", task.queue.name)
    assert (ended.exit, ended.rows[0]["outcome"]) == (0, "stopped")


def test_a_certificate_that_nobody_vouches_for_is_refused(over_tls, redrive_with):
    task = start_task(over_tls.client())
    ended = redrive_with(KEYS)(
        *("cancel", "--yes", "--endpoint-url", over_tls.url, task.queue.arn)
    )
    [row] = ended.rows
    assert (ended.exit, row["outcome"]) == (5, "unreachable")
    assert row["error"]["code"] == "certificate_rejected"
    assert newest_status(over_tls.client(), task.queue) == "RUNNING"


def test_a_certificate_of_another_host_is_refused(over_tls, redrive_with):
    task = start_task(over_tls.client())
    elsewhere = over_tls.url.replace("127.0.0.1", "localhost")
    ended = redrive_with(KEYS)(
        *("cancel", "--yes", "--endpoint-url", elsewhere),
        *("--ca-bundle", over_tls.ca_bundle, task.queue.arn),
    )
    [row] = ended.rows
    assert (ended.exit, row["outcome"]) == (5, "unreachable")
    assert row["error"]["code"] == "certificate_rejected"
    assert newest_status(over_tls.client(), task.queue) == "RUNNING"


def test_a_wrong_secret_is_denied_and_stops_nothing(sim, redrive_with):
    task = start_task(sim.client())
    keys = {"AWS_ACCESS_KEY_ID": "AKIASIM0100000000001", "AWS_SECRET_ACCESS_KEY": "wrong"}
    ended = redrive_with(keys)(
        *("cancel", "--yes", "--endpoint-url", sim.url, "--ca-bundle", sim.ca_bundle),
        task.queue.arn,
    )
    [row] = ended.rows
    assert (ended.exit, row["outcome"]) == (4, "denied")
    assert row["error"]["http_status"] == 403
    assert "wrong" not in ended.stdout + ended.stderr
    assert newest_status(sim.client(), task.queue) == "RUNNING"
