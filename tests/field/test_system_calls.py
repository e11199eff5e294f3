"""No command opens a socket, or a file that was not named: held by the system calls of each command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

import designation as dsg
from designation.cli._commands import COMMANDS

METRIC = ["--business", "12", "--unit", "seats", "--escalated", "every", "--period", "2026-Q1"]
RUNS: dict[str, list[str]] = {
    "demo": [],
    "init": ["-o", "out.json"],
    "assess": ["p.ndjson", "--policy", "policy.json", "-o", "out.txt"],
    "explain": ["p.json"],
    "timeline": ["p.json"],
    "what-if": ["p.json", "--add", "on=2026-12-01", "type=interest_registered"],
    "compare": ["p.json", "q.json"],
    "readings": ["p.json"],
    "plan": ["p.json"],
    "portfolio": ["p.parquet", "-o", "out.parquet"],
    "report": ["p.xlsx", "-o", "out.html"],
    "impact": ["2025-11", "policy.json", "p.parquet", "--plans", "-o", "out.html"],
    "replay": ["record.json"],
    "budget": ["p.csv", "-o", "out.xlsx"],
    "calendar": ["p.json", "--update", "old.ics", "-o", "old.ics"],
    "check": ["[pq].json"],
    "convert": ["p.ndjson", "-o", "out.xlsx"],
    "case-rate": ["cases.csv", *METRIC, "--plot", "out.svg"],
    "csat": ["answers.parquet"],
    "reconcile": ["a=cases.csv", "b=cases.json", "--period", "2026-Q1", "--cases", "out.csv"],
    "capability": ["evidence.csv", "--as-of", "2026-09-15"],
    "rulebook": ["show", "2025-11"],
    "schema": ["partner"],
    "config": [],
    "selftest": [],
    "completion": ["bash"],
}
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, |\d+<[^>]*>, )?"((?:[^"\\]|\\.)*)", ([A-Z_|0-9]+).*\) = \d+')
SOCKET = re.compile(r"\b(socket|connect|bind|sendto|listen)\(")
SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/bin/", "/opt/", "/var/cache/fontconfig/")
SETTINGS = ("designation.toml", "pyproject.toml")


def test_every_command_has_a_run() -> None:
    assert set(RUNS) == set(COMMANDS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work, home, temporary = (tmp_path / name for name in ("work", "home", "temporary"))
    for path in (work, home, temporary):
        path.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"):
        monkeypatch.delenv(name, raising=False)
    partners = [{"id": name, "events": [{"on": "2025-12-12", "type": "badge_awarded"}]} for name in "ab"]
    for ending in ("ndjson", "csv", "parquet", "xlsx"):
        dsg.convert(partners, f"p.{ending}")
    for name, partner in zip("pq", partners, strict=True):
        Path(f"{name}.json").write_text(json.dumps(partner), "utf-8")
    record = dsg.record(dsg.assess(partners[0], "2026-09-15"))
    Path("record.json").write_text(json.dumps(record), "utf-8")
    Path("policy.json").write_text('{"edition": "2025-11"}', "utf-8")
    Path("cases.csv").write_text("id,created\n1,2026-01-05\n2,2026-02-05\n", "utf-8")
    Path("cases.json").write_text('[{"id": "1", "created": "2026-01-05"}]', "utf-8")
    Path("evidence.csv").write_bytes((Path(dsg.__file__).parent / "examples" / "evidence.csv").read_bytes())
    answers = pa.table({"id": ["1", "2"], "score": [4, 5], "answered": ["2026-01-05", "2026-01-06"]})
    pyarrow.parquet.write_table(answers, "answers.parquet")
    Path("old.ics").write_bytes(dsg.calendar(partners, "2026-09-15").to_ical())
    Path("secret.txt").write_text("not named", "utf-8")
    return work


def trace_calls(folder: Path, *words: str) -> str:
    """Run Python, and return the calls of the system that open files and sockets."""
    trace = folder.parent / "trace"
    calls = ["strace", "-f", "--seccomp-bpf", "-o", str(trace), "-s", "4096", "-e", "trace=network,open,openat"]
    done = subprocess.run([*calls, sys.executable, *words], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    return trace.read_text("utf-8", "replace")


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace")
def test_the_trace_has_sockets_and_files(folder: Path) -> None:
    text = trace_calls(folder, "-c", "import socket; open('secret.txt'); socket.create_server(('127.0.0.1', 0))")
    assert {"socket", "bind", "listen"} <= set(SOCKET.findall(text))
    assert "secret.txt" in {match[1] for match in OPENED.finditer(text)}


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace")
@pytest.mark.parametrize("command", RUNS)
def test_only_named_files_are_opened_and_no_socket(command: str, folder: Path) -> None:
    words = RUNS[command]
    text = trace_calls(folder, "-m", "designation", command, *words)
    assert SOCKET.findall(text) == []
    named = {word.partition("=")[2] or word for word in words} | set(SETTINGS)
    named |= {"p.json", "q.json"} if "[pq].json" in words else set()
    own = tuple(os.path.realpath(path) for path in {sys.prefix, sys.base_prefix, *filter(None, sys.path)})
    found = {os.path.join(folder, match[1]) for match in OPENED.finditer(text)}
    others = [
        path for path in found if not f"{path}/".startswith(SYSTEM) and not os.path.realpath(path).startswith(own)
    ]
    drafts = tuple(f"{folder}/.{name}." for name in named)
    # Matplotlib keeps its list of the system's fonts in a cache of its own.
    temporary, fonts = str(folder.parent / "temporary"), str(folder.parent / "home" / ".cache" / "matplotlib")
    unnamed = {path for path in others if os.path.relpath(path, folder) not in {*named, "."}}
    assert {path for path in unnamed if not path.startswith((*drafts, temporary, fonts))} == set()
