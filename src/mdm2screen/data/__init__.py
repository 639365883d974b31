"""Constants that ship with the package: loci, transcripts, OncoTree, protocols, reason codes.

Every number here stands beside its source in the file that holds it.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def text(name: str) -> str:
    """Text of the shipped file ``name`` (path below this folder, with forward slashes)."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def toml(name: str) -> dict[str, Any]:
    """The shipped TOML file ``name``, parsed."""
    return tomllib.loads(text(name))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of the shipped TSV ``name`` by column name; lines that begin with ``#`` are its sources."""
    lines = [line for line in text(name).splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """Names, without ``suffix``, of the shipped files in ``folder``, sorted."""
    found = (entry.name for entry in files(__name__).joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in found if name.endswith(suffix)))
