"""Ranges of a protocol: what is taken for purity and ploidy where nobody states them."""

from typing import Annotated

from pydantic import Field, model_validator

from mdm2screen.copy_number import Bounds
from mdm2screen.records import Model


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
