"""What the loads of bench_load look like on paper."""

PERCENTILES = ["p50", "p90", "p99", "p99.9", "max"]
HEADER = ["load", "operation", "outcomes", "achieved/s", "throttles", *(f"{p}, ms" for p in PERCENTILES),
          "p99 uncorrected, ms", "CPU, us", "on schedule"]


def name(report):
    how = report["settings"]
    if how["mode"] == "closed":
        return f"closed, {how['in_flight']} callers"
    return f"open, {how['rate']:,g}/s" + (", Poisson" if how["arrivals"] == "poisson" else "")


def offered(report):
    """Calls per second that were to begin; of callers, those that did."""
    rate = report["rate"]
    return rate["offered"] if report["settings"]["mode"] == "open" else rate["achieved"]


def cells(report):
    latency = report["latency_ms"]
    outcomes = ", ".join(f"{what} {count:,}" for what, count in report["calls"]["outcomes"].items())
    return [name(report), report["settings"]["operation"], outcomes, f"{report['rate']['achieved']:,.0f}",
            f"{report['throttles']:,}", *(f"{latency['corrected'][p]:.3f}" for p in PERCENTILES),
            f"{latency['uncorrected']['p99']:.3f}", f"{report['cpu_us']:.1f}",
            "no" if report["schedule"]["fell_behind"] else "yes"]


def markdown(reports):
    lines = [HEADER, ["---"] * len(HEADER), *(cells(each) for each in sorted(reports, key=offered))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
