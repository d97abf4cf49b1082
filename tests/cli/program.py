"""Runs redrive and redrive-sim for tests that drive the built programs."""

import contextlib
import json
import os
import pty
import select
import signal
import ssl
import subprocess
import tempfile
import time
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Ended:
    """How a program ended: its exit code, stdout and stderr as text."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def __repr__(self):
        return f"exit {self.code}\nstdout: {self.out[-3000:]}\nstderr: {self.err[-3000:]}"


def clean_environment(**extra):
    """The caller's environment without anything that configures AWS tools, proxies or colours."""
    banned = ("AWS_", "REDRIVE_", "SSL_CERT", "NO_COLOR", "CLICOLOR")
    env = {k: v for k, v in os.environ.items() if not k.startswith(banned) and not k.lower().endswith("_proxy")}
    env["AWS_CONFIG_FILE"] = env["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
    env["AWS_EC2_METADATA_DISABLED"] = "true"
    env["TERM"] = "xterm"
    env.update(extra)
    return env


def run(program, *arguments, stdin=None, timeout=60, **env):
    """Runs to the end; stdin is text, bytes, or nothing: empty."""
    data = stdin.encode() if isinstance(stdin, str) else stdin or b""
    done = subprocess.run([program, *arguments], input=data, capture_output=True, timeout=timeout,
                          env=clean_environment(**env), check=False)
    return Ended(done.returncode, done.stdout.decode("utf-8", "surrogateescape"),
                 done.stderr.decode("utf-8", "surrogateescape"))


class Simulator:
    """A running redrive-sim."""

    def __init__(self, program, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        ready = Path(self.folder.name) / "ready.json"
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--ready-file", str(ready), *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment())
        deadline = time.monotonic() + 20
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"redrive-sim did not start: {arguments}")
            time.sleep(0.02)
        self.ready = json.loads(ready.read_text(encoding="utf-8"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()

    @property
    def env(self):
        return {"AWS_CONFIG_FILE": self.ready["config_file"]}

    def state(self):
        trust = ssl.create_default_context(cafile=self.ready["ca_bundle"])
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                             urllib.request.HTTPSHandler(context=trust))
        with opener.open(self.ready["url"] + "/_sim/state", timeout=10) as reply:
            return json.load(reply)


class Refusing:
    """A service that refuses every request with 403, a code and a message, and keeps their headers."""

    def __init__(self, code, message):
        self.headers = []
        body = json.dumps({"__type": "com.amazonaws.sqs#" + code, "message": message}).encode()
        headers = self.headers

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                headers.append(self.headers)
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(403)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Terminal:
    """A program whose three streams are one pseudo-terminal of its own."""

    def __init__(self, program, *arguments, stdin=None, **env):
        self.master, slave = pty.openpty()

        def own_terminal():
            os.setsid()
            with contextlib.suppress(OSError):
                import fcntl
                import termios
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen([program, *arguments], stdin=slave if stdin is None else stdin,
                                        stdout=slave, stderr=slave, preexec_fn=own_terminal,
                                        env=clean_environment(**env), pass_fds=(slave,))
        os.close(slave)
        self.text = ""

    def read_until(self, wanted, timeout=30):
        deadline = time.monotonic() + timeout
        while wanted not in self.text:
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{wanted!r} did not appear in {self.text!r}")
        return self.text

    def type(self, text):
        os.write(self.master, text.encode())

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def end(self, timeout=30):
        deadline = time.monotonic() + timeout
        while self._read(max(0.01, deadline - time.monotonic())):
            if time.monotonic() > deadline:
                break
        code = self.process.wait(timeout)
        os.close(self.master)
        return Ended(code, self.text, "")

    def _read(self, timeout):
        # Not select(), which knows the first 1024 descriptors only.
        reads = select.poll()
        reads.register(self.master, select.POLLIN)
        if not reads.poll(timeout * 1000):
            return False
        try:
            piece = os.read(self.master, 65536)
        except OSError:  # the program has closed the terminal
            return False
        self.text += piece.decode("utf-8", "surrogateescape")
        return bool(piece)
