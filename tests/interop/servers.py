"""The services that the tests talk to, each started on a free port of the loopback address."""
import contextlib
import dataclasses
import json
import os
import pathlib
import select
import socket
import subprocess
import time

import boto3
import botocore.session

HERE = pathlib.Path(__file__).resolve().parent
START_SECONDS = 60


@dataclasses.dataclass
class Server:
    name: str
    url: str
    region: str
    account: str
    config_file: pathlib.Path
    profile: str
    ca_bundle: str | None = None

    def client(self, service="sqs", **options):
        """A boto3 client that knows nothing but the shared config file."""
        core = botocore.session.Session(profile=self.profile)
        core.set_config_variable("config_file", str(self.config_file))
        return boto3.Session(botocore_session=core).client(service, **options)

    def environment(self):
        """What any AWS tool needs to reach this server."""
        return {"AWS_CONFIG_FILE": str(self.config_file), "AWS_PROFILE": self.profile}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def process(folder, command, **options):
    """A child whose output goes to FOLDER/server.log, ended with the block."""
    with open(folder / "server.log", "wb") as log:
        options.setdefault("stdout", log)
        child = subprocess.Popen(command, cwd=folder, stderr=log, **options)
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_until(ready, child, folder):
    end = time.monotonic() + START_SECONDS
    while not (found := ready()):
        if child.poll() is not None or time.monotonic() > end:
            log = (folder / "server.log").read_text(errors="replace")
            raise RuntimeError(f"{child.args[0]} did not start: {log[-4000:]}")
        time.sleep(0.05)
    return found


def write_config(folder, server):
    text = (
        f"[profile {server.profile}]\n"
        "aws_access_key_id = AKIAINTEROP\naws_secret_access_key = interop\n"
        f"region = {server.region}\nendpoint_url = {server.url}\n"
    )
    if server.ca_bundle:
        text += f"ca_bundle = {server.ca_bundle}\n"
    server.config_file.write_text(text)


def emulator(folder, name, url, ca_bundle=None):
    server = Server(
        name, url, "eu-west-1", "123456789012", folder / "config", "interop", ca_bundle
    )
    write_config(folder, server)
    return server


@contextlib.contextmanager
def redrive_sim(folder, programs, *arguments):
    ready_file = folder / "ready.json"
    command = [programs / "bin" / "redrive-sim", "--ready-file", ready_file, *arguments]
    with process(folder, command) as child:
        wait_until(ready_file.exists, child, folder)
        ready = json.loads(ready_file.read_text())
        yield Server(
            "redrive-sim",
            ready["url"],
            "us-east-1",
            "100000000001",
            pathlib.Path(ready["config_file"]),
            "sim-100000000001",
            ready["ca_bundle"],
        )


def make_certificate(folder):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-days", "2", "-subj", "/CN=interop"]
        + ["-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    return certificate, key


def first_line(child, folder):
    wait_until(lambda: select.select([child.stdout], [], [], 0)[0], child, folder)
    return child.stdout.readline()


@contextlib.contextmanager
def local_aws_sqs(folder, packages, tls=False):
    files = make_certificate(folder) if tls else ()
    command = ["node", HERE / "local_aws_sqs.mjs", *files]
    environment = dict(os.environ, INTEROP_NODE_PACKAGES=str(packages / "node"))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with process(folder, command, env=environment, **pipes) as child:
        url = json.loads(first_line(child, folder))["url"]
        name = "local-aws-sqs over TLS" if tls else "local-aws-sqs"
        yield emulator(folder, name, url, str(files[0]) if tls else None)


@contextlib.contextmanager
def elasticmq(folder, packages):
    port = free_port()
    settings = {
        "rest-sqs.bind-hostname": "127.0.0.1",
        "rest-sqs.bind-port": port,
        "node-address.host": "127.0.0.1",
        "node-address.port": port,
        "aws.region": "eu-west-1",
        "aws.accountId": "123456789012",
    }
    command = ["java", "-cp", f"{packages}/elasticmq/*"]
    command += [f"-D{key}={value}" for key, value in settings.items()]
    with process(folder, command + ["org.elasticmq.server.Main"]) as child:
        # Its port is bound before its routes answer.
        log = folder / "server.log"
        wait_until(lambda: b"=== ElasticMQ server" in log.read_bytes(), child, folder)
        yield emulator(folder, "elasticmq", f"http://127.0.0.1:{port}")
