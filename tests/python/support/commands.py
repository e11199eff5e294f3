"""Run compilers and other programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def tool(name: str) -> str | None:
    """Return the path of a program, also with a version in its name; this Python's environment comes first."""
    names = (name, *(f"{name}-{version}" for version in range(25, 13, -1)))
    return next(filter(None, (shutil.which(each, path=PATH) for each in names)), None)


def run_unchecked(
    *command: str | Path, cwd: Path = ROOT, given: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program, and return its output and status."""
    environment = {**os.environ, "PATH": PATH, **variables}
    return subprocess.run(command, cwd=cwd, env=environment, input=given, capture_output=True, text=True, check=False)


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    """Run a program and return its output; raise AssertionError with the output if it fails."""
    done = run_unchecked(*command, cwd=cwd, **variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def configure(source: Path, build: Path, *options: str) -> None:
    """Configure a CMake project."""
    run("cmake", "-S", source, "-B", build, "-G", "Ninja", *options)
