"""What was found of MDM2."""

from typing import Literal

from mdm2screen.records import Fraction, Model, PurityState, Reference, Scale, Source
from mdm2screen.results.status import Status


class Interval(Model):
    """Lowest and highest possible value; ``high`` is ``None`` where a ceiling leaves it open."""

    low: float
    high: float | None


class Branch(Model):
    """One threshold of a criterion and how the value stands to it (``margin``: lowest value minus threshold)."""

    measure: Literal["copies", "fold"]
    threshold: float
    status: Status
    interval: Interval
    margin: float


class Mdm2Source(Model):
    """MDM2 in one file: values as reported, and the interval of tumor copies they allow.

    ``lowest``, ``mean`` (length-weighted) and ``highest`` are in ``scale``; ``covered_fraction`` is the part
    of the gene with a number.
    """

    file: str
    producer: str
    scale: Scale | None
    reference: Reference | None
    purity_state: PurityState | None
    lowest: float | None
    mean: float | None
    highest: float | None
    segments: int
    covered_fraction: Fraction
    labels: tuple[str, ...] = ()
    interval: Interval | None
    status: Status
    evidence: tuple[Source, ...]


class Mdm2Finding(Model):
    """MDM2 over all files. ``copies`` and ``fold`` (copies / 2) are set where purity and ploidy are settled.

    ``needed_purity`` is the purity below which an unsettled call would be MET, at ploidy 2.
    """

    copies: float | None = None
    fold: float | None = None
    scale: Scale | None = None
    interval: Interval | None = None
    covered_fraction: Fraction | None = None
    purity: float | None = None
    purity_source: Source | None = None
    ploidy: float | None = None
    ploidy_source: Source | None = None
    assumed: str | None = None
    needed_purity: float | None = None
    branches: tuple[Branch, ...] = ()
    sources: tuple[Mdm2Source, ...] = ()
