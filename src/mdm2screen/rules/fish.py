"""FISH results given by hand, beside the files.

A count of MDM2 signals per tumor nucleus is copies in a tumor cell: normal cells are left out by the eye, not by
arithmetic. A ratio MDM2/CEP12 is no copy number (polysomy raises both), and never meets a threshold. From a ratio of
2.0 on FISH is read as amplified (PMID 18500263); where that and the copies contradict, public facts allow no verdict.
"""

from collections.abc import Sequence

from mdm2screen import copy_number, genes
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.records import Build, FishResult, PurityState, Reference, Scale, SegmentRecord
from mdm2screen.results import Status
from mdm2screen.rules.labels import says_gain

FILE = "FISH, given by hand"
"""Name under which FISH stands among the files."""

AMPLIFIED_RATIO = 2.0
"""Ratio MDM2/CEP12 from which FISH is read as amplified (PMID 18500263)."""


def sources(fish: FishResult | None) -> tuple[GeneCopyNumber, ...]:
    """FISH as one source among the files, none where nothing was given."""
    if fish is None:
        return ()
    records = []
    if fish.copies is not None:
        records.append(_record(fish, fish.copies, Scale.TUMOR_COPIES, None))
    if fish.ratio is not None:
        records.append(_record(fish, fish.ratio, Scale.LABEL, f"FISH ratio MDM2/CEP12 {fish.ratio:g}"))
    return (GeneCopyNumber(file=FILE, build=None, segments=tuple(records), silence=None),)


def _record(fish: FishResult, value: float, scale: Scale, label: str | None) -> SegmentRecord:
    return SegmentRecord(
        **genes.MDM2.loci[Build.GRCH38].model_dump(),
        value=value,
        scale=scale,
        reference=Reference.DIPLOID,
        purity_state=PurityState.COUNTED,
        producer=FILE,
        source=fish.source.model_copy(update={"locus": "--fish-ratio" if scale is Scale.LABEL else "--fish-copies"}),
        gene=genes.MDM2.symbol,
        label=label,
    )


def may_be_amplified(records: Sequence[SegmentRecord]) -> bool:
    """Whether a label, or a FISH ratio, stands for an amplification, or may."""
    if any(record.producer == FILE for record in records):
        return any((record.value or 0.0) >= AMPLIFIED_RATIO for record in records)
    return any(record.label and says_gain(record.label) for record in records)


def contradiction(fish: FishResult | None, status: Status, thresholds: Sequence[float]) -> str | None:
    """Why a FISH ratio and a certain answer on copies cannot both hold, if they cannot.

    ``thresholds`` are in copies. A ratio times the two chromosomes of a disomic cell is what its copies would be.
    """
    if fish is None or fish.ratio is None or not thresholds:
        return None
    if status is Status.MET and fish.ratio < AMPLIFIED_RATIO:
        return f"the copies reach the threshold, but a FISH ratio of {fish.ratio:g} is no amplification (polysomy?)"
    disomic = fish.ratio * copy_number.DIPLOID
    if status is Status.NOT_MET and copy_number.reaches(disomic, min(thresholds)):
        return (
            f"the copies stay below the threshold, but a FISH ratio of {fish.ratio:g} is {disomic:g} copies where "
            "chromosome 12 is disomic"
        )
    return None
