"""Which profile, region and settings redrive chooses where botocore chooses others."""
import re

from .aws import EXPIRY, secret_of
from .differences import Differences
from .environment_maker import PAST, add, role_of_itself, some_role, sso_of_old
from .groundwork import emptied_profile, sound_settings

SETTINGS = Differences("settings")


@SETTINGS.arises("a profile in AWS_DEFAULT_PROFILE")
def select_another_profile(rng, e):
    e.variables["AWS_DEFAULT_PROFILE"] = rng.choice(["prod", "default", "nobody"])
    return e


@SETTINGS.translates("a profile in AWS_DEFAULT_PROFILE")
def drop_default_profile(e):
    return e.without_variables("AWS_DEFAULT_PROFILE")


@SETTINGS.arises("a selected profile that does not exist")
def select_nobody(rng, e):
    e.profile = None
    e.variables["AWS_PROFILE"] = rng.choice(["nobody", "no/one"])
    return e


@SETTINGS.translates("a selected profile that does not exist")
def add_it_without_settings(e):
    if e.profile or not e.variable("AWS_PROFILE") or e.sections(e.selected()):
        return None
    changed = e.changed()
    changed.own_section()
    return changed


@SETTINGS.arises("a region in AWS_REGION")
def name_a_region(rng, e):
    e.variables["AWS_REGION"] = rng.choice(["mx-central-1", "us-gov-east-1", "us east"])
    return e


@SETTINGS.translates("a region in AWS_REGION")
def name_it_by_the_other_variable(e):
    if not e.variable("AWS_REGION"):
        return None
    changed = e.changed()
    changed.variables["AWS_DEFAULT_REGION"] = changed.variables.pop("AWS_REGION")
    return changed


@SETTINGS.arises("the region of a source profile")
def leave_the_region_to_the_source(rng, e):
    e.variables.pop("AWS_DEFAULT_REGION", None)
    for section in e.sections(e.selected()):
        section.drop("region")
    if e.get(e.selected(), "source_profile") in (None, e.selected()):
        add(e.own_section(), {"role_arn": some_role(rng, e), "source_profile": "home"})
        e.own_section().drop("credential_source", "web_identity_token_file")
        add(e.in_credentials("home"), {"aws_access_key_id": "AKIDHOME"})
        e.in_credentials("home").set("aws_secret_access_key", secret_of("AKIDHOME"))
    e.in_config(e.get(e.selected(), "source_profile")).set("region", "ap-east-1")
    return e


@SETTINGS.translates("the region of a source profile")
def give_it_to_the_selected_one(e):
    own, *behind = [e.get(name, "region") for name in e.walk()]
    found = next((region for region in behind if region), None)
    if own or not found:
        return None
    changed = e.changed()
    changed.own_section().set("region", found)
    return changed


# Settings.


@SETTINGS.arises("the retry mode legacy")
def retry_as_of_old(rng, e):
    if rng.random() < 0.5:
        e.variables["AWS_RETRY_MODE"] = "legacy"
    else:
        e.own_section().set("retry_mode", "legacy")
    return e


@SETTINGS.translates("the retry mode legacy")
def retry_as_of_today(e):
    return change_retry_mode(e, lambda mode: "standard" if mode == "legacy" else mode)


def change_retry_mode(e, change):
    changed = e.changed()
    if "AWS_RETRY_MODE" in e.variables:
        changed.variables["AWS_RETRY_MODE"] = change(e.variables["AWS_RETRY_MODE"])
    for section in changed.all_sections():
        for setting in section.settings:
            if setting.key.lower() == "retry_mode":
                setting.value = change(setting.value)
    return changed


@SETTINGS.arises("a retry mode in capitals or between blanks")
def shout_the_retry_mode(rng, e):
    e.variables["AWS_RETRY_MODE"] = rng.choice(["ADAPTIVE", " standard", "Adaptive "])
    return e


@SETTINGS.translates("a retry mode in capitals or between blanks")
def say_it_quietly(e):
    return change_retry_mode(e, lambda mode: mode.strip().lower())


@SETTINGS.arises("a region of old that means FIPS")
def name_a_region_of_old(rng, e):
    emptied_profile(e)
    sso_of_old(rng, e, e.selected())
    e.files = {name: text.replace(PAST, EXPIRY) for name, text in e.files.items()}
    e.variables["AWS_DEFAULT_REGION"] = rng.choice(["fips-us-west-2", "us-east-1-fips"])
    e.variables["AWS_USE_FIPS_ENDPOINT"] = "false"
    return e


@SETTINGS.translates("a region of old that means FIPS")
def name_both_parts(e):
    region = e.variable("AWS_DEFAULT_REGION") or ""
    if "fips" not in region:
        return None
    changed = e.changed()
    changed.variables["AWS_DEFAULT_REGION"] = region.replace("fips-", "").replace("-fips", "")
    changed.variables["AWS_USE_FIPS_ENDPOINT"] = "true"
    return changed


@SETTINGS.arises("the region aws-global beside an endpoint URL")
def be_global_at_one_place(rng, e):
    emptied_profile(e)
    role_of_itself(rng, e, e.selected())
    e.variables |= {"AWS_DEFAULT_REGION": "aws-global", "AWS_ENDPOINT_URL": "http://localhost:4566"}
    return e


@SETTINGS.translates("the region aws-global beside an endpoint URL")
def sign_for_its_home(e):
    if e.variable("AWS_DEFAULT_REGION") != "aws-global" or e.role_region:
        return None
    changed = e.changed()
    changed.role_region = "us-east-1"
    return changed


@SETTINGS.arises("FIPS or dual stack beside an endpoint URL")
def ask_for_both(rng, e):
    sound_settings(e)
    e.variables[rng.choice(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"])] = "http://localhost:4566"
    e.variables[rng.choice(["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])] = "true"
    return e


def is_on(e, name, key):
    value = e.variable(name) or e.get(e.selected(), key) or ""
    return value.strip().lower() == "true"


def has_variant(e):
    fips = is_on(e, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
    return fips or is_on(e, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")


@SETTINGS.translates("FIPS or dual stack beside an endpoint URL")
def break_the_urls(e):
    if not has_variant(e):
        return None
    return change_urls(e, lambda url: "nowhere")


def change_urls(e, change):
    """Of endpoints, wherever they are written."""
    changed = e.changed()
    for name, value in e.variables.items():
        if name.startswith("AWS_ENDPOINT_URL"):
            changed.variables[name] = change(value)
    for section in changed.all_sections():
        for setting in section.settings:
            if setting.key == "endpoint_url":
                setting.value = change(setting.value)
            if isinstance(setting.value, dict) and "endpoint_url" in setting.value:
                setting.value["endpoint_url"] = change(setting.value["endpoint_url"])
    return changed


@SETTINGS.arises("the path of an endpoint URL")
def put_services_below_a_path(rng, e):
    sound_settings(e)
    e.variables["AWS_ENDPOINT_URL"] = rng.choice(["https://lab/x", "http://lab:1/a/b"])
    return e


@SETTINGS.translates("the path of an endpoint URL")
def end_it_in_a_slash(e):
    return change_urls(e, lambda url: url + "/" if re.fullmatch("https?://.+/.*[^/]", url) else url)


@SETTINGS.arises("a setting that is wrong and not needed yet")
def ask_for_another_service_in_a_wrong_way(rng, e):
    sound_settings(e)
    kind = rng.randint(0, 2)
    if kind == 0:
        e.variables["AWS_STS_REGIONAL_ENDPOINTS"] = "global"
    elif kind == 1:
        e.variables["AWS_ENDPOINT_URL_STS"] = "no URL"
    else:
        e.variables["AWS_ENDPOINT_URL_SQS"] = "http://localhost:4566"
        e.own_section().set("services", "missing")
    return e


@SETTINGS.translates("a setting that is wrong and not needed yet")
def need_it_at_once(e):
    ignored = is_on(e, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
    services = e.get(e.selected(), "services")
    headers = [section.header for section in e.config]
    wrong_url = e.variable("AWS_ENDPOINT_URL_STS") == "no URL"
    wrong_section = services and f"services {services}" not in headers
    wrong_choice = e.variable("AWS_STS_REGIONAL_ENDPOINTS") == "global"
    if not wrong_choice and (ignored or not (wrong_url or wrong_section)):
        return None
    changed = e.changed()
    changed.variables["AWS_MAX_ATTEMPTS"] = "none"
    return changed
