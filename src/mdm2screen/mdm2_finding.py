"""What a decision says of MDM2: copies against thresholds, how firm that is, how files agree, what lies around."""

from enum import StrEnum
from typing import Literal

from mdm2screen.kleene import Status
from mdm2screen.numerals import number
from mdm2screen.records import Fraction, Model, Position, PurityState, Reference, Scale, Source


class Interval(Model):
    """Lowest and highest possible value; ``high`` is ``None`` where a ceiling leaves it open."""

    low: float
    high: float | None


def copies_words(interval: Interval) -> str:
    """An interval of copies for people."""
    if interval.high is None:
        return f"at least {number(interval.low)} copies"
    if interval.low == interval.high:
        return f"{number(interval.low)} copies"
    return f"{number(interval.low)} to {number(interval.high)} copies"


class Branch(Model):
    """One threshold of a criterion and how the value stands to it.

    ``margin`` is the lowest possible value minus the threshold, ``margin_high`` the highest one minus the threshold
    (``None`` where a ceiling leaves it open).
    """

    measure: Literal["copies", "fold"]
    threshold: float
    status: Status
    interval: Interval
    margin: float
    margin_high: float | None = None


class Firmness(StrEnum):
    """Whether a call depends on what was stated or assumed."""

    ROBUST = "ROBUST"
    FRAGILE = "FRAGILE"


Dependence = Literal["purity", "ploidy", "confidence_limits", "correction", "reference", "ceiling"]
"""What a call can depend on; ``correction`` and ``reference``: nobody knows whether, or to what, the value is."""


class Flip(Model):
    """The purity or ploidy at which MDM2 has exactly as many copies as the threshold asks for.

    A purity holds at one ploidy and the threshold is met at it or below; a ploidy holds at one purity and the threshold
    is met at it or above. ``at`` is that other quantity, ``None`` where it does not matter. ``reference`` is the one
    the ratio was taken to have.
    """

    quantity: Literal["purity", "ploidy"]
    value: float
    at: float | None
    reference: Reference


class Robustness(Model):
    """How firm a call is, with what it depends on.

    ROBUST: the same over the protocol's whole range of purity and ploidy and within the producer's confidence limits.
    ``flips`` holds every purity, also outside that range, and the ploidies within it.
    """

    verdict: Firmness
    depends_on: tuple[Dependence, ...] = ()
    flips: tuple[Flip, ...] = ()


class AgreementVerdict(StrEnum):
    """Whether several producers say the same of one tumor."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ONE_SOURCE = "one_source"
    NOT_COMPARABLE = "not_comparable"


class FileCopies(Model):
    """Tumor copies that one file allows; ``None`` where it gives a label or no number."""

    file: str
    interval: Interval | None
    status: Status


class Agreement(Model):
    """The verdict over all files that speak of MDM2, with the value of each."""

    verdict: AgreementVerdict
    values: tuple[FileCopies, ...]


class Extent(StrEnum):
    """Size of the stretch that is amplified with MDM2."""

    FOCAL = "focal"
    BROAD = "broad"
    ARM = "arm"
    CHROMOSOME = "chromosome"


class AmplifiedStretch(Model):
    """Neighbouring segments, MDM2's among them, that stand at least half as high above neutral as MDM2 does.

    1-based closed, chromosome 12. ``unmeasured`` counts bases between its segments without a number. ``extent`` is
    ``None`` where the stretch reaches the first or last segment of the file and may go on, or mostly has no number.
    """

    start: Position
    end: Position
    segments: int
    unmeasured: int
    extent: Extent | None


class NeighbourState(StrEnum):
    """How a neighbour stands to MDM2: as high by half, raised less than that, not raised, or without a number."""

    WITH_MDM2 = "with_mdm2"
    RAISED = "raised"
    NOT_RAISED = "not_raised"
    NOT_MEASURED = "not_measured"


class Neighbour(Model):
    """A gene of 12q13-15 in the same file; ``value`` is length-weighted, in the file's scale."""

    gene: str
    value: float | None
    state: NeighbourState


class AmpliconContext(Model):
    """What lies around MDM2 in one file. It never decides.

    ``raised`` tells whether MDM2 stands above neutral at all; ``None`` where the file has no number for it and gives
    only the amplicon's class. ``stretch`` is ``None`` where it does not or the file
    holds no segments; ``others`` counts further stretches of chromosome 12 of at least that height. ``ecdna`` holds the
    classes a producer gives the amplicon.
    """

    raised: bool | None
    stretch: AmplifiedStretch | None
    others: int = 0
    neighbours: tuple[Neighbour, ...] = ()
    ecdna: tuple[str, ...] = ()


class GeneSource(Model):
    """A gene in one file: lowest and highest value as reported, in ``scale``, and the tumor copies they allow.

    ``covered_fraction`` is the part of the gene with a number.
    """

    file: str
    producer: str
    scale: Scale | None
    reference: Reference | None
    purity_state: PurityState | None
    lowest: float | None
    highest: float | None
    covered_fraction: Fraction
    labels: tuple[str, ...] = ()
    interval: Interval | None
    status: Status
    evidence: tuple[Source, ...]


class Mdm2Source(GeneSource):
    """MDM2 in one file, with what lies around it.

    ``mean`` (length-weighted) and ``confidence`` (the producer's limits of the lowest part) are in ``scale``;
    ``fewest_markers`` is the smallest number of probes, bins or SNPs behind one of its segments.
    """

    mean: float | None
    confidence: Interval | None = None
    segments: int
    fewest_markers: int | None = None
    context: AmpliconContext | None = None


class Mdm2Finding(Model):
    """MDM2 over all files. ``copies`` and ``fold`` (copies / 2) are set where purity and ploidy are settled.

    ``confidence`` is the interval of tumor copies with the producer's confidence limits in it. ``needed_purity`` is
    the purity below which an unsettled call would be MET, at the stated ploidy or at 2; ``None`` where one is stated.
    ``file`` is the one whose value stands for the answer; ``purities`` and ``ploidies`` are those it was reckoned
    with, as known or assumed. ``sample`` is whose finding it is, where there are several local samples.
    """

    copies: float | None = None
    fold: float | None = None
    scale: Scale | None = None
    interval: Interval | None = None
    confidence: Interval | None = None
    covered_fraction: Fraction | None = None
    purity: float | None = None
    purity_source: Source | None = None
    ploidy: float | None = None
    ploidy_source: Source | None = None
    assumed: str | None = None
    needed_purity: float | None = None
    branches: tuple[Branch, ...] = ()
    robustness: Robustness | None = None
    agreement: Agreement | None = None
    sources: tuple[Mdm2Source, ...] = ()
    file: str | None = None
    purities: Interval | None = None
    ploidies: Interval | None = None
    sample: str | None = None
