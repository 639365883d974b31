"""Answers, and the three-valued logic that joins them."""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Answer of one criterion."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    INDETERMINATE = "INDETERMINATE"


class Eligibility(StrEnum):
    """Answer for a patient."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    INDETERMINATE = "INDETERMINATE"


class CentralStatus(StrEnum):
    """State of the confirmation by the central laboratory."""

    NOT_REQUIRED = "NOT_REQUIRED"
    REQUIRED = "REQUIRED"
    CONFIRMED = "CONFIRMED"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    INDETERMINATE = "INDETERMINATE"


def all_of(statuses: Iterable[Status]) -> Status:
    """Kleene AND: NOT_MET if any is, else INDETERMINATE if any is, else MET (also for none)."""
    seen = set(statuses)
    return next((s for s in (Status.NOT_MET, Status.INDETERMINATE) if s in seen), Status.MET)


def any_of(statuses: Iterable[Status]) -> Status:
    """Kleene OR: MET if any is, else INDETERMINATE if any is, else NOT_MET (also for none)."""
    seen = set(statuses)
    return next((s for s in (Status.MET, Status.INDETERMINATE) if s in seen), Status.NOT_MET)
