"""The scale of a gene matrix: levels that no stated scale makes numbers, and numbers that contradict what was stated.

The shape of a matrix tells nothing of its scale, so the user states it (``--cn-scale``); what the values themselves say
is held against it. One option serves all files of a run, so it may meet a table of levels that it does not mean.
"""

import math
import re
from collections.abc import Sequence
from statistics import median

from mdm2screen.errors import ScaleError
from mdm2screen.numerals import parsed
from mdm2screen.readers.contract import CnScale
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING

_LEVEL = re.compile(r"-?[0-2](\.0)?|-1\.5")
_ENOUGH_FOR_A_MEDIAN = 20
# Where the middle of a sample's genes lies: logarithms at 0, ratios at 1, copies from 2 to those of tripled genomes.
_MIDDLES = {
    CnScale.LOG2: (-0.5, 0.5),
    CnScale.LOG10: (-0.5, 0.5),
    CnScale.RATIO: (0.5, 1.5),
    CnScale.COPIES: (1.5, 6.5),
}


def is_level(token: str) -> bool:
    """Whether a value can be a level from -2 to 2, or is missing."""
    return token in MISSING or _LEVEL.fullmatch(token) is not None


def check(tokens: Sequence[str], stated: CnScale, file: SourceFile, sample: str | None) -> None:
    """Raise ScaleError where the numbers of a sample lie around another middle than the stated scale has."""
    numbers = [value for value in map(_number, tokens) if value is not None]
    if len(numbers) < _ENOUGH_FOR_A_MEDIAN:
        return
    low, high = _MIDDLES[stated]
    middle = median(numbers)
    if not low <= middle <= high:
        raise ScaleError(
            f"--cn-scale {stated} was given, but the genes of {sample} lie around {middle:g} and not within {low:g} to "
            f"{high:g}",
            where=file.name,
            remedy="find out what the table holds: logarithms lie around 0, ratios around 1, copies around 2",
        )


def _number(token: str) -> float | None:
    try:
        value = parsed(token)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
