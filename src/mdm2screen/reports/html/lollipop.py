"""TP53 variants over the domains of the protein, with what the assay saw of each exon beneath: a picture's numbers."""

import re
from typing import NamedTuple

from mdm2screen import anatomy, data
from mdm2screen.callability_result import Callability, Exposure
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
_LABELS = 8
"""So many variants carry their name; the table beneath holds all."""
_LEAST_APART = 12.0
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
    """An exon as drawn: how much of it could have shown a variant. ``seen`` is ``None`` where nothing says so."""

    x: float
    width: float
    number: int
    seen: float | None
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
    """Variants by place, those that decide with a name first."""
    named = sorted(placed, key=lambda pair: (pair[1].counts is not Disposition.DISQUALIFIES, pair[0]))[:_LABELS]
    labelled = {id(variant) for _, variant in named}
    found: list[Stalk] = []
    for residue, variant in sorted(placed, key=lambda pair: pair[0]):
        at = x.at(residue)
        if found and at - found[-1].x < _LEAST_APART:  # beside each other, so that none hides another
            at = min(round(found[-1].x + _LEAST_APART, 1), float(_RIGHT))
        vaf = "" if variant.vaf is None else f", VAF {percent(variant.vaf)}"
        label = variant.name if id(variant) in labelled else None
        height = share.at(0.5 if variant.vaf is None else variant.vaf)
        found.append(Stalk(at, height, variant.counts.value, label, f"{variant.name}{vaf}: {variant.why}"))
    return found


def _exons(seen: Callability, x: Axis) -> list[ExonBox]:
    """Coding exons on the protein's axis, each with what could have shown a variant."""
    measured = {one.exon: one for one in seen.exons}
    missing: dict[int, int] = {}
    for stretch in seen.uncovered:
        missing[stretch.exon] = missing.get(stretch.exon, 0) + stretch.end - stretch.start + 1
    boxes, before = [], 0
    for exon in anatomy.gene(seen.build or Build.GRCH38).exons:
        bases = exon.coding.last - exon.coding.first + 1
        start, end = x.at(before / 3 + 1), x.at((before + bases) / 3 + 1)
        before += bases
        needed = exon.essential.last - exon.essential.first + 1
        known = measured.get(exon.number)
        if seen.exposure is Exposure.UNKNOWN:
            share, state, words = None, "unknown", "not known to be covered"
        elif known is not None:
            share = known.covered / known.bases
            how = "could have shown a variant" if seen.files else "are declared as covered"
            words = f"{known.covered} of {known.bases} bases {how}"
            state = "part" if known.covered < known.bases else "whole" if seen.files else "declared"
        else:
            share = max(0.0, 1 - missing.get(exon.number, 0) / needed)
            state = "declared" if share == 1 else "part"
            words = "declared as covered, depth not shown" if share == 1 else f"{percent(share)} taken as covered"
        boxes.append(ExonBox(start, round(end - start, 1), exon.number, share, state, f"exon {exon.number}: {words}"))
    return boxes
