"""What the tests that build something share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def tool(name: str) -> str | None:
    """Find a program, first in the environment of this Python."""
    return shutil.which(name, path=PATH)


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    """Run a program and give what it prints; where it fails, what it printed is the error."""
    environment = {**os.environ, "PATH": PATH, **variables}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
