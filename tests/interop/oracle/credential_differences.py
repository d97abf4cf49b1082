"""Where redrive finds other credentials than botocore, or none."""
import re

from .aws import secret_of
from .differences import Differences
from .environment_maker import add, identity_variables, process, role_of_itself, some_role
from .groundwork import BASES, emptied_profile

CREDENTIALS = Differences("credentials")
PARTITION_REGIONS = {"aws": "us-east-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-west-1"}
IDENTITY = ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME")
KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_account_id")


@CREDENTIALS.arises("half a pair of keys in the environment")
def lose_the_secret(rng, e):
    e.variables.pop("AWS_SECRET_ACCESS_KEY", None)
    e.variables["AWS_ACCESS_KEY_ID"] = "AKIDALONE"
    return e


@CREDENTIALS.translates("half a pair of keys in the environment")
def lose_the_id_as_well(e):
    if e.variable("AWS_SECRET_ACCESS_KEY"):
        return None
    return e.without_variables("AWS_ACCESS_KEY_ID")


@CREDENTIALS.arises("blanks around the keys in the environment")
def pad_the_keys(rng, e):
    e.variables["AWS_ACCESS_KEY_ID"] = rng.choice([" AKIDPAD", "AKIDPAD\n"])
    e.variables["AWS_SECRET_ACCESS_KEY"] = secret_of("AKIDPAD") + rng.choice([" ", "\r\n"])
    return e


@CREDENTIALS.translates("blanks around the keys in the environment")
def trim_the_keys(e):
    changed = e.changed()
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "ACCOUNT_ID"):
        if "AWS_" + name in e.variables:
            changed.variables["AWS_" + name] = e.variables["AWS_" + name].strip()
    return changed


@CREDENTIALS.arises("a variable or key that only botocore reads")
def use_what_only_botocore_reads(rng, e):
    e.files["keys-of-old"] = "AWSAccessKeyId=AKIDOLD\nAWSSecretKey=old\n"
    keys = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": secret_of("AKIDENV")}
    kind = rng.randint(0, 3)
    if kind == 0:
        e.variables |= {**keys, "AWS_SECURITY_TOKEN": "token-of-old"}
    elif kind == 1:
        e.variables |= {**keys, "AWS_CREDENTIAL_EXPIRATION": "2020-01-01T00:00:00Z"}
    elif kind == 2:
        e.variables["AWS_CREDENTIAL_FILE"] = "{home}/keys-of-old"
    else:
        e.in_credentials(e.selected()).set("aws_security_token", "token-of-old")
    return e


@CREDENTIALS.translates("a variable or key that only botocore reads")
def drop_what_only_botocore_reads(e):
    names = ("AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_CREDENTIAL_FILE")
    changed = e.without_variables(*names)
    for section in changed.all_sections():
        section.drop("aws_security_token")
    return changed


def says_something(e):
    return any(e.get(e.selected(), key) for key in BASES)


@CREDENTIALS.arises("web identity variables beside a profile")
def add_a_web_identity(rng, e):
    identity_variables(rng, e)
    return e


@CREDENTIALS.translates("web identity variables beside a profile")
def ask_the_profile_alone(e):
    if not says_something(e) or e.profile:
        return None
    return e.without_variables(*IDENTITY)


@CREDENTIALS.arises("half of a web identity in the environment")
def add_half_a_web_identity(rng, e):
    section = emptied_profile(e)
    identity_variables(rng, e)
    if rng.random() < 0.5:
        del e.variables["AWS_ROLE_ARN"]
        return e
    del e.variables["AWS_WEB_IDENTITY_TOKEN_FILE"]
    section.set("web_identity_token_file", "{home}/identity")
    section.set("role_arn", some_role(rng, e) + "-of-the-profile")
    return e


@CREDENTIALS.translates("half of a web identity in the environment")
def drop_half_a_web_identity(e):
    if e.variable("AWS_ROLE_ARN") and e.variable("AWS_WEB_IDENTITY_TOKEN_FILE"):
        return None
    return e.without_variables(*IDENTITY)


@CREDENTIALS.arises("a token file that ends in a line")
def end_the_token_in_a_line(rng, e):
    emptied_profile(e)
    identity_variables(rng, e)
    e.files["identity"] += rng.choice(["\n", "\r\n"])
    return e


@CREDENTIALS.translates("a token file that ends in a line")
def end_the_token(e):
    if not e.files.get("identity", "").endswith("\n"):
        return None
    changed = e.changed()
    changed.files["identity"] = e.files["identity"].strip()
    return changed


@CREDENTIALS.arises("keys that are spread over both files")
def spread_the_keys(rng, e):
    lines = {"aws_access_key_id": "AKIDSPREAD", "aws_secret_access_key": secret_of("AKIDSPREAD")}
    lines["aws_session_token"] = "token-spread"
    emptied_profile(e)
    for key, value in lines.items():
        rng.choice([e.in_config, e.in_credentials])(e.selected()).set(key, value)
    return e


@CREDENTIALS.translates("keys that are spread over both files")
def write_them_into_one(e):
    changed = e.changed()
    for name in e.walk():
        for key in KEYS:
            value = e.get(name, key)
            for section in changed.sections(name):
                section.drop(key)
            if value is not None:
                changed.in_credentials(name).set(key, value)
    return changed


@CREDENTIALS.arises("a process or login beside keys")
def add_a_process(rng, e):
    emptied_profile(e)
    name = e.selected()
    process(rng, e, name)
    add(e.in_credentials(name), {"aws_access_key_id": "AKIDBESIDE"})
    e.in_credentials(name).set("aws_secret_access_key", secret_of("AKIDBESIDE"))
    return e


@CREDENTIALS.translates("a process or login beside keys")
def drop_the_keys(e):
    changed = e.changed()
    # A source profile's own keys come first in redrive, too.
    name = e.selected()
    if e.get(name, "credential_process") or e.get(name, "login_session"):
        for section in changed.sections(name):
            section.drop(*KEYS[:3])
    return changed


@CREDENTIALS.arises("a role that is assumed with the profile's own process")
def start_a_process_for_a_role(rng, e):
    section = emptied_profile(e)
    process(rng, e, e.selected())
    add(section, {"role_arn": some_role(rng, e), "source_profile": e.selected()})
    return e


@CREDENTIALS.translates("a role that is assumed with the profile's own process")
def give_the_process_a_profile(e):
    name = e.selected()
    command = e.get(name, "credential_process")
    if e.get(name, "source_profile") != name or not command:
        return None
    changed = e.changed()
    add(changed.in_config("own-process"), {"credential_process": command})
    if e.get(name, "aws_account_id"):
        changed.in_config("own-process").set("aws_account_id", e.get(name, "aws_account_id"))
    for section in changed.sections(name):
        if section.get("source_profile"):
            section.set("source_profile", "own-process")
    return changed


@CREDENTIALS.arises("a credential_source in other letters")
def spell_the_source_freely(rng, e):
    section = emptied_profile(e)
    e.machine = "role"
    section.set("role_arn", some_role(rng, e))
    section.set("credential_source", rng.choice(["ec2instancemetadata", "EC2INSTANCEMETADATA"]))
    return e


@CREDENTIALS.translates("a credential_source in other letters")
def spell_the_source_as_documented(e):
    words = {word.lower(): word for word in ("Environment", "Ec2InstanceMetadata", "EcsContainer")}

    def change(setting):
        if setting.key == "credential_source":
            setting.value = words.get(setting.value.lower(), setting.value)
        return setting

    return e.with_settings(change)


@CREDENTIALS.arises("a setting of credentials that is not as it must be")
def garble_a_setting(rng, e):
    emptied_profile(e)
    role_of_itself(rng, e, e.selected())
    garbled = [("duration_seconds", "an hour"), ("duration_seconds", "60")]
    garbled += [("aws_account_id", "my account"), ("role_session_name", "some body")]
    e.in_credentials(e.selected()).set(*rng.choice(garbled))
    return e


def is_garbled(e, name):
    seconds = e.get(name, "duration_seconds")
    account, session = e.get(name, "aws_account_id"), e.get(name, "role_session_name")
    return (
        (seconds and not (re.fullmatch(r"\d+", seconds) and 900 <= int(seconds) <= 43200))
        or (account and not re.fullmatch(r"\d{12}", account))
        or (session and not re.fullmatch(r"[\w+=,.@-]{2,64}", session))
    )


@CREDENTIALS.translates("a setting of credentials that is not as it must be")
def contradict_the_profile(e):
    names = [name for name in e.walk() if is_garbled(e, name)]
    changed = e.changed()
    for name in names:
        contradiction = {"role_arn": "any", "source_profile": name, "credential_source": "any"}
        add(changed.in_config(name), contradiction)
    return changed


@CREDENTIALS.arises("a process that needs a shell")
def start_a_pipeline(rng, e):
    section = emptied_profile(e)
    process(rng, e, e.selected())
    file = "{home}/process.json"
    commands = [f"cat {file} | cat", f"cat <{file}", "cat $HOME/process.json"]
    section.set("credential_process", rng.choice(commands))
    return e


@CREDENTIALS.translates("a process that needs a shell")
def start_a_shell(e):
    def change(setting):
        if setting.key == "credential_process" and re.search(r"[|<$]", setting.value):
            setting.value = f"sh -c '{setting.value}'"
        return setting

    return e.with_settings(change)


@CREDENTIALS.arises("instance metadata without sessions")
def age_the_machine(rng, e):
    emptied_profile(e)
    e.machine = "no sessions"
    e.variables.pop("AWS_EC2_METADATA_DISABLED", None)
    return e


@CREDENTIALS.translates("instance metadata without sessions")
def insist_on_sessions(e):
    if e.machine != "no sessions":
        return None
    changed = e.changed()
    changed.variables["AWS_EC2_METADATA_V1_DISABLED"] = "true"
    return changed


@CREDENTIALS.arises("a profile that a program asks for")
def ask_for_a_profile(rng, e):
    emptied_profile(e)
    e.profile = e.selected()
    e.machine = "role"
    e.variables.pop("AWS_EC2_METADATA_DISABLED", None)
    return e


@CREDENTIALS.translates("a profile that a program asks for")
def ask_nobody_else(e):
    names = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if not e.profile or any(e.get(name, "credential_source") for name in e.walk()):
        return None
    changed = e.without_variables(*names)
    changed.variables["AWS_EC2_METADATA_DISABLED"] = "true"
    return changed


@CREDENTIALS.arises("a role without a region")
def lose_the_region(rng, e):
    e.variables.pop("AWS_DEFAULT_REGION", None)
    for section in e.all_sections():
        section.drop("region")
    if not e.get(e.selected(), "role_arn"):
        identity_variables(rng, e)
    return e


@CREDENTIALS.translates("a role without a region")
def ask_in_the_partition_of_the_role(e):
    if e.variable("AWS_DEFAULT_REGION") or e.get(e.selected(), "region") or e.role_region:
        return None
    changed = e.changed()
    changed.role_region = PARTITION_REGIONS[e.partition]
    return changed
