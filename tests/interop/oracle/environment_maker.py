"""Environments, made up from a seed, of all the things that AWS tools read."""
import hashlib
import json
import random

from .aws import EXPIRY, keys_for, secret_of
from .environment import Environment

NAMES = ["default", "prod", "ops.team-1", "a/b", "user@corp", "x_y+z", "Default", "100%"]
REGIONS = ["us-east-1", "eu-west-1", "ap-south-2", "us-gov-west-1", "cn-north-1", "us-iso-east-1"]
REGIONS += ["eu-central-1", "eusc-de-east-1", "xx-nowhere-1"]
ODD_REGIONS = ["not a region", "-eu"]
URLS = ["http://localhost:4566", "https://queue.example.com/base", "http://127.0.0.1:9324/"]
ROLES = ["100000000001:role/ops", "100000000002:role/path/to/reader", "100000000003:role/Admin"]
ROLES = [*ROLES * 5, "100000000004:role/denied"]
PARTITIONS = ["aws", "aws", "aws", "aws-cn", "aws-us-gov"]
PAST = "2020-01-01T00:00:00Z"
BOOLEANS = ["true", "false", "TRUE", "False"]


def chance(rng, part):
    return rng.random() < part


def word_of(name):
    return "".join(c for c in name.upper() if c.isalnum())


def keys_of(key, rng, account="123456789012"):
    """Lines of static credentials."""
    lines = {"aws_access_key_id": key, "aws_secret_access_key": secret_of(key)}
    if chance(rng, 0.4):
        lines["aws_session_token"] = f"token-{key}"
    if chance(rng, 0.2):
        lines["aws_account_id"] = account
    return lines


def add(section, lines):
    for key, value in lines.items():
        section.set(key, value)


def keys_in_credentials(rng, e, name):
    add(e.in_credentials(name), keys_of(f"AKID{word_of(name)}FILE", rng))


def keys_in_config(rng, e, name):
    add(e.in_config(name), keys_of(f"AKID{word_of(name)}CONFIG", rng))


def role_extras(rng):
    extras = {"external_id": "ext & 1", "role_session_name": "some.body@corp"}
    extras |= {"duration_seconds": "3600"}
    return {key: value for key, value in extras.items() if chance(rng, 0.3)}


def some_role(rng, e):
    return f"arn:{e.partition}:iam::{rng.choice(ROLES)}"


def role_of(rng, e, name, **source):
    add(e.in_config(name), {"role_arn": some_role(rng, e), **role_extras(rng), **source})


def role_of_itself(rng, e, name):
    keys_in_credentials(rng, e, name)
    role_of(rng, e, name, source_profile=name)


def role_of_a_source(rng, e, name):
    source = rng.choice(["Environment", "EcsContainer", "Ec2InstanceMetadata"])
    role_of(rng, e, name, credential_source=source)
    if source == "Environment":
        environment_keys(rng, e)
    if source == "EcsContainer":
        container(rng, e)
    if source == "Ec2InstanceMetadata":
        e.machine = rng.choice(["role", "role", "no role"])


def web_identity(rng, e, name):
    e.files["identity"] = "header.payload.proof"
    section = e.in_config(name)
    add(section, {"role_arn": some_role(rng, e), "web_identity_token_file": "{home}/identity"})
    if chance(rng, 0.3):
        section.set("role_session_name", "pod-1")


def put_sso_token(rng, e, key):
    token = {"accessToken": f"token-of-{word_of(key)}", "expiresAt": EXPIRY}
    token |= {"region": rng.choice(REGIONS[:4]), "startUrl": "https://corp.awsapps.com/start"}
    kind = rng.random()
    if kind < 0.5:
        token["expiresAt"] = PAST
    if kind < 0.4:
        token |= {"clientId": "client", "clientSecret": "c-secret", "refreshToken": "refresh"}
        token["registrationExpiresAt"] = EXPIRY
    if chance(rng, 0.1):
        token["expiresAt"] = token["expiresAt"].replace("Z", "UTC")  # of old releases of the CLI
    name = hashlib.sha1(key.encode()).hexdigest()
    e.files[f".aws/sso/cache/{name}.json"] = json.dumps(token)


def sso_access(rng):
    role = rng.choice(["admin", "reader", "auditor", "denied"])
    return {"sso_account_id": "100000000009", "sso_role_name": role}


def sso_session(rng, e, name):
    add(e.in_config(name), {"sso_session": "corp", **sso_access(rng)})
    session = {"sso_region": rng.choice(REGIONS[:2])}
    session["sso_start_url"] = "https://corp.awsapps.com/start"
    add(e.in_config_section("sso-session corp"), session)
    put_sso_token(rng, e, "corp")


def sso_of_old(rng, e, name):
    url = "https://old.awsapps.com/start"
    place = {"sso_start_url": url, "sso_region": rng.choice(REGIONS[:2])}
    add(e.in_config(name), {**place, **sso_access(rng)})
    put_sso_token(rng, e, url)


def process(rng, e, name):
    key = f"AKID{word_of(name)}PROCESS"
    said = {"Version": 1, "AccessKeyId": key, "SecretAccessKey": secret_of(key)}
    more = {"SessionToken": f"token-{key}", "Expiration": EXPIRY, "AccountId": "100000000005"}
    said |= {key: value for key, value in more.items() if chance(rng, 0.5)}
    if chance(rng, 0.1):
        said["Version"] = rng.choice([2, "1", None])
    e.files["process.json"] = json.dumps(said)
    commands = ["cat {home}/process.json", "'cat' \"{home}/process.json\""] * 4
    e.in_config(name).set("credential_process", rng.choice([*commands, "false"]))
    if chance(rng, 0.3):
        e.in_config(name).set("aws_account_id", "100000000006")


def login(rng, e, name):
    arn = "arn:aws:iam::100000000007:user/me"
    key = keys_for("login")
    token = {"accessKeyId": key, "secretAccessKey": secret_of(key), "sessionToken": f"token-{key}"}
    token |= {"accountId": "100000000007", "expiresAt": EXPIRY}
    cached = {"accessToken": token, "clientId": "c", "refreshToken": "r", "dpopKey": "unused"}
    name_of_file = hashlib.sha256(arn.encode()).hexdigest()
    e.files[f".aws/login/cache/{name_of_file}.json"] = json.dumps(cached)
    e.in_config(name).set("login_session", arn)


def nothing(rng, e, name):
    e.in_config(name)


BASES = [keys_in_credentials, keys_in_credentials, keys_in_config, role_of_itself]
BASES += [role_of_a_source, web_identity, sso_session, sso_session, sso_of_old, process, login]
BASES += [nothing]


def make_profiles(rng, e, names):
    """A chain in which each profile may assume a role with the next one."""
    for name, behind in zip(names, [*names[1:], None]):
        if behind and chance(rng, 0.6):
            role_of(rng, e, name, source_profile=behind)
        else:
            rng.choice(BASES)(rng, e, name)
        add(e.in_config(name), profile_settings(rng))
    if chance(rng, 0.15):
        use_services(rng, e, names[0])


def profile_settings(rng):
    values = {
        "region": rng.choice(REGIONS),
        "retry_mode": rng.choice(["standard", "adaptive"]),
        "max_attempts": str(rng.randint(1, 6)),
        "endpoint_url": rng.choice(URLS),
        "use_fips_endpoint": rng.choice(BOOLEANS),
        "use_dualstack_endpoint": rng.choice(BOOLEANS),
        "ignore_configured_endpoint_urls": rng.choice(BOOLEANS),
        "sts_regional_endpoints": rng.choice(["regional", "legacy"]),
        "ca_bundle": "/etc/profile.pem",
        "output": "json",
    }
    often = {"region": 0.7, "max_attempts": 0.3, "retry_mode": 0.3}
    return {key: value for key, value in values.items() if chance(rng, often.get(key, 0.1))}


def use_services(rng, e, name):
    e.in_config(name).set("services", "lab")
    if chance(rng, 0.1):
        return  # to no avail: there is no such section
    section = e.in_config_section("services lab")
    for service in rng.sample(["sqs", "sts", "sso", "s3"], 2):
        section.set(service, {"endpoint_url": f"http://{service}.lab:4566", "other": "x"})


def setting_variables(rng):
    values = {
        "AWS_DEFAULT_REGION": rng.choice(REGIONS * 2 + ODD_REGIONS),
        "AWS_RETRY_MODE": rng.choice([*["standard", "adaptive"] * 3, "fastest"]),
        "AWS_MAX_ATTEMPTS": rng.choice([*"1245" * 3, "many", "0", "-1"]),
        "AWS_ENDPOINT_URL": rng.choice([*URLS * 2, "queue.example.com"]),
        "AWS_ENDPOINT_URL_SQS": rng.choice(URLS),
        "AWS_ENDPOINT_URL_STS": rng.choice(["http://localhost:7", "https://sts.lab/x"]),
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": rng.choice(BOOLEANS),
        "AWS_USE_FIPS_ENDPOINT": rng.choice(BOOLEANS),
        "AWS_USE_DUALSTACK_ENDPOINT": rng.choice(BOOLEANS),
        "AWS_STS_REGIONAL_ENDPOINTS": rng.choice(["regional", "legacy"]),
        "AWS_CA_BUNDLE": "/etc/variable.pem",
        "AWS_EC2_METADATA_DISABLED": rng.choice(BOOLEANS),
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": rng.choice(["http://localhost:1338", "http://h:1/"]),
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": rng.choice(["IPv4", "IPv6", "ipv6"]),
    }
    often = {"AWS_DEFAULT_REGION": 0.4, "AWS_USE_FIPS_ENDPOINT": 0.15}
    return {name: value for name, value in values.items() if chance(rng, often.get(name, 0.1))}


def environment_keys(rng, e):
    key = "AKIDENV"
    e.variables |= {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret_of(key)}
    if chance(rng, 0.5):
        e.variables["AWS_SESSION_TOKEN"] = "t" * rng.choice([20, 4096])
    if chance(rng, 0.3):
        e.variables["AWS_ACCOUNT_ID"] = "100000000008"


def container(rng, e):
    place = {
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/container/v2?id=1",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": rng.choice(
            [
                *("http://localhost:7/container/a", "http://127.0.0.1/container/b"),
                *("http://169.254.170.23/container/c", "https://h.example/container/d"),
                *("http://[fd00:ec2::23]/container/e", "https://h.example:8/container/f"),
                "http://h.example/container/g",
            ]
        ),
    }
    e.variables |= dict(rng.sample(sorted(place.items()), rng.choice([1, 1, 1, 2])))
    proof = rng.random()
    if proof < 0.5:
        e.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "proof of variable"
    if proof < 0.25:
        e.files["proof"] = rng.choice([*["proof of file"] * 3, "proof of file\n"])
        e.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "{home}/proof"


def identity_variables(rng, e):
    e.files["identity"] = "header.payload.proof"
    e.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "{home}/identity"
    e.variables["AWS_ROLE_ARN"] = some_role(rng, e)
    if chance(rng, 0.4):
        e.variables["AWS_ROLE_SESSION_NAME"] = "pod-2"


def make_surroundings(rng, e):
    """What is asked beside the profile."""
    if chance(rng, 0.12):
        environment_keys(rng, e)
    if not e.config and not e.credentials and chance(rng, 0.5):
        identity_variables(rng, e)
    if chance(rng, 0.15):
        container(rng, e)
    e.machine = rng.choice([e.machine, "no machine", "role", "no role"])


def select(rng, e, names):
    kind = rng.random()
    # Keys in variables come before all profiles but one that is asked for by name.
    if kind < (0.7 if "AWS_ACCESS_KEY_ID" in e.variables else 0.15):
        e.profile = names[0]
    elif kind < 0.8 or names[0] != "default":
        e.variables["AWS_PROFILE"] = names[0]


def move_files(rng, e):
    """The shared files in other places."""
    if chance(rng, 0.1):
        e.variables["AWS_CONFIG_FILE"] = rng.choice(["~/.aws/config", "{home}/.aws/config"])
    if chance(rng, 0.05):
        e.variables["AWS_SHARED_CREDENTIALS_FILE"] = "~/.aws/credentials"
    if chance(rng, 0.03):
        e.variables["AWS_SHARED_CREDENTIALS_FILE"] = "{home}/missing"


def spoil(rng, e, name):
    """What is wrong for everybody."""
    section = e.in_config(name)
    role = {"role_arn": some_role(rng, e)}
    wrong = [
        {**role, "source_profile": "missing"},
        {**role, "credential_source": "Printer"},
        role,
        {**role, "source_profile": "default", "credential_source": "Environment"},
        {**role, "web_identity_token_file": "{home}/missing"},
        {"sso_session": "missing", "sso_account_id": "100000000009", "sso_role_name": "admin"},
        {"aws_access_key_id": "AKIDALONE"},
        {"region": "eu west"},
    ]
    section.drop("role_arn", "source_profile", "credential_source", "web_identity_token_file")
    add(section, rng.choice(wrong))


def make_environment(seed):
    rng = random.Random(seed)
    e = Environment(line_end=rng.choice(["\n", "\n", "\r\n"]), partition=rng.choice(PARTITIONS))
    names = rng.sample(NAMES, rng.randint(1, 4))
    if chance(rng, 0.9):
        make_profiles(rng, e, names)
        select(rng, e, names)
        move_files(rng, e)
        if chance(rng, 0.1):
            spoil(rng, e, names[0])
    e.variables |= setting_variables(rng)
    make_surroundings(rng, e)
    for file in (e.config, e.credentials):
        rng.shuffle(file)
    return e
