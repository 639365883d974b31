"""Workers of a Dask cluster (``dask.distributed``, the extra ``dask``): on many machines, or on a SLURM or PBS cluster.

Files must be reachable under the same paths from every worker.
"""

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any

from mdm2screen.errors import UsageError
from mdm2screen.runs.executors import Plan
from mdm2screen.runs.patient import Outcome, Settings, Task, died, screen_patient
from mdm2screen.version import __version__

_AHEAD = 3
"""So many tasks a core are given out at once: enough that none waits, few enough that none piles up."""


def outcomes(tasks: Iterable[Task], settings: Settings, plan: Plan) -> Iterator[Outcome]:
    """In the order they are done. Raises UsageError without the extra, or where no scheduler answers."""
    try:
        from distributed import Client, as_completed
    except ImportError as exc:
        raise UsageError("dask.distributed is not installed", remedy="pip install 'mdm2screen[dask]'") from exc
    if plan.scheduler is None:
        raise UsageError("--executor dask needs a scheduler", remedy="pass --scheduler tcp://HOST:PORT")
    try:
        client: Any = Client(plan.scheduler, set_as_default=False)
    except (OSError, ValueError) as exc:
        raise UsageError(f"no Dask scheduler answers at {plan.scheduler}: {exc}", remedy="check the address") from exc
    try:
        with client:
            _check_versions(client)
            yield from _spread(client, as_completed, iter(tasks), settings)
    except (OSError, CancelledError, asyncio.CancelledError) as exc:
        raise UsageError(
            f"the Dask scheduler at {plan.scheduler} went away: {type(exc).__name__}",
            remedy="start it again, then run the same command: it goes on where it ended",
        ) from exc


def _check_versions(client: Any) -> None:
    """Raise UsageError unless every worker has this version: another one may decide otherwise."""
    versions = client.run(_version)
    if not versions:
        raise UsageError("the Dask scheduler has no worker", remedy="start workers, then run the same command again")
    others = sorted({found for found in versions.values() if found != __version__})
    if others:
        raise UsageError(
            f"workers have mdm2screen {', '.join(others)}, and this is {__version__}",
            remedy="install one version everywhere",
        )


def _version() -> str:
    return __version__


def _spread(client: Any, as_completed: Any, waiting: Iterator[Task], settings: Settings) -> Iterator[Outcome]:
    given: dict[Any, Task] = {}

    def give(task: Task) -> Any:
        future = client.submit(screen_patient, task, settings, pure=False)
        given[future] = task
        return future

    at_once = max(1, _AHEAD * sum(client.nthreads().values()))
    first = [give(task) for _, task in zip(range(at_once), waiting, strict=False)]
    running = as_completed(first, loop=client.loop)
    for future in running:
        task = given.pop(future)
        error = future.exception()
        yield future.result() if error is None else died(task, settings, f"{type(error).__name__}: {error}")
        following = next(waiting, None)
        if following is not None:
            running.add(give(following))
