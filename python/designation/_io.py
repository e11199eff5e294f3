"""Files that are written as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[str]:
    """Give the name of a draft beside a file; it takes the file's place when the block ends well."""
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    descriptor, draft = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=os.path.splitext(name)[1], dir=folder)
    os.close(descriptor)
    mask = os.umask(0)
    os.umask(mask)
    try:
        os.chmod(draft, 0o666 & ~mask)
        yield draft
        os.replace(draft, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
