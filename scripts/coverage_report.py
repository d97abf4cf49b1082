"""Adds up what gcov says about the lines below some folders, over every object of a build.

usage: coverage_report.py --at-least PERCENT SOURCE_ROOT BUILD_FOLDER FOLDER...
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def gcov_documents(build):
    data = [str(path) for path in build.rglob("*.gcda")]
    if not data:
        sys.exit(f"no coverage data below {build}")
    done = subprocess.run(["gcov", "--json-format", "--stdout", *data], check=True, cwd=build,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def count_lines(root, build):
    """{file: {line: times run}}; a line of a header counts once, however many objects hold it."""
    lines = defaultdict(lambda: defaultdict(int))
    for document in gcov_documents(build):
        for file in document["files"]:
            path = Path(document["current_working_directory"], file["file"]).resolve()
            if path.is_relative_to(root):
                for line in file["lines"]:
                    lines[path.relative_to(root).as_posix()][line["line_number"]] += line["count"]
    return lines


def ranges(numbers):
    """1, 2, 3, 7 as '1-3, 7'."""
    runs = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in runs)


def report(folder, lines):
    """Prints one row per file below `folder`; the share of lines that ran, in percent."""
    total = ran = 0
    for path in sorted(path for path in lines if path.startswith(folder + "/")):
        missed = [number for number, count in lines[path].items() if count == 0]
        total += len(lines[path])
        ran += len(lines[path]) - len(missed)
        share = 100 * (1 - len(missed) / len(lines[path]))
        print(f"{path:<36} {share:6.1f} %  {'not run: ' + ranges(missed) if missed else ''}".rstrip())
    return 100 * ran / total if total else 0.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--at-least", type=float, required=True)
    parser.add_argument("root", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("folders", nargs="+")
    args = parser.parse_args()

    lines = count_lines(args.root.resolve(), args.build.resolve())
    shares = {folder: report(folder, lines) for folder in args.folders}
    for folder, share in shares.items():
        print(f"{folder}: {share:.1f} % of the lines ran (at least {args.at_least:g} % wanted)")
    sys.exit(any(share < args.at_least for share in shares.values()))


if __name__ == "__main__":
    main()
