"""Percentile distributions as HdrHistogram writes them (.hgrm)."""

from collections import namedtuple
from pathlib import Path

Percentile = namedtuple("Percentile", "value share count")  # milliseconds, 0 to 1, values up to it


def read_percentiles(path):
    """The rows of a file; they end with the share 1."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split()[:3] != ["Value", "Percentile", "TotalCount"]:
        raise ValueError(f"{path} is no percentile distribution")
    rows = []
    for line in lines[1:]:
        if line and not line.startswith("#"):
            value, share, count = line.split()[:3]
            rows.append(Percentile(float(value), float(share), int(count)))
    return rows
