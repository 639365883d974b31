"""Numbers of files, and numbers for people: at most two decimals, and never rounded onto a threshold."""

from decimal import ROUND_FLOOR, Decimal

_HUNDREDTH = Decimal("0.01")
_TINY, _LARGE = Decimal("0.0001"), Decimal(10) ** 9


def parsed(token: str) -> float:
    """A token of a file as a number; Python alone would read 1_0 as 10. Raises ValueError."""
    return float("_" if "_" in token else token)


def number(value: float) -> str:
    """At most two decimals, but never rounded up onto a whole number: 11.999 is shown as under 12."""
    return decimals(value)


def percent(fraction: float) -> str:
    """A fraction in percent; less than all is never shown as 100%."""
    return f"{decimals(float(Decimal(str(fraction)) * 100))}%"


def cut(value: float) -> str:
    """Two decimals, cut downwards: for a limit below which something holds."""
    return decimals(float(Decimal(str(round(value, 9))).quantize(_HUNDREDTH, rounding=ROUND_FLOOR)))


def decimals(amount: float, *, up_to_whole: bool = False) -> str:
    """At most two decimals; ``up_to_whole`` allows rounding up onto a whole number."""
    value = Decimal(str(amount))
    if not _TINY <= abs(value) < _LARGE:
        return f"{float(value or 0):.4g}"
    rounded = value.quantize(_HUNDREDTH)
    if not up_to_whole and rounded > value > 0 and rounded == rounded.to_integral_value():
        rounded = value.quantize(_HUNDREDTH, rounding=ROUND_FLOOR)
    # What two decimals would make vanish is shown by its first digit.
    text = f"{rounded:f}" if rounded else f"{value:.1g}"
    return text.rstrip("0").rstrip(".") if "." in text else text
