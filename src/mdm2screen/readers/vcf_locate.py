"""Finding the raw VCF lines over the genes. How a line is read is not decided here.

Ways, in order: an index that proves to be the file's own; else every line of the file. BCF is decoded by cyvcf2, and
the records it gives are counted against the file's own. No library judges completeness: pysam and cyvcf2 were both
seen to lose records in silence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers import vcf_bcf, vcf_index
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build

Numbered = tuple[int | None, str]

_MDM2, _TP53 = (gene.loci[Build.GRCH38].contig for gene in genes.GENES)
_CONTIGS = frozenset({_MDM2, _TP53})
_LAST = {g.loci[Build.GRCH38].contig: max(locus.end for locus in g.loci.values()) for g in genes.GENES}
_KNOWN = frozenset({*genes.CHROMOSOME_LENGTHS[Build.GRCH38], "MT"})
_AFTER_TP53 = frozenset({"18", "19", "20", "21", "22", "X", "Y"})
_PAST_THE_END = 1 << 40
# A list this long without one record after TP53: by chance below one in a million
# (what follows TP53 holds over an eighth of the genome: 0.87 ** 100).
_LONG_LIST = 100
# And one that lies on a single chromosome: the longest holds a twelfth of the genome, 0.083 ** 19.
_MANY_ON_ONE = 20
# Below this many columns a line cannot be a VCF record.
_MIN_COLUMNS = 8
# A header that declares one of these may hold a record of another chromosome that reaches into TP53.
_REARRANGEMENTS = re.compile(r"##(INFO=<ID=(SVTYPE|CHR2|MATEID)|ALT=<ID=(BND|TRA|CTX))\b")
# Where VCF dialects write copy number (see vcf_copy_number).
_COPY_KEYS = frozenset({"CN", "SM", "FC"})
_COPY_ALLELES = ("<DEL", "<DUP", "<CN", "<LOSS", "<GAIN", "<AMP", "<LOH")
_COPY_INFO = re.compile(r"(^|;)(CN|FOLD_CHANGE_LOG|RAW_CN)=")
_CONTIG_LINE = re.compile(r"##contig=<(?:.*,)?ID=([^,>]+)")


@dataclass
class Located:
    """Header lines and the raw lines that touch a gene on any build, in file order.

    Of ``further`` genes only records of copy number are wanted.
    """

    further: tuple[genes.Locus, ...] = ()
    header: list[tuple[int, str]] = field(default_factory=list)
    lines: list[Numbered] = field(default_factory=list)
    total: int | None = 0
    small_variants: bool = False
    contigs: set[str] = field(default_factory=set)
    furthest: int = 0  # last position seen on chromosome 17; past its end where a later chromosome was seen
    ended: bool = True  # whether the last line has its line end
    way: str = "every line read"
    note: str | None = None

    @property
    def reaches_tp53(self) -> bool:
        """Whether the list goes on beyond TP53, or is too short to tell and ends as a file should."""
        total = self.total or 0
        if total >= _MANY_ON_ONE and len(self.contigs) == 1 and _TP53 not in self.contigs:
            return False
        return self.furthest > _LAST[_TP53] or (total < _LONG_LIST and self.ended)

    @cached_property
    def further_contigs(self) -> frozenset[str]:
        """The chromosomes of the further genes."""
        return frozenset(locus.contig for gene in self.further for locus in gene.loci.values())

    @property
    def columns(self) -> int:
        """Columns of the last header line."""
        return self.header[-1][1].count("\t") + 1 if self.header else 0

    def follows_tp53(self, contig: str) -> bool:
        """Whether a chromosome comes after TP53, by its name and by the order in which the header declares them."""
        place = self._declared.get(contig)
        return contig in _AFTER_TP53 and (place is None or place > self._declared.get(_TP53, -1))

    @cached_property
    def _declared(self) -> dict[str, int]:
        """Where the header declares each chromosome; asked for once the header is complete."""
        matches = (_CONTIG_LINE.match(line) for _, line in self.header)
        return {genes.contig_name(match[1]): place for place, match in enumerate(matches) if match}


def locate(file: SourceFile, asked: tuple[genes.Locus, ...] = genes.GENES) -> Located:
    """The lines over the genes. Raises TruncatedFileError or MalformedFileError; never loses a line in silence."""
    further = tuple(gene for gene in asked if gene not in genes.GENES)
    if file.head()[:3] == b"BCF":
        return _scan(file, vcf_bcf.lines(file), Located(way="every record decoded (BCF)", further=further))
    index, note = _fresh_index(file)
    if index is not None:
        try:
            return _by_index(file, index, further)
        except vcf_index.UnusableIndexError as exc:
            note = f"the index {index.name} was not used: {exc}"
    return _scan(file, file.text_lines(), Located(note=note, further=further))


def _scan(file: SourceFile, lines: Iterable[Numbered], found: Located) -> Located:
    """Every line, split only as far as needed."""
    contig_text, contig, line = "", "", ""
    known = False
    columns = 0
    for number, line in lines:
        if line.startswith("#"):
            _add_header(file, number, line, found)
            columns = found.columns
            continue
        if not line.strip():
            continue
        _check_columns(file, number, line, columns)
        found.total = (found.total or 0) + 1
        name = line.partition("\t")[0]
        if name != contig_text:
            contig_text, contig = name, genes.contig_name(name)
            known = known or contig in _KNOWN
            found.contigs.add(contig)
            if found.follows_tp53(contig):
                found.furthest = _PAST_THE_END
        if not found.small_variants:
            found.small_variants = _line(file, number, line).is_literal
        if _is_wanted(file, number, line, contig, found):
            found.lines.append((number, line))
    found.ended = file.ends_with_newline()
    if not found.ended and found.lines and found.lines[-1][1] == line:
        _check_last(file, *found.lines[-1])
    if found.total and not known:
        raise MalformedFileError(
            "no record lies on a chromosome under a name that is known here",
            where=file.name,
            remedy="rename the chromosomes to chr1 ... chrY (bcftools annotate --rename-chrs)",
        )
    return found


def _is_wanted(file: SourceFile, number: int | None, line: str, contig: str, found: Located) -> bool:
    """Whether a line speaks of a gene; it is split only where it may."""
    # only a line with one of these marks can speak of another place than its own
    marked = "[" in line or "]" in line or "CHR2=" in line
    if (contig in _CONTIGS or marked) and _touches(_line(file, number, line), contig, found, marked=marked):
        return True
    return contig in found.further_contigs and _is_of_further(file, number, line, found)


def _touches(record: VcfLine, contig: str, found: Located, *, marked: bool) -> bool:
    """Whether a record speaks of a base of either gene on any build."""
    if contig == _TP53:
        found.furthest = max(found.furthest, record.pos)
    if contig == _MDM2 and _has_copies(record):
        return True
    if contig in _CONTIGS and record.pos <= _LAST[contig]:
        return any(genes.in_windows(*place) for place in record.places)
    return marked and any(genes.in_windows(*place) for place in record.mates)


def _is_of_further(file: SourceFile, number: int | None, line: str, found: Located) -> bool:
    """Whether a record speaks of the copies of a further gene; lines with a spelled allele are split no further."""
    if not line.split("\t", 5)[4].startswith((".", "<")):
        return False
    record = _line(file, number, line)
    speaks = record.fields[4].startswith(_COPY_ALLELES) or _has_copies(record)
    return speaks and any(genes.in_windows(*place, found.further) for place in record.places)


def _has_copies(record: VcfLine) -> bool:
    """Whether a record may hold a copy number: the whole of MDM2's chromosome is context to MDM2."""
    alt, info, keys = record.fields[4], record.fields[7], "".join(record.fields[8:9]).split(":")
    symbolic = alt == "." or alt.startswith("<")
    return symbolic and (not _COPY_KEYS.isdisjoint(keys) or _COPY_INFO.search(info) is not None)


def _add_header(file: SourceFile, number: int | None, line: str, found: Located) -> None:
    if found.total:
        raise MalformedFileError(
            "a header line stands after the first record: files were joined end to end",
            where=f"{file.name} line {number}",
            remedy="join VCFs with 'bcftools concat', or pass each on its own",
        )
    found.header.append((number or 0, line))


def _check_last(file: SourceFile, number: int | None, line: str) -> None:
    """Raise TruncatedFileError where a last line over a gene, without line end, lacks fields of its last column.

    Cut within that column a line keeps all its columns: a genotype 0/1 may read 0, and 14 copies 1.
    """
    columns = line.split("\t")
    if len(columns) == _MIN_COLUMNS:
        return
    keys, sample = columns[_MIN_COLUMNS].split(":"), columns[-1].split(":")
    if len(sample) < len(keys) or (keys == ["GT"] and sample[0].isalnum()) or columns[4].startswith("<"):
        raise TruncatedFileError(
            "the last line has no line end and lacks fields, or may lack the end of its last number: the file is cut",
            where=f"{file.name} line {number}",
            remedy="copy the file again from where it was made; if it is whole, end its last line",
        )


def _line(file: SourceFile, number: int | None, line: str) -> VcfLine:
    return VcfLine(file, number, tuple(line.split("\t")), None)


def _check_columns(file: SourceFile, number: int | None, line: str, columns: int) -> None:
    found = line.count("\t") + 1
    if found != columns or found < _MIN_COLUMNS:
        where = f"{file.name} line {number}" if number else f"{file.name} ({':'.join(line.split()[:2])})"
        raise MalformedFileError(
            f"has {found} columns where the #CHROM line has {columns}",
            where=where,
            remedy="the line may be cut or edited by hand; make or copy the file again",
        )


def _fresh_index(file: SourceFile) -> tuple[Path | None, str | None]:
    """The index beside a BGZF file, if it is not older than the file."""
    if file.packing != "bgzf":
        return None, None
    note = None
    for suffix in (".tbi", ".csi"):
        index = file.path.with_name(file.path.name + suffix)
        if index.is_file():
            if index.stat().st_mtime_ns >= file.path.stat().st_mtime_ns:
                return index, None
            note = f"the index {index.name} was not used: it is older than the file"
    return None, note


def _by_index(file: SourceFile, index: Path, further: tuple[genes.Locus, ...]) -> Located:
    """Every line of the genes' chromosomes. Raises UnusableIndexError where that proves too little.

    All of them, because an index does not know how far every symbolic record reaches.
    """
    stretches = vcf_index.stretches(index, file)
    found = Located(way=f"by index {index.name}", further=further)
    header = _header_lines(file)
    if any(_REARRANGEMENTS.match(line) for _, line in header):
        raise vcf_index.UnusableIndexError("the header declares rearrangements, which may reach TP53 from anywhere")
    wanted = [one for one in stretches if genes.contig_name(one.contig) in _CONTIGS | found.further_contigs]
    records = ((None, line) for stretch in wanted for line in vcf_index.lines(file, index, stretch))
    _scan(file, (*header, *records), found)
    found.total = None
    if any(found.follows_tp53(genes.contig_name(one.contig)) for one in stretches):
        found.furthest = _PAST_THE_END
    if not found.small_variants or found.furthest <= _LAST[_TP53]:
        raise vcf_index.UnusableIndexError("the two chromosomes alone do not show that the list is whole")
    return found


def _header_lines(file: SourceFile) -> list[tuple[int, str]]:
    return list(takewhile(lambda numbered: numbered[1].startswith("#"), file.text_lines()))
