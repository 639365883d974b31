"""Made structural changes of TP53 on GRCh37: where its parts lie, and changes by their ends."""

from typing import Any, Literal

from mdm2screen.records import Breakpoint, StructuralChange, StructuralKind

Side = Literal["left", "right"] | None

UPSTREAM, EXON_1, INTRON_1 = 7_600_000, 7_590_750, 7_585_000
INTRON_2, INTRON_9, EXON_5, INTRON_10 = 7_579_780, 7_575_000, 7_578_450, 7_573_500
UTR_3, DOWNSTREAM = 7_572_300, 7_560_000


def end(pos: int, side: Side = None, contig: str = "17", doubt: int = 0) -> Breakpoint:
    if doubt == 0:
        return Breakpoint(contig=contig, pos=pos, retained=side)
    return Breakpoint(contig=contig, pos=pos, retained=side, low=pos - doubt, high=pos + doubt)


def change(kind: StructuralKind, *ends: Breakpoint, **more: Any) -> StructuralChange:
    return StructuralChange(kind=kind, breakpoints=ends, **more)


def deletion(first: int, last: int, *, doubt: int = 0, **more: Any) -> StructuralChange:
    """Bases ``first + 1`` to ``last`` are taken out."""
    return change("DEL", end(first, "left", doubt=doubt), end(last + 1, "right", doubt=doubt), **more)


def duplication(first: int, last: int, *, doubt: int = 0, **more: Any) -> StructuralChange:
    """Bases ``first + 1`` to ``last`` stand twice."""
    return change("DUP", end(first + 1, "right", doubt=doubt), end(last, "left", doubt=doubt), **more)


def inversion(first: int, last: int, *, doubt: int = 0, **more: Any) -> StructuralChange:
    """Bases ``first + 1`` to ``last`` are turned round."""
    return change("INV", end(first, "left", doubt=doubt), end(last, "left", doubt=doubt), **more)


def translocation(pos: int, side: Side = "left", *, doubt: int = 0, **more: Any) -> StructuralChange:
    return change("BND", end(pos, side, doubt=doubt), end(69_000_000, "right", "12"), **more)
