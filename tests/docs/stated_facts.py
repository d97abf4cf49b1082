"""Compares what pages for users state with the code: stated_facts.py ROOT.

docs/credentials.md must name each source of credentials, docs/retries.md each code that the rules know, and the numbers on
them and on docs/security.md must be those of the code. Prints one line for each difference and exits 1 when there is any.
"""

import re
import sys
from pathlib import Path

from verdict import verdict

# Page: (source, what stands there, what the page must say). `{}` is a number as it is, `{:bytes}` one of bytes, `{:ms}` one
# of milliseconds; a duration of C++ is written out. A page is read without its line breaks.
FACTS = {
    "docs/retries.md": [
        ("src/flow/retry.hpp", r"max_attempts = (\d+);", "| attempts, the first included (`max_attempts`) | {0} | {0} |"),
        ("src/flow/retry.cpp", r"quick \? (\w+) : (\w+);",
         "| bound of the first pause, after a transient error | {0} | {1} |"),
        ("src/flow/retry.cpp", r"quick \? (\w+) : (\w+);", "| bound of the first pause, after a throttle | {1} | {1} |"),
        ("src/flow/retry.cpp", r"longest_backoff = (\w+);", "| no pause is longer than | {0} | {0} |"),
        ("src/flow/retry.cpp", r"longest_backoff = (\w+);", "min(base x 2^(n-1), {0})"),
        ("src/flow/retry.hpp", r"std::size_t capacity = (\d+)", "| quota of a client | {0} | {0} |"),
        ("src/flow/retry.cpp", r"::transient: return version == retry_version::v2_0 \? (\d+) : (\d+);",
         "| a retry after a transient error costs | {1} | {0} |"),
        ("src/flow/retry.cpp", r"::timeout: return version == retry_version::v2_0 \? (\d+) : (\d+);",
         "| a retry after silence costs | {1} | {0} |"),
        ("src/flow/retry.cpp", r"::throttling: return (\d+);", "| a retry after a throttle costs | {0} | {0} |"),
        ("src/flow/retry.cpp", r"unretried_refund = (\d+);", "| a success at the first attempt pays back | {0} | {0} |"),
        ("src/flow/retry.cpp", r"longest_extension = (\w+);", "the pause, up to {0} longer"),
        ("src/flow/retry.cpp", r"longest_extension = (\w+);", "between the pause above and {0} more"),
        ("src/flow/retry.cpp", r"status == (\d+) \|\| status == (\d+) \|\| status == (\d+) \|\| status == (\d+);",
         "| status {0}, {1}, {2}, {3} | transient |"),
        ("src/flow/clock_skew.cpp", r"longest_exchange = (\w+);", "an exchange of more than {0}"),
        ("src/flow/clock_skew.cpp", r"tolerated = (\w+);", "when that value is more than {0}"),
        ("src/flow/clock_skew.cpp", r"tolerated = (\w+);", "the clock is more than {0} off"),
        ("src/flow/loss_rule.hpp", r"most_free_resends = (\d+);", "At most {0} times for one call"),
        ("include/redrive/config.hpp", r"read_timeout\{([\d']+)\}", "`read_timeout` ({0:ms})"),
        ("src/flow/adaptive_rate.cpp", r"smoothing = ([\d.]+);", "the measured rate is {0} of the newest count"),
        ("src/flow/adaptive_rate.cpp", r"decrease = ([\d.]+);", "sets the rate to {0} of the measured one"),
        ("src/flow/adaptive_rate.cpp", r"least_fill_rate = ([\d.]+);", "never less than {0} per second"),
        ("src/flow/rate_limiter.cpp", r"first_rate = (\d+);", "{0} calls per second at first"),
        ("src/flow/rate_limiter.cpp", r"\bstep = (\w+);", "twice as many every {0}"),
        ("src/flow/rate_limiter.cpp", r"below_estimate = ([\d.]+);", "then {0} of what the service was seen to admit"),
        ("src/flow/rate_limiter.cpp", r"lowest_rate = ([\d.]+);", "never below {0} per second"),
        ("src/flow/patience.hpp", r"seconds silence\{(\d+)\}", "its endpoint is silent for {0} s"),
        ("src/flow/patience.hpp", r"attempts_never_heard = (\d+);", "the first {0} attempts"),
        ("src/flow/patience.hpp", r"seconds throttled\{(\d+)\}", "every call is throttled for {0} s"),
        ("src/fleet/patient_call.hpp", r"most_useless_answers = (\d+);", "gives up after the {0}th"),
    ],
    "docs/credentials.md": [
        ("src/net/stream.hpp", r"milliseconds connect\{([\d']+)\}", "A connection gets {0:ms} for each address"),
        ("src/net/stream.hpp", r"milliseconds tls\{([\d']+)\}", "and {0:ms} for TLS"),
        ("src/net/fetch.hpp", r"milliseconds answer\{([\d']+)\}", "signed with the source's credentials | {0:ms} |"),
        ("src/auth/fetch_retries.hpp", r"most_attempts = (\d+);", "| {0} | |"),
        ("src/auth/container.cpp", r"limits\.open\.connect = (\w+);\s+.*limits\.answer = (\w+);",
         "| {1}; connecting {0} |"),
        ("src/auth/metadata_service.cpp", r"time_to_connect = (\w+);\s+.*time_to_answer = (\w+);",
         "| {1} each; connecting {0}, "),
        ("src/auth/metadata_service.cpp", r"longest_in_all = (\w+);", "connecting 1 s, {0} in all"),
        ("src/auth/metadata_service.cpp", r"most_attempts = (\d+);", "| {0} each, after a 5xx or a 401 only |"),
        ("src/auth/metadata_service.cpp", r"extension = (\w+);\s+.*most_more = (\w+);",
         "are used for {0} more, and up to {1} on top"),
        ("src/auth/credential_process.cpp", r"longest_run = (\w+);", "| {0}, then it is killed"),
        ("src/auth/child_process.cpp", r"longest_output = ([^;]+);", "`AccountId`, {0:bytes} at the most"),
        ("src/auth/child_process.cpp", r"longest_errors = ([^;]+);", "the first {0:bytes} that it wrote to stderr"),
        ("src/auth/security_token_service.cpp", r"longest_token = ([\d']+);", "Up to {0} bytes"),
        ("src/auth/security_token_service.cpp", r"longest_session_name = (\d+);", "2 to {0} letters, digits"),
        ("src/auth/profile_chain.cpp", r"shortest_duration = (\d+), longest_duration = ([\d']+);",
         "`duration_seconds` is {0} to {1}."),
        ("src/auth/identity_center.cpp", r"refreshed_ahead = (\w+);", "when the token ends within {0}"),
        ("src/auth/login_session.cpp", r"renewed_ahead = (\w+);", "credentials are good for {0}"),
        ("src/core/credential_words.hpp", r"longest_session_token = (\d+);", "A session token may have {0} bytes"),
        ("src/core/credential_words.hpp", r"longest_key = (\d+);", "a key and its id {0} each"),
        ("src/flow/credential_age.cpp", r"refreshed_ahead = (\w+);\s+.*most_jitter = (\w+);",
         "in the last {0} of their life, or up to {1} later"),
        ("src/flow/credential_age.cpp", r"shortest_hold_off = (\w+);", "not for the next {0}, and up to {0} more"),
        ("src/flow/credential_age.cpp", r"over_ahead = (\w+);", "in the last {0} before the expiry"),
    ],
    "docs/security.md": [
        ("src/wire/http_parser.hpp", r"header_bytes = ([^;]+);", "its body | {0:bytes};"),
        ("include/redrive/config.hpp", r"max_reply_bytes = ([^;]+);", "`max_reply_bytes`, {0:bytes} |"),
        ("src/net/fetch.cpp", r"longest_header = ([^;]+);\s+.*longest_body = ([^;]+);",
         "header; body; JSON in it | {0:bytes}; {1:bytes};"),
        ("src/wire/credential_json.hpp", r"longest_credential_document = ([^;]+);", "1 MiB; {0:bytes} |"),
        ("src/net/proxy_tunnel.cpp", r"longest_answer = ([^;]+);", "answer to CONNECT | {0:bytes} |"),
        ("src/wire/json_reader.cpp", r"deepest_nesting = (\d+);", "| nesting of JSON | {0} levels |"),
        ("include/redrive/diagnostics.hpp", r"longest_message = (\d+);", "of a service | {0} bytes |"),
        ("src/core/credential_words.hpp", r"longest_key = (\d+);[^;]*?longest_session_token = (\d+);",
         "other tokens and keys | {1}; {0};"),
        ("src/wire/credential_json.hpp", r"longest_token = (\d+);", "; {0} bytes | refused |"),
        ("src/auth/config_files.hpp", r"longest_config_file = ([^;]+);", "credentials file | {0:bytes} |"),
        ("src/auth/source_context.cpp", r"longest_source_file = ([^;]+);", "a token or a session | {0:bytes} |"),
        ("src/auth/security_token_service.cpp", r"longest_token = ([\d']+);", "a web identity token | {0} bytes |"),
        ("src/auth/child_process.cpp", r"longest_output = ([^;]+);\s+.*longest_errors = ([^;]+);",
         "its stderr; its time | {0:bytes}; {1:bytes};"),
        ("src/auth/credential_process.cpp", r"longest_run = (\w+);", "64 KiB; 4 KiB; {0} |"),
        ("src/core/endpoint.cpp", r"longest_url = (\d+);\s+.*longest_host = (\d+);", "a host in it | {0}; {1} bytes |"),
        ("src/auth/container.cpp", r"longest_uri = (\d+);", "a container's URI | {0} bytes |"),
        ("include/redrive/task_handle.hpp", r"longest = (\d+);", "a queue URL | {0};"),
        ("src/core/queue_arn.cpp", r"longest_arn = (\d+);", "; {0}; 1,024 bytes | refused |"),
        ("src/core/queue_url.cpp", r"longest_url = (\d+);", "; 512; {0} bytes | refused |"),
        ("src/cli/line_splitter.hpp", r"longest = ([^;]+);", "a line of a target list | {0:bytes} |"),
        ("src/wire/no_proxy.cpp", r"most_rules = (\d+);", "exceptions in `NO_PROXY` | {0} |"),
        ("src/net/resolver.cpp", r"most_threads = (\d+);", "threads for name resolution | {0} |"),
    ],
}

# How docs/credentials.md calls each way in which a profile says where its credentials begin.
BASES = {
    "static_keys": "these keys",
    "named_source": "`credential_source` alone",
    "web_identity_source": "`web_identity_token_file`",
    "sso_source": "IAM Identity Center",
    "process_source": "a program",
    "login_source": "`aws login`",
}
SOURCES_OF_VARIABLES = ["default_chain", "static_credentials", "container", "login_session"]


class Value:
    """A number, size or duration as C++ writes it."""

    UNITS = {"ms": 1, "s": 1000, "min": 60_000}

    def __init__(self, text):
        self.text = text.replace("'", "")
        self.duration = re.fullmatch(r"(\d+)(ms|s|min)", self.text)

    def __format__(self, how):
        if self.duration:
            return self.span(int(self.duration[1]) * self.UNITS[self.duration[2]])
        if how == "ms":
            return self.span(int(self.text))
        if how == "bytes":
            return self.size()
        return f"{int(self.text):,}" if self.text.isdigit() else self.text

    @staticmethod
    def span(milliseconds):
        if milliseconds >= 120_000 and milliseconds % 60_000 == 0:
            return f"{milliseconds // 60_000} minutes"
        return f"{milliseconds / 1000:g} s" if milliseconds >= 1000 else f"{milliseconds} ms"

    def size(self):
        number = 1
        shifted = re.fullmatch(r"std::size_t\{(\d+)\} << (\d+)", self.text)
        factors = [shifted[1], str(2 ** int(shifted[2]))] if shifted else re.findall(r"\d+", self.text)
        for factor in factors:
            number *= int(factor)
        return f"{number // 2**20} MiB" if number % 2**20 == 0 else f"{number // 1024} KiB"


def read(root, path):
    return (root / path).read_text(encoding="utf-8")


def numbers(root, page, text):
    for source, pattern, phrase in FACTS[page]:
        found = re.search(pattern, read(root, source))
        if not found:
            yield f"{source} no longer has /{pattern}/, on which {page} rests"
            continue
        expected = phrase.format(*map(Value, found.groups()))
        if expected not in text:
            yield f"{page} does not say \"{expected}\", which is what {source} does"


def codes(root, text):
    source = read(root, "src/wire/error_code.cpp")
    for name, words in {"throttling": "throttling_codes", "transient": "transient_codes", "skew": "clock_skew_codes"}.items():
        known = re.findall(r'"(\w+)"', re.search(rf"{words}\{{([^}}]*)\}}", source)[1])
        row = re.search(rf"\| {name} \| (`[^|]*) \|", text)
        told = re.findall(r"`(\w+)`", row[1]) if row else []
        for code in sorted(set(known) ^ set(told)):
            yield f"docs/retries.md and src/wire/error_code.cpp differ in the {name} code {code}"


def sources(root, text):
    page = "docs/credentials.md"
    links = re.findall(r'\{"(\w+)", &walk::', read(root, "src/auth/default_chain.cpp"))
    rows = re.findall(r"\| `(\w+)` \| ", text)[:len(links)]
    if rows != links:
        yield f"{page} has the default chain as {rows}, the code as {links}"
    chain = read(root, "src/auth/profile_chain.hpp")
    for base in re.findall(r"\w+", re.search(r"chain_base = std::variant<([^>]*)>", chain)[1]):
        if base not in BASES or BASES[base] not in text:
            yield f"{page} does not tell of {base}, from which a profile's credentials may come"
    code = read(root, "src/auth/profile_chain.cpp") + read(root, "src/auth/static_credentials.cpp")
    named = set(re.findall(r'return "(\w+)";', code))  # of credential_source
    keys = set(re.findall(r'"((?:aws|sso|role|source|credential|web|login|mfa|duration)_\w+)"', code))
    variables = {name for file in SOURCES_OF_VARIABLES
                 for name in re.findall(r'"(AWS_\w+)"', read(root, f"src/auth/{file}.cpp"))}
    for name in sorted(named | keys | variables):
        if f"`{name}`" not in text:
            yield f"{page} does not name {name}"


def differences(root):
    text = {page: " ".join(read(root, page).split()) for page in FACTS}
    for page in FACTS:
        yield from numbers(root, page, text[page])
    yield from codes(root, text["docs/retries.md"])
    yield from sources(root, text["docs/credentials.md"])


if __name__ == "__main__":
    sys.exit(verdict(differences(Path(sys.argv[1])), "the pages state what the code does"))
