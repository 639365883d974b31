"""Where MDM2 and TP53 lie on each genome build, and which build a file was made on.

Coordinates are 1-based and closed. Sources stand in ``data/genes/``.
"""

import re
from collections.abc import Iterable
from functools import cache

from mdm2screen import data
from mdm2screen.errors import BuildError, ReferenceMismatchError
from mdm2screen.records import BUILD_WAS_STATED, Build, BuildClaim, Model, Region, Source

_CONSTANTS = data.toml("genes/genes.toml")
_COMPLEMENT = str.maketrans("ACGTacgt", "TGCAtgca")

CHROMOSOME_LENGTHS: dict[Build, dict[str, int]] = {b: _CONSTANTS["lengths"][b.value] for b in Build}
"""Length in bases of each primary chromosome, by build."""

# Matching REF bases that make a build certain: by chance 4^-10, one in a million.
MIN_PROVING_BASES = 10


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


def _gene(symbol: str) -> Gene:
    entry = _CONSTANTS[symbol]
    loci = {b: Region(contig=entry["contig"], start=entry[b][0], end=entry[b][1]) for b in Build}
    return Gene(
        symbol=symbol,
        strand=entry["strand"],
        transcript=entry["transcript"],
        ensembl=entry["ensembl"],
        loci=loci,
    )


MDM2 = _gene("MDM2")
TP53 = _gene("TP53")
GENES = (MDM2, TP53)
_WHOLE = 10_000_000  # bases: a shorter contig is a piece cut out of a chromosome

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


def in_windows(contig: str, start: int, end: int) -> bool:
    """Whether ``contig:start-end`` touches either gene on any known build."""
    return any(gene.overlaps(build, contig, start, end) for gene in GENES for build in Build)


def claims_of_contig(name: str, length: int | None, source: Source) -> list[BuildClaim]:
    """What a contig's name and length say of the build; a length of another reference (T2T-CHM13) refutes both."""
    claims = []
    accession = _CONSTANTS["accessions"].get(name)
    if accession:
        claims.append(_claim(accession[1], f"contig is named {name}", source))
    if length is not None:
        contig = contig_name(name)
        claims += [
            _claim(build, f"contig {name} has length {length}", source)
            for build, lengths in CHROMOSOME_LENGTHS.items()
            if lengths.get(contig) == length
        ]
        foreign = length >= _WHOLE and all(lengths.get(contig) != length for lengths in CHROMOSOME_LENGTHS.values())
        if foreign and any(locus.contig == contig for gene in GENES for locus in gene.loci.values()):
            reason = f"contig {name} has length {length}, which is that of another reference"
            claims += [BuildClaim(build=build, supports=False, because=reason, source=source) for build in Build]
    return claims


def claims_of_text(text: str, source: Source) -> list[BuildClaim]:
    """What an assembly's name within ``text`` (a ``##reference`` line, say) says of the build."""
    named = {
        build: name
        for build, known in _CONSTANTS["assembly_names"].items()
        for name in known
        if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?!\d)", text.lower())
    }
    if len(named) != 1:  # a path may name both; then it proves neither
        return []
    ((build, name),) = named.items()
    return [_claim(build, f"the header names the assembly ({name})", source)]


def claims_of_extent(contig: str, end: int, source: Source) -> list[BuildClaim]:
    """What a segment's end says of the build: on the telomere proves it, beyond the telomere refutes it.

    An end on a whole thousand may be that of a bin that reaches over the telomere, and says nothing.
    """
    claims: list[BuildClaim] = []
    if end % 1000 == 0:
        return claims
    for build, lengths in CHROMOSOME_LENGTHS.items():
        length = lengths.get(contig)
        if length == end:
            claims.append(_claim(build, f"a segment ends with chromosome {contig} at {end}", source))
        elif length is not None and end > length:
            reason = f"a segment of chromosome {contig} ends at {end}, beyond its {length} bases"
            claims.append(BuildClaim(build=build, supports=False, because=reason, source=source))
    return claims


def claims_of_gene_rows(rows: Iterable[tuple[str, str, int, int, Source]]) -> list[BuildClaim]:
    """What rows that name a gene say of the build: (symbol, contig, start, end, source) each.

    A gene whose rows touch its locus on one build only proves that build and refutes the other.
    """
    claims = []
    rows = list(rows)
    for gene in GENES:
        named = [row for row in rows if row[0] == gene.symbol]
        touched = {b: next((r for r in named if gene.overlaps(b, *r[1:4])), None) for b in Build}
        if sum(row is not None for row in touched.values()) != 1:
            continue
        build, row = next((b, r) for b, r in touched.items() if r is not None)
        reason = f"{gene.symbol} is named at {row[1]}:{row[2]}-{row[3]}, where it lies on {build}"
        claims.append(_claim(build, reason, row[4]))
    return claims


def claims_of_ref_bases(refs: Iterable[tuple[int, str]], source: Source) -> list[BuildClaim]:
    """What REF bases on chromosome 17, as (position, REF) pairs, say of the build.

    A build is proven by ``MIN_PROVING_BASES`` known positions that all agree.
    """
    bases = {pos + i: base for pos, ref in refs for i, base in enumerate(ref.upper()) if base in "ACGT"}
    claims = []
    for build in Build:
        known = tp53_bases(build)
        seen = [base == known[pos] for pos, base in bases.items() if pos in known]
        if len(seen) >= MIN_PROVING_BASES and all(seen):
            claims.append(_claim(build, f"REF agrees with TP53 at all {len(seen)} known positions", source))
    return claims


def _claim(build: str, because: str, source: Source) -> BuildClaim:
    return BuildClaim(build=Build(build), supports=True, because=because, source=source)


def resolve_build(claims: Iterable[BuildClaim], requested: Build | None, file: str) -> tuple[Build, str]:
    """The build of a file and why.

    Raises BuildError where claims contradict each other or ``requested``, or where nothing proves a build.
    """
    claims = list(claims)
    wanted = [c for c in claims if c.supports]
    builds = {c.build for c in wanted}
    if len(builds) > 1:
        both = "; ".join(f"{c.build}: {c.because}" for c in {c.build: c for c in wanted}.values())
        raise BuildError(
            f"the file contradicts itself about the genome build ({both})",
            where=file,
            remedy="find out how the file was made; it cannot be read safely on either build",
        )
    build = requested or next(iter(builds), None)
    foreign = [c for c in claims if not c.supports]
    if build is None and {c.build for c in foreign} == set(Build):
        raise BuildError(
            f"the file is neither on GRCh37 nor on GRCh38: {foreign[0].because}",
            where=str(foreign[0].source),
            remedy="map the reads to GRCh37 or GRCh38, or lift the variants over",
        )
    if build is None:
        raise BuildError(
            "nothing in the file proves the genome build",
            where=file,
            remedy="pass --build GRCh37 or --build GRCh38 (hg19 is GRCh37, hg38 is GRCh38)",
        )
    against = next((c for c in claims if (c.build == build) != c.supports), None)
    if against is not None:
        where = f"{file} line {against.source.line}" if against.source.line else file
        asked = f"--build {build} was given, but " if requested else ""
        raise BuildError(
            f"{asked}the file is not on {build}: {against.because}",
            where=where,
            remedy="pass the build the file was made on, or the file made on this build",
        )
    because = wanted[0].because if wanted else BUILD_WAS_STATED
    return build, because
