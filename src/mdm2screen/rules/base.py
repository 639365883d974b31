"""What every criterion is: its thresholds as fields, one pure ``evaluate``."""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from mdm2screen.evidence import Evidence
from mdm2screen.records import Model
from mdm2screen.results import Call


class Number(Model):
    """A number of a protocol with its unit and source; ``"unknown"`` where none was published."""

    value: Annotated[float, Field(ge=0)] | Literal["unknown"]
    unit: str
    source: str = Field(min_length=1)

    @property
    def known(self) -> float | None:
        """The value, ``None`` where it is unknown."""
        return None if self.value == "unknown" else float(self.value)


class Rule(Model, ABC):
    """A criterion. ``genomic`` criteria make up the molecular answer."""

    genomic: ClassVar[bool] = True
    criterion: ClassVar[str]
    rule: str

    @abstractmethod
    def evaluate(self, evidence: Evidence) -> Call:
        """The call on this evidence, with at least one reason."""
