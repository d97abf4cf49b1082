"""Variables and shared files: what redrive makes of them, and what botocore does."""
import collections
import concurrent.futures
import pprint
import random

import pytest

from oracle.botocore_view import BotocoreView
from oracle.credential_differences import CREDENTIALS
from oracle.differences import Comparison
from oracle.environment_maker import make_environment
from oracle.file_differences import FILES
from oracle.redrive_view import RedriveView
from oracle.setting_differences import SETTINGS

SEEDS = range(400)
DIFFERENCES = FILES + SETTINGS + CREDENTIALS


def make_case(seed):
    return DIFFERENCES.make(seed, random.Random(seed), make_environment(seed))


def outcome(seen):
    if "settings" in seen:
        return "no client"
    found = seen["credentials"]
    return found if isinstance(found, str) else found["source"]


REQUESTS = ["AssumeRole", "AssumeRoleWithWebIdentity", "SSO role", "SSO token", "container"]
REQUESTS += ["metadata session", "metadata role"]


def asked(answers, request):
    """How many cases led to such a request."""
    lines = [answer.get("asked", []) for answer in answers]
    return sum(any(line.startswith(request + " ") for line in each) for each in lines)


def test_the_table_and_the_differences_name_the_same_things():
    for part in (FILES, SETTINGS, CREDENTIALS):
        assert part.are_those_of_the_table()


@pytest.mark.timeout(300)  # about 20 s on two cores
def test_any_environment_means_to_redrive_what_it_means_to_botocore(conform, tmp_path):
    cases = [make_case(seed) for seed in SEEDS]
    redrive = RedriveView(conform, tmp_path / "redrive")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(redrive.seen, cases))
    comparison = Comparison(DIFFERENCES, BotocoreView(tmp_path / "botocore").seen)
    for case, answer in zip(cases, answers):
        comparison.compare(case, answer)
    assert not comparison.unexplained, pprint.pformat(comparison.unexplained[:3], width=100)
    assert comparison.needed == set(DIFFERENCES.reasons)
    assert comparison.equal >= len(SEEDS) * 0.4

    # Nothing would be proven by cases that are all alike.
    outcomes = collections.Counter(map(outcome, answers))
    sources = {"environment", "profile", "web_identity", "container", "imds"}
    assert set(outcomes) == sources | {"none", "error", "no client"}
    assert sum(outcomes[source] for source in sources) >= len(SEEDS) * 0.4
    assert all(asked(answers, request) >= 5 for request in REQUESTS)
