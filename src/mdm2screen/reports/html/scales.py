"""Where numbers lie on a picture: an axis from values to pixels, with round numbers as ticks."""

import math
from typing import NamedTuple

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_NOISE = 1e-9


class Axis(NamedTuple):
    """Values from ``low`` to ``high`` on pixels from ``first`` to ``last`` (which may run backwards)."""

    low: float
    high: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """The pixel of a value, to a tenth; what lies beyond the axis lies on its end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.first + share * (self.last - self.first), 1)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values on the axis, at most ``most``."""
        rough = (self.high - self.low) / most
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(one * power for one in _STEPS if one * power >= rough - _NOISE)
        count = math.floor(self.high / step + _NOISE)
        return [round(n * step, 9) for n in range(math.ceil(self.low / step - _NOISE), count + 1)]


class Tick(NamedTuple):
    """A tick of an axis: its pixel and its text."""

    at: float
    text: str


def ticks(axis: Axis, most: int = 6) -> tuple[Tick, ...]:
    """The ticks of an axis, ready to be drawn."""
    return tuple(Tick(axis.at(value), f"{value:g}") for value in axis.ticks(most))
