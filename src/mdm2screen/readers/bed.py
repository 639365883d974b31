"""Panel or target BED, and Picard interval lists: what an assay was designed to cover.

BED is 0-based and half-open (UCSC), an interval list (``@`` header) 1-based and closed. A line of twelve columns
covers its blocks, not what lies between them. A target says nothing of the depth reached.
"""

import re
from collections.abc import Iterator

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import BuildClaim, FileContent, Region, Source

FORMAT = Format(
    name="bed",
    title="panel or target BED",
    answers="which bases of TP53 the assay was designed to cover",
    silence="a base outside every region was not assayed",
    documented="UCSC genome browser FAQ, BED; Picard interval_list",
)

_COMMENTS = ("#", "track", "browser", "@")
_SNIFFED_LINES = 50
_MAX_COLUMNS = 12
# The header of mosdepth's threshold table: counts of bases, not targets.
_DEPTH_COLUMN = re.compile(r"\t\d+X\b")
# States of coverage and bins between targets, in tables that go over every base: none of them is a design.
_NOT_TARGETS = frozenset(
    {"no_coverage", "low_coverage", "excessive_coverage", "poor_mapping_quality", "ref_n", "antitarget", "background"}
)
_NUMBER_LIST = re.compile(r"\d+(,\d+)*,?")
_DEPTH_RANGE = re.compile(r"\d+:(\d+|inf)?")
# Tables of other producers that also begin contig, start, end.
_FOREIGN_WORDS = frozenset({"gain", "loss", "neutral", "deletion", "duplication"})


def sniff(head: Head) -> bool:
    """No header line, and contig, start and end in the first three columns; a table of depth is another format."""
    data = [line for line in head.lines if line.strip() and not line.startswith(_COMMENTS)][:_SNIFFED_LINES]
    split = [line.split() for line in data]
    first = head.lines[0] if head.lines else ""
    if not split or first.startswith(("##fileformat", "#CHROM")) or _DEPTH_COLUMN.search(first):
        return False
    if depth_rows.kind(head) is not None:
        return False
    if all(len(tokens) == 2 and tokens[1].isdigit() for tokens in split):
        return True  # only to be refused with a reason: a BED that lost its third column
    return _is_region(split[0]) and all(_is_region(tokens) or len(tokens) < 3 for tokens in split)


def _is_region(tokens: list[str]) -> bool:
    """Whether a line reads as a region; a shorter one behind such a line is a fault of this BED, told with its line."""
    return (
        3 <= len(tokens) <= _MAX_COLUMNS
        and tokens[1].isdigit()
        and tokens[2].isdigit()
        and not _FOREIGN_WORDS & {token.lower() for token in tokens[3:5]}
    )


def read(file: SourceFile, options: Options) -> FileContent:
    """Regions over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    regions = []
    named = []
    only_numbers = True
    tiling = depth_rows.Tiling()
    for number, tokens, start, end in _rows(file, gathering):
        gathering.total = (gathering.total or 0) + 1
        contig = genes.contig_name(tokens[0])
        source = file.source(number, f"{tokens[0]}:{start}-{end}")
        tiling.add(number, contig, start - 1, end)
        only_numbers = only_numbers and len(tokens) > 3 and _is_depth(tokens)
        _refuse_coverage(tokens, source)
        gathering.claims += builds.claims_of_extent(contig, end, source)
        named += [(s, contig, start, end, source) for s in re.split(r"[^A-Za-z0-9]+", " ".join(tokens[3:]))]
        for first, last in _blocks(tokens, start, end, source):
            if genes.in_windows(contig, first, last):
                regions.append(Region(contig=contig, start=first, end=last))
    if only_numbers and gathering.total:
        raise MalformedFileError(
            "the last column is a number on every line: this is a table of depths, not of targets",
            where=file.name,
            remedy="pass the BED of the panel's targets as --assay",
        )
    if tiling.gap is None and tiling.from_zero and tiling.rows > len(tiling.contigs):
        raise MalformedFileError(
            "each row begins where the one before ends, from the first base of each chromosome on: the table goes over "
            "every base, so it lists states or windows, not targets",
            where=file.name,
            remedy="pass the BED of the panel's targets as --assay, or --assay wgs for a whole genome",
        )
    gathering.claims += builds.claims_of_gene_rows(named)
    return gathering.finish(regions=regions)


def _refuse_coverage(tokens: list[str], source: Source) -> None:
    """Raise MalformedFileError where the fourth column is a state of coverage (GATK CallableLoci, mosdepth, CNVkit)."""
    if len(tokens) > 3 and (tokens[3].lower() in _NOT_TARGETS or _DEPTH_RANGE.fullmatch(tokens[3])):
        raise MalformedFileError(
            f"the fourth column says {tokens[3]}: this is a table of coverage or of bins, not of targets",
            where=str(source),
            remedy="pass the BED of the panel's targets as --assay",
        )


def _blocks(tokens: list[str], start: int, end: int, source: Source) -> list[tuple[int, int]]:
    """First and last base of each block of a line of twelve columns; the whole region for any other line."""
    if len(tokens) < _MAX_COLUMNS or not all(map(_NUMBER_LIST.fullmatch, tokens[9:])):
        return [(start, end)]
    sizes, offsets = ([int(x) for x in column.split(",") if x] for column in tokens[10:])
    blocks = [(start + offset, start + offset + size - 1) for size, offset in zip(sizes, offsets, strict=False)]
    if tokens[9] != str(len(blocks)) or len(sizes) != len(offsets) or any(last > end for _, last in blocks):
        raise MalformedFileError(
            "columns 10 to 12, the blocks of the region, do not fit together",
            where=str(source),
            remedy="check the line",
        )
    return blocks


def _rows(file: SourceFile, gathering: Gathering) -> Iterator[tuple[int, list[str], int, int]]:
    """Line number, fields, first and last base (1-based closed) of each region."""
    first_offset = 1
    for number, line in file.text_lines():
        if line.startswith("@"):
            first_offset = 0
            gathering.claims += _claims_of_header(line, file.source(number))
        if not line.strip() or line.startswith(_COMMENTS):
            continue
        tokens = line.split("\t") if "\t" in line else line.split()
        if len(tokens) < 3 or not (tokens[1].isdigit() and tokens[2].isdigit()):
            raise MalformedFileError(
                "a BED line needs contig, start and end",
                where=f"{file.name} line {number}",
                remedy="check the line; columns are separated by tabs",
            )
        start, end = int(tokens[1]) + first_offset, int(tokens[2])
        if end < start:
            raise MalformedFileError(
                f"the region ends ({end}) before it starts ({start})",
                where=f"{file.name} line {number}",
                remedy="check the line",
            )
        yield number, tokens, start, end


def _claims_of_header(line: str, source: Source) -> list[BuildClaim]:
    """What an ``@SQ`` line of an interval list says of the build."""
    fields = dict(field.split(":", 1) for field in line.split("\t")[1:] if ":" in field)
    length = fields.get("LN", "")
    return builds.claims_of_contig(fields.get("SN", ""), int(length) if length.isdigit() else None, source)


def _is_depth(tokens: list[str]) -> bool:
    """Whether the last columns read as a depth.

    A fourth that is a number, a fifth with decimals (mosdepth), or a position within the region and a depth, with or
    without a name before them (``bedtools coverage -d``).
    """
    try:
        float(tokens[-1])
    except ValueError:
        return False
    of_positions = len(tokens) in (5, 6) and tokens[-1].isdigit() and tokens[-2].isdigit()
    return len(tokens) == 4 or (len(tokens) == 5 and "." in tokens[-1]) or of_positions
