"""Where bench/credentials starts programs: the servers, and what they saw of one start."""

import contextlib
import time
from pathlib import Path

from support.credential_setups import sources
from support.program_start import run_once
from service import Certificate, Reply, Service  # of tests/credentials

SQS = "sqs.us-east-1.amazonaws.com"


class Answers:
    """Answers for every service, and keeps what it needs to know of one run."""

    def __init__(self):
        self.begin(())

    def begin(self, steps):
        self._steps = steps
        self.signed = []  # when each request to SQS had come, and its signature
        self.requests, self.cpu = 0, 0.0  # of the other services, whose replies the program waits for

    def __call__(self, request):
        if request.headers.get("x-amz-target", "").startswith("AmazonSQS."):
            self.signed.append((time.monotonic(), request.headers.get("authorization", "")))
            return Reply(200, b'{"ApproximateNumberOfMessagesMoved":1}', {"Content-Type": "application/x-amz-json-1.0"})
        self.requests += 1
        self.cpu += time.thread_time()
        step = next((each for each in self._steps if each.recognises(request)), None)
        return Reply(200, step.form.text().encode()) if step else Reply(418)


class Room:
    """The servers, and the folder with the files of one source."""

    def __init__(self, folder):
        self._folder = Path(folder)
        self._certificate = Certificate(folder, [SQS, *sources.TLS_HOSTS])
        self.answers = Answers()
        self._servers = contextlib.ExitStack()
        self._plain = self._servers.enter_context(Service(self.answers))
        self._tls = self._servers.enter_context(Service(self.answers, self._certificate))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._servers.close()

    def start(self, caller, make, key):
        """One start with a source that is set up anew, as some files are rewritten."""
        source = make()
        for name, text in source.files.items():
            path = Path(f"{self._folder}{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._placed(text), encoding="utf-8")
        self.answers.begin(source.steps)
        output = self._folder / "output"
        command, environment = caller.command(source, self._rules(source), self._certificate.file)
        done = run_once(command, {**self._environment(source), **environment}, output)
        for name in source.files:
            Path(f"{self._folder}{name}").unlink()
        if done.exit_code != 0:
            raise RuntimeError(f"the program ended with {done.exit_code}: {output.read_text()}")
        return self._measured(done, key)

    def _measured(self, done, key):
        if len(self.answers.signed) != 1:
            raise RuntimeError(f"the program sent {len(self.answers.signed)} requests to SQS")
        (arrived, signature), = self.answers.signed
        if f"Credential={key}/" not in signature:
            raise RuntimeError("the call was signed with other credentials")
        return {"first_byte_ms": (arrived - done.began) * 1e3, "cpu_ms": done.cpu_seconds * 1e3,
                "servers_cpu_ms": self.answers.cpu * 1e3, "requests": self.answers.requests}

    def _placed(self, text):
        return text.replace(sources.TOKEN_FILE, f"{self._folder}{sources.TOKEN_FILE}")

    def _environment(self, source):
        given = {name: self._placed(value) for name, value in source.env.items()}
        # No link of the chain that is not measured may ask a machine that is really there.
        asks_machine = any(host == sources.IMDS for host, _ in source.places)
        return {"PATH": "/usr/bin:/bin", "HOME": f"{self._folder}/home", "AWS_REGION": "us-east-1",
                **({} if asks_machine else {"AWS_EC2_METADATA_DISABLED": "true"}), **given}

    def _rules(self, source):
        servers = {80: self._plain, 443: self._tls}
        return [f"{host}:{port}:127.0.0.1:{servers[port].port}" for host, port in [(SQS, 443), *source.places]]
