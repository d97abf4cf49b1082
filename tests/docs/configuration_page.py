"""Compares docs/configuration.md with what the code reads: configuration_page.py ROOT.

Variables, profile keys and flags must be on the page in `backticks`, and nothing else may be there. Prints one line
for each difference and exits 1 when there is any.
"""

import re
import sys
from pathlib import Path

from verdict import verdict

VARIABLE = r"_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|HOME|TERM"
KEY = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+|region|services"
FLAG = r"--[a-z][a-z-]*"

# Variables that a library reads for us, flags that CLI11 defines for us.
OPENSSL = {"SSL_CERT_FILE", "SSL_CERT_DIR"}

# Literals of src/auth that look like keys of a profile and are none, and words of services that look like variables.
NOT_KEYS = {"sso_oidc", "no_proxy", "web_identity"}
NOT_VARIABLES = {"TOKEN_EXPIRED", "USER_CREDENTIALS_CHANGED", "INSUFFICIENT_PERMISSIONS"}

# Where every literal is a name of our own for a setting.
NAMES_OF_SETTINGS = "explained_settings.cpp"


def literals(root, folders, shape, skip=()):
    """The string literals of that shape in the sources below `folders`."""
    found = set()
    for folder in folders:
        for path in sorted((root / "src" / folder).rglob("*.[ch]pp")):
            if path.name not in skip:
                found.update(re.findall(rf'"({shape})"', path.read_text(encoding="utf-8")))
    return found


def flags(root):
    """The long options that the program defines, `-o,--output` and `--yes,-y` among them."""
    found = set()
    for path in (root / "src/cli/verb_options.cpp", root / "src/cli/command_line.cpp"):
        found.update(re.findall(rf'"(?:-\w,)?({FLAG})(?:,-\w)?"', path.read_text(encoding="utf-8")))
    return found


def on_page(page, shape):
    """What stands in backticks, alone or first in them: `TERM=dumb` names TERM."""
    return set(re.findall(rf"`({shape})(?==[^`]*`|`)", page))


def differences(root):
    page = (root / "docs/configuration.md").read_text(encoding="utf-8")
    in_code = set(re.findall(r"\b(?:[a-z]\w*_\w+)\b", (root / "include/redrive/config.hpp").read_text(encoding="utf-8")))
    in_code |= {"fleet_config"}
    variables = literals(root, ["auth", "client", "cli", "fleet", "net", "wire"], VARIABLE) - NOT_VARIABLES | OPENSSL
    keys = literals(root, ["auth"], KEY, {NAMES_OF_SETTINGS}) - NOT_KEYS
    documented_keys = on_page(page, KEY)
    for kind, read, told in (
        ("variable", variables, on_page(page, VARIABLE)),
        ("profile key", keys, documented_keys - (in_code - keys) - NOT_KEYS),
        ("flag", flags(root), on_page(page, FLAG)),
    ):
        for name in sorted(read - told):
            yield f"{kind} {name} is read by the code and missing from docs/configuration.md"
        for name in sorted(told - read):
            yield f"{kind} {name} is in docs/configuration.md and not read by the code"


if __name__ == "__main__":
    sys.exit(verdict(differences(Path(sys.argv[1])), "docs/configuration.md names what the code reads"))
