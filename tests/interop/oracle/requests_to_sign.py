"""Requests, made up from a seed, that put every rule of Signature Version 4 to the test."""
import dataclasses
import datetime
import random

REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-4", "us-gov-west-1", "cn-north-1"]
REGIONS += ["us-iso-east-1", "eusc-de-east-1", "eu-isoe-west-1", "il-central-1", "nowhere"]
SERVICES = ["sqs", "sts", "s-3", "execute-api"]
HOSTS = ["example.com", "sqs.eu-west-1.amazonaws.com", "localhost:4566", "127.0.0.1:9324"]
HOSTS += ["[::1]:8443", "[fd00:ec2::254]", "a.b-c_d.example:65535", "EXAMPLE.com", "h."]
SEGMENTS = ["queue", "a.b", "...", ".hidden", "", "", ".", "..", "a b", "%20", "%2F", "%2f", "%25"]
SEGMENTS += ["ä", "日本", "%C3%A4", "~-_", "a=b", "a+b", "a:b@c", "$,;!*'()", "🚀", "%", "[x]"]
NAMES = ["a", "A", "b", "a-b", "Action", "%C3%A4", "prefix", "x~y", "marker", "%25", "_", "."]
VALUES = ["", "1", "2", "a%20b", "%2F", "%E2%82%AC", "A", "a", "~._-", "%2B", "%3D%26"]
WORDS = ["a", "value", "a b", "  two  blanks ", "tab\tand blank", '"quoted  text"', "ä", "日本語"]
WORDS += ["", " ", "a,b", "a;b=c", "ends in blanks   ", "%20", "x" * 300, "🚀 launch"]
HEADERS = ["X-Amz-Meta-A", "x-amz-meta-a", "X-AMZ-Meta-Z", "Accept", "X-Custom", "Cache-Control"]
HEADERS += ["Content-Type", "X-Amz-Target", "x-amzn-query-mode", "amz-sdk-request", "If-Match"]
UNSIGNED = ["User-Agent", "Expect", "Connection", "Transfer-Encoding", "X-Amzn-Trace-Id", "TE"]
UNSIGNED += ["Keep-Alive", "Proxy-Authorization", "Proxy-Authenticate", "Trailer", "Upgrade"]
UNSIGNED += ["Authorization", "traceparent", "tracestate", "Baggage"]
BODIES = ["", "{}", "Action=AssumeRole&Version=2011-06-15", '{"TaskHandle":"ä日本🚀"}', "\u0000\r\n"]
TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
LONGEST_TOKEN = 4096


@dataclasses.dataclass
class Request:
    method: str
    host: str
    uri: str  # as on the request line
    headers: list
    body: str
    access_key_id: str
    secret_access_key: str
    session_token: str
    region: str
    service: str
    at: datetime.datetime
    rules: dict = dataclasses.field(default_factory=dict)  # for botocore's signer

    @property
    def path(self):
        return self.uri.partition("?")[0]

    @property
    def query(self):
        return self.uri.partition("?")[2]

    def at_path(self, path):
        mark = "?" if "?" in self.uri else ""
        return dataclasses.replace(self, uri=path + mark + self.query)

    def with_query(self, query):
        return dataclasses.replace(self, uri=f"{self.path}?{query}" if query else self.path)

    def with_headers(self, headers):
        return dataclasses.replace(self, headers=headers)


def word(rng, length):
    return "".join(rng.choice(TOKEN) for _ in range(length))


def make_path(rng):
    if rng.random() < 0.3:
        return "/"
    segments = [rng.choice(SEGMENTS) for _ in range(rng.randint(1, 6))]
    # How a path ends that is nothing but dots is one of the differences, which come by themselves.
    return "/" + "/".join(segments) + ("/" if segments[-1] in (".", "..") else "")


def make_query(rng):
    if rng.random() < 0.4:
        return ""
    pairs = [(rng.choice(NAMES), rng.choice(VALUES)) for _ in range(rng.randint(1, 6))]
    # A name without a value stands for an empty one.
    return "?" + "&".join(
        name if not value and rng.random() < 0.5 else f"{name}={value}" for name, value in pairs
    )


def make_headers(rng, host):
    headers = [["Host", host]]
    headers += [[rng.choice(HEADERS), rng.choice(WORDS)] for _ in range(rng.randint(0, 6))]
    headers += [[name, "anything"] for name in UNSIGNED if rng.random() < 0.15]
    if rng.random() < 0.1:
        headers.append(["X-Amz-Date", "20000101T000000Z"])  # what an earlier attempt left behind
    rng.shuffle(headers)
    return headers


def make_token(rng):
    kind = rng.random()
    if kind < 0.4:
        return ""
    return word(rng, rng.randint(1, 400) if kind < 0.8 else rng.randint(4000, LONGEST_TOKEN))


def make_request(seed):
    rng = random.Random(seed)
    host = rng.choice(HOSTS)
    return Request(
        method=rng.choice(["POST", "POST", "GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"]),
        host=host,
        uri=make_path(rng) + make_query(rng),
        headers=make_headers(rng, host),
        body=rng.choice(BODIES) * rng.choice([1, 1, 1, 500]),
        access_key_id="AKIA" + word(rng, 16).replace("/", "_").replace("=", "-"),
        secret_access_key=word(rng, rng.choice([16, 40, 128])),
        session_token=make_token(rng),
        region=rng.choice(REGIONS),
        service=rng.choice(SERVICES),
        at=datetime.datetime.fromtimestamp(rng.randint(0, 4102444800), datetime.timezone.utc),
    )
