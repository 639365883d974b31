"""One patient after the other in this process: for embedding and for looking at a fault."""

from collections.abc import Iterable, Iterator

from mdm2screen.runs.executors import Plan
from mdm2screen.runs.patient import Outcome, Settings, Task, screen_patient


def outcomes(tasks: Iterable[Task], settings: Settings, plan: Plan) -> Iterator[Outcome]:
    """In the order of the tasks."""
    del plan
    return (screen_patient(task, settings) for task in tasks)
