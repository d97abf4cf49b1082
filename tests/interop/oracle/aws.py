"""Answers what sources of credentials ask for, the same to everybody, and writes down who asked."""
import hashlib
import json
import re
import urllib.parse

from .sigv4 import Signature, signed_by_botocore, value_of

EXPIRY = "2099-12-31T23:59:59Z"
EXPIRY_MS = 4102444799000
# What a program calls a session that nobody named.
UNNAMED = re.compile(r"(botocore-session|redrive)-\d+")
ROLES = "/latest/meta-data/iam/security-credentials/"
SESSION = "a session of the metadata service"


def secret_of(access_key_id):
    return "secret/of+" + access_key_id


def keys_for(*reasons):
    """Keys that tell what they were given for."""
    return "ASIA" + hashlib.sha1(repr(reasons).encode()).hexdigest()[:16].upper()


def sts_reply(action, role, key):
    name = role.rpartition("/")[2]
    account = role.split(":")[4]
    return (
        f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
        f"<Credentials><AccessKeyId>{key}</AccessKeyId><Expiration>{EXPIRY}</Expiration>"
        f"<SecretAccessKey>{secret_of(key)}</SecretAccessKey>"
        f"<SessionToken>token-{key}</SessionToken></Credentials><AssumedRoleUser>"
        f"<Arn>arn:aws:sts::{account}:assumed-role/{name}/session</Arn>"
        f"<AssumedRoleId>AROA:session</AssumedRoleId></AssumedRoleUser>"
        f"</{action}Result></{action}Response>"
    )


def sts_error(code):
    return f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code></Error></ErrorResponse>"


def machine_keys(key):
    return json.dumps(
        {
            "Code": "Success",
            "AccessKeyId": key,
            "SecretAccessKey": secret_of(key),
            "Token": f"token-{key}",
            "Expiration": EXPIRY,
        }
    )


class Aws:
    """All services of one environment. `asked` has a line for each request."""

    def __init__(self, machine):
        self._machine = machine
        self.asked = []

    def answer(self, method, url, headers, body):
        """A status and a body; nothing when nobody listens there."""
        place = urllib.parse.urlsplit(url)
        base = f"{place.scheme}://{place.netloc}"
        if place.path.endswith("/latest/api/token"):
            return self._begin_session(base)
        if ROLES in place.path:
            return self._describe_machine(base, place.path.partition(ROLES)[2], headers)
        if place.path.endswith("/federation/credentials"):
            return self._portal(base, urllib.parse.parse_qs(place.query), headers)
        if place.path.endswith("/token"):
            return self._renew_token(base, json.loads(body))
        if place.path.startswith("/container/"):
            return self._container(url, headers)
        if value_of(headers, "x-amz-target") == "AmazonSQS.ListQueues":
            return self._sqs(url)
        form = dict(urllib.parse.parse_qsl(body))
        assert form.get("Version") == "2011-06-15", (method, url, body)
        return self._sts(method, url, headers, body, form)

    def _ask(self, *words):
        self.asked.append(" ".join(words))

    def _begin_session(self, base):
        self._ask("metadata session at", base)
        if self._machine == "no machine":
            return None
        return (404, "") if self._machine == "no sessions" else (200, SESSION.replace(" ", "-"))

    def _describe_machine(self, base, role, headers):
        if self._machine == "no machine":
            return None  # tried without a session, after nobody would begin one
        proof = value_of(headers, "x-aws-ec2-metadata-token")
        self._ask("metadata role", role or "?", "at", base, "with" if proof else "without", "proof")
        if self._machine == "no role":
            return 404, ""
        return 200, machine_keys(keys_for("machine")) if role else "machine-role"

    def _portal(self, base, query, headers):
        token = value_of(headers, "x-amz-sso_bearer_token")
        [account], [role] = query["account_id"], query["role_name"]
        self._ask("SSO role", role, "in", account, "with", token, "at", base)
        if role == "denied":
            return 403, '{"message": "no access"}'
        key = keys_for("sso", account, role, token)
        keys = {"accessKeyId": key, "secretAccessKey": secret_of(key)}
        keys |= {"sessionToken": f"token-{key}", "expiration": EXPIRY_MS}
        return 200, json.dumps({"roleCredentials": keys})

    def _renew_token(self, base, given):
        self._ask("SSO token for", given["refreshToken"], "of", given["clientId"], "at", base)
        assert given["grantType"] == "refresh_token"
        renewed = {"accessToken": "renewed-" + given["clientSecret"], "expiresIn": 28800}
        return 200, json.dumps(renewed)

    def _container(self, url, headers):
        proof = value_of(headers, "authorization")
        self._ask("container", url, "with", repr(proof))
        return 200, machine_keys(keys_for("container", url, proof))

    def _sqs(self, url):
        self._ask("SQS", url)
        return 503, "{}"  # worth another attempt, as often as allowed

    def _sts(self, method, url, headers, body, form):
        action, role = form["Action"], form["RoleArn"]
        signer = self._signer(method, url, headers, body)
        more = {
            "external id": form.get("ExternalId"),
            "seconds": form.get("DurationSeconds"),
            "session": UNNAMED.sub("unnamed", form["RoleSessionName"]),
            "token": form.get("WebIdentityToken"),
        }
        self._ask(action, role, "by", signer, "at", url, json.dumps(more, sort_keys=True))
        if role.endswith("/denied"):
            return 403, sts_error("AccessDenied")
        return 200, sts_reply(action, role, keys_for(action, role, signer, more))

    @staticmethod
    def _signer(method, url, headers, body):
        """Who signed a request, and for where. STS would refuse a wrong signature as well."""
        said = value_of(headers, "authorization")
        if said is None:
            return "nobody"
        signature = Signature.of(said)
        key = signature.access_key_id
        assert said == signed_by_botocore(method, url, headers, body, secret_of(key)), said
        token = value_of(headers, "x-amz-security-token")
        return f"{key} ({token}) for {signature.service} in {signature.region}"
