"""Every writer writes its file whole or not at all, whatever signal ends it, and two updates lose nothing."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from designation._io import lock_file

AS_OF = ["--as-of", "2026-09-15"]
METRIC = ["--business", "12", "--unit", "seats", "--escalated", "every", "--period", "2026-Q1"]
WRITERS: dict[str, list[str]] = {
    "page.txt": ["assess", "p.ndjson", *AS_OF, "-o"],
    "table.csv": ["portfolio", "p.ndjson", *AS_OF, "-o"],
    "table.parquet": ["portfolio", "p.ndjson", *AS_OF, "-o"],
    "table.xlsx": ["portfolio", "p.ndjson", *AS_OF, "-o"],
    "copy.xlsx": ["convert", "p.ndjson", "-o"],
    "copy.json": ["convert", "p.ndjson", "-o"],
    "dates.ics": ["calendar", "p.ndjson", *AS_OF, "-o"],
    "fees.xlsx": ["budget", "p.ndjson", *AS_OF, "-o"],
    "report.html": ["report", "p.ndjson", *AS_OF, "-o"],
    "plot.svg": ["case-rate", "cases.csv", *METRIC, "--plot"],
    "cases.parquet": ["reconcile", "a=cases.csv", "b=more.csv", "--period", "2026-Q1", "--cases"],
}
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)
SECONDS = float(os.environ.get("KILL_SECONDS", "0"))  # for each writer; without it, one signal of each kind


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    events = [{"on": "2025-12-12", "type": "badge_awarded"}]
    lines = (json.dumps({"id": f"p{number}", "events": events}) + "\n" for number in range(30))
    Path("p.ndjson").write_text("".join(lines), "utf-8")
    Path("cases.csv").write_text("id,created\n1,2026-01-05\n2,2026-02-05\n", "utf-8")
    Path("more.csv").write_text("id,created\n1,2026-01-05\n3,2026-02-05\n", "utf-8")
    return tmp_path


def start(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "designation", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_our_code(process: subprocess.Popen[bytes]) -> None:
    """Wait until the module is loaded: Python itself exits with status 1 if a signal comes while it starts."""
    maps = Path(f"/proc/{process.pid}/maps")
    while process.poll() is None and "/_core" not in maps.read_text():
        time.sleep(0.001)


@pytest.mark.parametrize("name", WRITERS)
def test_a_signal_leaves_the_old_file_or_the_new_one(name: str, folder: Path) -> None:
    words = [*WRITERS[name], name]
    began = time.monotonic()
    assert start(*words).wait(60) == 0
    duration = time.monotonic() - began
    size = Path(name).stat().st_size
    others = set(os.listdir())
    rounds = 0
    while rounds < len(SIGNALS) or time.monotonic() - began < SECONDS:
        number = SIGNALS[rounds % len(SIGNALS)]
        rounds += 1
        Path(name).write_bytes(b"old")
        before = set(os.listdir())  # a killed run may have left its draft
        with start(*words) as process:
            wait_for_our_code(process)
            time.sleep(random.uniform(0.05, 1) * duration)
            process.send_signal(number)
        written = Path(name).read_bytes()
        assert written == b"old" or abs(len(written) - size) <= size / 10
        assert process.returncode in (0, -number, 130, 2)
        if number != signal.SIGKILL:
            assert set(os.listdir()) <= before
            assert os.listdir("temporary") == []
    assert start(*words).wait(60) == 0
    assert set(os.listdir()) == others, "the next run removes the draft of a killed one"
    assert abs(Path(name).stat().st_size - size) <= size / 10


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_the_old_file_and_is_named(name: str, folder: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))

    Path(name).write_bytes(b"old")
    others = set(os.listdir())
    command = [sys.executable, "-m", "designation", *WRITERS[name], name]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    if not name.endswith(".xlsx"):  # openpyxl has temporary files, and Python reports how it fails to close them
        assert done.stderr.count("\n") == 1
    assert f"{name}: cannot be written: File too large" in done.stderr
    assert Path(name).read_bytes() == b"old"
    assert set(os.listdir()) == others


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_copy_of_standard_input_is_removed(number: signal.Signals, folder: Path) -> None:
    command = [sys.executable, "-m", "designation", "case-rate", "-", *METRIC]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        process.stdin.write(b"id,created\n" + b"1,2026-01-05\n" * 100_000)
        process.stdin.flush()
        for _ in range(300):
            if any(Path("temporary").iterdir()):
                break
            time.sleep(0.1)
        assert os.listdir("temporary")
        process.send_signal(number)
        assert process.wait(30) == -number
    assert os.listdir("temporary") == []


def test_two_updates_of_one_calendar_lose_nothing(folder: Path) -> None:
    for name in ("lamna", "contoso", "northwind"):
        document = {"id": name, "events": [{"on": "2025-12-12", "type": "badge_awarded"}]}
        Path(f"{name}.json").write_text(json.dumps(document), "utf-8")
    assert start("calendar", "lamna.json", *AS_OF, "-o", "r.ics").wait(60) == 0
    with lock_file("r.ics"):
        updates = [
            start("calendar", f"{name}.json", *AS_OF, "--update", "r.ics", "-o", "r.ics")
            for name in ("contoso", "northwind")
        ]
        time.sleep(2)
        assert [process.poll() for process in updates] == [None, None], "both wait for the lock"
    assert [process.wait(60) for process in updates] == [0, 0]
    text = Path("r.ics").read_text("utf-8")
    for name in ("lamna", "contoso", "northwind"):
        assert f"UID:{name}/anniversary/2026@designation" in text


def test_a_pipe_is_an_earlier_calendar(folder: Path) -> None:
    Path("a.json").write_text('{"id": "a", "events": []}', "utf-8")
    assert start("calendar", "a.json", *AS_OF, "-o", "r.ics").wait(60) == 0
    os.mkfifo("pipe")
    process = start("calendar", "a.json", *AS_OF, "--update", "pipe", "-o", "new.ics")
    Path("pipe").write_bytes(Path("r.ics").read_bytes())
    assert process.wait(60) == 0
