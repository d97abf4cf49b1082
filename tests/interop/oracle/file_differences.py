"""What redrive reads out of the shared files in another way than botocore by its configparser."""
import re

from .differences import Differences
from .environment import Section, Setting

FILES = Differences("files")
UNPARSABLE = Section("is not closed", [Setting("= nameless", "")])


@FILES.arises("a blank variable")
def blank_a_variable(rng, e):
    names = ["AWS_DEFAULT_REGION", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_PROFILE"]
    names += ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_USE_FIPS_ENDPOINT", "AWS_ENDPOINT_URL"]
    e.variables[rng.choice(names)] = rng.choice(["", " ", "  \t"])
    return e


@FILES.translates("a blank variable")
def drop_blank_variables(e):
    return e.without_variables(*(name for name in e.variables if e.variable(name) is None))


@FILES.arises("a blank setting")
def blank_a_setting(rng, e):
    keys = ["region", "retry_mode", "max_attempts", "source_profile", "aws_session_token"]
    keys += ["use_fips_endpoint", "external_id", "sso_session", "credential_source", "services"]
    e.own_section().set(rng.choice(keys), "")
    return e


@FILES.translates("a blank setting")
def drop_blank_settings(e):
    changed = e.changed()
    for section in changed.all_sections():
        section.settings = [each for each in section.settings if each.value or each.continued]
    return changed


@FILES.arises("a section that is written twice")
def split_a_section(rng, e):
    section = rng.choice(e.all_sections() or [e.own_section()])
    file = e.config if any(each is section for each in e.config) else e.credentials
    half = len(section.settings) // 2
    file.append(Section(section.header, section.settings[half:]))
    section.settings = section.settings[:half]
    return e


def merged(sections):
    by_header = {}
    for section in sections:
        into = by_header.setdefault(section.header, Section(section.header))
        into.settings.extend(section.settings)
    return list(by_header.values())


@FILES.translates("a section that is written twice")
def merge_sections(e):
    changed = e.changed()
    changed.config, changed.credentials = merged(changed.config), merged(changed.credentials)
    return changed


@FILES.arises("a key that is written twice")
def repeat_a_key(rng, e):
    values = {"region": "ca-central-1", "max_attempts": "2", "output": "text"}
    key = rng.choice(list(values))
    section = e.own_section()
    section.settings.insert(rng.randint(0, len(section.settings)), Setting(key, values[key]))
    section.settings.append(Setting(key.upper(), values[key]))
    return e


@FILES.translates("a key that is written twice")
def keep_the_last(e):
    changed = e.changed()
    for section in changed.all_sections():
        last = {setting.key.lower(): setting for setting in section.settings}
        section.settings = [each for each in section.settings if last[each.key.lower()] is each]
    return changed


@FILES.arises("[default] beside [profile default]")
def write_default_twice(rng, e):
    other = Section("profile default", [Setting("region", "sa-east-1"), Setting("output", "json")])
    e.config.insert(rng.randint(0, len(e.config)), other)
    e.in_config("default").set("max_attempts", "6")
    return e


@FILES.translates("[default] beside [profile default]")
def drop_the_bare_one(e):
    headers = [section.header for section in e.config]
    if not {"default", "profile default"} <= set(headers):
        return None
    changed = e.changed()
    changed.config = [section for section in changed.config if section.header != "default"]
    return changed


@FILES.arises("a comment behind a value")
def comment_a_value(rng, e):
    section = e.own_section()
    section.set("region", "eu-north-1")
    section.settings[-1].comment = rng.choice([" # near", "\t; near", " #"])
    return e


@FILES.translates("a comment behind a value")
def drop_comments(e):
    def change(setting):
        setting.comment = ""
        return setting

    return e.with_settings(change)


@FILES.arises("a comment that is indented")
def indent_a_comment(rng, e):
    section = e.own_section()
    section.set("region", "eu-north-1")
    section.settings[-1].continued = rng.choice(["# near", "; near"])
    return e


@FILES.translates("a comment that is indented")
def write_it_as_text(e):
    def change(setting):
        setting.continued = re.sub("^[#;]", "no comment", setting.continued)
        return setting

    return e.with_settings(change)


@FILES.arises("a colon behind a key")
def write_a_colon(rng, e):
    section = e.own_section()
    section.set("output", "json")
    section.settings[-1].delimiter = rng.choice([": ", ":", " : "])
    return e


@FILES.translates("a colon behind a key")
def spoil_the_file(e):
    changed = e.changed()
    for file in (changed.config, changed.credentials):
        if any(":" in each.delimiter for section in file for each in section.settings):
            file.append(UNPARSABLE)
    return changed


@FILES.arises("a profile's name in quotes")
def quote_a_name(rng, e):
    section = e.own_section()
    section.header = rng.choice(['profile "{}"', "profile '{}'"]).format(e.selected())
    return e


@FILES.translates("a profile's name in quotes")
def drop_quoted_sections(e):
    changed = e.changed()
    changed.config = [each for each in changed.config if not re.search("[\"']", each.header)]
    return changed


@FILES.arises("blanks inside the brackets")
def pad_a_header(rng, e):
    section = rng.choice(e.all_sections() or [e.own_section()])
    section.header = rng.choice([" {}", "{} ", "\t{}\t"]).format(section.header)
    return e


@FILES.translates("blanks inside the brackets")
def trim_headers(e):
    changed = e.changed()
    for section in changed.all_sections():
        section.header = section.header.strip()
    return changed


@FILES.arises("a variable inside a path")
def name_a_file_by_variable(rng, e):
    e.variables["AWS_CONFIG_FILE"] = rng.choice(["$HOME/.aws/config", "${HOME}/.aws/config"])
    return e


@FILES.translates("a variable inside a path")
def take_the_path_as_it_is(e):
    if "$" not in e.variables.get("AWS_CONFIG_FILE", ""):
        return None
    changed = e.changed()
    changed.config = []
    return changed
