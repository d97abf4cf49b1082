"""Runs a program once and tells when it began and what it used."""

import dataclasses
import os
import time


@dataclasses.dataclass
class Started:
    began: float  # as time.monotonic()
    exit_code: int
    cpu_seconds: float  # of the program and of what it ran and waited for


def run_once(command, environment, output):
    """With exactly this environment; what it says goes to a file."""
    files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
             (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
             (os.POSIX_SPAWN_DUP2, 1, 2)]
    command = [str(word) for word in command]
    began = time.monotonic()
    child = os.posix_spawn(command[0], command, environment, file_actions=files)
    _, status, used = os.wait4(child, 0)
    return Started(began, os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)
