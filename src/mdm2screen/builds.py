"""Which genome build a file was made on: what its names, lengths, ends, genes and bases say, and what follows.

Coordinates are 1-based and closed. Sources stand in ``data/genes/``.
"""

import re
from collections.abc import Iterable

from mdm2screen import data, genes
from mdm2screen.errors import BuildError
from mdm2screen.records import BUILD_WAS_STATED, Build, BuildClaim, Source

_CONSTANTS = data.toml("genes/genes.toml")
# Matching REF bases that make a build certain: by chance 4^-10, one in a million.
MIN_PROVING_BASES = 10
_WHOLE = 10_000_000  # bases: a shorter contig is a piece cut out of a chromosome


def claims_of_contig(name: str, length: int | None, source: Source) -> list[BuildClaim]:
    """What a contig's name and length say of the build; a length of another reference (T2T-CHM13) refutes both."""
    claims = []
    accession = _CONSTANTS["accessions"].get(name)
    if accession:
        claims.append(_claim(accession[1], f"contig is named {name}", source))
    if length is not None:
        contig = genes.contig_name(name)
        claims += [
            _claim(build, f"contig {name} has length {length}", source)
            for build, lengths in genes.CHROMOSOME_LENGTHS.items()
            if lengths.get(contig) == length
        ]
        foreign = length >= _WHOLE and all(
            lengths.get(contig) != length for lengths in genes.CHROMOSOME_LENGTHS.values()
        )
        if foreign and any(locus.contig == contig for gene in genes.GENES for locus in gene.loci.values()):
            reason = f"contig {name} has length {length}, which is that of another reference"
            claims += [BuildClaim(build=build, supports=False, because=reason, source=source) for build in Build]
    return claims


def claims_of_text(text: str, source: Source) -> list[BuildClaim]:
    """What an assembly's name within ``text`` (a ``##reference`` line, say) says of the build."""
    lower = text.lower()
    named = {
        build: name
        for build, known in _CONSTANTS["assembly_names"].items()
        for name in known
        if name in lower and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?!\d)", lower)
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
    for build, lengths in genes.CHROMOSOME_LENGTHS.items():
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
    for gene in genes.GENES:
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
        known = genes.tp53_bases(build)
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
