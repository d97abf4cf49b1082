"""Signatures: what redrive puts into Authorization, and what botocore's signer makes of it."""
import concurrent.futures
import json
import pprint
import random

import pytest

from oracle.differences import Comparison
from oracle.requests_to_sign import make_request
from oracle.sigv4 import Signer, signed_by_botocore, value_of
from oracle.signing_differences import DIFFERENCES

SEEDS = range(400)
TEXTS = ["a", "arn:aws:sqs:eu-west-1:100000000001:q", "ä日本🚀", "a\tb\n", '"\\/', "x" * 2000]
TEXTS += ["\u007f", " ", "\u0001"]
INPUTS = {
    "CancelMessageMoveTask": ["TaskHandle"],
    "ListMessageMoveTasks": ["SourceArn"],
    "StartMessageMoveTask": ["SourceArn", "DestinationArn"],
    "ListQueues": ["QueueNamePrefix", "NextToken"],
    "GetQueueUrl": ["QueueName", "QueueOwnerAWSAccountId"],
    "GetQueueAttributes": ["QueueUrl"],
    "ListDeadLetterSourceQueues": ["QueueUrl", "NextToken"],
}
# redrive-conform signs what it serializes as AWS's published examples do.
EXAMPLE_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
STS_URLS = [
    *("https://sts.eu-west-1.amazonaws.com", "https://STS.Example.COM", "https://example.com."),
    *("https://example.com:443", "https://example.com:80", "http://example.com:443"),
    *("http://localhost:4566", "http://127.0.0.1:80", "http://127.0.0.1:8080/", "http://[::1]"),
    *("https://[fd00:ec2::254]:8443/base", "http://[::1]:80/x", "http://a_b.c-d:65535/~u/-_."),
    *("http://h/a//b", "http://h/a/./b/../c", "http://h/a%20b", "http://h/%c3%a4/", "http://h/a+b"),
    *("http://h/a:b@c", "http://h/$,;=!*'()&", "http://h//", "http://h/../..", "http://h/%25"),
]


def make_case(seed):
    return DIFFERENCES.make(seed, random.Random(seed), make_request(seed))


def signed_by_redrive(conform, case):
    answer = conform.ask(
        "sign",
        {
            "method": case.method,
            "uri": case.uri,
            "headers": case.headers,
            "body": case.body,
            "context": {
                "credentials": {
                    "access_key_id": case.access_key_id,
                    "secret_access_key": case.secret_access_key,
                    **({"token": case.session_token} if case.session_token else {}),
                },
                "region": case.region,
                "service": case.service,
                "timestamp": case.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            },
        },
    )
    return value_of(answer["headers"], "authorization")


def case_signed_by_botocore(case):
    signer = Signer(
        case.access_key_id,
        case.secret_access_key,
        case.session_token or None,
        case.region,
        case.service,
        case.at,
        case.rules,
    )
    url = f"https://{case.host}{case.uri}"
    return signer.authorization(case.method, url, case.headers, case.body)


def test_the_table_and_the_differences_name_the_same_things():
    assert DIFFERENCES.are_those_of_the_table()


def test_any_request_gets_the_signature_that_botocore_gives_it(conform):
    cases = [make_case(seed) for seed in SEEDS]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda case: signed_by_redrive(conform, case), cases))
    comparison = Comparison(DIFFERENCES, case_signed_by_botocore)
    for case, answer in zip(cases, answers):
        comparison.compare(case, answer)
    assert not comparison.unexplained, pprint.pformat(comparison.unexplained[:3], width=100)
    assert comparison.needed == set(DIFFERENCES.reasons)
    assert comparison.equal >= len(SEEDS) / 2


@pytest.mark.parametrize("operation", INPUTS)
def test_an_operation_is_sent_with_the_signature_that_botocore_gives_it(conform, operation):
    rng = random.Random(operation)
    for _ in range(12):
        given = {name: rng.choice(TEXTS) for name in INPUTS[operation]}
        sent = conform.ask("serialize", {"operation": operation, "input": given})
        assert json.loads(sent["body"]) == given
        url = f"https://{value_of(sent['headers'], 'host')}{sent['uri']}"
        assert value_of(sent["headers"], "authorization") == signed_by_botocore(
            sent["method"], url, sent["headers"], sent["body"], EXAMPLE_SECRET
        )


@pytest.mark.parametrize("token", ["", "t" * 4096], ids=["lasting", "temporary"])
@pytest.mark.parametrize("url", STS_URLS)
def test_a_role_is_asked_for_with_the_signature_that_botocore_gives(conform, tmp_path, url, token):
    (tmp_path / "config").write_text(
        "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::100000000001:role/ops\n"
        "external_id = ä +&=~\ncredential_source = Environment\nmax_attempts = 1\n"
    )
    (tmp_path / "nothing").write_text('{"events": []}')
    variables = {
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": EXAMPLE_SECRET,
        "AWS_SESSION_TOKEN": token,
        "AWS_ENDPOINT_URL_STS": url,
    }
    # With `profile`, the variables are asked only because the profile says so.
    question = {"env": variables, "profile": "default", "now": 1440938160}
    answer = conform.ask("credentials", question, "--replay", str(tmp_path / "nothing"))
    [sent] = answer["requests"]
    assert value_of(sent["headers"], "authorization") == signed_by_botocore(
        sent["method"], sent["uri"], sent["headers"], sent["body"], EXAMPLE_SECRET
    )
