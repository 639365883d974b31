"""What became of a patient, as a table of outcomes says it. ``None`` is missing, never "no"."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mdm2screen.records.base import Model, Source


class BestResponse(StrEnum):
    """Best overall response by RECIST 1.1; NE: not evaluable."""

    CR = "CR"
    PR = "PR"
    SD = "SD"
    PD = "PD"
    NE = "NE"


RESPONSES = frozenset({BestResponse.CR, BestResponse.PR})
"""What counts as a response."""


class TimeUnit(StrEnum):
    """Unit of times; nothing is converted."""

    MONTHS = "months"
    DAYS = "days"


class Outcome(Model):
    """One patient. ``response_confirmed`` is RECIST's: a second assessment showed the response again.

    ``pfs`` is the time to progression, death or the last assessment; ``pfs_event``: it ended with one of the first two.
    """

    patient: str
    treated: bool | None = None
    best_response: BestResponse | None = None
    response_confirmed: bool | None = None
    pfs: Annotated[float, Field(ge=0)] | None = None
    pfs_event: bool | None = None
    source: Source

    @property
    def responded(self) -> bool:
        """Whether a response is stated, confirmed or not."""
        return self.best_response in RESPONSES


class OutcomeTable(Model):
    """A table of outcomes, one row per patient; ``columns`` are those it has, ``pfs_unit`` is that of its times."""

    file: str
    sha256: str
    columns: tuple[str, ...]
    pfs_unit: TimeUnit | None = None
    rows: tuple[Outcome, ...]
