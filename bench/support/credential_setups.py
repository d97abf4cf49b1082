"""What bench/credentials sets up: each source of tests/credentials that must be good, and some that ask nobody."""

import dataclasses
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "credentials"))

import sources  # noqa: E402

KEYS = {"AWS_ACCESS_KEY_ID": sources.OLD_KEY, "AWS_SECRET_ACCESS_KEY": sources.OLD_SECRET}
BASELINE = "environment keys"


def environment():
    return sources.Source((), (), KEYS)


def profile_keys():
    return sources.of_profile([f"{name.lower()} = {value}" for name, value in KEYS.items()], ())


def role_of_a_role():
    """The second role is assumed with the first's credentials."""
    outer = sources.assumed_role()
    (name, config), = ((name, text) for name, text in outer.files.items() if name.endswith("/config"))
    inner = f"[profile inner]\nrole_arn = {sources.ROLE_ARN}-first\nsource_profile = base\n"
    config = config.replace("source_profile = base", "source_profile = inner") + inner
    return dataclasses.replace(outer, files={**outer.files, name: config})


def process():
    """Runs a shell and nothing else: what a real program needs comes on top."""
    keys = sources.as_json({"Version": 1, "AccessKeyId": sources.KEY, "SecretAccessKey": sources.SECRET,
                            "SessionToken": sources.TOKEN, "Expiration": sources.rfc3339(3600)})
    return sources.of_profile([f"credential_process = echo {shlex.quote(keys)}"], ())


def machine_profile():
    profile = sources.of_profile(["credential_source = Ec2InstanceMetadata"], ())
    return dataclasses.replace(sources.imds("token"), files=profile.files, profile=profile.profile)


# By name; each with the access key with which the call must be signed.
SETUPS = {
    BASELINE: (environment, sources.OLD_KEY),
    "keys of a profile": (profile_keys, sources.OLD_KEY),
    "a role": (sources.assumed_role, sources.KEY),
    "a role by a role": (role_of_a_role, sources.KEY),
    "web identity": (sources.web_identity, sources.KEY),
    "SSO, token good": (lambda: sources.sso(3600, sources.PORTAL), sources.KEY),
    "SSO, token over": (lambda: sources.sso(-60, sources.OIDC), sources.KEY),
    "aws login, session good": (lambda: sources.login(3600), sources.OLD_KEY),
    "aws login, session over": (lambda: sources.login(-60), sources.KEY),
    "credential_process": (process, sources.KEY),
    "container (ECS)": (sources.ecs, sources.KEY),
    "container (EKS)": (sources.eks, sources.KEY),
    "IMDSv2 by a profile": (machine_profile, sources.KEY),
    "whole chain to IMDSv2": (lambda: sources.imds("token"), sources.KEY),
}
