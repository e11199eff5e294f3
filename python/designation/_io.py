"""Files: replace them atomically, and read lines of bounded length."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
import zlib
from collections.abc import Iterator
from typing import BinaryIO


@contextlib.contextmanager
def replace_file(path: str | os.PathLike[str]) -> Iterator[str]:
    """Yield the path of a draft that replaces the file if the block ends without an error.

    The file keeps its mode, and a link to it stays a link. After an error, SIGINT, or SIGTERM, the file is unchanged
    and the draft removed. A device or a pipe cannot be replaced: its own path is yielded.

    Raises:
        OSError: The file cannot be written.
    """
    target = os.path.realpath(path)
    mode = None
    with contextlib.suppress(FileNotFoundError):
        mode = os.stat(target).st_mode
    if mode is not None and not stat.S_ISREG(mode):
        yield target
        return
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), target)
    folder, name = os.path.split(target)
    # The draft keeps the suffix, because a library can choose the format by it.
    prefix, ending = f".{name[:100]}.{_host_mark()}", os.path.splitext(name)[1]
    draft = os.path.join(folder, f"{prefix}-{os.getpid()}-{os.urandom(6).hex()}{ending}")
    with _raise_on_sigterm():
        try:
            _remove_dead_drafts(folder, prefix, ending)
            permissions = 0o666 if mode is None else stat.S_IMODE(mode)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, permissions))
            if mode is not None:
                os.chmod(draft, permissions)
            yield draft
            os.replace(draft, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)


def _host_mark() -> str:
    """Return a short name of this machine: the number of a process has no meaning on another one."""
    return f"{zlib.crc32(os.uname().nodename.encode()):08x}"


def _remove_dead_drafts(folder: str, prefix: str, ending: str) -> None:
    """Remove the drafts of processes of this machine that were killed before they could do it."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder or "."):
            number, _, rest = name.removeprefix(f"{prefix}-").partition("-")
            if not (name.startswith(f"{prefix}-") and name.endswith(ending) and number.isdecimal() and rest):
                continue
            try:
                os.kill(int(number), 0)
            except ProcessLookupError:
                os.unlink(os.path.join(folder, name))
            except OSError:
                continue


class _Terminated(BaseException):
    """The process received SIGTERM."""


@contextlib.contextmanager
def _raise_on_sigterm() -> Iterator[None]:
    """Raise an exception in the block on SIGTERM, then end the process. Only the main thread receives signals."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def stop(*_: object) -> None:
        raise _Terminated

    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except _Terminated:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)
        raise
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def bounded_lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; cut a longer line soon after ``max_bytes``."""
    number = 0
    while line := stream.readline(max_bytes + 2):
        number += 1
        whole = line.endswith(b"\n")
        text = line.rstrip(b"\r\n")
        if text.strip():
            yield number, text
        while not whole and len(line) > max_bytes and (rest := stream.readline(1 << 16)):
            whole = rest.endswith(b"\n")
