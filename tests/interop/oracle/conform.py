"""Asks redrive-conform, the program through which our own code answers one question at a time."""
import json
import subprocess


class Conform:
    def __init__(self, programs):
        self._program = programs / "bin" / "redrive-conform"

    def ask(self, verb, question, *options):
        """What it answered; what it refused is under "error"."""
        done = subprocess.run(
            [self._program, verb, *options],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode in (0, 1), (verb, question, done.stderr)
        answer = json.loads(done.stdout)
        assert ("error" in answer) == (done.returncode == 1), (verb, question, answer)
        return answer
