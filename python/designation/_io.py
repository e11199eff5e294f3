"""Files: replace them atomically, and read lines of bounded length."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import stat
import threading
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from designation._lazy import lazy

fcntl = lazy("fcntl")  # there is none on Windows


@contextlib.contextmanager
def replace_file(path: str | os.PathLike[str]) -> Iterator[str]:
    """Yield the path of a draft that replaces the file if the block ends without an error.

    The file keeps its mode, and a link to it stays a link. After an error or a signal to end, the file is unchanged
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
    with clean_up_when_terminated():
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


@contextlib.contextmanager
def lock_file(path: str | os.PathLike[str]) -> Iterator[None]:
    """Wait until no other process that locks the file has it, and hold it during the block; not every system can."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError, ImportError):
            # Another process may replace the file while this one waits for the lock of the file before.
            while not _holds_lock(path, held):
                held.close()
        yield


def _holds_lock(path: str | os.PathLike[str], held: contextlib.ExitStack) -> bool:
    if not os.path.isfile(path):
        return True  # a pipe can be opened only once
    file = held.enter_context(open(path, "rb"))  # noqa: SIM115
    fcntl.flock(file, fcntl.LOCK_EX)
    return os.path.samestat(os.fstat(file.fileno()), os.stat(path))


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
    """The process received SIGTERM or SIGHUP."""


@contextlib.contextmanager
def clean_up_when_terminated() -> Iterator[None]:
    """Raise an exception in the block on SIGTERM or SIGHUP, which removes drafts and copies, then end the process.

    Only the main thread receives signals, and a handler of the user stays.
    """
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        signals = []
    handled = [number for number in signals if signal.getsignal(number) == signal.SIG_DFL]
    received: list[int] = []

    def stop(number: int, _: object) -> None:
        received.append(number)
        raise _Terminated

    try:
        for number in handled:
            signal.signal(number, stop)
        yield
    except BaseException:
        # A library may have turned the exception into one of its own.
        if not received:
            raise
    finally:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)
        if received:
            atexit._run_exitfuncs()  # openpyxl removes its temporary files at the exit, which a signal skips
            os.kill(os.getpid(), received[0])


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
