"""What a file says of the whole sample, and what was seen of its genes."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mdm2screen.records.base import Fraction, Model, Position, Source


class PurityRecord(Model):
    """Purity (fraction of tumor cells) and ploidy (mean copies of a tumor cell) as one file or person states."""

    purity: Annotated[float, Field(gt=0, le=1)] | None
    ploidy: Annotated[float, Field(gt=0)] | None
    source: Source


class FishResult(Model):
    """FISH of MDM2 as given by hand.

    ``ratio`` is MDM2 signals over those of the centromere of chromosome 12 (CEP12), ``copies`` the mean of MDM2 signals
    per tumor nucleus.
    """

    ratio: Annotated[float, Field(gt=0)] | None
    copies: Annotated[float, Field(ge=0)] | None
    source: Source


class QcRecord(Model):
    """A producer's own verdict on the whole sample."""

    passed: bool
    status: str
    source: Source


class ContaminationRecord(Model):
    """The share of reads that come from another person, as one program estimates it; ``error`` is its own."""

    fraction: Fraction
    error: Annotated[float, Field(ge=0)] | None
    source: Source


class Specimen(StrEnum):
    """What the tumor's DNA was taken from."""

    TISSUE = "tissue"
    PLASMA = "plasma"


class SeenRun(Model):
    """A stretch, 1-based closed, over which one file says what was seen.

    ``depth`` is a number of reads that every base of the stretch reaches (``None``: not stated); ``quality`` the
    phred-scaled confidence that the bases are reference; ``callable`` is the producer's own verdict (``None``: it
    gives none). ``ref`` holds the reference from ``start`` on, as far as the file states it.
    """

    contig: str
    start: Position
    end: Position
    source: Source
    ref: str | None = None
    depth: int | None = None
    quality: int | None = None
    callable: bool | None = None
