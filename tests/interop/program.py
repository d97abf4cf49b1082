"""Runs the programs under test as a script would: no terminal, a clean environment."""
import dataclasses
import json
import os
import subprocess


@dataclasses.dataclass
class Ended:
    exit: int
    stdout: str
    stderr: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.stdout.splitlines()]


class Programs:
    def __init__(self, folder, environment, home):
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            **environment,
        }

    def redrive(self, *words, stdin=""):
        return self._run([self._folder / "bin" / "redrive", *words, "-o", "ndjson"], stdin)

    def example(self, name, *words):
        return self._run([self._folder / "examples" / f"example_{name}", *words], "")

    def start_example(self, name, *words):
        command = [self._folder / "examples" / f"example_{name}", *words]
        return subprocess.Popen(command, env=self._environment)

    def _run(self, command, stdin):
        done = subprocess.run(
            command,
            input=stdin,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=90,
        )
        # The rows of a failed test explain it only together with what was said beside them.
        print(*command, f"\nexit {done.returncode}\n{done.stdout}{done.stderr}")
        return Ended(done.returncode, done.stdout, done.stderr)
