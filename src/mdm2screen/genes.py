"""Where MDM2, TP53 and CDKN2A lie on each genome build.

Coordinates are 1-based and closed. Sources stand in ``data/genes/``.
"""

import re
from collections.abc import Iterable
from functools import cache

from mdm2screen import data
from mdm2screen.errors import ReferenceMismatchError
from mdm2screen.records import Build, Model, Region, Source

_CONSTANTS = data.toml("genes/genes.toml")
_COMPLEMENT = str.maketrans("ACGTacgt", "TGCAtgca")

CHROMOSOME_LENGTHS: dict[Build, dict[str, int]] = {b: _CONSTANTS["lengths"][b.value] for b in Build}
"""Length in bases of each primary chromosome, by build."""


class Locus(Model):
    """A named place with one region per build."""

    symbol: str
    loci: dict[Build, Region]

    def overlaps(self, build: Build, contig: str, start: int, end: int) -> bool:
        """Whether ``contig:start-end`` shares a base with it."""
        locus = self.loci[build]
        return contig == locus.contig and start <= locus.end and end >= locus.start


class Gene(Locus):
    """A gene a criterion asks for."""

    strand: str
    transcript: str
    ensembl: str


def _loci(symbol: str) -> dict[Build, Region]:
    entry = _CONSTANTS[symbol]
    return {b: Region(contig=entry["contig"], start=entry[b][0], end=entry[b][1]) for b in Build}


def _gene(symbol: str) -> Gene:
    entry = _CONSTANTS[symbol]
    return Gene(
        symbol=symbol,
        strand=entry["strand"],
        transcript=entry["transcript"],
        ensembl=entry["ensembl"],
        loci=_loci(symbol),
    )


MDM2 = _gene("MDM2")
TP53 = _gene("TP53")
GENES = (MDM2, TP53)
"""The genes that every file is read for."""

CDKN2A = Locus(symbol="CDKN2A", loci=_loci("CDKN2A"))
"""A gene whose copies alone are read, and only for a protocol with a criterion that asks for them."""

OF_COPIES: dict[str, Locus] = {gene.symbol: gene for gene in (*GENES, CDKN2A)}
"""Genes whose copies a criterion may ask for, by symbol."""

MDM2_CONTIG = MDM2.loci[Build.GRCH38].contig
"""The chromosome whose copy number is context to MDM2."""


class Exon(Model):
    """A coding exon of TP53 on NM_000546.6.

    ``start``/``end`` and ``cds_start``/``cds_end`` are genomic, by build; ``c_first``/``c_last`` are HGVS c.
    positions. ``sequence`` is the coding strand with ``flank`` bases on each side.
    """

    number: int
    start: dict[Build, int]
    end: dict[Build, int]
    cds_start: dict[Build, int]
    cds_end: dict[Build, int]
    c_first: int
    c_last: int
    sequence: str
    flank: int


@cache
def tp53_exons() -> tuple[Exon, ...]:
    """The ten coding exons of TP53 (2 to 11) in transcript order. Source: NCBI RefSeqGene NG_017013.2."""
    return tuple(_exon(row) for row in data.table("genes/tp53_exons.tsv"))


def tp53_transcript(build: Build) -> Region:
    """NM_000546.6 from its last base to its first, untranslated parts and introns included."""
    start, end = _CONSTANTS["TP53"]["transcript_span"][build]
    return Region(contig=TP53.loci[build].contig, start=start, end=end)


def tp53_exon_1(build: Build) -> Region:
    """Exon 1 of TP53, which holds no coding base."""
    start, end = _CONSTANTS["TP53"]["exon_1"][build]
    return Region(contig=TP53.loci[build].contig, start=start, end=end)


def _exon(row: dict[str, str]) -> Exon:
    sequence = row["coding_strand_sequence"]
    flank = len(sequence) - len(sequence.lstrip("acgt"))
    return Exon(
        number=int(row["exon"]),
        start={b: int(row[f"{b}_start"]) for b in Build},
        end={b: int(row[f"{b}_end"]) for b in Build},
        cds_start={b: int(row[f"{b}_cds_start"]) for b in Build},
        cds_end={b: int(row[f"{b}_cds_end"]) for b in Build},
        c_first=int(row["c_first"]),
        c_last=int(row["c_last"]),
        sequence=sequence.upper(),
        flank=flank,
    )


@cache
def tp53_bases(build: Build) -> dict[int, str]:
    """Plus-strand reference base at each known genomic position of TP53: exons 2-11 and their flanks."""
    bases: dict[int, str] = {}
    for exon in tp53_exons():
        first = exon.start[build] - exon.flank
        plus = exon.sequence.translate(_COMPLEMENT)[::-1]
        bases.update(zip(range(first, first + len(plus)), plus, strict=True))
    return bases


def reference_mismatch(build: Build, pos: int, ref: str) -> tuple[int, str, str] | None:
    """First position where ``ref`` (chromosome 17, from ``pos``) is not the reference.

    Returns position, base in the file and base of the reference; ``None`` where all known bases agree.
    """
    known = tp53_bases(build)
    for offset, base in enumerate(ref.upper()):
        expected = known.get(pos + offset)
        if expected is not None and base in "ACGT" and base != expected:
            return pos + offset, base, expected
    return None


def require_reference(build: Build | None, pos: int, ref: str, source: Source) -> None:
    """Raise ReferenceMismatchError where ``ref`` (chromosome 17, from ``pos``) is not the reference of ``build``."""
    mismatch = None if build is None else reference_mismatch(build, pos, ref)
    if mismatch is not None:
        where, base, expected = mismatch
        raise ReferenceMismatchError(
            f"REF has {base} at chromosome 17 position {where}, where {build} has {expected}",
            where=str(source),
            remedy="the file is on another genome build or damaged: pass the right --build or make the file again",
        )


def reverse_complement(sequence: str) -> str:
    """The other strand of ``sequence``."""
    return sequence.translate(_COMPLEMENT)[::-1]


def contig_name(name: str) -> str:
    """A contig's name as this package writes it: ``chr12``, ``12``, ``NC_000012.11`` all give ``12``."""
    accession = _CONSTANTS["accessions"].get(name)
    if accession:
        return str(accession[0])
    match = re.fullmatch(r"NC_0000(\d\d)\.\d+", name)
    if match:
        number = int(match[1])
        return {23: "X", 24: "Y"}.get(number, str(number))
    bare = name[3:] if name[:3].lower() == "chr" else name
    return {"23": "X", "24": "Y", "25": "MT", "M": "MT", "x": "X", "y": "Y"}.get(bare, bare)


def in_windows(contig: str, start: int, end: int, among: Iterable[Locus] = GENES) -> bool:
    """Whether ``contig:start-end`` touches one of the genes on any known build."""
    return any(gene.overlaps(build, contig, start, end) for gene in among for build in Build)
