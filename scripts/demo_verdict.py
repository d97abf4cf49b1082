"""Sets redrive's outcomes beside the simulator's own state; exits 1 when they disagree.

usage: demo_verdict.py READY_FILE OUTCOMES_NDJSON
"""

import json
import ssl
import sys
import urllib.request


def simulator_state(ready_file):
    with open(ready_file, encoding="utf-8") as file:
        ready = json.load(file)
    context = ssl.create_default_context(cafile=ready["ca_bundle"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(ready["url"] + "/_sim/state", timeout=10) as reply:
        return json.load(reply)


def main():
    state = simulator_state(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        outcomes = [json.loads(line) for line in file if line.strip()]
    totals = state["totals"]
    stopped = sum(row["outcome"] == "stopped" for row in outcomes)
    moved_at_stop = sum(row["moved_at_stop"] or 0 for row in outcomes)
    drift = sum(row["drift"] or 0 for row in outcomes)

    print(f"{'':<40}{'redrive':>12}{'simulator':>12}")
    for name, ours, theirs in [
        ("redrives stopped", stopped, totals["cancelled"]),
        ("redrives still running", len(outcomes) - stopped, totals["running"] + totals["cancelling"]),
        ("messages moved before they stopped", moved_at_stop, totals["moved"]),
        ("messages moved after the order (about)", drift, totals["moved_after_order"]),
        ("calls outside List, Cancel, discovery", "", len(state["forbidden"])),
    ]:
        print(f"{name:<40}{ours:>12}{theirs:>12}")

    agreed = (stopped == len(outcomes) == totals["cancelled"] > 0
              and totals["running"] == totals["cancelling"] == 0 and not state["forbidden"])
    print("The simulator agrees: every redrive has stopped." if agreed else "THE SIMULATOR DISAGREES.")
    sys.exit(0 if agreed else 1)


if __name__ == "__main__":
    main()
