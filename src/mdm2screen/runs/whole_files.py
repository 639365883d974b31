"""Files that are written whole or not at all: filled beside their place, then put into it at once."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path


def write(path: Path, parts: Iterable[str]) -> None:
    """Write text, drawn part by part; it is on disk when this returns. Raises OSError."""

    def fill(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())

    replace(path, fill)


def replace(path: Path, fill: Callable[[Path], None]) -> None:
    """Fill a file beside ``path`` and put it in its place at once. Raises OSError."""
    part = path.with_name(f".{path.name}.part")
    fill(part)
    part.replace(path)
