"""How a run tells how far it is: a bar with rate and time left on a terminal, now and then a plain line in a log."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from mdm2screen.runs.patient import Outcome

_SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts outcomes: a bar on a terminal, else a line every ten seconds and one at the end, naming no patient."""

    def __init__(self) -> None:
        self._total = self._done = self._failed = 0
        self._began = self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def start(self, to_do: int, kept: int) -> None:
        """How many patients there are to do, and how many are done already."""
        self._total = to_do
        self._began = self._said = time.monotonic()
        if kept:
            sys.stderr.write(f"mdm2screen: {kept} patients are done already, {to_do} to do\n")
        if sys.stderr.isatty() and to_do:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("screening", total=to_do)

    def __call__(self, outcome: "Outcome") -> None:
        """One more is done."""
        self._done += 1
        self._failed += outcome.failure is not None
        if self._bar is not None:
            self._bar.update(self._task, advance=1)
        elif time.monotonic() - self._said >= _SECONDS_BETWEEN_LINES:
            self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        seconds = max(self._said - self._began, 1e-9)
        rate = self._done / seconds
        left = (self._total - self._done) / rate if rate else 0.0
        failed = f", {self._failed} failed" if self._failed else ""
        sys.stderr.write(
            f"mdm2screen: {self._done} of {self._total} done{failed}; {rate:.1f} a second, {left:.0f} s left\n"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif self._done:
            self._say()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    class Rate(TextColumn):
        """Patients a second."""

        def render(self, task: Any) -> Any:
            from rich.text import Text

            return Text(f"{task.speed:.1f} a second" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(""), TimeElapsedColumn())
    return Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True))
