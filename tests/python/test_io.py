"""A file is replaced as a whole or not at all, whoever writes it; a long line costs no more memory than the limit."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import designation as dsg
from designation import _io
from designation.cli import main

CONTOSO = str(Path(dsg.__file__).parent / "examples" / "contoso.json")
AWARD = dsg.Event(on="2026-03-02", type="badge_awarded")


def a_workbook(path: Path) -> None:
    dsg.portfolio.write_workbook(path)


def an_assessed_workbook(path: Path) -> None:
    dsg.portfolio.to_excel(dsg.assess_table(documents().table, as_of="2026-09-15"), path)


def the_documents(path: Path) -> None:
    dsg.portfolio.to_documents(documents(), path)


def a_report(path: Path) -> None:
    dsg.report(dsg.Partner(id="contoso", events=[AWARD]), as_of="2026-09-15").save(path)


def a_page(path: Path) -> None:
    assert main(["assess", CONTOSO, "-o", str(path)]) == 0


def a_table(path: Path) -> None:
    source = path.parent / "source.ndjson"
    source.write_text('{"id": "contoso", "events": []}\n', "utf-8")
    assert main(["portfolio", str(source), "-o", str(path)]) == 0
    source.unlink()


def a_picture(path: Path) -> None:
    dsg.plot.save(dsg.plot.new_axes(), path)


def documents() -> dsg.portfolio.Portfolio:
    return dsg.portfolio.from_documents([{"id": "contoso", "events": []}])


WRITERS: dict[Callable[[Path], None], str] = {
    a_page: "out",
    a_picture: "out.svg",
    a_report: "out.html",
    a_table: "out.csv",
    a_workbook: "out.xlsx",
    an_assessed_workbook: "out.xlsx",
    the_documents: "out.ndjson",
}


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
class TestEveryWriter:
    def test_keeps_the_mode_and_leaves_no_draft(self, write: Callable[[Path], None], tmp_path: Path) -> None:
        target = tmp_path / WRITERS[write]
        target.write_text("before")
        target.chmod(0o604)
        write(target)
        assert target.read_bytes() != b"before"
        assert stat.S_IMODE(target.stat().st_mode) == 0o604
        assert os.listdir(tmp_path) == [target.name]

    def test_follows_a_link(self, write: Callable[[Path], None], tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        real, link = tmp_path / "elsewhere" / WRITERS[write], tmp_path / WRITERS[write]
        real.write_text("before")
        link.symlink_to(real)
        write(link)
        assert link.is_symlink()
        assert real.read_bytes() != b"before"

    def test_writes_into_a_pipe(self, write: Callable[[Path], None], tmp_path: Path) -> None:
        pipe = tmp_path / WRITERS[write]
        os.mkfifo(pipe)
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
        reader.start()
        write(pipe)
        reader.join(30)
        assert len(read[0]) > 20
        assert stat.S_ISFIFO(pipe.stat().st_mode)


class TestReplacing:
    def test_a_new_file_follows_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            with _io.replace_file(tmp_path / "new") as draft:
                Path(draft).write_text("after")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640

    def test_the_draft_has_the_suffix_and_is_no_more_open_than_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "secret.xlsx").touch(0o600)
        with _io.replace_file(tmp_path / "secret.xlsx") as draft:
            assert draft.endswith(".xlsx")
            assert stat.S_IMODE(os.stat(draft).st_mode) == 0o600

    def test_a_device_is_written_and_not_replaced(self) -> None:
        with _io.replace_file(os.devnull) as draft:
            assert draft == os.devnull
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
    def test_an_error_leaves_the_file_as_it_was(self, error: type[BaseException], tmp_path: Path) -> None:
        (tmp_path / "out").write_text("before")

        def write() -> None:
            with _io.replace_file(tmp_path / "out") as draft:
                Path(draft).write_text("after")
                raise error

        with pytest.raises(error):
            write()
        assert (os.listdir(tmp_path), (tmp_path / "out").read_text()) == (["out"], "before")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root writes everything")
    def test_a_file_that_is_read_only_is_not_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "out").touch(0o444)
        with pytest.raises(PermissionError), _io.replace_file(tmp_path / "out"):
            pass

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_removes_the_draft_and_ends_the_process(self, number: signal.Signals, tmp_path: Path) -> None:
        code = (
            "import sys, time\nfrom designation import _io\n"
            "with _io.replace_file(sys.argv[1]) as draft:\n    print(draft, flush=True)\n    time.sleep(60)\n"
        )
        command = [sys.executable, "-c", code, str(tmp_path / "out")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            draft = Path(process.stdout.readline().decode().rstrip("\n"))
            assert draft.parent == tmp_path
            assert draft.exists()
            process.send_signal(number)
            assert process.wait(30) == -number
        assert os.listdir(tmp_path) == []

    def test_a_handler_of_ones_own_is_left_alone(self, tmp_path: Path) -> None:
        heard: list[int] = []
        before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
        try:
            with _io.replace_file(tmp_path / "out"):
                os.kill(os.getpid(), signal.SIGTERM)
        finally:
            signal.signal(signal.SIGTERM, before)
        assert heard == [signal.SIGTERM]

    def test_it_works_in_a_thread(self, tmp_path: Path) -> None:
        def write() -> None:
            with _io.replace_file(tmp_path / "out") as draft:
                Path(draft).write_text("after")

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert (tmp_path / "out").read_text() == "after"


class TestBoundedLines:
    def test_lines_have_their_numbers_and_blank_ones_are_passed_over(self) -> None:
        assert list(_io.bounded_lines(io.BytesIO(b"\n a\r\n  \n\nb"), 10)) == [(2, b" a"), (5, b"b")]

    @pytest.mark.parametrize("over", [1, 2, 3, 70_000])
    def test_of_a_longer_line_only_the_beginning_is_read(self, over: int) -> None:
        text = b"x" * 10 + b"\n" + b"y" * (10 + over) + b"\nz\n"
        (first, second, third) = _io.bounded_lines(io.BytesIO(text), 10)
        assert (first, third) == ((1, b"x" * 10), (3, b"z"))
        assert 10 < len(second[1]) <= 12
