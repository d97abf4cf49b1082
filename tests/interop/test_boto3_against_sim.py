"""boto3, unmodified, cannot tell redrive-sim from the service: TLS, signatures, errors, paging."""
import base64
import dataclasses
import datetime
import json
import pathlib
import re
import uuid

import boto3
import botocore
import botocore.config
import botocore.exceptions
import pytest

from queues import (
    dead_letter,
    make_dead_letter_queue,
    make_queue,
    send,
    start_task,
    tasks_of,
    wait_for_status,
    waiting,
)

RECORDED = json.loads(pathlib.Path(__file__).with_name("recorded_errors.json").read_text())


def handle_of(arn, task_id=None):
    text = json.dumps({"taskId": task_id or str(uuid.uuid4()), "sourceArn": arn})
    return base64.b64encode(text.encode()).decode()


def refused(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    return caught.value.response


@pytest.fixture(scope="module")
def named(sim):
    """The things that recorded_errors.json speaks of."""
    sqs = sim.client()
    lonely = make_queue(sqs, "lonely")
    idle, _ = make_dead_letter_queue(sqs)
    busy = start_task(sqs).queue
    cancelled = start_task(sqs)
    sqs.cancel_message_move_task(TaskHandle=cancelled.handle)
    wait_for_status(sqs, cancelled.queue, "CANCELLED")
    nowhere = re.sub("[^:]*$", "nowhere", lonely.arn)
    return {
        "{no queue}": nowhere,
        "{queue without sources}": lonely.arn,
        "{idle queue}": idle.arn,
        "{queue with a running task}": busy.arn,
        "{handle of no queue}": handle_of(nowhere),
        "{handle of no task}": handle_of(idle.arn),
        "{handle of a cancelled task}": cancelled.handle,
    }


def test_a_redrive_of_real_dead_letters_is_started_listed_and_cancelled(sqs):
    letters, source = make_dead_letter_queue(sqs)
    dead_letter(sqs, letters, source, 12)
    reply = sqs.start_message_move_task(SourceArn=letters.arn, MaxNumberOfMessagesPerSecond=1)
    [running] = tasks_of(sqs, letters)
    assert running["TaskHandle"] == reply["TaskHandle"]
    assert running["Status"] == "RUNNING"
    assert running["SourceArn"] == letters.arn
    assert running["MaxNumberOfMessagesPerSecond"] == 1
    assert running["ApproximateNumberOfMessagesToMove"] == 12
    assert "DestinationArn" not in running
    assert running["StartedTimestamp"] > 1_700_000_000_000
    decoded = json.loads(base64.b64decode(running["TaskHandle"]))
    assert decoded["sourceArn"] == letters.arn

    moved = sqs.cancel_message_move_task(TaskHandle=running["TaskHandle"])
    assert 0 <= moved["ApproximateNumberOfMessagesMoved"] < 12
    assert wait_for_status(sqs, letters, "CANCELLING") == "CANCELLING"
    assert "TaskHandle" not in tasks_of(sqs, letters)[0]
    wait_for_status(sqs, letters, "CANCELLED")
    [cancelled] = tasks_of(sqs, letters)
    assert cancelled["StartedTimestamp"] == running["StartedTimestamp"]
    left = 12 - cancelled["ApproximateNumberOfMessagesMoved"]
    assert 0 < left <= 12
    assert waiting(sqs, letters) == left


def test_a_redrive_without_a_rate_completes_and_returns_the_messages(sqs):
    letters, source = make_dead_letter_queue(sqs)
    dead_letter(sqs, letters, source, 5)
    sqs.start_message_move_task(SourceArn=letters.arn)
    wait_for_status(sqs, letters, "COMPLETED")
    [done] = tasks_of(sqs, letters)
    assert done["ApproximateNumberOfMessagesMoved"] == 5
    assert "MaxNumberOfMessagesPerSecond" not in done
    received = sqs.receive_message(QueueUrl=source.url, MaxNumberOfMessages=10)["Messages"]
    assert len(received) == 5
    assert {message["Body"] for message in received} == {f"order {i}" for i in range(5)}


def test_messages_sent_straight_to_the_dead_letter_queue_fail_without_a_destination(sqs):
    letters, _ = make_dead_letter_queue(sqs, backlog=3)
    sqs.start_message_move_task(SourceArn=letters.arn)
    wait_for_status(sqs, letters, "FAILED")
    assert tasks_of(sqs, letters)[0]["FailureReason"] == "CouldNotDetermineMessageSource"


def test_a_task_whose_destination_is_deleted_fails_with_the_recorded_reason(sqs):
    task = start_task(sqs)
    sqs.delete_queue(QueueUrl=task.destination.url)
    wait_for_status(sqs, task.queue, "FAILED")
    reason = tasks_of(sqs, task.queue)[0]["FailureReason"]
    assert reason == "AWS.SimpleQueueService.NonExistentQueue"


def test_list_shows_the_newest_of_at_most_ten_tasks_first(sqs):
    letters, source = make_dead_letter_queue(sqs)
    handles = []
    for _ in range(11):
        send(sqs, letters, 1)
        reply = sqs.start_message_move_task(SourceArn=letters.arn, DestinationArn=source.arn)
        handles.append(reply["TaskHandle"])
        wait_for_status(sqs, letters, "COMPLETED")
    listed = tasks_of(sqs, letters)
    assert len(listed) == 10
    started = [task["StartedTimestamp"] for task in listed]
    assert started == sorted(started, reverse=True)
    assert len(sqs.list_message_move_tasks(SourceArn=letters.arn)["Results"]) == 1


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: f"{row['call']} {row['message'][:40]}")
def test_a_recorded_error_reaches_the_caller_as_recorded(sqs, named, row):
    arguments = {key: named.get(value, value) for key, value in row["input"].items()}
    operation = re.sub("(?!^)([A-Z])", r"_\1", row["call"]).lower()
    response = refused(getattr(sqs, operation), **arguments)
    error = response["Error"]
    assert (error["Code"], error["Message"]) == (row["code"], row["message"])
    assert response["ResponseMetadata"]["HTTPStatusCode"] == row["status"]
    assert error["Type"] == "Sender"
    assert response["ResponseMetadata"]["RequestId"]


@pytest.mark.parametrize(
    "arguments",
    [{"MaxResults": 11}, {"MaxResults": 0}],
    ids=["MaxResults 11", "MaxResults 0"],
)
def test_list_refuses_a_page_size_outside_its_range(sqs, named, arguments):
    error = refused(
        sqs.list_message_move_tasks, SourceArn=named["{idle queue}"], **arguments
    )["Error"]
    assert error["Code"] == "InvalidParameterValue"


@pytest.mark.parametrize("rate", [0, 501])
def test_start_refuses_a_rate_outside_its_range(sqs, named, rate):
    error = refused(
        sqs.start_message_move_task,
        SourceArn=named["{idle queue}"],
        MaxNumberOfMessagesPerSecond=rate,
    )["Error"]
    assert error["Code"] == "InvalidParameterValue"


def test_a_queue_that_does_not_exist_raises_the_modelled_exception(sqs):
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="nowhere")


def test_list_of_an_unknown_queue_raises_resource_not_found(sqs, named):
    with pytest.raises(sqs.exceptions.ResourceNotFoundException):
        sqs.list_message_move_tasks(SourceArn=named["{no queue}"])


def client_with_keys(sim, key, secret, service="sqs", token=None):
    return boto3.client(
        service,
        region_name=sim.region,
        endpoint_url=sim.url,
        verify=sim.ca_bundle,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=botocore.config.Config(retries={"max_attempts": 1}),
    )


def test_a_wrong_secret_is_refused(sim):
    wrong = client_with_keys(sim, "AKIASIM0100000000001", "wrong")
    response = refused(wrong.list_queues)
    assert response["Error"]["Code"] in ("SignatureDoesNotMatch", "InvalidSignatureException")
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_an_unknown_access_key_is_refused(sim):
    response = refused(client_with_keys(sim, "AKIAUNKNOWN", "secret").list_queues)
    assert response["Error"]["Code"] in ("InvalidClientTokenId", "UnrecognizedClientException")
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_an_unknown_session_token_is_refused(sim):
    secret = "SimulatedSecretKeyOfAccount+100000000001"
    stale = client_with_keys(sim, "AKIASIM0100000000001", secret, token="stale")
    assert refused(stale.list_queues)["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_certificate_of_an_unknown_authority_is_not_trusted(sim):
    client = boto3.client(
        "sqs",
        region_name=sim.region,
        endpoint_url=sim.url,
        aws_access_key_id="AKIASIM0100000000001",
        aws_secret_access_key="SimulatedSecretKeyOfAccount+100000000001",
        config=botocore.config.Config(retries={"max_attempts": 0}),
    )
    with pytest.raises(botocore.exceptions.SSLError):
        client.list_queues()


def test_list_queues_pages_through_all_queues_of_a_prefix_once(sqs):
    made = {make_queue(sqs, f"paged-{i:02}").url for i in range(23)}
    make_queue(sqs, "other")
    pages = list(
        sqs.get_paginator("list_queues").paginate(
            QueueNamePrefix="paged-", PaginationConfig={"PageSize": 10}
        )
    )
    assert [len(page["QueueUrls"]) for page in pages] == [10, 10, 3]
    assert {url for page in pages for url in page["QueueUrls"]} == made


def test_list_queues_of_an_unused_region_is_empty(sim):
    elsewhere = sim.client(region_name="af-south-1")
    assert elsewhere.list_queues().get("QueueUrls", []) == []


def test_dead_letter_source_queues_are_listed_until_they_are_deleted(sqs):
    letters, first = make_dead_letter_queue(sqs)
    policy = json.dumps({"deadLetterTargetArn": letters.arn, "maxReceiveCount": 3})
    second = make_queue(sqs, f"{letters.name}-second", RedrivePolicy=policy)

    def sources():
        pages = sqs.get_paginator("list_dead_letter_source_queues").paginate(
            QueueUrl=letters.url, PaginationConfig={"PageSize": 1}
        )
        return {url for page in pages for url in page.get("queueUrls", [])}

    assert sources() == {first.url, second.url}
    sqs.delete_queue(QueueUrl=second.url)
    assert sources() == {first.url}


def test_queue_urls_lead_back_to_the_simulator(sim, sqs):
    queue = make_queue(sqs, "urls")
    assert queue.url == f"{sim.url}/{sim.account}/urls"
    assert sqs.get_queue_url(QueueName="urls")["QueueUrl"] == queue.url
    assert queue.arn == f"arn:aws:sqs:{sim.region}:{sim.account}:urls"


def test_messages_are_received_deleted_and_purged(sqs):
    queue = make_queue(sqs, "messages")
    send(sqs, queue, 3)
    [message] = sqs.receive_message(QueueUrl=queue.url)["Messages"]
    sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])
    assert waiting(sqs, queue) == 2
    sqs.purge_queue(QueueUrl=queue.url)
    assert waiting(sqs, queue) == 0


def test_sts_names_the_account_of_the_key(sim):
    identity = sim.client("sts").get_caller_identity()
    assert identity["Account"] == sim.account
    assert identity["Arn"].startswith(f"arn:aws:iam::{sim.account}:")
    assert identity["UserId"]


MEMBER = "100000000002"
STOPPER = {
    "RoleArn": f"arn:aws:iam::{MEMBER}:role/stopper",
    "RoleSessionName": "interop",
    "ExternalId": "ticket-7",
}
WEB_IDENTITY = {
    "RoleArn": STOPPER["RoleArn"],
    "RoleSessionName": "interop",
    "WebIdentityToken": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJpbnRlcm9wIn0.c2ln",
}


def client_in_role(sim, reply, service="sqs"):
    keys = reply["Credentials"]
    return client_with_keys(
        sim, keys["AccessKeyId"], keys["SecretAccessKey"], service, keys["SessionToken"]
    )


def test_the_keys_of_a_role_act_in_its_account(organization):
    reply = organization.client("sts").assume_role(DurationSeconds=900, **STOPPER)
    session = f"arn:aws:sts::{MEMBER}:assumed-role/stopper/interop"
    assert reply["AssumedRoleUser"]["Arn"] == session
    left = reply["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert 800 < left.total_seconds() <= 900
    sqs = client_in_role(organization, reply)
    made = make_queue(sqs, "of-the-member")
    assert made.arn.split(":")[4] == MEMBER
    assert sqs.list_queues()["QueueUrls"] == [made.url]
    assert "QueueUrls" not in organization.client().list_queues()
    identity = client_in_role(organization, reply, "sts").get_caller_identity()
    assert (identity["Arn"], identity["Account"]) == (session, MEMBER)
    assert identity["UserId"] == reply["AssumedRoleUser"]["AssumedRoleId"]


def test_a_token_stands_for_a_role_without_a_signature(organization):
    unsigned = organization.client(
        "sts", config=botocore.config.Config(signature_version=botocore.UNSIGNED)
    )
    reply = unsigned.assume_role_with_web_identity(**WEB_IDENTITY)
    assert client_in_role(organization, reply, "sts").get_caller_identity()["Account"] == MEMBER


def test_the_keys_of_a_role_need_their_own_token(organization):
    sts = organization.client("sts")
    mine, other = sts.assume_role(**STOPPER), sts.assume_role(**STOPPER)
    mine["Credentials"]["SessionToken"] = other["Credentials"]["SessionToken"]
    error = refused(client_in_role(organization, mine).list_queues)["Error"]
    assert error["Code"] == "InvalidClientTokenId"


@pytest.mark.parametrize(
    "changed, code, status",
    [
        ({"ExternalId": "ticket-8"}, "AccessDenied", 403),
        ({"RoleArn": f"arn:aws:iam::{MEMBER}:role/other"}, "AccessDenied", 403),
        ({"RoleArn": "arn:aws:iam::200000000001:role/stopper"}, "AccessDenied", 403),
        ({"RoleArn": "arn:aws:iam::100000000026:role/stopper"}, "AccessDenied", 403),
        ({"RoleArn": "arn:aws:iam::me:role/stopper"}, "ValidationError", 400),
        ({"RoleSessionName": "two words"}, "ValidationError", 400),
        ({"DurationSeconds": 43201}, "ValidationError", 400),
        ({"Policy": "not JSON"}, "MalformedPolicyDocument", 400),
        ({"TokenCode": "123456"}, "AccessDenied", 403),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_role_is_refused_as_the_service_does(organization, changed, code, status):
    response = refused(organization.client("sts").assume_role, **{**STOPPER, **changed})
    assert response["Error"]["Code"] == code
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_a_profile_with_a_role_reaches_the_simulator_for_it_too(organization, tmp_path):
    config_file = tmp_path / "config"
    config_file.write_text(
        organization.config_file.read_text()
        + "[profile member]\n"
        + f"role_arn = {STOPPER['RoleArn']}\nexternal_id = {STOPPER['ExternalId']}\n"
        + f"source_profile = {organization.profile}\nregion = {organization.region}\n"
        + f"endpoint_url = {organization.url}\nca_bundle = {organization.ca_bundle}\n"
    )
    member = dataclasses.replace(organization, config_file=config_file, profile="member")
    assert member.client("sts").get_caller_identity()["Account"] == MEMBER
    assert make_queue(member.client(), "by-profile").arn.split(":")[4] == MEMBER


def test_the_management_account_lists_the_organization_page_by_page(organization):
    client = organization.client("organizations")
    pages = list(client.get_paginator("list_accounts").paginate())
    assert [len(page["Accounts"]) for page in pages] == [20, 7]
    accounts = [account for page in pages for account in page["Accounts"]]
    assert [account["Id"] for account in accounts] == [str(100000000001 + i) for i in range(27)]
    suspended = [account["Id"] for account in accounts if account["Status"] == "SUSPENDED"]
    assert suspended == ["100000000026", "100000000027"]
    for account in accounts:
        assert account["Arn"].endswith(account["Id"]) and account["Email"] and account["Name"]


def test_a_member_may_not_list_the_organization(organization):
    member = dataclasses.replace(organization, profile=f"sim-{MEMBER}").client("organizations")
    with pytest.raises(member.exceptions.AccessDeniedException):
        member.list_accounts()
