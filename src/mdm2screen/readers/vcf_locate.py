"""Finding the raw VCF lines over the two genes. How a line is read is not decided here.

Ways, in order: a fresh index through pysam; else every line of the file. BCF is decoded by cyvcf2, and the
records it gives are counted against the file's own. No library judges completeness: pysam and cyvcf2 were both
seen to lose records in silence.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build

Numbered = tuple[int | None, str]

_CONTIGS = frozenset(gene.loci[Build.GRCH38].contig for gene in genes.GENES)
_FIRST = {g.loci[b].contig: min(g.loci[x].start for x in Build) for g in genes.GENES for b in Build}
_LAST = {g.loci[b].contig: max(g.loci[x].end for x in Build) for g in genes.GENES for b in Build}
_AFTER_TP53 = frozenset({"18", "19", "20", "21", "22", "X", "Y"})
# A list this long without one record from chromosome 17 on: by chance below one in a million
# (chromosomes 17 to Y hold over an eighth of the genome: 0.87 ** 100).
_LONG_LIST = 100
# Below this many columns a line cannot be a VCF record.
_MIN_COLUMNS = 8


@dataclass
class Located:
    """Header lines and the raw lines that touch a gene on any build, in file order."""

    header: list[tuple[int, str]]
    lines: list[Numbered]
    total: int | None = None
    small_variants: bool = False
    furthest: int = 0  # last position seen on chromosome 17; past its end where a later chromosome was seen
    way: str = "every line read"
    note: str | None = None

    def reaches(self, position: int) -> bool:
        """Whether the list goes on to chromosome 17 ``position``, or is too short to tell."""
        return self.furthest >= position or (self.total or 0) < _LONG_LIST


def locate(file: SourceFile) -> Located:
    """The lines over the genes. Raises TruncatedFileError or MalformedFileError; never loses a line in silence."""
    if file.head()[:3] == b"BCF":
        return _scan(file, _decoded_bcf(file), way="every record decoded (BCF)")
    index, note = _fresh_index(file)
    if index is not None:
        located = _fetch(file, index)
        if located is not None:
            return located
        note = f"the index {index.name} did not answer for both genes: not used"
    located = _scan(file, file.text_lines(), way="every line read")
    located.note = note
    return located


def _scan(file: SourceFile, lines: Iterable[Numbered], way: str) -> Located:
    """Every line, split only as far as needed."""
    found = Located(header=[], lines=[], total=0, way=way)
    columns = 0
    contig_text, contig = "", ""
    for number, line in lines:
        if line.startswith("#"):
            found.header.append((number or 0, line))
            columns = line.count("\t") + 1
            continue
        if not line.strip():
            continue
        _check_columns(file, number, line, columns)
        found.total = (found.total or 0) + 1
        name, _, rest = line.partition("\t")
        if name != contig_text:
            contig_text, contig = name, genes.contig_name(name)
            if contig in _AFTER_TP53:
                found.furthest = 1 << 40
        if not found.small_variants:
            found.small_variants = _line(file, number, line).is_literal
        if contig in _CONTIGS and _touches(file, contig, number, line, rest, found):
            found.lines.append((number, line))
    return found


def _touches(file: SourceFile, contig: str, number: int | None, line: str, rest: str, found: Located) -> bool:
    """Whether a line of the right chromosome reaches into a gene on any build."""
    text = rest.partition("\t")[0]
    if not text.isdigit():
        return bool(_line(file, number, line).pos)  # raises with the line
    pos = int(text)
    if contig == genes.TP53.loci[Build.GRCH38].contig:
        found.furthest = max(found.furthest, pos)
    if pos > _LAST[contig] + 1:
        return False
    record = _line(file, number, line)
    # a symbolic record that starts right before the gene states its padding base
    return genes.in_windows(contig, pos, max(record.end, pos))


def _line(file: SourceFile, number: int | None, line: str) -> VcfLine:
    return VcfLine(file, number, tuple(line.split("\t")), None)


def _check_columns(file: SourceFile, number: int | None, line: str, columns: int) -> None:
    found = line.count("\t") + 1
    if found != columns or found < _MIN_COLUMNS:
        raise MalformedFileError(
            f"has {found} columns where the #CHROM line has {columns}",
            where=f"{file.name} line {number}",
            remedy="the line may be cut or edited by hand; make or copy the file again",
        )


def _fresh_index(file: SourceFile) -> tuple[Path | None, str | None]:
    """The index beside a BGZF file, if it is not older than the file."""
    if file.packing != "bgzf":
        return None, None
    for suffix in (".tbi", ".csi"):
        index = file.path.with_name(file.path.name + suffix)
        if index.is_file():
            if index.stat().st_mtime_ns >= file.path.stat().st_mtime_ns:
                return index, None
            return None, f"the index {index.name} is older than the file: not used"
    return None, None


def _fetch(file: SourceFile, index: Path) -> Located | None:
    """Lines by index, from the start of each chromosome to the gene's end; ``None`` where that proves too little.

    From the start, because an index does not know how far every symbolic record reaches.
    """
    import pysam

    file.check_complete()
    verbosity = pysam.set_verbosity(0)
    try:
        with pysam.TabixFile(str(file.path), index=str(index), encoding="utf-8") as tabix:
            header = list(enumerate(tabix.header, start=1))
            found = Located(header=header, lines=[], way=f"by index {index.name}")
            columns = header[-1][1].count("\t") + 1 if header else 0
            names = {genes.contig_name(name): name for name in tabix.contigs}
            if _AFTER_TP53 & names.keys():
                found.furthest = 1 << 40
            for contig in sorted(_CONTIGS & names.keys()):
                for line in tabix.fetch(names[contig], 0, _LAST[contig] + 1):
                    _check_columns(file, None, line, columns)
                    found.small_variants = found.small_variants or _line(file, None, line).is_literal
                    if _touches(file, contig, None, line, line.partition("\t")[2], found):
                        found.lines.append((None, line))
    except (OSError, ValueError):
        return None
    finally:
        pysam.set_verbosity(verbosity)
    proven = found.small_variants and found.furthest >= _FIRST["17"]
    return found if proven else None


def _decoded_bcf(file: SourceFile) -> Iterator[Numbered]:
    """Header and records of a BCF as VCF text. Raises TruncatedFileError where cyvcf2 gives fewer than there are."""
    import cyvcf2

    file.check_complete()
    there = _count_bcf_records(file)
    reader = cyvcf2.VCF(str(file.path))
    yield from enumerate(reader.raw_header.splitlines(), start=1)
    given = 0
    for variant in reader:
        given += 1
        yield None, str(variant).rstrip("\n")
    if given != there:
        raise TruncatedFileError(
            f"only {given} of {there} records could be decoded",
            where=file.name,
            remedy="convert it with 'bcftools view -Ov' and pass the VCF; bcftools will name the faulty record",
        )


def _count_bcf_records(file: SourceFile) -> int:
    """Records by walking their lengths (BCF2, VCF specification section 6.3)."""
    with file.unpacked() as stream:
        stream.read(5)
        stream.read(struct.unpack("<I", stream.read(4))[0])
        count = 0
        while lengths := stream.read(8):
            if len(lengths) < 8:
                raise _cut_bcf(file)
            size = sum(struct.unpack("<II", lengths))
            if len(stream.read(size)) < size:
                raise _cut_bcf(file)
            count += 1
    return count


def _cut_bcf(file: SourceFile) -> TruncatedFileError:
    return TruncatedFileError(
        "the last record is incomplete", where=file.name, remedy="copy the file again from where it was made"
    )
