"""Files: written as a whole or not at all, and read line by line without trust in the length of a line."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
from collections.abc import Iterator
from typing import BinaryIO


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[str]:
    """Yield the name of a draft, which takes the place of a file when the block ends without an error.

    The file keeps its mode, and a link to it stays a link. After an error, SIGINT or SIGTERM the file is as it was, and
    the draft is gone. A device or a pipe cannot be replaced: its own name is yielded, and it is written at once.

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
    # Whoever writes the draft may tell the format by its suffix.
    draft = os.path.join(folder, f".{name[:100]}.{os.urandom(6).hex()}{os.path.splitext(name)[1]}")
    with _terminated_as_by_an_error():
        try:
            permissions = 0o666 if mode is None else stat.S_IMODE(mode)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, permissions))
            if mode is not None:
                os.chmod(draft, permissions)
            yield draft
            os.replace(draft, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)


class _Terminated(BaseException):
    """SIGTERM came."""


@contextlib.contextmanager
def _terminated_as_by_an_error() -> Iterator[None]:
    """Let SIGTERM end the block as an error does, and then the process; only the main thread hears of signals."""
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
    """Yield the lines that are not blank, each with its number; of a longer one only more than ``max_bytes``."""
    number = 0
    while line := stream.readline(max_bytes + 2):
        number += 1
        whole = line.endswith(b"\n")
        text = line.rstrip(b"\r\n")
        if text.strip():
            yield number, text
        while not whole and len(line) > max_bytes and (rest := stream.readline(1 << 16)):
            whole = rest.endswith(b"\n")
