"""TP53 variants over the domains of the protein, with what the assay saw of each exon beneath: a picture's numbers."""

import re
from typing import NamedTuple

from mdm2screen import anatomy, data
from mdm2screen.callability_result import Callability, Exposure, UncoveredStretch
from mdm2screen.decision import Decision
from mdm2screen.numerals import percent
from mdm2screen.records import Build
from mdm2screen.reports.html.scales import Axis, Tick, ticks
from mdm2screen.results import Disposition, Tp53Variant

_LEFT, _RIGHT = 56, 944
_PROTEIN_TOP = 196
_STALK_TOP, _STALK_BOTTOM = 40, 190
_RESIDUES = 393
"""Residues of p53 (NP_000537.3)."""
_LABEL_WIDTH = 78.0
"""Pixels that a name takes: a variant closer to one that has its name goes without; the table beneath holds all."""
_NO_VAF = 178.0
"""Where a variant without a VAF stands: at the foot, so that its height says nothing."""
_SPLICE_OR_CODON = re.compile(r"c\.(-?\d+)")


class Domain(NamedTuple):
    """A domain of p53 as drawn."""

    x: float
    width: float
    name: str
    residues: str


class Stalk(NamedTuple):
    """A variant as drawn: the higher, the larger its share of the reads."""

    x: float
    y: float
    counts: str
    label: str | None
    words: str


class ExonBox(NamedTuple):
    """An exon as drawn: how it was seen, and ``gaps`` (pixel and width) that could not have shown a variant."""

    x: float
    width: float
    number: int
    fill: str
    gaps: tuple[tuple[float, float], ...]
    state: str
    words: str


class Lollipop(NamedTuple):
    """The picture, and what it cannot show."""

    domains: tuple[Domain, ...]
    stalks: tuple[Stalk, ...]
    exons: tuple[ExonBox, ...]
    x_ticks: tuple[Tick, ...]
    vaf_ticks: tuple[Tick, ...]
    nowhere: tuple[str, ...]
    ignored: int
    exposure: str


def lollipop(decision: Decision) -> Lollipop | None:
    """The picture; ``None`` where the protocol does not ask for TP53."""
    finding = decision.tp53
    if finding is None:
        return None
    x = Axis(1, _RESIDUES, _LEFT, _RIGHT)
    weighty = [one for one in finding.variants if one.counts is not Disposition.IGNORED]
    placed = [(residue, one) for one in weighty if (residue := _residue(one)) is not None]
    share = Axis(0.0, 1.0, _STALK_BOTTOM, _STALK_TOP)
    return Lollipop(
        domains=tuple(_domain(row, x) for row in data.table("genes/tp53_domains.tsv")),
        stalks=tuple(_stalks(placed, x, share)),
        exons=tuple(_exons(finding.callability, x)),
        x_ticks=tuple(Tick(x.at(value), f"{value:g}") for value in (1, 100, 200, 300, _RESIDUES)),
        vaf_ticks=ticks(share, 4),
        nowhere=tuple(one.name for one in weighty if _residue(one) is None),
        ignored=len(finding.variants) - len(weighty),
        exposure=finding.callability.exposure.value,
    )


def _domain(row: dict[str, str], x: Axis) -> Domain:
    first, last = int(row["first"]), int(row["last"])
    start, end = x.at(first), x.at(last)
    return Domain(start, round(end - start, 1), row["domain"], f"{first}-{last}")


def _residue(variant: Tp53Variant) -> int | None:
    """The residue a variant lies at, or beside which it is spliced; ``None`` where it has no place in the protein."""
    if variant.hgvs_p and (found := re.search(r"p\.\(?[A-Za-z]+(\d+)", variant.hgvs_p)):
        return min(int(found[1]), _RESIDUES)
    found = _SPLICE_OR_CODON.search(variant.hgvs_c or "")
    if found is None or int(found[1]) < 1:
        return None
    return min((int(found[1]) + 2) // 3, _RESIDUES)


def _stalks(placed: list[tuple[int, Tp53Variant]], x: Axis, share: Axis) -> list[Stalk]:
    """Variants at their residues; those that decide have a name first, where names have room."""
    found: list[Stalk] = []
    named: list[float] = []
    for residue, variant in sorted(placed, key=lambda pair: (pair[1].counts is not Disposition.DISQUALIFIES, pair[0])):
        at = x.at(residue)
        vaf = "no VAF in its file" if variant.vaf is None else f"VAF {percent(variant.vaf)}"
        has_room = all(abs(at - other) >= _LABEL_WIDTH for other in named)
        if has_room:
            named.append(at)
        height = _NO_VAF if variant.vaf is None else share.at(variant.vaf)
        kind = variant.counts.value if variant.vaf is not None else f"{variant.counts.value} no-vaf"
        words = f"{variant.name}, {vaf}: {variant.why}"
        found.append(Stalk(at, height, kind, variant.name if has_room else None, words))
    return sorted(found, key=lambda stalk: stalk.x)


def _exons(seen: Callability, x: Axis) -> list[ExonBox]:
    """Coding exons on the protein's axis, each with the stretches that could not have shown a variant."""
    measured = {one.exon: one for one in seen.exons}
    boxes, before = [], 0
    for exon in anatomy.gene(seen.build or Build.GRCH38).exons:
        bases = exon.coding.last - exon.coding.first + 1
        start, end = x.at(before / 3 + 1), x.at((before + bases) / 3 + 1)
        unseen = [one for one in seen.uncovered if one.exon == exon.number]
        known = measured.get(exon.number)
        if seen.exposure is Exposure.UNKNOWN:
            state, words = "unknown", "not known to be covered"
        elif known is not None and seen.files:
            words = f"{known.covered} of {known.bases} bases could have shown a variant"
            state = "whole" if known.covered == known.bases else "part"
        else:
            state = "part" if unseen else "declared"
            words = "a part is not covered" if unseen else "declared as covered, depth not shown"
        gaps = tuple(gap for one in unseen if (gap := _gap(one, exon.coding, before, x)))
        fill = "whole" if seen.files else "declared"
        boxes.append(
            ExonBox(start, round(end - start, 1), exon.number, fill, gaps, state, f"exon {exon.number}: {words}")
        )
        before += bases
    return boxes


def _gap(stretch: UncoveredStretch, coding: anatomy.Stretch, before: int, x: Axis) -> tuple[float, float] | None:
    """Where a stretch that was not seen lies on the protein, as pixel and width; the gene is on the minus strand."""
    first, last = max(stretch.start, coding.first), min(stretch.end, coding.last)
    if first > last:
        return None  # a splice site beside the exon
    start = x.at((before + coding.last - last) / 3 + 1)
    end = x.at((before + coding.last - first + 1) / 3 + 1)
    return start, round(max(end - start, 1.0), 1)
