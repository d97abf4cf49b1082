"""Holds the tests to the points that are easy to get wrong in a client of AWS: checklist.py ROOT.

Each has tests named `Checklist.ItemNN...` in the layers that it concerns. Prints one line for each point without a test
and each test of no point, and exits 1 when there is any.
"""

import re
import sys
from pathlib import Path

from verdict import verdict

POINTS = [
    "`queueUrls` has a small q",
    "InvalidAddress is 404, RequestThrottled is 403",
    "`Message` beside `message`",
    "the legacy code of an error is not its type code: both count",
    "429 alone is not retryable",
    "a success refunds the last retry only; attempts are counted before the quota is asked",
    "retry-after is in milliseconds, and bounded",
    "the skew: from the middle, not from a cache, on success too",
    "each attempt is signed anew; amz-sdk-request changes, the invocation id does not",
    "three rules for comments: sections, properties, continuations",
    "`[profile default]` beats `[default]`",
    "the selected profile prefers its role, a source its keys",
    "SSO expires in epoch milliseconds, STS in ISO 8601, a token of OIDC in seconds from now",
    "the SSO cache is named by SHA-1, the login cache by SHA-256",
    "AWS_ENDPOINT_URL beats the file's URL for one service",
    "no -fips in GovCloud",
    "no FIPS and no dual stack with a URL of one's own",
    "a web identity is traded unsigned",
    "instance metadata that is silent is not asked again",
    "the container's token file is read anew and not trimmed",
    "User-Agent and trace id are never signed",
    "session tokens have up to 4 KiB",
    "a profile that is named and missing",
]


def differences(root):
    named = set()
    for path in sorted((root / "tests").glob("*/checklist_test.cpp")):
        named.update(re.findall(r"TEST\(Checklist,\s*Item(\d\d)", path.read_text(encoding="utf-8")))
    wanted = {f"{number:02}": point for number, point in enumerate(POINTS, 1)}
    for number in sorted(set(wanted) - named):
        yield f"no test of item {number}: {wanted[number]}"
    for number in sorted(named - set(wanted)):
        yield f"there is no item {number}"


if __name__ == "__main__":
    sys.exit(verdict(differences(Path(sys.argv[1])), f"all {len(POINTS)} items have a test"))
