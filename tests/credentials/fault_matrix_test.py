"""Every source of credentials against every fault of the server that it asks, over real sockets.

usage: fault_matrix_test.py REDRIVE_CONFORM

Each cell of the table runs `redrive-conform credentials` against a server of its own, whose first
kind of request (the one that the row names) meets the fault; all others are answered well.
"""

import concurrent.futures
import dataclasses
import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import sources
from service import NOTHING, SILENCE, Certificate, Reply, Service

CONFORM = sys.argv[1]
TOO_LARGE = 1 << 21  # bytes; a reply may have half of that


@dataclasses.dataclass
class Expected:
    requests: int  # that the server sees, of all kinds
    key: str | None = None  # of the credentials; none: an error
    kind: str = ""  # the error's class
    words: str = ""  # in its message
    seconds: float = 0  # that the time-outs and pauses on the way take together


def keys(requests, key=sources.KEY, seconds=0):
    return Expected(requests, key=key, seconds=seconds)


def failed(words, requests, seconds=0):
    return Expected(requests, kind="provider_failed", words=words, seconds=seconds)


def absent(words, requests, seconds=0):
    return Expected(requests, kind="not_configured", words=words, seconds=seconds)


def old(requests, seconds=0):
    return keys(requests, sources.OLD_KEY, seconds)


NO_CODES = "this service has no code for that"
NO_END = "what it answers has no end of its own"

# The numbers: EC2 is asked at most 4 times, after 5xx and 401 only, and each time for a second at
# most; a container's service 3 times for 5 s; AWS services 3 times, where the handshake has 3.1 s.
# A throttled call waits for 0.5 s and then 1 s in the mean, which is what redrive-conform draws.
# Without TLS "too late" is a reply that does not come; otherwise it is the handshake, because a test
# of the minute that AWS services have for their reply would take three.
CONTAINER = {
    "none": keys(1),
    "late": keys(1),
    "too late": failed("no reply in time", 3, seconds=15),
    "closed": failed("connection ended", 3),
    "half": failed("connection ended", 3),
    "garbage": failed("no credentials", 3),
    "401": failed("AccessDenied", 1),
    "403": failed("AccessDenied", 1),
    "404": failed("AccessDenied", 1),
    "500 once": keys(2),
    "500": failed("answered 500", 3),
    "429": failed("answered 429", 1),
    "throttled": failed("Throttling", 1),  # what it refuses by a code it will refuse again
    "expired": keys(1),
    "missing": failed("no credentials", 3),
    "oversized": failed("too large", 1),
    "redirect": failed("answered 302", 1),
    "echo": failed("answered 400", 1),
    "told": failed("AccessDenied: You sent", 1),
}
STS = {
    "none": keys(1),
    "late": keys(1),
    "too late": failed("TLS", 3, seconds=9.3),
    "closed": failed("connection ended", 3),
    "half": failed("connection ended", 3),
    "garbage": failed("no credentials", 1),
    "401": failed("AccessDenied: no", 1),
    "403": failed("AccessDenied: no", 1),
    "404": failed("AccessDenied: no", 1),
    "500 once": keys(2),
    "500": failed("answered 500", 3),
    "429": failed("answered 429", 1),
    "throttled": failed("Throttling: no", 3, seconds=1.5),
    "expired": keys(1),
    "missing": failed("no credentials", 1),
    "oversized": failed("too large", 1),
    "redirect": failed("answered 302", 1),
    "echo": failed("answered 400", 1),
    "told": failed("AccessDenied: You sent", 1),
}
MATRIX = {
    "imds token": {
        "none": keys(3),
        "late": keys(3),
        "too late": absent("no reply in time", 1, seconds=1),
        "closed": absent("connection ended", 1),
        "half": absent("connection ended", 1),
        "garbage": failed("no token that can be used", 1),
        "401": failed("answered 401", 4),
        "403": failed("forbids", 1),
        "404": failed("answered 404", 1),
        "500 once": keys(4),
        "500": failed("answered 500", 4),
        "429": failed("answered 429", 1),
        "throttled": NO_CODES,
        "expired": NO_END,
        "missing": failed("no token that can be used", 1),
        "oversized": failed("too large", 1),
        "redirect": failed("answered 302", 1),
        "echo": failed("answered 400", 1),
        "told": failed("answered 400", 1),
    },
    "imds role": {
        "none": keys(3),
        "late": keys(3),
        "too late": failed("no reply in time", 2, seconds=1),
        "closed": failed("connection ended", 2),
        "half": failed("connection ended", 2),
        "garbage": failed("named no role", 2),
        "401": failed("answered 401", 8),  # each time with a new token
        "403": failed("answered 403", 2),
        "404": absent("no role", 2),
        "500 once": keys(4),
        "500": failed("answered 500", 5),
        "429": failed("answered 429", 2),
        "throttled": NO_CODES,
        "expired": NO_END,
        "missing": failed("named no role", 2),
        "oversized": failed("too large", 2),
        "redirect": failed("answered 302", 2),
        "echo": failed("answered 400", 2),
        "told": failed("answered 400", 2),
    },
    "imds keys": {
        "none": keys(3),
        "late": keys(3),
        "too late": failed("no reply in time", 3, seconds=1),
        "closed": failed("connection ended", 3),
        "half": failed("connection ended", 3),
        "garbage": failed("no credentials", 3),
        "401": failed("answered 401", 9),
        "403": failed("answered 403", 3),
        "404": failed("no credentials", 3),
        "500 once": keys(4),
        "500": failed("answered 500", 6),
        "429": failed("answered 429", 3),
        "throttled": NO_CODES,
        "expired": keys(3),  # it is believed for some minutes more
        "missing": failed("no credentials", 3),
        "oversized": failed("too large", 3),
        "redirect": failed("answered 302", 3),
        "echo": failed("answered 400", 3),
        "told": failed("AssumeRoleUnauthorizedAccess: You sent", 3),
    },
    "ecs": CONTAINER,
    "eks": CONTAINER,
    "sso portal": {
        "none": keys(1),
        "late": keys(1),
        "too late": failed("TLS", 3, seconds=9.3),
        "closed": failed("connection ended", 3),
        "half": failed("connection ended", 3),
        "garbage": failed("no credentials", 1),
        "401": failed("run: aws sso login --sso-session corp", 1),
        "403": failed("not assigned to you", 1),
        "404": failed("answered 404", 1),
        "500 once": keys(2),
        "500": failed("answered 500", 3),
        "429": failed("answered 429", 1),
        "throttled": failed("answered 429", 3, seconds=1.5),
        "expired": keys(1),
        "missing": failed("no credentials", 1),
        "oversized": failed("too large", 1),
        "redirect": failed("answered 302", 1),
        "echo": failed("answered 400", 1),
        "told": failed("answered 400", 1),
    },
    "sso oidc, token over": {
        "none": keys(2),
        "late": keys(2),
        "too late": failed("TLS", 3, seconds=9.3),
        "closed": failed("connection ended", 3),
        "half": failed("connection ended", 3),
        "garbage": failed("no token", 1),
        "401": failed("run: aws sso login --sso-session corp", 1),
        "403": failed("run: aws sso login --sso-session corp", 1),
        "404": failed("answered 404", 1),
        "500 once": keys(3),
        "500": failed("answered 500", 3),
        "429": failed("answered 429", 1),
        "throttled": failed("answered 400", 3, seconds=1.5),
        "expired": failed("no token", 1),
        "missing": failed("no token", 1),
        "oversized": failed("too large", 1),
        "redirect": failed("answered 302", 1),
        "echo": failed("answered 400", 1),
        "told": failed("answered 400", 1),
    },
    # While the token is good, nothing that happens to its refresh matters.
    "sso oidc, token good": {
        "none": keys(2),
        "late": keys(2),
        "too late": keys(4, seconds=9.3),
        "closed": keys(4),
        "half": keys(4),
        "garbage": keys(2),
        "401": keys(2),
        "403": keys(2),
        "404": keys(2),
        "500 once": keys(3),
        "500": keys(4),
        "429": keys(2),
        "throttled": keys(4, seconds=1.5),
        "expired": keys(2),
        "missing": keys(2),
        "oversized": keys(2),
        "redirect": keys(2),
        "echo": keys(2),
        "told": keys(2),
    },
    "sign-in, session over": {
        "none": keys(1),
        "late": keys(1),
        "too late": failed("TLS", 3, seconds=9.3),
        "closed": failed("connection ended", 3),
        "half": failed("connection ended", 3),
        "garbage": failed("no credentials", 1),
        "401": failed("has expired; run: aws login", 1),
        "403": failed("has expired; run: aws login", 1),
        "404": failed("has expired; run: aws login", 1),
        "500 once": keys(2),
        "500": failed("answered 500", 3),
        "429": failed("answered 429", 1),
        "throttled": failed("answered 429", 3, seconds=1.5),
        "expired": failed("no credentials", 1),
        "missing": failed("no credentials", 1),
        "oversized": failed("too large", 1),
        "redirect": failed("answered 302", 1),
        "echo": failed("answered 400", 1),
        "told": failed("has expired; run: aws login", 1),
    },
    "sign-in, session good": {
        "none": keys(1),
        "late": keys(1),
        "too late": old(3, seconds=9.3),
        "closed": old(3),
        "half": old(3),
        "garbage": old(1),
        "401": old(1),
        "403": old(1),
        "404": old(1),
        "500 once": keys(2),
        "500": old(3),
        "429": old(1),
        "throttled": old(3, seconds=1.5),
        "expired": old(1),
        "missing": old(1),
        "oversized": old(1),
        "redirect": old(1),
        "echo": old(1),
        "told": old(1),
    },
    "sts role": STS,
    "sts web identity": STS,
}


def good(step, **more):
    return Reply(200, step.form.text().encode(), **more)


def spoiled(step):
    return b"\x00\xff{\"" + step.form.text().encode() + b"\""


# What the faulty step is answered: by step, request and how often it was asked before.
FAULTS = {
    "none": lambda step, request, before: good(step),
    "late": None,  # see Cell.reply: the delay is the source's
    "too late": lambda step, request, before: SILENCE,  # over TLS: already in the handshake
    "closed": lambda step, request, before: NOTHING,
    "half": lambda step, request, before: good(step, part=0.5),
    "garbage": lambda step, request, before: Reply(200, spoiled(step)),
    "401": lambda step, request, before: step.refusal(401),
    "403": lambda step, request, before: step.refusal(403),
    "404": lambda step, request, before: step.refusal(404),
    "500 once": lambda step, request, before: good(step) if before else sources.page(500),
    "500": lambda step, request, before: sources.page(500),
    "429": lambda step, request, before: sources.page(429),
    "throttled": lambda step, request, before: step.throttle(),
    "expired": lambda step, request, before: Reply(200, step.form.text(**step.form.expired).encode()),
    "missing": lambda step, request, before: Reply(200, step.form.without_secret().encode()),
    "oversized": lambda step, request, before: Reply(200, b" " * TOO_LARGE + step.form.text().encode()),
    "redirect": lambda step, request, before: Reply(302, b"", {"Location": "/elsewhere"}),
    "echo": lambda step, request, before: Reply(400, f"You sent: {request.text()}".encode()),
    "told": lambda step, request, before: step.refusal(step.told_status, f"You sent: {request.text()}"),
}


class Cell:
    """One source and one fault: what came of it."""

    def __init__(self, row, fault, certificate):
        self.name = f"{row}: {fault}"
        self.expected = MATRIX[row][fault]
        self._fault, self._certificate = fault, certificate
        self._before = 0

    def is_slow(self):
        return self._fault == "late" or self.expected.seconds > 0

    def run(self):
        # Made now, so that what has some minutes left still has them.
        row = self.name.partition(":")[0]
        self._source = sources.SOURCES[row]()
        silent = self._fault == "too late" and self._source.steps[0].host
        with (tempfile.TemporaryDirectory() as root,
              Service(self._reply, self._certificate if self._source.tls else None,
                      lambda host: host == silent) as server):
            case = {"env": {"HOME": "/home", **self._source.env}, "fs_root": root, "profile": self._source.profile}
            for name, text in self._source.files.items():
                path = Path(root + name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            command = [CONFORM, "credentials", "--ca", str(self._certificate.file)]
            for host, port in self._source.places:
                command += ["--connect-to", f"{host}:{port}:127.0.0.1:{server.port}"]
            given = json.dumps({name: value for name, value in case.items() if value is not None})
            began = time.monotonic()
            done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, check=False)
            self.took = time.monotonic() - began
            self.code, self.out, self.err, self.requests = done.returncode, done.stdout, done.stderr, server.seen
        return self

    def _reply(self, request):
        faulty, *others = self._source.steps
        if faulty.recognises(request):
            before, self._before = self._before, self._before + 1
            if self._fault == "late":
                return good(faulty, delay=self._source.patience)
            return FAULTS[self._fault](faulty, request, before)
        for step in others:
            if step.recognises(request):
                return good(step)
        return Reply(418)

    def latest(self):
        """Seconds after which it is too late even on a slow machine."""
        return 2 * (self.expected.seconds + self._source.patience) + 10


def run_all(cells):
    # What waits needs no processor; the others must not starve each other, for some have a second.
    with (concurrent.futures.ThreadPoolExecutor(64) as waiting, concurrent.futures.ThreadPoolExecutor(4) as busy):
        done = [(waiting if cell.is_slow() else busy).submit(cell.run) for cell in cells]
        return [each.result() for each in done]


class FaultMatrix(unittest.TestCase):
    def test_has_every_cell(self):
        self.assertEqual(list(MATRIX), list(sources.SOURCES))
        for row, cells in MATRIX.items():
            self.assertEqual(list(cells), list(FAULTS), row)

    def test_every_source_bears_every_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            certificate = Certificate(folder, sources.TLS_HOSTS)
            cells = [Cell(row, fault, certificate) for row, faults in MATRIX.items()
                     for fault, expected in faults.items() if isinstance(expected, Expected)]
            done = run_all(cells)
        for cell in done:
            with self.subTest(cell.name):
                self.check(cell)
        print(f"{len(done)} cells", file=sys.stderr)

    def check(self, cell):
        expected, said = cell.expected, f"{cell.out}{cell.err}"
        answer = json.loads(cell.out)
        self.assertEqual(cell.code, 0 if expected.key else 1, said)
        if expected.key:
            found = (answer["access_key_id"], answer["secret_access_key"], answer["session_token"])
            wanted = {sources.KEY: (sources.KEY, sources.SECRET, sources.TOKEN),
                      sources.OLD_KEY: (sources.OLD_KEY, sources.OLD_SECRET, sources.OLD_TOKEN)}[expected.key]
            self.assertEqual(found, wanted)
        else:
            self.assertEqual(answer["error"]["class"], expected.kind, said)
            self.assertIn(expected.words, answer["error"]["message"])
        self.assertEqual(cell.requests, expected.requests, said)
        self.assertGreaterEqual(cell.took, 0.95 * expected.seconds, said)
        self.assertLess(cell.took, cell.latest(), said)
        for secret in sources.SECRETS:
            self.assertNotIn(secret, cell.err)
            if not expected.key:
                self.assertNotIn(secret, cell.out)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
