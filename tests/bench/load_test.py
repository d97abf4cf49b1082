"""Drives bench_load against bench_null_server and redrive-sim.

usage: load_test.py BENCH_LOAD BENCH_NULL_SERVER REDRIVE_SIM
"""

import json
import re
import socket
import sys
import tempfile
import threading
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "cli"), str(TESTS.parent / "bench")]
from program import Simulator, Terminal, run  # noqa: E402
from support.load_table import markdown  # noqa: E402
from support.peers import NullServer  # noqa: E402
from support.percentiles import read_percentiles  # noqa: E402

LOAD, NULL_SERVER, SIM = sys.argv[1:4]
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
PERCENTILES = ["p50", "p90", "p99", "p99.9", "p99.99", "max"]


class LoadTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def load(self, *arguments, **env):
        """The report of a load that must add up."""
        ended = run(LOAD, "--warmup", "0.1", *arguments, **env)
        self.assertEqual(ended.code, 0, ended)
        (report,) = ended.rows()
        self.check(report)
        return report

    def check(self, report):
        calls, latency = report["calls"], report["latency_ms"]
        self.assertEqual(calls["begun"], calls["ended"], report)
        self.assertEqual(sum(calls["outcomes"].values()), calls["ended"], report)
        self.assertEqual(sum(report["rate"]["per_second"]), calls["replied"], report)
        self.assertEqual(latency["uncorrected"]["count"], calls["ended"], report)
        for each in latency.values():
            values = [each[name] for name in PERCENTILES]
            self.assertEqual(values, sorted(values), report)
        for name in PERCENTILES if report["settings"]["mode"] == "open" else ["max"]:
            self.assertGreaterEqual(latency["corrected"][name], latency["uncorrected"][name], report)


class AgainstNullServer(LoadTest):
    def setUp(self):
        super().setUp()
        self.server = NullServer(NULL_SERVER, self.folder / "ca.pem")
        self.addCleanup(self.server.close)
        self.to = ("--url", self.server.url, "--ca", str(self.server.ca))

    def test_begins_calls_at_the_rate_and_matches_each_with_its_answer(self):
        for arrivals in [(), ("--poisson",)]:
            report = self.load("--rate", "400", "--duration", "0.5", "--connections", "1", *arrivals, *self.to)
            calls, schedule = report["calls"], report["schedule"]
            self.assertEqual(calls["outcomes"], {"answered": calls["begun"]}, report)
            if not arrivals:
                self.assertEqual(calls["begun"] + schedule["missed_starts"], 200, report)
            self.assertGreater(report["rate"]["offered"], 300)
            self.assertEqual(report["latency_ms"]["corrected"]["count"], calls["ended"])
            self.assertEqual(report["connections"]["opened"], 1)
        self.assertIn(f"| open, 400/s, Poisson | cancel | answered {calls['begun']} |", markdown([report]))

    def test_callers_wait_for_their_calls(self):
        report = self.load("--in-flight", "4", "--duration", "0.3", "--connections", "1", *self.to)
        self.assertEqual(report["latency_ms"]["corrected"], report["latency_ms"]["uncorrected"])
        self.assertEqual(report["schedule"]["late_starts"], 0)
        self.assertEqual(self.server.totals()["requests"], report["calls"]["begun"] + report["calls"]["warmup"])

    def test_an_interrupt_ends_it_with_a_report(self):
        terminal = Terminal(LOAD, "--rate", "100", "--duration", "60", "--warmup", "0", *self.to)
        self.assertRegex(terminal.read_until(" late; p50"), r"\d+ begun, \d+ ended")
        terminal.interrupt()
        ended = terminal.end()
        self.assertEqual(ended.code, 0, ended)
        report = json.loads(re.search(r"^\{.*\}", ended.out, re.MULTILINE).group())
        self.check(report)
        self.assertTrue(report["interrupted"])
        self.assertEqual(report["schedule"]["missed_starts"], 0)


class AgainstSimulator(LoadTest):
    def simulate(self, fault):
        sim = Simulator(SIM, "--fleet", "accounts=1,regions=1,queues=20,running=20,backlog=100000000",
                        "--fault", fault)
        self.addCleanup(sim.__exit__)
        handles = self.folder / "handles"
        handles.write_text("".join(task["task_handle"] + "\n" for task in sim.state()["tasks"]))
        self.to = ("--handles", str(handles))
        self.env = {**sim.env, "AWS_PROFILE": "sim-100000000001"}

    def test_a_late_reply_shows_in_the_percentiles(self):
        self.simulate("op=CancelMessageMoveTask,every=50,do=delay:200")
        hgrm = self.folder / "late.hgrm"
        report = self.load("--rate", "400", "--duration", "0.6", "--hgrm", str(hgrm), *self.to, **self.env)
        corrected = report["latency_ms"]["corrected"]
        self.assertGreaterEqual(corrected["p99"], 200, report)
        self.assertLessEqual(set(report["calls"]["outcomes"]), {"answered", "task_not_active"})
        rows = read_percentiles(hgrm)
        self.assertEqual(rows[-1].count, corrected["count"])
        self.assertAlmostEqual(rows[-1].value, corrected["max"], places=3)
        self.assertEqual(rows[-1].share, 1)
        at_half = next(row for row in rows if row.share == 0.5)
        self.assertAlmostEqual(at_half.value, corrected["p50"], places=2)

    def test_callers_that_were_kept_waiting_count_for_those_who_would_have_come(self):
        self.simulate("op=CancelMessageMoveTask,every=50,do=delay:200")
        report = self.load("--in-flight", "1", "--expected-interval", "5", "--duration", "0.6", *self.to, **self.env)
        corrected, uncorrected = report["latency_ms"]["corrected"], report["latency_ms"]["uncorrected"]
        self.assertGreater(corrected["count"], uncorrected["count"] + 30)
        self.assertGreater(corrected["mean"], 2 * uncorrected["mean"])

    def test_throttles_are_counted(self):
        self.simulate("every=10,do=throttle")
        report = self.load("--rate", "300", "--duration", "0.5", *self.to, **self.env)
        throttled = report["calls"]["outcomes"]["throttled"]
        self.assertEqual(report["throttles"], throttled)
        self.assertAlmostEqual(throttled, report["calls"]["begun"] / 10, delta=2)
        self.assertEqual(report["retries"], 0)

    def test_retries_are_counted_where_they_are_allowed(self):
        self.simulate("every=10,do=throttle")
        report = self.load("--rate", "100", "--duration", "0.5", "--attempts", "2", "--operation", "list", *self.to,
                           **self.env)
        self.assertGreater(report["retries"], 0)
        self.assertEqual(report["throttles"], report["retries"] + report["calls"]["outcomes"].get("throttled", 0))


class AgainstAws(LoadTest):
    """Names below amazonaws.com; a proxy of ours is the only way out."""

    def setUp(self):
        super().setUp()
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.asked = 0
        threading.Thread(target=self.refuse, args=[listener], daemon=True).start()
        self.env = {**KEYS, "HTTPS_PROXY": "http://127.0.0.1:%d" % listener.getsockname()[1]}

    def refuse(self, listener):
        while True:
            try:
                with listener.accept()[0]:
                    self.asked += 1
            except OSError:
                return

    def test_is_refused_and_nothing_is_sent(self):
        for url in ["", "https://vpce-1.sqs.us-east-1.vpce.amazonaws.com", "https://sqs.us-east-1.api.aws",
                    "https://sqs.cn-north-1.amazonaws.com.cn", "https://sqs.eusc-de-east-1.amazonaws.eu:8443"]:
            endpoint = {"AWS_ENDPOINT_URL_SQS": url} if url else {}
            ended = run(LOAD, "--in-flight", "1", "--duration", "0.1", **self.env, **endpoint)
            self.assertEqual((ended.code, ended.out), (2, ""), ended)
            self.assertIn("costs money", ended.err)
            self.assertIn("--allow-aws", ended.err)
        self.assertEqual(self.asked, 0)

    def test_is_done_when_it_is_asked_for(self):
        report = self.load("--in-flight", "1", "--duration", "0.1", "--allow-aws", **self.env,
                           AWS_ENDPOINT_URL_SQS="https://nowhere.invalid.amazonaws.com")
        self.assertGreater(self.asked, 0)
        self.assertEqual((report["calls"]["replied"], set(report["calls"]["outcomes"])), (0, {"proxy_failed"}))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
