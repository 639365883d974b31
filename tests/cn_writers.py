"""One made tumor as each producer of copy numbers would write it: its numbers, and what a file of them is made of.

The forward way is worked out here, apart from the package: what a sequencer sees of a tumor is the mean over tumor and
normal cells. The producers stand in ``cn_tables`` and ``cn_reports``, files of purity and ploidy in ``cn_purities``.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mdm2screen.results import Status

THRESHOLD = 12
MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
_NEARLY_NOTHING = 2.0**-10


class Tumor(NamedTuple):
    """Copies of MDM2 (or another ``gene``) in a tumor cell; share of tumor cells; mean copies, which all else has."""

    copies: float
    purity: float
    ploidy: float
    gene: str = "MDM2"

    @property
    def truth(self) -> Status:
        return MET if self.copies >= THRESHOLD else NOT_MET

    def numbers(self, copies: float) -> dict[str, str]:
        """A stretch with ``copies`` in every scale, as producers print it."""
        normal = 2 * (1 - self.purity)
        observed = self.purity * copies + normal
        ratio = observed / (self.purity * self.ploidy + normal)
        whole = round(copies)
        log2 = math.log2(max(ratio, _NEARLY_NOTHING))
        return {
            "copies": f"{copies:.4f}",
            "whole": f"{whole}",
            "major": f"{max(whole - 1, 0)}",
            "minor": f"{min(whole, 1)}",
            "major_raw": f"{copies * 0.9:.4f}",
            "minor_raw": f"{copies * 0.1:.4f}",
            "observed": f"{observed:.4f}",
            "observed_whole": f"{round(observed)}",
            "fold": f"{observed / 2:.4f}",
            "ratio": f"{ratio:.6f}",
            "of_sample": f"{2 * ratio:.4f}",
            "of_sample_whole": f"{round(2 * ratio)}",
            "log2": f"{log2:.6f}",
            "log2_low": f"{log2 - 0.02:.6f}",
            "log2_high": f"{log2 + 0.02:.6f}",
            "log10": f"{log2 * math.log10(2):.6f}",
            "above_two": f"{min(observed - 2, 2**2.5 - 2):.3f}",
            "up_to_20": f"{min(whole, 20)}",
            "up_to_8": f"{min(whole, 8)}",
            "up_to_7": f"{min(whole, 7)}",
            "observed_up_to_5": f"{min(round(observed), 5)}",
            "observed_up_to_4": f"{min(round(observed), 4)}",
            "or_masked": f"{whole - 1}" if whole <= 250 else "NA",
            "level": f"{(observed > 2.2) + (observed > 3.6)}",
            "status": "DUP" if observed > 2 else "DEL",
            "event": "gain" if observed > 2 else "loss",
        }


@dataclass(frozen=True)
class Sheet:
    """A file: its head, its rows with whether each is of MDM2, its tail, and what stands between rows.

    ``silent`` is the file without MDM2 where leaving out a row does not make it.
    """

    head: str
    rows: tuple[tuple[bool, str], ...]
    tail: str = ""
    joint: str = "\n"
    silent: str | None = None

    def text(self, rows: tuple[tuple[bool, str], ...] | None = None) -> str:
        lines = [row for _, row in (self.rows if rows is None else rows)]
        return f"{self.head}{self.joint.join(lines)}{self.tail}"

    @property
    def without_mdm2(self) -> str:
        return self.silent or self.text(tuple(row for row in self.rows if not row[0]))

    @property
    def without_rows(self) -> str:
        return self.text(())


Says = Callable[[Tumor], set[Status]]


@dataclass(frozen=True)
class Writer:
    """A format with one of its scales. ``says`` holds every answer that is right for a tumor of known purity.

    ``ordered`` says why rows stand in one order only.
    """

    name: str
    reader: str
    file: str
    sheet: Callable[[Tumor], Sheet]
    says: Says
    options: Mapping[str, Any] = field(default_factory=dict)
    ordered: str = ""


# What a format can say of a tumor whose purity and ploidy are known.


def exactly(tumor: Tumor) -> set[Status]:
    return {tumor.truth}


def never(_tumor: Tumor) -> set[Status]:
    """Labels, and numbers that are not the gene's."""
    return {OPEN}


def at_least(tumor: Tumor) -> set[Status]:
    """A gain is only the least that it can be."""
    return {MET} if tumor.truth is MET else {OPEN}


def at_least_gains(tumor: Tumor) -> set[Status]:
    """As ``at_least``, but a loss is one; no change at all is neither gain nor loss."""
    if tumor.copies == 2:
        return {NOT_MET, OPEN}
    return {NOT_MET} if tumor.copies < 2 else at_least(tumor)


def if_pure(tumor: Tumor) -> set[Status]:
    """Nobody knows whether normal cells were taken out."""
    return {tumor.truth} if tumor.purity == 1 else {tumor.truth, OPEN}


def if_diploid(tumor: Tumor) -> set[Status]:
    """Nobody knows whether the ratio is to two copies or to the sample."""
    return {tumor.truth} if tumor.ploidy == 2 else {tumor.truth, OPEN}


def if_pure_and_diploid(tumor: Tumor) -> set[Status]:
    """Nobody knows either."""
    return {tumor.truth} if (tumor.purity, tumor.ploidy) == (1, 2) else {tumor.truth, OPEN}


def below(ceiling: float) -> Says:
    """Copies of the tumor cell up to a ceiling."""
    return lambda tumor: {tumor.truth} if round(tumor.copies) < ceiling or ceiling >= THRESHOLD else {OPEN}


def below_observed(ceiling: int) -> Says:
    """Observed copies of unknown correction up to a ceiling, which means that or more."""

    def says(tumor: Tumor) -> set[Status]:
        capped = tumor.purity * tumor.copies + 2 * (1 - tumor.purity) >= ceiling - 0.5
        return {OPEN} if capped else if_pure_and_diploid(tumor)

    return says


def gistic(tumor: Tumor) -> set[Status]:
    """Observed copies up to 5.66, made of ratios to whatever, corrected or not."""
    capped = tumor.purity * tumor.copies + 2 * (1 - tumor.purity) >= 2**2.5 - 0.001
    return {tumor.truth, OPEN} if capped else if_pure_and_diploid(tumor)


# Where the stretches lie, GRCh37: chromosome, first and last base, a gene on it.
SEGMENTS = (
    ("12", 60_001, 68_990_000, "CDK4"),
    ("12", 68_990_001, 69_660_000, "MDM2"),
    ("12", 69_660_001, 133_800_000, "FRS2"),
    ("17", 6_001, 81_190_000, "TP53"),
    ("9", 21_600_001, 22_200_000, "CDKN2A"),
)
GENES = (
    ("12", 58_141_510, 58_146_304, "CDK4"),
    ("12", 69_201_958, 69_239_324, "MDM2"),
    ("17", 7_571_720, 7_590_868, "TP53"),
    ("9", 21_967_750, 21_975_132, "CDKN2A"),
)
NOT_TP53 = tuple(place for place in GENES if place[3] != "TP53")
PANEL_BINS = (
    *(("12", 58_142_000 + 500 * n, 58_142_199 + 500 * n, "CDK4") for n in range(4)),
    *(("12", 69_202_101 + 3_300 * n, 69_202_300 + 3_300 * n, "MDM2") for n in range(12)),
    *(("17", 7_572_001 + 1_500 * n, 7_572_200 + 1_500 * n, "TP53") for n in range(11)),
    *(("9", 21_967_801 + 1_200 * n, 21_968_000 + 1_200 * n, "CDKN2A") for n in range(6)),
)
WINDOWS = tuple(
    (contig, start, start + 9_999, gene if low <= start <= high else "")
    for contig, first, last, low, high, gene in (
        ("12", 68_900_001, 69_400_001, 69_190_001, 69_240_001, "MDM2"),
        ("17", 7_500_001, 7_700_001, 7_570_001, 7_590_001, "TP53"),
        ("9", 21_900_001, 22_100_001, 21_960_001, 21_970_001, "CDKN2A"),
    )
    for start in range(first, last, 10_000)
)


def stretches(tumor: Tumor, places: tuple[tuple[str, int, int, str], ...] = SEGMENTS) -> Iterator[dict[str, Any]]:
    """What a row is made of, for each place: nothing but the tumor's gene differs from its mean."""
    for index, (contig, start, end, gene) in enumerate(places, start=1):
        copies = tumor.copies if gene == tumor.gene else 0.99 * tumor.ploidy
        place = {"contig": contig, "start": start, "start0": start - 1, "end": end, "gene": gene, "n": index}
        yield place | tumor.numbers(copies)


def table(
    name: str,
    reader: str,
    file: str,
    header: str,
    row: str,
    says: Says,
    *,
    places: tuple[tuple[str, int, int, str], ...] = SEGMENTS,
    above: str = "",
    ordered: str = "",
    **options: Any,
) -> Writer:
    """A table with a header line and a row a place; ``|`` stands for a tab."""

    def sheet(tumor: Tumor) -> Sheet:
        lines = tuple((one["gene"] == "MDM2", row.format(**one).replace("|", "\t")) for one in stretches(tumor, places))
        top = header.format(**tumor._asdict()).replace("|", "\t")
        return Sheet(above + (f"{top}\n" if top else ""), lines, "\n")

    return Writer(name, reader, file, sheet, says, options, ordered)
