"""Plots of what bench_load measured; needs matplotlib and hdrhistogram."""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402
from hdrh.histogram import HdrHistogram  # noqa: E402

from support.load_table import PERCENTILES, offered  # noqa: E402
from support.percentiles import read_percentiles  # noqa: E402

SHARES = [50, 90, 99, 99.9, 99.99]
HIGHEST_US = 3_600_000_000


def latencies(reports, path):
    """Latency percentiles at each rate; loads of callers and of a schedule are lines of their own."""
    figure, axes = plt.subplots(figsize=(8, 5))
    for mode, dash in [("open", "o-"), ("closed", "x--")]:
        some = sorted((each for each in reports if each["settings"]["mode"] == mode), key=offered)
        for color, percentile in enumerate(PERCENTILES if some else []):
            axes.plot([offered(each) for each in some],
                      [each["latency_ms"]["corrected"][percentile] for each in some], dash, color=f"C{color}",
                      label=f"{percentile}, {mode}")
        behind = [each for each in some if each["schedule"]["fell_behind"]]
        if behind:
            axes.plot([offered(each) for each in behind],
                      [each["latency_ms"]["corrected"]["max"] for each in behind], "k|", markersize=14,
                      label="fell behind its schedule")
    axes.set(xscale="log", yscale="log", xlabel="calls per second: offered (open), achieved (closed)",
             ylabel="latency from the intended start, ms")
    save(figure, axes, path)


def distributions(files, path):
    """The latency of each share of the calls; returns a table, with a line for all of them together."""
    named = [(file.stem, histogram_of(read_percentiles(file))) for file in files]
    if len(named) > 1:
        together = HdrHistogram(1, HIGHEST_US, 3)
        for _, one in named:
            together.add(one)
        named.append(("together", together))
    figure, axes = plt.subplots(figsize=(8, 5))
    for name, one in named:
        # The iterator always yields the same object.
        points = [(100 / (100 - step.percentile_level_iterated_to), step.value_iterated_to / 1e3)
                  for step in one.get_percentile_iterator(5) if step.percentile_level_iterated_to < 100]
        axes.plot(*zip(*points), "k--" if name == "together" else "-", label=name)
    axes.set(xscale="log", xlabel="percentile", ylabel="latency, ms")
    axes.set_xticks([100 / (100 - share) for share in SHARES], [f"{share:g} %" for share in SHARES])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    save(figure, axes, path)
    header = ["distribution", "calls", *(f"p{share:g}, ms" for share in SHARES), "max, ms"]
    rows = [[name, f"{one.get_total_count():,}",
             *(f"{one.get_value_at_percentile(share) / 1e3:.3f}" for share in SHARES),
             f"{one.get_max_value() / 1e3:.3f}"] for name, one in named]
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, ["---"] * len(header), *rows])


def histogram_of(rows):
    """Microseconds; calls between two rows of the file count as the slower one's."""
    if not rows:
        raise ValueError("a distribution without calls")
    out, seen = HdrHistogram(1, HIGHEST_US, 3), 0
    for row in rows:
        if row.count > seen:
            out.record_value(max(1, min(HIGHEST_US, round(row.value * 1e3))), row.count - seen)
            seen = row.count
    return out


def save(figure, axes, path):
    axes.grid(True, alpha=0.3)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)
