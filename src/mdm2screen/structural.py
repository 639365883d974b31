"""What a structural variant does to TP53, as NM_000546.6, on either genome build.

An end of a rearrangement is a cut (``anatomy``). Where a caller is not sure of one, every cut it allows is tried, and
what does not hold for all of them is unclear.
Two ends on chromosome 17 take a stretch of it out, double it or turn it round; which of these, the retained sides
say (``left``/``right`` deletion, ``right``/``left`` tandem duplication, two alike inversion: VCF specification,
section 5.4). Any other joint parts the gene where it cuts it.
"""

from collections.abc import Iterable
from enum import StrEnum

from mdm2screen import anatomy, genes
from mdm2screen.anatomy import Cut, Gene, Stretch
from mdm2screen.protein import common_prefix
from mdm2screen.records import Breakpoint, Build, Model, StructuralChange, VariantRecord

# Bases from which on a change is called structural, by convention.
_LONG = 50
_CONTIG = genes.TP53.loci[Build.GRCH38].contig


class Outcome(StrEnum):
    """What becomes of the copy of the gene that is hit."""

    BREAKS = "breaks"
    DELETED = "deleted"
    SPARED = "spared"
    UNCLEAR = "unclear"


class Effect(Model):
    """What a structural variant does to TP53, and why in words."""

    outcome: Outcome
    words: str


def effect(build: Build, change: StructuralChange | None) -> Effect:
    """What ``change`` does to TP53 on ``build``; unclear where its record does not say enough."""
    if change is None:
        return Effect(outcome=Outcome.UNCLEAR, words="a structural record over TP53 may break the gene")
    here = [end for end in change.breakpoints if end.contig == _CONTIG]
    if not change.breakpoints:
        return _named(change)
    if change.kind in ("CNV", "OTHER"):
        what = f"a copy-number segment {change.words}" if change.kind == "CNV" else f"an event {change.words}"
        words = f"{what} over TP53; what it does to the gene is not known"
        return Effect(outcome=Outcome.UNCLEAR, words=words)
    gene = anatomy.gene(build)
    if not here:
        return Effect(outcome=Outcome.SPARED, words="no end of it lies on TP53's chromosome")
    if len(change.breakpoints) == 1:
        return (_insertion if change.kind == "INS" else _without_mate)(gene, change, _cut(here[0]))
    if len(here) == 1:
        return _joined_elsewhere(gene, _cut(here[0]), _other(change, here[0]))
    return _two_ends(gene, change, here)


def joined(records: Iterable[VariantRecord]) -> list[VariantRecord]:
    """Records of one file with one for each joint: of two mates the one that stands at TP53, else the first.

    The two joints of an inversion that the caller names as one event are one too. Records that it weighs differently
    (FILTER, genotype) are all kept.
    """
    kept: dict[object, VariantRecord] = {}
    for number, record in enumerate(records):
        joint = None if record.change is None else _joint(record.change)
        key: object = number if joint is None else (joint, record.filters, record.presence)
        known = kept.get(key)
        if known is None or (_stands_at_tp53(record) and not _stands_at_tp53(known)):
            kept[key] = record
    return list(kept.values())


def _joint(change: StructuralChange) -> str | None:
    both_here = len(change.breakpoints) == 2 and len({end.contig for end in change.breakpoints}) == 1
    if change.event is not None and both_here and _way(change) == "inversion":
        return f"event {change.event}"
    return change.joint


def _stands_at_tp53(record: VariantRecord) -> bool:
    """Whether the record's own end, which comes first, is on TP53's chromosome."""
    ends = record.change.breakpoints if record.change else ()
    return bool(ends) and ends[0].contig == _CONTIG


def of_bases(record: VariantRecord) -> StructuralChange | None:
    """The deletion or insertion that a long change spelled in bases is; ``None`` for a short one."""
    ref, alt = record.ref, record.alt
    lead = common_prefix(ref, alt)
    tail = min(common_prefix(ref[::-1], alt[::-1]), min(len(ref), len(alt)) - lead)
    out, put_in = len(ref) - lead - tail, alt[lead : len(alt) - tail]
    if record.structural or max(out, len(put_in)) < _LONG:
        return None
    left = Breakpoint(contig=record.contig, pos=record.pos + lead - 1, retained="left")
    right = Breakpoint(contig=record.contig, pos=record.pos + lead + out, retained="right")
    return StructuralChange(
        kind="DEL" if out else "INS",
        breakpoints=(left, right) if out else (left,),
        inserted=put_in or None,
        length=len(put_in),
    )


def spelled(build: Build, change: StructuralChange | None) -> tuple[int, str, str] | None:
    """POS, REF and ALT of a deletion, tandem duplication or insertion whose bases are all known; else ``None``."""
    if change is None or not change.precise or change.kind in ("CNV", "OTHER"):
        return None
    if not change.breakpoints or any(end.contig != _CONTIG for end in change.breakpoints):
        return None
    put_in = change.inserted or ""
    if change.length is not None and change.length != len(put_in):
        return None  # something is put in, and not all of its bases are stated
    known = genes.tp53_bases(build)
    first, last = (sorted(_nominal(end) for end in change.breakpoints) * 2)[:2]
    stretch = "".join(known.get(pos, "-") for pos in range(first, last + 1))
    if "-" in stretch:
        return None
    if len(change.breakpoints) == 1:
        return (first, stretch, stretch + put_in) if change.kind == "INS" and put_in else None
    turned = {"deletion": (stretch, stretch[0] + put_in), "duplication": (stretch[0], stretch + put_in)}
    alleles = turned.get(_way(change))
    return None if alleles is None or alleles[0] == alleles[1] else (first, *alleles)


def _nominal(end: Breakpoint) -> int:
    """The cut at which the record itself puts an end."""
    return end.pos - 1 if end.retained == "right" else end.pos


def _cut(end: Breakpoint) -> Cut:
    """Every cut the caller allows; of an end whose retained side is not stated, both sides of its base."""
    low = end.pos if end.low is None else min(end.low, end.pos)
    high = end.pos if end.high is None else max(end.high, end.pos)
    return Cut(low - (end.retained != "left"), high - (end.retained == "right"))


def _way(change: StructuralChange) -> str:
    """What two ends on one chromosome do to the stretch between them."""
    first, last = sorted(change.breakpoints, key=lambda end: (end.pos, end.retained or ""))
    if first.retained and last.retained:
        if first.retained == last.retained:
            return "inversion"
        return "deletion" if first.retained == "left" else "duplication"
    return {"DEL": "deletion", "DUP": "duplication", "INV": "inversion"}.get(change.kind, "joint")


def _named(change: StructuralChange) -> Effect:
    """A gene that a table names without a place."""
    breaking = {
        "FUSION": "TP53 is part of a fusion",
        "BND": "TP53 is part of a translocation",
        "DISRUPTION": "every copy of TP53 is disrupted",
    }
    words = breaking.get(change.kind)
    said = f" ({change.words})" if change.words else ""
    if words is not None:
        return Effect(outcome=Outcome.BREAKS, words=words + said)
    return Effect(outcome=Outcome.UNCLEAR, words=f"TP53 is named without saying where and how it is changed{said}")


def _other(change: StructuralChange, here: Breakpoint) -> str:
    """The other end in words."""
    there = next(end for end in change.breakpoints if end is not here)
    return f"{there.contig}:{there.pos}"


def _joined_elsewhere(gene: Gene, cut: Cut, other: str) -> Effect:
    """One end on chromosome 17, the other on another chromosome."""
    place = gene.place(cut)
    if cut.within(gene.coding_first, gene.span.last):
        return Effect(outcome=Outcome.BREAKS, words=f"the gene is cut in {place} and joined to {other}")
    if cut.outside(*gene.span):
        return Effect(outcome=Outcome.SPARED, words=f"the joint to {other} lies {place}")
    words = f"the gene is joined to {other} in {place}; whether its coding part is whole is not clear"
    return Effect(outcome=Outcome.UNCLEAR, words=words)


def _without_mate(gene: Gene, change: StructuralChange, cut: Cut) -> Effect:
    """A breakend whose other end is not known: within an intron it may be the edge of a harmless insertion.

    A fusion or translocation of which a table places one end alone is joined to another gene all the same.
    """
    place = gene.place(cut)
    if change.kind in ("FUSION", "BND"):
        return _joined_elsewhere(gene, cut, "another gene")
    if any(cut.within(*exon.coding) for exon in gene.exons):
        return Effect(outcome=Outcome.BREAKS, words=f"the gene is cut in {place}, and joined to what is not known")
    if cut.outside(*gene.span):
        return Effect(outcome=Outcome.SPARED, words=f"a breakend {place}")
    return Effect(outcome=Outcome.UNCLEAR, words=f"a breakend in {place} whose other end is not known")


def _insertion(gene: Gene, change: StructuralChange, cut: Cut) -> Effect:
    place, size = gene.place(cut), change.length
    what = f"{size} bases" if size else "a sequence of unknown length"
    if cut.outside(*gene.span):
        return Effect(outcome=Outcome.SPARED, words=f"{what} inserted {place}")
    if any(cut.within(*exon.coding) for exon in gene.exons):
        if size and size % 3 == 0:
            words = f"{what} inserted in {place}: the reading frame is kept, the sequence is not stated"
            return Effect(outcome=Outcome.UNCLEAR, words=words)
        return Effect(outcome=Outcome.BREAKS, words=f"{what} inserted in the coding sequence of {place}")
    if size and gene.is_deep_intronic(Stretch(cut.low, cut.high + 1)):
        return Effect(outcome=Outcome.SPARED, words=f"{what} inserted within {place}, away from its splice sites")
    return Effect(outcome=Outcome.UNCLEAR, words=f"{what} inserted in {place}, which may disturb splicing")


def _two_ends(gene: Gene, change: StructuralChange, here: list[Breakpoint]) -> Effect:
    """Both ends on chromosome 17."""
    first, last = sorted(map(_cut, here))
    ends = f"from {gene.place(first)} to {gene.place(last)}"
    sure = Stretch(first.high + 1, last.low)
    widest = Stretch(min(first.low, last.low) + 1, max(first.high, last.high))
    way = _way(change)
    if way == "joint":
        return _unknown_way(gene, change, (first, last), ends)
    # a joint turned back on itself has no stretch between its ends, and still cuts where they lie
    touched = Stretch(widest.first - 1, widest.last + 1) if way == "inversion" else widest
    if not touched.touches(gene.span):
        return Effect(outcome=Outcome.SPARED, words=f"a {way} that lies beside the transcript")
    judge = {"deletion": _deletion, "duplication": _duplication, "inversion": _inversion}[way]
    return judge(gene, (first, last), (sure, widest), ends)


def _unknown_way(gene: Gene, change: StructuralChange, cuts: tuple[Cut, Cut], ends: str) -> Effect:
    """Two ends that are joined, the file does not say how."""
    cutting = any(cut.within(gene.coding_first, gene.span.last) for cut in cuts)
    apart = any(cut.outside(*gene.span) for cut in cuts)
    if change.kind == "FUSION" and cutting and apart:
        return Effect(outcome=Outcome.BREAKS, words=f"a fusion {ends} cuts the gene")
    return Effect(outcome=Outcome.UNCLEAR, words=f"a joint {ends}, without saying which sides are joined")


def _deletion(gene: Gene, cuts: tuple[Cut, Cut], stretch: tuple[Stretch, Stretch], ends: str) -> Effect:
    (first, last), (sure, widest) = cuts, stretch
    if widest.holds(gene.span):
        return Effect(outcome=Outcome.DELETED, words="a deletion takes the whole gene")
    hit = gene.exons_hit(sure)
    if hit:
        return Effect(outcome=Outcome.BREAKS, words=f"a deletion {ends} takes {anatomy.exon_words(hit)}")
    if gene.exons_hit(widest):
        return Effect(outcome=Outcome.UNCLEAR, words=f"a deletion {ends} may reach into a coding exon")
    if last.low >= gene.span.last and first.within(gene.introns[1].first - 1, gene.introns[1].last + 1):
        return Effect(outcome=Outcome.BREAKS, words=f"a deletion {ends} takes exon 1 and what lies before it")
    if gene.is_deep_intronic(widest):
        words = f"a deletion within {gene.place(first)}, away from its splice sites"
        return Effect(outcome=Outcome.SPARED, words=words)
    return Effect(outcome=Outcome.UNCLEAR, words=f"a deletion {ends}, outside the coding sequence and splice sites")


def _inversion(gene: Gene, cuts: tuple[Cut, Cut], stretch: tuple[Stretch, Stretch], ends: str) -> Effect:
    sure, _ = stretch
    if sure.holds(gene.span):
        return Effect(outcome=Outcome.SPARED, words="an inversion holds the whole gene, which stays in one piece")
    cutting = any(cut.within(gene.coding_first, gene.span.last) for cut in cuts)
    apart = any(cut.outside(*gene.span) for cut in cuts)
    in_exon = any(cut.within(*exon.coding) for cut in cuts for exon in gene.exons)
    if in_exon or (cutting and (apart or gene.exons_hit(sure))):
        return Effect(outcome=Outcome.BREAKS, words=f"an inversion {ends} cuts the gene")
    return Effect(outcome=Outcome.UNCLEAR, words=f"an inversion {ends} spares the coding sequence, or may")


def _duplication(gene: Gene, cuts: tuple[Cut, Cut], stretch: tuple[Stretch, Stretch], ends: str) -> Effect:
    sure, widest = stretch
    if sure.holds(gene.span):
        return Effect(outcome=Outcome.SPARED, words="the whole gene is doubled")
    if any(cut.outside(*gene.span) for cut in cuts):
        words = f"a duplication {ends}: in tandem it leaves one whole copy of the gene beside a part"
        return Effect(outcome=Outcome.UNCLEAR, words=words)
    if gene.is_deep_intronic(widest):
        words = f"a duplication within {gene.place(cuts[0])}, away from its splice sites"
        return Effect(outcome=Outcome.SPARED, words=words)
    # the last exon has no donor and cannot be spliced in twice
    whole = [exon for exon in gene.exons[:-1] if sure.holds(exon.essential)]
    hit = gene.exons_hit(widest)
    added = sum(exon.whole.last - exon.whole.first + 1 for exon in whole)
    if whole and hit == [exon.number for exon in whole] and added % 3 and not widest.touches(gene.exon_1):
        return Effect(
            outcome=Outcome.BREAKS, words=f"a tandem duplication doubles {anatomy.exon_words(hit)} and shifts the frame"
        )
    return Effect(outcome=Outcome.UNCLEAR, words=f"a duplication {ends}; what it does to the protein is not clear")
