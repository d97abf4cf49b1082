"""Clears an environment, so that what is put there next decides."""

# What a profile may say about credentials.
BASES = ["role_arn", "web_identity_token_file", "sso_session", "sso_start_url", "sso_account_id"]
BASES += ["sso_role_name", "login_session", "credential_process", "credential_source"]
BASES += ["aws_access_key_id", "aws_secret_access_key"]
EXTRAS = ["source_profile", "role_session_name", "external_id", "duration_seconds", "sso_region"]
EXTRAS += ["aws_session_token", "aws_account_id"]


def sound_settings(e):
    """Without variables that may be in the way of a client."""
    others = ("ACCESS", "SECRET", "SESSION", "PROFILE", "CONTAINER", "CONFIG")
    for name in list(e.variables):
        if not name.removeprefix("AWS_").startswith(others):
            del e.variables[name]
    for section in e.sections(e.selected()):
        section.drop("services", "endpoint_url", "use_fips_endpoint", "use_dualstack_endpoint")
    e.variables["AWS_DEFAULT_REGION"] = "eu-west-3"


def emptied_profile(e):
    """The selected profile, which decides about credentials and says nothing about them yet."""
    sound_settings(e)
    e.profile = None
    e.variables.pop("AWS_ACCESS_KEY_ID", None)
    for section in e.sections(e.selected()):
        section.drop(*BASES, *EXTRAS)
    return e.own_section()
