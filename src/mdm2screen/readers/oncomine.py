"""What the VCF and the TSV of Oncomine and Ion Reporter share: cellularity, confidence limits, filters.

Documented at https://ionreporter.thermofisher.com/ionreporter/help/ (copy number: GUID-FDF7259F). ``CN`` is corrected
for the cellularity that a lab entered; without one, and with the default of 1, nothing was corrected. ``CI`` gives
limits of ``CN`` by probability (``0.05:1.67,0.95:2.14``). FILTER ``GAIN`` and ``LOSS`` are calls, not failures. In
assays of plasma the number is a ratio to other samples, not copies.
"""

import math
import re
from collections.abc import Iterable, Mapping

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.table import MISSING
from mdm2screen.records import PurityState, Scale, Source

CELLULARITY = "cellularityasafractionbetween0-1"
"""Key of the header line with the cellularity, in lower case."""

# Newer releases write whole percents; that CN is corrected by them is not documented, so both readings count.
_PERCENT = "manually_input_percent_tumor_cellularity"
CALLS = frozenset({"GAIN", "LOSS"})
"""FILTER tokens that say what was called."""

_PLASMA = re.compile(r"liquid|cfdna|cfna|tagseq|plasma", re.IGNORECASE)
_WORKFLOW = ("ionreporterworkflowname", "workflowname", "sampletype", "assayname")


def scale(meta: Mapping[str, str]) -> tuple[Scale, PurityState]:
    """In which scale ``CN`` is, by the header's ``##key=value`` lines (keys in lower case)."""
    if cellularity(meta) is not None:
        return Scale.TUMOR_COPIES, PurityState.CORRECTED_BY_LAB
    return Scale.OBSERVED_COPIES, PurityState.UNKNOWN


def cellularity(meta: Mapping[str, str]) -> float | None:
    """The fraction of tumor cells a lab typed in: none, and the default of 1, correct nothing."""
    value = _typed(meta)
    return value if value is not None and 0 < value < 1 else None


def cellularity_note(meta: Mapping[str, str]) -> str | None:
    """That a cellularity stands in the header which is no fraction, such as 60 or 0,6."""
    value, token = _typed(meta), meta.get(CELLULARITY, "")
    if token in MISSING or (value is not None and 0 <= value <= 1):
        return None
    return f"the cellularity in the header is {token!r}, which is no fraction: no purity was taken from it"


def _typed(meta: Mapping[str, str]) -> float | None:
    try:
        value = float(meta.get(CELLULARITY, ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def stated_percent(meta: Mapping[str, str]) -> str:
    """The cellularity in percent as newer headers state it; empty where none is stated."""
    return meta.get(_PERCENT, "")


def is_plasma(meta: Mapping[str, str]) -> bool:
    """Whether the header names an assay of plasma."""
    return any(_PLASMA.search(meta.get(key, "")) for key in _WORKFLOW)


def is_called(filters: Iterable[str]) -> bool:
    """Whether a copy-number record stands: no filter failed."""
    return set(filters) <= CALLS | {"PASS"}


def confidence(token: str, source: Source) -> tuple[float | None, float | None]:
    """Lowest and highest limit of ``CI``. Raises MalformedFileError."""
    if token in MISSING:
        return None, None
    try:
        pairs = [pair.split(":") for pair in token.split(",")]
        limits = sorted((float(probability), float(value)) for probability, value in pairs)
    except ValueError:
        raise MalformedFileError(
            f"CI is {token!r}, where limits such as 0.05:1.67,0.95:2.14 are expected",
            where=str(source),
            remedy="export the file again from Ion Reporter",
        ) from None
    low = limits[0][1] if limits[0][0] < 0.5 else None
    high = limits[-1][1] if limits[-1][0] > 0.5 else None
    return low, high
