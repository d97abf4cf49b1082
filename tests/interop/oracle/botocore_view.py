"""What botocore makes of an environment."""
import contextlib
import copy
import os
from unittest import mock

import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import botocore.loaders
import botocore.session
from botocore.hooks import HierarchicalEmitter

from .aws import Aws
from .environment import sso_tokens

LOADER = botocore.loaders.create_loader()  # its cache of service models is for all sessions
SOMEWHERE = "us-east-1"
CACHE_CLASSES = ["botocore.credentials.SSOProvider", "botocore.tokens.SSOTokenProvider"]


class Reply(botocore.awsrequest.AWSResponse):
    def __init__(self, url, status, body):
        super().__init__(url, status, botocore.compat.HTTPHeaders(), None)
        self._content = body.encode()


def as_text(value):
    return value.decode() if isinstance(value, bytes) else value or ""


@contextlib.contextmanager
def world(variables, home, aws):
    """Inside, botocore sees these variables, this home, and no network."""

    def send(_, request):
        headers = [[as_text(name), as_text(value)] for name, value in request.headers.items()]
        answer = aws.answer(request.method, request.url, headers, as_text(request.body))
        if answer is None:
            raise botocore.exceptions.EndpointConnectionError(endpoint_url=request.url)
        return Reply(request.url, *answer)

    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, variables, clear=True))
        transport = "botocore.httpsession.URLLib3Session"
        stack.enter_context(mock.patch(f"{transport}.__init__", lambda *_, **__: None))
        stack.enter_context(mock.patch(f"{transport}.send", send))
        stack.enter_context(mock.patch("time.sleep"))
        # Found once, when botocore is imported; the sleep of this one is bound then, too.
        for name in CACHE_CLASSES:
            cache = str(home / ".aws" / "sso" / "cache")
            stack.enter_context(mock.patch(f"{name}._SSO_TOKEN_CACHE_DIR", cache))
        stack.enter_context(mock.patch("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0))
        # Without its optional package botocore reads no login session, not even a fresh one.
        stack.enter_context(mock.patch("botocore.credentials.EC", object()))
        yield


def sqs_client(session, **options):
    return session.create_client(
        "sqs", aws_access_key_id="AKIDSQS", aws_secret_access_key="any", **options
    )


def asked_of_sqs(client, aws):
    """The URL of each attempt of a call that is never answered."""
    begin = len(aws.asked)
    with contextlib.suppress(botocore.exceptions.ClientError):
        client.list_queues()
    attempts, aws.asked[begin:] = aws.asked[begin:], []
    return [line.removeprefix("SQS ") for line in attempts]


class NoTokens:
    """What is wrong with bearer tokens, which SQS does not take, is for the credentials to say."""

    def load_token(self, **_):
        return None


def settings(session, aws):
    session.register_component("token_provider", NoTokens())
    has_region = session.get_config_variable("region") is not None
    client = sqs_client(session, **({} if has_region else {"region_name": SOMEWHERE}))
    attempts = asked_of_sqs(client, aws)
    return {
        "region": client.meta.region_name if has_region else None,
        "endpoint": attempts[0] if has_region else None,
        "retry mode": client.meta.config.retries["mode"],
        "max attempts": len(attempts),
        "CA bundle": session.get_config_variable("ca_bundle"),
    }


def source_of(method):
    return {
        "env": "environment",
        "container-role": "container",
        "iam-role": "imds",
    }.get(method, "profile")


def credentials(session, environment):
    resolver = botocore.credentials.create_credential_resolver(
        session, region_name=environment.role_region
    )
    found = resolver.load_credentials()
    if found is None:
        return "none"
    keys = found.get_frozen_credentials()
    web_identity = (
        found.method == "assume-role-with-web-identity"
        and "AWS_WEB_IDENTITY_TOKEN_FILE" in environment.variables
        and environment.profile is None
    )
    return {
        "source": "web_identity" if web_identity else source_of(found.method),
        "access key id": keys.access_key,
        "secret access key": keys.secret_key,
        "session token": keys.token,
        "account id": keys.account_id,
    }


def or_error(look):
    try:
        return look()
    except AssertionError:
        raise
    except Exception:  # botocore lets those of Python through, too
        return "error"


class BotocoreView:
    def __init__(self, home):
        self._home = home
        # What botocore hooks into every session takes longer to register than all of the rest.
        self._hooks = HierarchicalEmitter()
        botocore.session.Session(event_hooks=self._hooks)

    def seen(self, environment):
        variables = environment.write(self._home)
        aws = Aws(environment.machine)
        with world(variables, self._home, aws):
            session = self._session(environment.profile)
            seen = or_error(lambda: settings(session, aws))
            if seen == "error":
                return {"settings": "error"}
            found = or_error(lambda: credentials(session, environment))
        return {
            **seen,
            "credentials": found,
            "asked": aws.asked,
            "SSO tokens": sso_tokens(self._home),
        }

    def _session(self, profile):
        hooks = copy.copy(self._hooks)
        session = botocore.session.Session(
            profile=profile, event_hooks=hooks, include_builtin_handlers=False
        )
        session.register_component("data_loader", LOADER)
        return session
