"""The Python packages that plots need, in build/bench-venv."""

import os
import subprocess
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent.parent.parent / "build" / "bench-venv"
PACKAGES = ["matplotlib>=3.7", "hdrhistogram>=0.10"]
WANTED = " and ".join(PACKAGES)
MISSING = (f"the plots need {WANTED}, which could not be installed into build/bench-venv.\n"
           "Is python3-venv installed (scripts/setup --interop), and is a package index reachable?")


def is_inside():
    return Path(sys.prefix).resolve() == VENV.resolve()


def enter():
    """Goes on inside build/bench-venv, with the packages installed; returns False when they cannot be."""
    if is_inside():
        return True
    python, marker = VENV / "bin" / "python", VENV / ".installed"
    if not marker.exists() or marker.read_text() != WANTED:
        print(f"==> installing {WANTED} into build/bench-venv", file=sys.stderr)
        try:
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True, stdout=sys.stderr)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
                           check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError):
            return False
        marker.write_text(WANTED)
    os.execv(python, [python, *sys.argv])
