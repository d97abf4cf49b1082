"""Scans the #includes of redrive's sources for what the layers forbid.

usage: include_scan.py ROOT        (the folder that contains src/ and include/redrive/)

Prints one line per violation and exits 1 when there is any.
"""

import fnmatch
import re
import sys
from pathlib import Path

# Includes point left only.
LAYERS = ["core", "wire", "flow", "net", "auth", "client", "fleet", "cli"]

# Programs of their own, and the layers that each sees: the simulator must not share the client's decisions,
# the conformance driver calls everything below the command line.
PROGRAMS = {
    "sim": {"core", "wire", "sim"},
    "conform": {"core", "wire", "flow", "net", "auth", "client", "fleet", "conform"},
}

# The layer of each public header; the first pattern that matches counts.
PUBLIC_HEADERS = [
    ("queue_arn.hpp", "core"),
    ("queue_url.hpp", "core"),
    ("task_handle.hpp", "core"),
    ("move_task.hpp", "core"),
    ("outcome.hpp", "core"),
    ("errors.hpp", "core"),
    ("diagnostics.hpp", "core"),
    ("credentials.hpp", "core"),
    ("endpoint.hpp", "core"),
    ("connect_to.hpp", "core"),
    ("config.hpp", "core"),
    ("mfa_prompt.hpp", "core"),
    ("endpoint_metrics.hpp", "core"),
    ("observer.hpp", "core"),
    ("time_source.hpp", "net"),
    ("client*.hpp", "client"),
    ("call_options.hpp", "client"),
    ("results.hpp", "client"),
    ("metrics.hpp", "client"),
    ("testing.hpp", "client"),
    ("fleet*.hpp", "fleet"),
    ("examination.hpp", "fleet"),
    ("target*.hpp", "fleet"),
]

TIME_HOME = ["src/net/time_source*", "src/sim/*"]

# (what is included, where it may be included, why); paths are globs below ROOT.
THIRD_PARTY = [
    ("simdjson*", ["src/wire/json_reader.cpp"], "simdjson stays inside src/wire/json_reader.cpp"),
    ("boost/beast*", ["src/wire/http_parser.cpp"], "Beast stays inside src/wire/http_parser.cpp"),
    ("pugi*", ["src/wire/sts.cpp"], "pugixml stays inside src/wire/sts.cpp"),
    ("boost/asio/*timer.hpp", TIME_HOME, "timers live in src/net/time_source"),
    ("boost/asio/ssl*", ["src/net/*", "src/sim/*"], "TLS belongs to net and sim"),
    ("openssl/*", ["src/wire/digest.cpp", "src/wire/dpop.cpp", "src/net/*", "src/sim/*"],
     "OpenSSL stays inside src/wire/digest.cpp, src/wire/dpop.cpp, net and sim"),
    ("CLI/*", ["src/cli/*", "src/sim/*"], "CLI11 belongs to the programs"),
    ("fmt/*", ["src/cli/*", "src/sim/*"], "fmt belongs to the programs"),
]

# Beast's parser takes its bytes in Asio's buffers.
BEAST_TAKES = ("src/wire/http_parser.cpp", "boost/asio/buffer.hpp")

# What a user's compiler must not have to read, even through another of our headers.
NOT_IN_PUBLIC = ["simdjson*", "boost/beast*", "pugi*", "boost/asio.hpp", "boost/asio/ssl*", "openssl/*",
                 "CLI/*", "fmt/*"]

TIME = re.compile(
    r"\b(?:(?:steady|system|high_resolution|file|utc)_clock\s*::\s*now"
    r"|(?:steady|system|high_resolution|basic_waitable)_timer|asio\s*::\s*deadline_timer"
    r"|sleep_for|sleep_until|usleep|nanosleep|clock_nanosleep|sleep\s*\("
    r"|clock_gettime|gettimeofday|timerfd_create|time\s*\(\s*(?:nullptr|NULL|0|&))")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_TEXT = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)


def code_only(text):
    """The text without comments and string literals; line numbers stay."""
    return COMMENT_OR_TEXT.sub(lambda m: "\n" * m.group().count("\n"), text)


def without_comments(text):
    """The text without comments and raw literals; the names of includes stay."""
    return COMMENT_OR_TEXT.sub(
        lambda m: m.group() if m.group().startswith('"') else "\n" * m.group().count("\n"), text)


def matches(name, globs):
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs)


def layer_of(path):
    """The layer of a path below ROOT; None when nobody gave it one."""
    parts = path.split("/")
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 and (parts[1] in LAYERS or parts[1] in PROGRAMS) else None
    for glob, layer in PUBLIC_HEADERS:
        if fnmatch.fnmatchcase("/".join(parts[2:]), glob):
            return layer
    return None


def is_public(path):
    return path.startswith("include/redrive/")


def may_include(source, target):
    if source in PROGRAMS:
        return target in PROGRAMS[source]
    return target in LAYERS and LAYERS.index(target) <= LAYERS.index(source)


class Tree:
    """The files below ROOT and what each includes."""

    def __init__(self, root):
        self.text = {}
        for folder in ("src", "include/redrive"):
            for path in sorted((root / folder).rglob("*")):
                if path.suffix in (".hpp", ".cpp", ".h", ".ipp"):
                    self.text[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        self.ours = {}
        self.theirs = {}
        for path, text in self.text.items():
            self._read_includes(path, without_comments(text))

    def _read_includes(self, path, text):
        self.ours[path] = []
        self.theirs[path] = []
        for found in INCLUDE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            name = found.group(2)
            target = self._resolve(path, name)
            if target:
                self.ours[path].append((line, target))
            else:
                self.theirs[path].append((line, name))

    def _resolve(self, path, name):
        beside = path.rsplit("/", 1)[0]
        for candidate in (f"src/{name}", f"include/{name}", f"{beside}/{name}"):
            if candidate in self.text:
                return candidate
        return None


def edges(tree):
    for path in tree.text:
        source = layer_of(path)
        if source is None:
            yield f"{path}:1: belongs to no layer; name it in include_scan.py"
            continue
        for line, target in tree.ours[path]:
            layer = layer_of(target)
            if layer is not None and not may_include(source, layer):
                yield f"{path}:{line}: {source} must not include {layer} ({target})"
            if is_public(path) and not is_public(target):
                yield f"{path}:{line}: a public header must not include {target}, which is not installed"


def cycles(tree):
    state = {}

    def visit(path, trail):
        state[path] = "open"
        for line, target in tree.ours[path]:
            if state.get(target) == "open":
                loop = trail[trail.index(target):] + [target]
                yield f"{path}:{line}: include cycle: {' -> '.join(loop)}"
            elif target not in state:
                yield from visit(target, trail + [target])
        state[path] = "done"

    for path in tree.text:
        if path not in state:
            yield from visit(path, [path])


def third_party(tree):
    for path in tree.text:
        for line, name in tree.theirs[path]:
            # The most specific rule is the first that matches: boost/asio/ssl before any other.
            rule = next((rule for rule in THIRD_PARTY if fnmatch.fnmatchcase(name, rule[0])), None)
            if rule and not matches(path, rule[1]):
                yield f"{path}:{line}: <{name}>: {rule[2]}"
            below_net = layer_of(path) in ("core", "wire", "flow")
            if name.startswith("boost/asio") and below_net and (path, name) != BEAST_TAKES:
                yield f"{path}:{line}: <{name}>: no Asio below net"


def time(tree):
    for path, text in tree.text.items():
        if matches(path, TIME_HOME):
            continue
        bare = code_only(text)
        for found in TIME.finditer(bare):
            line = bare.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}: {found.group().rstrip('( ')}: clocks and timers live in src/net/time_source"


def public_headers(tree):
    for path in filter(is_public, tree.text):
        seen = {path}
        todo = [path]
        while todo:
            current = todo.pop()
            for _, name in tree.theirs[current]:
                if matches(name, NOT_IN_PUBLIC):
                    yield f"{path}:1: reaches <{name}> through {current}: too heavy for a public header"
            for _, target in tree.ours[current]:
                if target not in seen:
                    seen.add(target)
                    todo.append(target)


def scan(root):
    """Every violation below `root`, as lines of text."""
    tree = Tree(Path(root))
    return [finding for rule in (edges, cycles, third_party, time, public_headers) for finding in rule(tree)]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tree = Tree(Path(sys.argv[1]))
    if not tree.text:
        sys.exit(f"no sources below {sys.argv[1]}")
    findings = scan(sys.argv[1])
    print("\n".join(findings) if findings else f"{len(tree.text)} files keep to the layers")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
