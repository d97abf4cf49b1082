"""A server on the loopback address that answers by script, also in ways that no service should."""

import contextlib
import dataclasses
import socket
import ssl
import subprocess
import threading
from pathlib import Path

LONGEST_WAIT = 60  # seconds that a silent server waits for its client to give up


@dataclasses.dataclass
class Request:
    method: str
    target: str
    headers: dict  # names in lower case
    body: str

    def text(self):
        """All that was sent, as a page for debugging would show it."""
        return f"{self.body}\n{self.headers}\n{self.method} {self.target}"


@dataclasses.dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict = dataclasses.field(default_factory=dict)
    delay: float = 0  # seconds before the first byte
    part: float = 1  # of the body that is sent before the connection ends
    reason: str = "Status"

    def head(self):
        headers = {"Content-Length": len(self.body), "Connection": "close", **self.headers}
        lines = [f"HTTP/1.1 {self.status} {self.reason}", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


NOTHING = None  # the connection ends without a reply
SILENCE = object()  # and here it does not even end


class Certificate:
    """One self-signed certificate for many hosts, in a folder."""

    def __init__(self, folder, hosts):
        self.file, self.key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        names = ",".join(f"DNS:{host}" for host in hosts)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=faults", "-addext", f"subjectAltName={names}",
                        "-keyout", self.key, "-out", self.file], check=True, capture_output=True)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context


def wait_for_the_end(connection):
    connection.settimeout(LONGEST_WAIT)
    while connection.recv(65536):
        pass


class Service:
    """Serves each connection in a thread of its own: one request, then what `answer` makes of it.

    With a certificate over TLS; a host that `is_silent` gets no handshake. `seen` counts both."""

    def __init__(self, answer, certificate=None, is_silent=lambda host: False):
        self._answer, self._is_silent = answer, is_silent
        self._context = certificate.context() if certificate else None
        self._lock = threading.Lock()
        self.seen = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        if self._context:
            self._context.sni_callback = self._greet
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # which ends the wait of its thread
        self._listener.close()

    def _count(self):
        with self._lock:
            self.seen += 1
            return self.seen

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _greet(self, tls, host, _):
        if not self._is_silent(host):
            return None
        self._count()
        with contextlib.suppress(OSError), socket.socket(fileno=socket.dup(tls.fileno())) as raw:
            wait_for_the_end(raw)
        return ssl.ALERT_DESCRIPTION_INTERNAL_ERROR

    def _serve(self, connection):
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            connection.settimeout(LONGEST_WAIT)
            if self._context:
                connection = stack.enter_context(self._context.wrap_socket(connection, server_side=True))
            request = read_request(connection)
            if request is None:
                return
            self._count()
            reply = self._answer(request)
            if reply is SILENCE:
                wait_for_the_end(connection)
            elif reply is not NOTHING:
                send(connection, reply)


def read_request(connection):
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return None
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    start, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = start.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return Request(method, target, headers, body.decode("latin-1"))


def send(connection, reply):
    if reply.delay:
        threading.Event().wait(reply.delay)
    connection.sendall(reply.head() + reply.body[:int(len(reply.body) * reply.part)])
