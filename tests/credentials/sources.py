"""The sources of credentials: what sets each up, what it asks, and what it should be answered."""

import dataclasses
import hashlib
import json
import subprocess
import time
from xml.sax.saxutils import escape

from service import Reply

ACCOUNT = "123456789012"
TOKEN_FILE = "/token"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/stopper"
START_URL = "https://corp.example/start"
LOGIN = f"arn:aws:iam::{ACCOUNT}:user/me"
PORTAL = "portal.sso.us-east-1.amazonaws.com"
OIDC = "oidc.us-east-1.amazonaws.com"
IMDS = "169.254.169.254"
SIGN_IN = "us-east-1.signin.aws.amazon.com"
STS = "sts.us-east-1.amazonaws.com"
TLS_HOSTS = (PORTAL, OIDC, SIGN_IN, STS)

# Whatever is not for others to see. None may be in any output but that of a success.
KEY, SECRET, TOKEN = "ASIANEWKEYS000000001", "hush/issued+secret+access+key", "hush/issued+session+token"
OLD_KEY, OLD_SECRET, OLD_TOKEN = "ASIAOLDKEYS000000001", "hush/old+secret+access+key", "hush/old+session+token"
IMDS_TOKEN = "hush-imds-token"
CONTAINER_TOKEN = "hush-container-token"
WEB_TOKEN = "aHVzaA.aHVzaC13ZWI.aHVzaC1zZWFs"
SSO_TOKEN, NEW_SSO_TOKEN = "hush-sso-access-token", "hush-new-sso-access-token"
CLIENT_SECRET, REFRESH_TOKEN, NEW_REFRESH_TOKEN = "hush-client-secret", "hush-refresh-token", "hush-new-refresh-token"


def make_dpop_key():
    done = subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"],
                          check=True, capture_output=True, text=True)
    return done.stdout


DPOP_KEY = make_dpop_key()
SECRETS = (SECRET, TOKEN, OLD_SECRET, OLD_TOKEN, IMDS_TOKEN, CONTAINER_TOKEN, WEB_TOKEN, SSO_TOKEN, NEW_SSO_TOKEN,
           CLIENT_SECRET, REFRESH_TOKEN, NEW_REFRESH_TOKEN, *DPOP_KEY.splitlines()[1:-1])


def rfc3339(seconds_from_now):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds_from_now))


@dataclasses.dataclass
class Form:
    """A good reply in parts, so that a fault can spoil one: members, and how they are written."""

    members: dict
    write: callable
    secret_member: str | None = None  # without which the reply is no good
    expired: dict | None = None  # what makes it one that has ended

    def text(self, **changed):
        return self.write({**self.members, **changed})

    def without_secret(self):
        return self.write({name: value for name, value in self.members.items() if name != self.secret_member})


def plain(text):
    return Form({"text": text}, lambda members: members.get("text", ""), "text")


def as_json(members):
    return json.dumps(members)


def machine_keys():
    members = {"Code": "Success", "AccessKeyId": KEY, "SecretAccessKey": SECRET, "Token": TOKEN,
               "Expiration": rfc3339(3600)}
    return Form(members, as_json, "SecretAccessKey", {"Expiration": rfc3339(-3600)})


def portal_keys():
    members = {"accessKeyId": KEY, "secretAccessKey": SECRET, "sessionToken": TOKEN,
               "expiration": int(time.time() + 3600) * 1000}
    return Form(members, lambda each: as_json({"roleCredentials": each}), "secretAccessKey",
                {"expiration": int(time.time() - 3600) * 1000})


def fresh_sso_token():
    members = {"accessToken": NEW_SSO_TOKEN, "expiresIn": 3600, "refreshToken": NEW_REFRESH_TOKEN}
    return Form(members, as_json, "accessToken", {"expiresIn": 0})


def fresh_login():
    members = {"accessKeyId": KEY, "secretAccessKey": SECRET, "sessionToken": TOKEN, "expiresIn": 900}

    def write(each):
        keys = {name: value for name, value in each.items() if name != "expiresIn"}
        return as_json({"accessToken": keys, "expiresIn": each["expiresIn"], "refreshToken": NEW_REFRESH_TOKEN})

    return Form(members, write, "secretAccessKey", {"expiresIn": 0})


def role_keys(operation):
    members = {"AccessKeyId": KEY, "SecretAccessKey": SECRET, "SessionToken": TOKEN, "Expiration": rfc3339(3600)}

    def write(each):
        keys = "".join(f"<{name}>{value}</{name}>" for name, value in each.items())
        return (f"<{operation}Response xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><{operation}Result>"
                f"<Credentials>{keys}</Credentials><AssumedRoleUser><Arn>arn:aws:sts::{ACCOUNT}:assumed-role/stopper/me"
                f"</Arn></AssumedRoleUser></{operation}Result></{operation}Response>")

    return Form(members, write, "SecretAccessKey", {"Expiration": rfc3339(-3600)})


def json_refusal(code):
    return lambda status, message="no": Reply(status, as_json({"message": message}).encode(),
                                              {"x-amzn-ErrorType": code})


def container_refusal(code):
    return lambda status, message="no": Reply(status, as_json({"Code": code, "Message": message}).encode())


def sign_in_refusal(error):
    return lambda status, message="no": Reply(status, as_json({"error": error, "message": message}).encode(),
                                              {"x-amzn-ErrorType": "AccessDeniedException"})


def sts_refusal(code):
    def reply(status, message="no"):
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        return Reply(status, f"<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>".encode())

    return reply


def page(status, message="no"):
    return Reply(status, f"<html><body>{escape(message)}</body></html>".encode(), {"Content-Type": "text/html"})


@dataclasses.dataclass
class Step:
    """One of the requests that a source makes."""

    recognises: callable
    form: Form
    host: str  # whose TLS handshake it needs
    refusal: callable = page  # by status
    told_status: int = 400  # of a refusal that explains itself
    throttle: callable = None  # the reply that the service gives when it is asked too often


@dataclasses.dataclass
class Source:
    places: tuple  # (host, port) of all that it asks
    steps: tuple
    env: dict = dataclasses.field(default_factory=dict)
    files: dict = dataclasses.field(default_factory=dict)
    profile: str | None = None
    tls: bool = True
    patience: float = 2  # a delay in seconds that it must bear


def imds(faulty):
    folder = "/latest/meta-data/iam/security-credentials/"
    steps = {
        "token": Step(lambda request: request.method == "PUT", plain(IMDS_TOKEN), ""),
        "role": Step(lambda request: request.target == folder, plain("stopper"), ""),
        "keys": Step(lambda request: request.target == folder + "stopper", machine_keys(), "",
                     container_refusal("AssumeRoleUnauthorizedAccess"), 200),
    }
    first = steps.pop(faulty)
    return Source(((IMDS, 80),), (first, *steps.values()), tls=False, patience=0.3)


def container(host, env, files=None):
    step = Step(lambda request: True, machine_keys(), "", container_refusal("AccessDenied"),
                throttle=lambda: container_refusal("Throttling")(429))
    return Source(((host, 80),), (step,), env, files or {}, tls=False, patience=3)


def ecs():
    return container("169.254.170.2", {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials?id=1",
                                       "AWS_CONTAINER_AUTHORIZATION_TOKEN": CONTAINER_TOKEN})


def eks():
    return container("169.254.170.23",
                     {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
                      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": TOKEN_FILE},
                     {TOKEN_FILE: CONTAINER_TOKEN})


def of_profile(lines, steps, files=None):
    """A source that the profile `p` sets up with these lines."""
    config = "\n".join(["[profile p]", "region = us-east-1", *lines, ""])
    places = tuple((step.host, 443) for step in steps)
    return Source(places, steps, files={"/home/.aws/config": config, **(files or {})}, profile="p")


def sso(token_left, faulty):
    token = {"accessToken": SSO_TOKEN, "expiresAt": rfc3339(token_left), "region": "us-east-1", "startUrl": START_URL,
             "clientId": "client", "clientSecret": CLIENT_SECRET, "refreshToken": REFRESH_TOKEN,
             "registrationExpiresAt": rfc3339(86400)}
    name = hashlib.sha1(b"corp").hexdigest()
    steps = [Step(lambda request: request.target.startswith("/federation/"), portal_keys(), PORTAL,
                  json_refusal("UnauthorizedException"),
                  throttle=lambda: json_refusal("TooManyRequestsException")(429)),
             Step(lambda request: request.target == "/token", fresh_sso_token(), OIDC,
                  json_refusal("InvalidGrantException"), throttle=lambda: json_refusal("ThrottlingException")(400))]
    if faulty == OIDC:
        steps.reverse()
    session = ["sso_session = corp", f"sso_account_id = {ACCOUNT}", "sso_role_name = stopper", "[sso-session corp]",
               "sso_region = us-east-1", f"sso_start_url = {START_URL}"]
    return of_profile(session, tuple(steps), {f"/home/.aws/sso/cache/{name}.json": as_json(token)})


def login(left):
    session = {"accessToken": {"accessKeyId": OLD_KEY, "secretAccessKey": OLD_SECRET, "sessionToken": OLD_TOKEN,
                               "accountId": ACCOUNT, "expiresAt": rfc3339(left)},
               "tokenType": "aws_sigv4", "clientId": "client", "refreshToken": REFRESH_TOKEN, "dpopKey": DPOP_KEY}
    name = hashlib.sha256(LOGIN.encode()).hexdigest()
    step = Step(lambda request: request.target == "/v1/token", fresh_login(), SIGN_IN,
                sign_in_refusal("TOKEN_EXPIRED"), throttle=lambda: json_refusal("ThrottlingException")(429))
    return of_profile([f"login_session = {LOGIN}"], (step,), {f"/home/.aws/login/cache/{name}.json": as_json(session)})


def sts(operation, lines, files=None):
    step = Step(lambda request: f"Action={operation}&" in request.body, role_keys(operation), STS,
                sts_refusal("AccessDenied"), throttle=lambda: sts_refusal("Throttling")(400))
    return of_profile([f"role_arn = {ROLE_ARN}", *lines], (step,), files)


def assumed_role():
    base = f"[base]\naws_access_key_id = {OLD_KEY}\naws_secret_access_key = {OLD_SECRET}\n"
    return sts("AssumeRole", ["source_profile = base"], {"/home/.aws/credentials": base})


def web_identity():
    return sts("AssumeRoleWithWebIdentity", [f"web_identity_token_file = {TOKEN_FILE}"], {TOKEN_FILE: WEB_TOKEN + "\n"})


# What each row of the matrix sets up; the fault is in the first step.
SOURCES = {
    "imds token": lambda: imds("token"),
    "imds role": lambda: imds("role"),
    "imds keys": lambda: imds("keys"),
    "ecs": ecs,
    "eks": eks,
    "sso portal": lambda: sso(3600, PORTAL),
    "sso oidc, token over": lambda: sso(-60, OIDC),
    "sso oidc, token good": lambda: sso(120, OIDC),
    "sign-in, session over": lambda: login(-60),
    "sign-in, session good": lambda: login(120),
    "sts role": assumed_role,
    "sts web identity": web_identity,
}
