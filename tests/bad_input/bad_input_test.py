"""What a person, a file, a proxy or a broken server can do to redrive, as a table: what is given, the
expected exit code, and a fragment of the one clear message. No output may hold a secret or steer a terminal.

usage: bad_input_test.py REDRIVE REDRIVE_SIM
"""

import contextlib
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from program import Simulator, clean_environment, run  # noqa: E402

REDRIVE, SIM = sys.argv[1:3]
KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLETOKEN"
KEYS = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN,
        "AWS_REGION": "eu-west-1", "AWS_MAX_ATTEMPTS": "1"}
QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq"
LIST = ("list", QUEUE, "--deadline", "4s")
CANCEL = ("cancel", "--yes", "--deadline", "4s", QUEUE)


class Server:
    """Answers every request on its connections with the same bytes, then closes them."""

    def __init__(self, reply, context=None):
        self.reply, self.context = reply, context
        self.listener = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            received = b""
            while b"\r\n\r\n" not in received:
                piece = connection.recv(65536)
                if not piece:
                    return
                received += piece
            for piece in self.reply():
                connection.sendall(piece)


def reply(status, body, kind="text/html"):
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return lambda: [head.encode() + body]


def endless_body():
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 104857600\r\n\r\n"
    for _ in range(1600):
        yield b" " * 65536


JSON = "application/x-amz-json-1.0"
DENIED = (b'{"__type":"com.amazon.coral.service#AccessDeniedException","message":"'
          b'\\u001b[2J\\u001b]0;owned\\u0007 \\u202edenied \\u009b31m"}')

SERVERS = [  # what it answers, the exit code of `list`, a fragment of the message
    ("html 403 of a proxy", reply("403 Forbidden", b"<html><body>Blocked by proxy</body></html>"), (4, 5, 1), "403"),
    ("html 200 of a proxy", reply("200 OK", b"<html><body>Please log in</body></html>"), (1, 5), "cannot be understood"),
    ("a body of 100 MB", endless_body, (1, 5), "too large"),
    ("invalid UTF-8", reply("200 OK", b'{"Results":[{"Status":"\xff\xfe"}]}', JSON), (1, 5), "cannot be understood"),
    ("escapes in an error message", reply("403 Forbidden", DENIED, JSON), (4,), "\\x1b[2J"),
    ("not HTTP", lambda: [b"220 smtp.example.com ESMTP\r\n"], (1, 5), ""),
    ("nothing", lambda: [], (5,), "connection was lost"),
]

USAGE = [  # arguments, exit code, fragment of the message
    (["--regoin"], 2, "unknown option"),
    (["list", "--regoin", "x"], 2, "did you mean --region?"),
    (["lst"], 2, "did you mean list?"),
    (["list", "--region", "europe_1"], 2, "is not a region"),
    (["list", "--region", "eu-west-1/../x"], 2, "is not a region"),
    (["list", "--endpoint-url", "ftp://x"], 2, "--endpoint-url"),
    (["list", "--endpoint-url", "http://user:pw@host"], 2, "--endpoint-url"),
    (["cancel", "--all", "--deadline", "10"], 2, "has no unit"),
    (["cancel", "--all", "--older-than", "soon"], 2, "is not a duration"),
    (["cancel", "--all", "--min-remaining", "-3"], 2, "--min-remaining"),
    (["cancel", "--all", "--rate", "1e999"], 2, "--rate"),
    (["cancel", "--all", "--concurrency", "4.5"], 2, "--concurrency"),
    (["cancel", "--yes", "--from", "/nonexistent/targets"], 2, "No such file"),
    (["cancel", "--yes", "--from", "/"], 2, "folder"),
    (["list", "--ca-bundle", "/nonexistent/ca.pem"], 2, "--ca-bundle /nonexistent/ca.pem: No such file"),
    (["list", "--ca-bundle", "/dev/null"], 2, "holds no PEM certificate"),
    (["list", "--profile", "nobody"], 2, "nobody"),
    (["cancel", "--yes", "arn:aws:s3:::bucket"], 2, "not the ARN of an SQS queue"),
    (["cancel", "--yes", "arn:aws:sqs:eu-west-1:12:q"], 2, "not the ARN of an SQS queue"),
    (["cancel", "--yes", "https://example.com/"], 2, "not a queue URL"),
    (["cancel", "--yes", "handle:"], 2, "not a task handle"),
    (["cancel", "--yes", "--as", "handle", "two words"], 2, "not a task handle"),
    (["cancel", "--yes", "{not json"], 2, "not a JSON object"),
    (["cancel", "--yes", "q\x1b[2Jueue"], 2, "\\x1b[2J"),
    (["cancel", "--yes", "q\u202eueue"], 2, "\\u{202e}"),
    (["verify", b"\xff\xfe"], 2, "not valid UTF-8"),
]


class BadInput(unittest.TestCase):
    def check(self, ended, codes, fragment):
        self.assertIn(ended.code, codes, ended)
        self.assertIn(fragment, ended.err + ended.out, ended)
        for text in (ended.out, ended.err):
            for secret in (SECRET, TOKEN):
                self.assertNotIn(secret, text)
            for steering in ("\x1b", "\x07", "\u009b", "\u202e", "\x00"):
                self.assertNotIn(steering, text)
            self.assertNotRegex(text, "[\udc80-\udcff]", "stdout and stderr are valid UTF-8")

    def test_arguments(self):
        for arguments, code, fragment in USAGE:
            with self.subTest(arguments=arguments):
                ended = run(REDRIVE, *arguments, **KEYS)
                self.check(ended, (code,), fragment)
                if code == 2 and not ended.out:
                    self.assertEqual(ended.err.count("\n"), 1, ended)

    def test_lines_of_a_file(self):
        lines = [b"arn:aws:sqs", b"\xff\xfe", b"a\x00b", b"x" * 70_000, b"\x1b[31m", b"{}", b"# fine"]
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"\n".join(lines))
            file.flush()
            ended = run(REDRIVE, "cancel", "--yes", "--from", file.name, **KEYS)
        self.check(ended, (2,), "not valid UTF-8")
        rows = ended.rows()
        self.assertEqual([row["outcome"] for row in rows], ["invalid"] * 6)
        self.assertEqual(sorted(row["input"]["line"] for row in rows), [1, 2, 3, 4, 5, 6])

    def test_missing_credentials(self):
        # Of verify, 1 says that not every task is over, whatever the reason.
        for arguments, code in ((LIST, 4), (CANCEL, 4), (("verify", QUEUE), 1)):
            with self.subTest(arguments=arguments):
                self.check(run(REDRIVE, *arguments, AWS_REGION="eu-west-1"), (code,), "credentials")

    def test_half_of_the_credentials(self):
        self.check(run(REDRIVE, *LIST, AWS_ACCESS_KEY_ID=KEY, AWS_REGION="eu-west-1"), (2, 4), "AWS_SECRET_ACCESS_KEY")

    def test_missing_region(self):
        keys = {name: value for name, value in KEYS.items() if name != "AWS_REGION"}
        self.check(run(REDRIVE, "list", **keys), (2,), "region")
        self.check(run(REDRIVE, "cancel", "--yes", "orders-dlq", **keys), (2,), "region")

    def test_broken_config_file(self):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("[profile p\nregion = x\n")
            file.flush()
            self.check(run(REDRIVE, "list", "--profile", "p", AWS_CONFIG_FILE=file.name), (2,), file.name)

    def test_servers(self):
        for name, answer, codes, fragment in SERVERS:
            with self.subTest(server=name):
                server = Server(answer)
                self.addCleanup(server.close)
                self.check(run(REDRIVE, *LIST, "--endpoint-url", server.url, **KEYS), codes, fragment)
                stop = run(REDRIVE, *CANCEL, "--endpoint-url", server.url, **KEYS)
                self.check(stop, (1, 4, 5), fragment)
                self.assertEqual(len(stop.rows()), 1)
                self.assertNotEqual(stop.rows()[0]["outcome"], "stopped")

    def test_connection_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        for arguments in (LIST, CANCEL):
            ended = run(REDRIVE, *arguments, "--endpoint-url", f"http://127.0.0.1:{port}", **KEYS)
            self.check(ended, (5,), "refused")

    def test_unknown_host(self):
        ended = run(REDRIVE, *CANCEL, "--endpoint-url", "https://sqs.nowhere.invalid", **KEYS)
        self.check(ended, (5,), "sqs.nowhere.invalid")

    def test_self_signed_server(self):
        with Simulator(SIM) as sim:
            for arguments in (LIST, CANCEL):
                ended = run(REDRIVE, *arguments, "--endpoint-url", sim.ready["url"], **KEYS)
                self.check(ended, (5,), "certificate")

    def test_a_plain_server_where_tls_is_expected(self):
        server = Server(reply("200 OK", b"{}", JSON))
        self.addCleanup(server.close)
        ended = run(REDRIVE, *LIST, "--endpoint-url", server.url.replace("http:", "https:"), **KEYS)
        self.check(ended, (5,), "127.0.0.1")

    def test_wrong_secret(self):
        with Simulator(SIM, "--fleet", "accounts=1,regions=1,queues=1,running=1,backlog=10,rate=1") as sim:
            keys = dict(KEYS, AWS_ACCESS_KEY_ID="AKIASIM0100000000001", AWS_REGION="us-east-1")
            del keys["AWS_SESSION_TOKEN"]
            ended = run(REDRIVE, "list", "--endpoint-url", sim.ready["url"], "--ca-bundle", sim.ready["ca_bundle"],
                        **keys)
            self.check(ended, (4,), "denied")

    def test_a_full_disk(self):
        with Simulator(SIM, "--fleet", "accounts=1,regions=1,queues=4,running=4,backlog=90000,rate=1") as sim:
            with open("/dev/full", "wb") as full:
                done = subprocess.run([REDRIVE, "list", "--profile", "sim-*"], stdout=full, stderr=subprocess.PIPE,
                                      env=clean_environment(**sim.env), timeout=60, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(b"No space left", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
