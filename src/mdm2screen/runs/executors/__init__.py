"""Ways to screen many patients, one module each, listed once in ``EXECUTORS``.

Each has ``outcomes(tasks, settings, plan)``: an iterator of one outcome a task, in the order they are done. Tasks are
drawn as they are needed, so that neither they nor their outcomes pile up.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from mdm2screen.errors import UsageError
from mdm2screen.runs.patient import Outcome, Settings, Task

EXECUTORS = ("processes", "serial", "dask")


class Plan(NamedTuple):
    """How many workers (``None``: all cores), and the address of a scheduler where one is used."""

    workers: int | None = None
    scheduler: str | None = None


class Executor(Protocol):
    """A module of this folder."""

    def outcomes(self, tasks: Iterable[Task], settings: Settings, plan: Plan) -> Iterator[Outcome]:
        """One outcome a task."""


def executor(name: str) -> Executor:
    """The module of one way. Raises UsageError."""
    if name not in EXECUTORS:
        raise UsageError(f"there is no executor {name!r}", remedy=f"choose one of: {', '.join(EXECUTORS)}")
    return cast(Executor, import_module(f"{__name__}.{name}"))
