"""TP53 lost on both chromosomes, as copy number shows it."""

from collections.abc import Sequence

from mdm2screen import anatomy, copy_number
from mdm2screen.evidence import Evidence, ObservedVariant
from mdm2screen.numerals import number
from mdm2screen.records import Build, Reference, Region, Scale, SegmentRecord
from mdm2screen.results import Disposition, Reason, reason
from mdm2screen.rules import tp53_structural
from mdm2screen.rules.labels import says_loss
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.rules.tp53_verdict import Verdict

_Judged = tuple[ObservedVariant, Verdict]


def deletions(evidence: Evidence, policy: Tp53Policy) -> tuple[list[Reason], list[Reason]]:
    """Homozygous deletion of an exon or more: certain where copies are corrected and below the limit, else possible."""
    limit = policy.deletion_copies.known
    certain, possible = [], []
    for source in evidence.tp53_copies:
        stated = evidence.as_of(source)
        for record in source.segments:
            copies, part = _copies(record, stated), _part(record, source.build)
            if copies is not None and copies < _suspicious_below(record, stated, limit):
                words = f"TP53 has {number(copies)} copies{f' in {part}' if part else ''} in {source.file}"
                doubt = "no limit is public" if limit is None else _doubt(record, stated, policy, limit, part)
                if doubt is None:
                    certain.append(reason("T015", f"{words}: both copies are deleted", record.source))
                else:
                    possible.append(reason("T016", f"{words}: both copies may be deleted; {doubt}", record.source))
            elif copies is None and says_loss(record.label or ""):
                words = f"{source.file} says {record.label} of TP53, without a usable number"
                possible.append(reason("T016", words, record.source))
    return certain, possible


def _suspicious_below(record: SegmentRecord, evidence: Evidence, limit: float | None) -> float:
    """Copies below which a value is looked at: the limit; without one, or at an unknown purity, less than one copy.

    As reported, one copy of two lost never reads as less than one, whatever the purity.
    """
    is_settled = copy_number.is_corrected(record) or evidence.purity is not None
    return limit if limit is not None and is_settled else 1.0


def settled(judged: Sequence[_Judged], evidence: Evidence, policy: Tp53Policy) -> list[_Judged]:
    """A deletion of the whole gene is no open question where corrected copies show that another copy is left."""
    left = _copies_left(evidence, policy.deletion_copies.known)
    if left is None:
        return list(judged)
    return [
        (variant, verdict._replace(counts=Disposition.IGNORED, why=f"{verdict.why}; {left}", code=None))
        if verdict.counts is Disposition.REVIEW and verdict.classification == tp53_structural.WHOLE_GENE
        else (variant, verdict)
        for variant, verdict in judged
    ]


def _copies_left(evidence: Evidence, limit: float | None) -> str | None:
    """That copies are left over the whole gene, in words, if every file with corrected copies says so."""
    found = None
    for source in evidence.tp53_copies:
        known = [(r, r.value) for r in source.segments if copy_number.is_corrected(r) and r.value is not None]
        if not known:
            continue
        lowest = min(value for _, value in known)
        if limit is None or lowest < limit:
            return None
        if any(record.gene for record, _ in known) or _cover_the_gene([r for r, _ in known], source.build):
            found = found or f"{number(lowest)} copies are left ({source.file})"
    return found


def _cover_the_gene(records: Sequence[SegmentRecord], build: Build | None) -> bool:
    gene = anatomy.gene(build or Build.GRCH38)
    coding = Region(contig=records[0].contig, start=gene.coding_first, end=gene.exons[0].coding.last)
    return copy_number.covered_fraction(coding, [(r.start, r.end) for r in records]) == 1


def _part(record: SegmentRecord, build: Build | None) -> str | None:
    """The part of the gene a segment lies over, in words; ``None`` where it is the whole, or the row names the gene."""
    if record.gene is not None or build is None:
        return None
    return anatomy.gene(build).part(anatomy.Stretch(record.start, record.end))


def _doubt(record: SegmentRecord, evidence: Evidence, policy: Tp53Policy, limit: float, part: str | None) -> str | None:
    """Why few copies are no certain deletion, if they are not.

    A value that nobody corrected is certain where purity (and the ploidy a ratio may depend on) is known, purity is
    not so low that one copy is lost in the noise, the copies are below the limit for every reference it may have,
    and no fewer reads are there than the normal cells alone give (which is noise, missing reads or a wrong purity).
    """
    if part == anatomy.NO_EXON:
        return "no exon lies there"
    if copy_number.is_corrected(record):
        return None
    purity = evidence.purity.purity if evidence.purity else None
    ploidy = evidence.ploidy.ploidy if evidence.ploidy else None
    floor = policy.deletion_purity.known
    if purity is None or (ploidy is None and record.reference is not Reference.DIPLOID):
        return "the value is not corrected, and purity and ploidy are not both known"
    if floor is None or purity < floor:
        return f"at a purity of {number(purity)} one copy is lost in the noise"
    ploidy = ploidy or copy_number.DIPLOID
    highest = copy_number.interval(record.value or 0.0, record, copy_number.exactly(purity, ploidy)).high
    if highest is None or highest >= limit:
        return "it is not known whether the value is corrected, or what it is relative to"
    observed = copy_number.linear_ratio(record.value or 0.0, record.scale)
    if copy_number.is_below_normal_cells(observed, purity, ploidy, copy_number.references(record), limit):
        return "the normal cells alone would give more reads: noise, missing reads or a wrong purity"
    return None


def _copies(record: SegmentRecord, evidence: Evidence) -> float | None:
    """Copies of a segment: as corrected, at the known purity, or at a purity of 1."""
    if record.value is None or record.scale is Scale.LABEL:
        return None
    if copy_number.is_corrected(record):
        return max(0.0, record.value)
    purity = evidence.purity.purity if evidence.purity else None
    ploidy = evidence.ploidy.ploidy if evidence.ploidy else None
    exactly = copy_number.exactly(purity or 1.0, ploidy or copy_number.DIPLOID)
    return copy_number.interval(record.value, record, exactly).low
