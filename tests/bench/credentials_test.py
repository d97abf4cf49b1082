"""Drives bench/credentials with the program.

usage: credentials_test.py REDRIVE
"""

import json
import subprocess
import sys
import unittest
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench" / "credentials"
# What each source asks before the call; the credentials page has the same.
REQUESTS = {
    "environment keys": 0,
    "keys of a profile": 0,
    "a role": 1,
    "a role by a role": 2,
    "web identity": 1,
    "SSO, token good": 1,
    "SSO, token over": 2,
    "aws login, session good": 0,
    "aws login, session over": 1,
    "credential_process": 0,
    "container (ECS)": 1,
    "container (EKS)": 1,
    "IMDSv2 by a profile": 3,
    "whole chain to IMDSv2": 3,
}


def bench(program, *options):
    return subprocess.run([sys.executable, "-B", BENCH, "--program", program, "--runs", "2", *options],
                          capture_output=True, text=True, check=False)


class CredentialsTest(unittest.TestCase):
    def test_each_source_signs_the_call_after_as_many_requests_as_it_needs(self):
        ended = bench(sys.argv[1])
        self.assertEqual(ended.returncode, 0, ended.stderr)
        reports = {each["source"]: each for each in map(json.loads, ended.stdout.splitlines())}
        self.assertEqual({name: each["requests"] for name, each in reports.items()}, REQUESTS)
        for name, each in reports.items():
            with self.subTest(name):
                self.assertEqual(each["runs"], 2)
                self.assertGreaterEqual(each["first_byte_p90_ms"], each["first_byte_ms"])
                self.assertGreater(each["cpu_ms"], 0)
                # A server has to work for each request.
                self.assertEqual(each["servers_cpu_ms"] > 0, each["requests"] > 0)
        self.assertEqual(reports["environment keys"]["first_byte_over_ms"], 0)

    def test_a_program_that_sends_nothing_is_no_measurement(self):
        ended = bench("/bin/true")
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn("environment keys", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
