"""The scale of a segment table: promised by its header or stated by the user, checked, never guessed."""

import math
from statistics import median

from mdm2screen.errors import ScaleError
from mdm2screen.readers.contract import CnScale
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row
from mdm2screen.records import PurityState, Reference, Scale

SCALES = {
    # FACETS centres the same table on two copies, most others on the sample's mean
    CnScale.LOG2: (Scale.LOG2_RATIO, Reference.UNKNOWN),
    CnScale.LOG10: (Scale.LOG2_RATIO, Reference.UNKNOWN),
    CnScale.RATIO: (Scale.LINEAR_RATIO, Reference.UNKNOWN),
    # copies made of ratios are as much, or as little, relative to two as the ratios were
    CnScale.COPIES: (Scale.OBSERVED_COPIES, Reference.UNKNOWN),
}
"""Scale and reference of a column whose scale the user states; what a ratio is relative to, no option says."""

# log2 ratios are centred on 0, ratios on 1 and copies on 2: half way between the first two.
_FARTHEST_MEDIAN = 0.5
_ENOUGH_FOR_A_MEDIAN = 20
_REMEDY = "find out how it was made and say so: --cn-scale log2, log10, ratio or copies"


def in_scale(value: float | None, stated: CnScale | None) -> float | None:
    """A value of the stated scale in the scale that ``SCALES`` makes of it."""
    return value / math.log10(2) if value is not None and stated is CnScale.LOG10 else value


class SegScale:
    """How to read the column ``column``, whose header promises log2 ratios (``promised``) or nothing.

    Raises ScaleError where neither header nor user tells the scale.
    """

    def __init__(self, file: SourceFile, column: str, *, promised: bool, stated: CnScale | None) -> None:
        if stated is None and not promised:
            raise ScaleError(f"nothing tells the scale of the column {column}", where=file.name, remedy=_REMEDY)
        self._file, self._column, self._stated = file, column, stated
        self._seen: list[tuple[float, int]] = []
        self.scale, self.reference = SCALES[stated or CnScale.LOG2]
        # what made a table of copies, or one of unknown making, may have corrected it already
        uncorrected = promised and stated is not CnScale.COPIES
        self.purity_state = PurityState.UNCORRECTED if uncorrected else PurityState.UNKNOWN

    def value(self, row: Row) -> float | None:
        """The row's value in ``scale``, kept in mind for ``check``. Raises MalformedFileError."""
        value = row.number(self._column)
        if value is None:
            return None
        self._seen.append((value, row.line))
        return in_scale(value, self._stated)

    def check(self, sample: str | None) -> None:
        """Raise ScaleError where all values seen of ``sample`` contradict the scale."""
        if not self._seen:
            return
        (lowest, line), (highest, _) = min(self._seen), max(self._seen)
        if self._stated is None and lowest >= 0:
            fractions = highest <= 0.5
            why = " (all lie within 0 and 0.5: perhaps the allele fractions of GATK's .af.igv.seg)" if fractions else ""
            raise ScaleError(
                f"{self._column} should be log2, but no value of {sample} is negative{why}",
                where=self._file.name,
                remedy=f"if they are, pass the .cr.igv.seg beside it; else {_REMEDY}" if fractions else _REMEDY,
            )
        middle = median(value for value, _ in self._seen)
        enough = len(self._seen) >= _ENOUGH_FOR_A_MEDIAN
        if self._stated is None and enough and abs(middle) > _FARTHEST_MEDIAN:
            raise ScaleError(
                f"{self._column} should be log2, but the values of {sample} lie around {middle:g} and not around 0",
                where=self._file.name,
                remedy=_REMEDY,
            )
        if self._stated in (CnScale.RATIO, CnScale.COPIES) and lowest < 0:
            raise ScaleError(
                f"{self._column} is {lowest:g}, but --cn-scale {self._stated} was given, and no {self._stated} "
                "is negative",
                where=f"{self._file.name} line {line}",
                remedy="a column with negative values is a logarithm: --cn-scale log2 or log10",
            )
