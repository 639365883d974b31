"""The files below a folder, by name alone: walked once, in one order, within bounds.

Links to folders are followed once each, so that a loop of links ends; links to files are kept, because pipelines
publish their results as such.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mdm2screen.errors import FileAccessError, InputError

_MOST_FILES = 500_000
"""More than a run of some hundred genomes leaves behind; what holds more is a file server, not an output folder."""
_DEEPEST = 20
"""Folders within folders; no pipeline nests half as deep."""
_TASK = re.compile(r"[0-9a-f]{2}")
_BESIDE_TASKS = frozenset({"conda", "singularity", "tmp", "collect-file"})


class Tree(NamedTuple):
    """A folder and all files below it, as sorted paths relative to it; ``skipped`` folders with the reason."""

    folder: Path
    files: tuple[PurePosixPath, ...]
    skipped: tuple[tuple[PurePosixPath, str], ...]

    def below(self, root: PurePosixPath) -> list[tuple[PurePosixPath, tuple[str, ...]]]:
        """Files below ``root`` with the parts of their path from there."""
        return [(path, path.relative_to(root).parts) for path in self.files if path.is_relative_to(root)]


def walk(folder: Path) -> Tree:
    """All files below a folder but hidden ones. Raises InputError: no folder, no access, or too much of it."""
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "no such folder"
        raise FileAccessError(
            what, where=str(folder), remedy="pass a samplesheet, or the folder of a pipeline's output"
        )
    walking = _Walk(folder)
    files = sorted(walking.files(folder, 0))
    return Tree(folder, tuple(files), tuple(sorted(walking.skipped)))


class _Walk:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[tuple[int, int]] = set()
        self._count = 0
        self.skipped: list[tuple[PurePosixPath, str]] = []

    def files(self, folder: Path, depth: int) -> Iterator[PurePosixPath]:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in self._seen:
            self._skip(folder, "leads to a folder that was looked at already")
            return
        self._seen.add((here.st_dev, here.st_ino))
        if depth > _DEEPEST:
            self._skip(folder, f"lies more than {_DEEPEST} folders deep and was not looked at")
            return
        entries = _entries(folder)
        if folder.name == "work" and _is_work(entries):
            self._skip(folder, "is Nextflow's work directory; results are published elsewhere")
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            self._count += 1
            if self._count > _MOST_FILES:
                raise InputError(
                    f"more than {_MOST_FILES:,} files: no pipeline's output",
                    where=str(self._folder),
                    remedy="pass the folder that the pipeline wrote its results into, not one above it",
                )
            path = Path(entry.path)
            if path.is_dir():
                yield from self.files(path, depth + 1)
            elif path.is_file():
                yield self._relative(path)
            else:
                self._skip(path, "is a link that leads nowhere, or no ordinary file")

    def _skip(self, path: Path, why: str) -> None:
        self.skipped.append((self._relative(path), why))

    def _relative(self, path: Path) -> PurePosixPath:
        return PurePosixPath(path.relative_to(self._folder).as_posix())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            # Real folders before links to them, so that a file is named by where it lies.
            return sorted(entries, key=lambda entry: (entry.is_symlink(), entry.name))
    except PermissionError as exc:
        raise FileAccessError("may not be read", where=str(folder), remedy="check its permissions") from exc


def _is_work(entries: list[os.DirEntry[str]]) -> bool:
    """Whether a folder named work holds nothing but tasks of Nextflow, two hexadecimal digits each."""
    names = [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(("stage-", "."))]
    tasks = [name for name in names if name not in _BESIDE_TASKS]
    return bool(tasks) and all(_TASK.fullmatch(name) for name in tasks)
