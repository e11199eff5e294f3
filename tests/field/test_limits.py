"""Small files that would need much memory: refused with the limit that they exceed, or read at once."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import designation as dsg
from designation._input import limits
from designation.cli import main

AS_OF = "2026-09-15"
MEMORY = 1_500 << 20


def write_book(path: Path, change: Callable[[Any], None]) -> Path:
    dsg.convert([{"id": "a"}, {"id": "b"}], path)
    book = openpyxl.load_workbook(path)
    change(book["partners"])
    book.save(path)
    return path


def replace_part(path: Path, old: str, new: str) -> Path:
    """Replace text in the first sheet of a workbook, as no library would write it."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def run_limited(*words: str) -> tuple[int, str]:
    """Run a command with limited memory and time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(
        [sys.executable, "-m", "designation", *words],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limit,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "far.xlsx", lambda sheet: sheet.cell(1_048_576, 16_384, "z"))
    status, err = run_limited("portfolio", str(path), "-o", str(tmp_path / "out.csv"), "--as-of", AS_OF)
    assert status == 0, err
    assert "note: ignored cells: partners!XFD1048576\n" in err
    assert [line.partition(",")[0] for line in (tmp_path / "out.csv").read_text("utf-8").splitlines()][1:] == [
        '"a"',
        '"b"',
    ]


def test_a_long_text_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "text.xlsx", lambda sheet: sheet.cell(2, 1, "OLD"))
    text = "x" * (100 << 20)
    replace_part(path, "OLD", text)
    assert path.stat().st_size < 1 << 20
    status, err = run_limited("assess", str(path))
    assert status == 2
    assert err.startswith(f"{path}: the workbook has a text of more than 32,767 characters; save the tables as CSV")


@pytest.mark.parametrize("merged", ["A1:XFD1048576", "A2:A1048576 A2:J1048576"])
def test_merged_ranges_count_as_cells(merged: str, tmp_path: Path, capsys: Any) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("C5:C6")

    path = write_book(tmp_path / "merged.xlsx", merge)
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged.split())
    replace_part(path, '<mergeCell ref="C5:C6" />', ranges)
    assert main(["check", str(path)]) == 2
    assert "the workbook has more than 5,000,000 cells, with those of merged ranges" in capsys.readouterr().out


def test_cells_and_bytes_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.xlsx"
    dsg.convert([{"id": f"p{number}", "name": "x"} for number in range(500)], path)
    content = path.read_bytes()
    limits.check_workbook(content, "in.xlsx")
    for name, limit, message in (
        ("MAX_CELLS", 1_000, "more than 1,000 cells"),
        ("MAX_UNPACKED", 1 << 10, "more than 0 MiB when it is unpacked"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, limit)
            with pytest.raises(dsg.InputError, match=message):
                limits.check_workbook(content, "in.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(limits, "CHUNK", 777)
        patch.setattr(limits, "MAX_CELLS", 1_011)
        limits.check_workbook(content, "in.xlsx")  # no cell is counted twice at the end of a chunk


def test_what_is_read_as_a_whole_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.read_whole, "__defaults__", (1 << 20,))
    packed = tmp_path / "in.parquet.gz"
    packed.write_bytes(gzip.compress(b"PAR1" + bytes(2 << 20)))
    listed = io.BytesIO(b'[{"id": "a"}, {"id": "b", "notes": "' + b"x" * (18 << 20) + b'"}]')
    for source in (packed, listed):
        (problem,) = dsg.check(source)
        assert problem.code == "size"
