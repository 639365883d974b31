"""What every criterion is: its thresholds as fields, one pure ``evaluate``."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from mdm2screen.evidence import Evidence
from mdm2screen.records import Model
from mdm2screen.results import Call

# Far above any copy number or ratio that means anything.
_GREATEST = 1000.0


class Number(Model):
    """A number of a protocol with its unit and source; ``"unknown"`` where none was published."""

    greatest: ClassVar[float] = _GREATEST
    value: float | Literal["unknown"]
    unit: str
    source: str = Field(min_length=1)

    @field_validator("value", mode="plain")
    @classmethod
    def _number(cls, value: object) -> object:
        if value == "unknown":
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= cls.greatest:
            return float(value)
        raise ValueError(f'must be a number from 0 to {cls.greatest:g}, or "unknown"; it is {value!r}')

    @property
    def known(self) -> float | None:
        """The value, ``None`` where it is unknown."""
        return None if self.value == "unknown" else float(self.value)


class FractionNumber(Number):
    """A number from 0 to 1."""

    greatest: ClassVar[float] = 1.0


class Rule(Model, ABC):
    """A criterion. ``genomic`` criteria make up the molecular answer."""

    genomic: ClassVar[bool] = True
    criterion: ClassVar[str]
    rule: str

    @abstractmethod
    def evaluate(self, evidence: Evidence) -> Call:
        """The call on this evidence, with at least one reason."""
