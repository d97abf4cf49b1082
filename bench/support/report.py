"""What the measured numbers look like on paper."""

import os
import platform
import re
import statistics
import subprocess
from pathlib import Path


class Result:
    """One row of the table: a value of each run, perhaps with the floor's of the same turn."""

    def __init__(self):
        self.values, self.floors, self.budget = [], [], {}
        self.name = self.unit = self.depth = self.point = None

    def add(self, name, unit, value, depth, floor, point, budget):
        """`point` is the value's place in a plot: the line and where on its x axis."""
        self.name, self.unit, self.depth, self.point, self.budget = name, unit, depth, point, budget
        self.values.append(value)
        if floor is not None:
            self.floors.append(floor)

    def ratio(self):
        if not self.floors:
            return None
        return statistics.median(value / floor for value, floor in zip(self.values, self.floors))

    def verdict(self):
        measured, limit, stretch = self.ratio(), self.budget.get("ratio_limit"), self.budget.get("ratio_stretch")
        if limit is None:
            measured, limit, stretch = statistics.median(self.values), self.budget.get("limit"), None
        if limit is None:
            return ""
        if measured > limit:
            return "missed"
        return "held, stretch too" if stretch is not None and measured <= stretch else "held"

    def budget_text(self):
        limit, stretch = self.budget.get("ratio_limit"), self.budget.get("ratio_stretch")
        if limit is not None:
            return f"{limit:g}x" + (f" (stretch {stretch:g}x)" if stretch is not None else "")
        limit = self.budget.get("limit")
        return "" if limit is None else f"{number(limit)} {self.unit}".strip()

    def cells(self):
        ratio = self.ratio()
        return [self.name, "" if self.depth is None else str(self.depth),
                f"{number(statistics.median(self.values))} {self.unit}".strip(),
                f"{number(min(self.values))} - {number(max(self.values))}",
                number(statistics.median(self.floors)) if self.floors else "",
                f"{ratio:.2f}x" if ratio is not None else "", self.budget_text(), self.verdict()]

    def as_json(self):
        return {"name": self.name, "unit": self.unit, "depth": self.depth, "point": self.point, "values": self.values,
                "floors": self.floors, "ratio": self.ratio(), "budget": self.budget, "verdict": self.verdict()}


def number(value):
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:.4f}" if abs(value) < 0.1 else f"{value:,.2f}"


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"


def machine(build):
    """What the numbers depend on."""
    cpu = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    cache = (build / "CMakeCache.txt").read_text()
    compiler = re.search(r"^CMAKE_CXX_COMPILER:[A-Z]+=(.*)$", cache, re.MULTILINE)
    return {"cpu": cpu.group(1) if cpu else platform.machine(),
            "cores": len(os.sched_getaffinity(0)),
            "load": Path("/proc/loadavg").read_text().split()[0],
            "kernel": f"{platform.system()} {platform.release()}",
            "openssl": first_line("openssl", "version"),
            "compiler": first_line(compiler.group(1) if compiler else "c++", "--version")}


def markdown(rows, about, served, given):
    header = ["bench", "depth", "median", "min - max", "floor's median", "ratio", "budget", "verdict"]
    lines = [header, ["---"] * len(header), *(row.cells() for row in rows)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    each = served["cpu_seconds"] * 1e6 / served["requests"] if served["requests"] else 0
    return (f"{table}\n\n{about['cpu']}, {about['cores']} cores, load {about['load']}; {about['kernel']}; "
            f"{about['openssl']}; {about['compiler']}. {given.runs} runs{', quick' if given.quick else ''}.\n"
            f"The server answered {served['requests']:,} requests over {served['connections']:,} connections "
            f"and used {served['cpu_seconds']:.1f} s of CPU, {each:.2f} us each.")
