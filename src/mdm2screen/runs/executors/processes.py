"""Workers on this machine, one patient each at a time, so that it is known which one a dying worker had.

A pool of the standard library ends as a whole when one of its processes is killed and does not say who had what.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any

from mdm2screen.runs.executors import Plan
from mdm2screen.runs.patient import Outcome, Settings, Task, died, screen_patient

_ENDING_SECONDS = 5.0
"""So long a worker may take to end by itself."""


_Context = ForkServerContext | SpawnContext


class _Worker:
    """A process and the one task it has."""

    def __init__(self, context: _Context, settings: Settings, first: Task) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = first
        with suppress(OSError):  # one that ended at its start is seen when its result is asked for
            self.pipe.send(first)

    def give(self, task: Task) -> bool:
        """Hand over a task; false where the worker is no longer there to take it."""
        try:
            self.pipe.send(task)
        except OSError:
            return False
        self.task = task
        return True

    def result(self, settings: Settings) -> tuple[Outcome, bool]:
        """The outcome of its task, and whether the worker lives on."""
        task, self.task = self.task, None
        assert task is not None
        try:
            return self.pipe.recv(), True
        except (EOFError, OSError):
            self.process.join(_ENDING_SECONDS)
            return died(task, settings, _how(self.process.exitcode)), False

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(_ENDING_SECONDS)


def outcomes(tasks: Iterable[Task], settings: Settings, plan: Plan) -> Iterator[Outcome]:
    """In the order they are done."""
    waiting = iter(tasks)
    context = _context()
    workers: list[_Worker] = []
    try:
        for task in waiting:
            workers.append(_Worker(context, settings, task))
            if len(workers) >= (plan.workers or os.cpu_count() or 1):
                break
        while busy := {worker.pipe: worker for worker in workers if worker.task is not None}:
            ready = wait(list(busy))
            for worker in [worker for pipe, worker in busy.items() if pipe in ready]:
                outcome, alive = worker.result(settings)
                following = next(waiting, None)
                if not (alive and (following is None or worker.give(following))):
                    worker.end()
                    workers.remove(worker)
                    if following is not None:
                        workers.append(_Worker(context, settings, following))
                yield outcome
    finally:
        for worker in workers:
            worker.end()


def _work(pipe: Connection, settings: Settings) -> None:
    """The life of a worker: a task comes, its outcome goes; an interrupt is for the main process to see."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task: Any = pipe.recv()
        except EOFError:
            return
        pipe.send(screen_patient(task, settings))


def _context() -> _Context:
    """Processes that inherit no thread and no open file; modules are loaded once, before the first is made."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        hint = ", as the system does when memory runs out" if name == "SIGKILL" else ""
        return f"it was stopped by {name}{hint}"
    return f"exit code {code}"
