"""A file that never comes to an end, for commands that are interrupted or killed while they read it."""

import os
from pathlib import Path

# Python runs a module of this name at its start, in worker processes as well.
_MODULE = """
import os
import time
from pathlib import Path

from mdm2screen.readers.source_file import SourceFile

_open = SourceFile.__init__


def _wait(self, path):
    if path.name == {name!r}:
        Path({readers!r}, str(os.getpid())).touch()
        time.sleep(600)
    _open(self, path)


SourceFile.__init__ = _wait
"""


def environment(folder: Path, name: str) -> dict[str, str]:
    """Variables under which who reads a file of this name waits; ``folder`` is made for this alone."""
    readers_folder(folder).mkdir(parents=True)
    (folder / "sitecustomize.py").write_text(_MODULE.format(name=name, readers=str(readers_folder(folder))))
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def readers_folder(folder: Path) -> Path:
    return folder / "readers"


def readers(folder: Path) -> list[int]:
    """Identifiers of the processes that wait for the file."""
    return [int(path.name) for path in readers_folder(folder).iterdir()]
