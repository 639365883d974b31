"""What every criterion is: its thresholds as fields, one pure ``evaluate``."""

from abc import ABC, abstractmethod
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from mdm2screen.copy_number import Bounds
from mdm2screen.evidence import Evidence
from mdm2screen.genes import Locus
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


class NumberRange(Model):
    """A range of a protocol with its unit and source."""

    low: Annotated[float, Field(strict=True)]
    high: Annotated[float, Field(strict=True)]
    unit: str
    source: str

    @model_validator(mode="after")
    def _ordered(self) -> "NumberRange":
        if not 0 < self.low <= self.high:
            raise ValueError("low must be above zero and not above high")
        return self

    def around(self, known: float | None) -> Bounds:
        """The known value, else the whole range."""
        return Bounds(low=self.low, high=self.high) if known is None else Bounds(low=known, high=known)

    def with_known(self, known: Bounds) -> Bounds:
        """The whole range, stretched to what is known."""
        return Bounds(low=min(self.low, known.low), high=max(self.high, known.high))


class PurityRange(NumberRange):
    """Purities, as fractions."""

    @model_validator(mode="after")
    def _fractions(self) -> "PurityRange":
        if self.high > 1:
            raise ValueError("purity is a fraction: 60 percent is written 0.6")
        return self


class Precedence(StrEnum):
    """Which evidence holds where a patient has several samples.

    BEST: one sample that meets the criterion is enough, for what is present. WORST: one that fails it is enough, for
    what must be absent.
    """

    BEST = "best"
    WORST = "worst"


class Rule(Model, ABC):
    """A criterion. ``genomic`` criteria make up the molecular answer; ``precedence`` joins samples.

    ``copies_of`` are genes beside MDM2 and TP53 whose copies it asks for: no others are read.
    """

    genomic: ClassVar[bool] = True
    precedence: ClassVar[Precedence]
    copies_of: ClassVar[tuple[Locus, ...]] = ()
    criterion: ClassVar[str]
    rule: str

    @property
    def asks(self) -> str:
        """What a laboratory must test for this criterion, for people."""
        return self.criterion.replace("_", " ")

    @property
    def least(self) -> tuple[tuple[str, float], ...]:
        """Copies (``copies``) and ratios to two (``fold``) that it asks for, as far as their number is public."""
        return ()

    @abstractmethod
    def evaluate(self, evidence: Evidence) -> Call:
        """The call on this evidence, with at least one reason."""
