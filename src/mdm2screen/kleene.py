"""The three answers of a criterion and how answers join, written once."""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Answer of one criterion."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    INDETERMINATE = "INDETERMINATE"


def all_of(statuses: Iterable[Status]) -> Status:
    """Kleene AND: NOT_MET if any is, else INDETERMINATE if any is, else MET (also for none)."""
    seen = set(statuses)
    return next((s for s in (Status.NOT_MET, Status.INDETERMINATE) if s in seen), Status.MET)


def any_of(statuses: Iterable[Status]) -> Status:
    """Kleene OR: MET if any is, else INDETERMINATE if any is, else NOT_MET (also for none)."""
    seen = set(statuses)
    return next((s for s in (Status.MET, Status.INDETERMINATE) if s in seen), Status.NOT_MET)
