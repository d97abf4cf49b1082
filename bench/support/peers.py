"""The server that benches run against, and the environment that they get."""

import json
import os
import subprocess


def clean_environment():
    """Without what this machine says about AWS and certificates."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("AWS_", "SSL_CERT_", "REDRIVE_")) and not name.lower().endswith("_proxy")}


class NullServer:
    """A bench_null_server on a free port; ends with close()."""

    def __init__(self, program, ca):
        self.process = subprocess.Popen([program, "--ca", ca], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=clean_environment())
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.ca = ca

    def totals(self):
        """What it did so far."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        """Ends it; returns what it says it did and what that cost."""
        said, _ = self.process.communicate(timeout=30)
        return json.loads(said)
