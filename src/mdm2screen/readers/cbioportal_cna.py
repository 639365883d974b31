"""cBioPortal copy-number matrices: ``data_cna.txt``, ``data_log2_cna.txt``, ``data_linear_cna.txt``; wide or long.

Documented at https://docs.cbioportal.org/file-formats/#discrete-copy-number-data. Whole levels from -2 to 2 (and
-1.5) are labels: GISTIC, a panel's fold change and a report's word all become 2, so a level never meets a number. A
table of other numbers has the same shape whether it is log2 or linear; the scale stands in its meta file alone, so it
must be stated. What the table was made from, and whether that had been corrected for purity, is not in it either.
"""

import re

from mdm2screen.errors import ScaleError
from mdm2screen.readers import gene_matrix, matrix_scale, named_genes
from mdm2screen.readers.contract import Absence, CnScale, Format, Gathering, Head, Options
from mdm2screen.readers.gene_matrix import Cell
from mdm2screen.readers.seg_scale import SCALES, in_scale
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, header, rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, SegmentRecord

FORMAT = Format(
    name="cbioportal-cna",
    title="cBioPortal copy-number matrix (data_cna.txt and its like)",
    answers="a level without a number (-2 to 2); with --cn-scale a number of unknown correction",
    cannot="how many copies stand behind a level; its scale; TP53 mutations",
    silence="the gene is not on the panel, or the sample was not profiled for copy number",
    absence=Absence.NOT_ASSAYED,
    documented="https://docs.cbioportal.org/file-formats/#discrete-copy-number-data",
    takes_scale=True,
)

_WIDE = frozenset({"hugo_symbol", "entrez_gene_id", "cytoband"})
_LONG = frozenset({"hugo_symbol", "sample_id", "value"})
_NUMBER = re.compile(r"[-+]?\d*\.?\d+([eE][-+]?\d+)?")


def sniff(head: Head) -> bool:
    """Whether genes stand in the first column and every other field of the first row is a number or missing."""
    if set(head.columns) >= _LONG:
        return len(head.columns) <= 5
    if head.columns[:1] != ("hugo_symbol",):
        return False
    described = sum(name in _WIDE for name in head.columns)
    values = gene_matrix.first_row(head)[described:]
    return bool(values) and all(token in MISSING or _NUMBER.fullmatch(token) for token in values)


def read(file: SourceFile, options: Options) -> FileContent:
    """Both genes in one sample. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    found, tokens = _long(gathering) if set(header(file)) >= _LONG else gene_matrix.cells(gathering, _WIDE)
    scale = options.cn_scale
    if scale is not None and all(map(matrix_scale.is_level, tokens)):
        gathering.notes.append(f"holds levels from -2 to 2 alone: --cn-scale {scale} does not make them numbers")
        scale = None
    if scale is not None:
        matrix_scale.check(tokens, scale, file, gathering.sample)
    gathering.segments += [_segment(cell, scale, gathering.sample) for cell in found]
    return gathering.finish(needs_build=False, copy_number=True)


def _segment(cell: Cell, stated: CnScale | None, sample: str | None) -> SegmentRecord:
    if stated is not None:
        scale, reference = SCALES[stated]
        value = in_scale(cell.row.number(cell.symbol), stated)
        return gene_matrix.measured(cell, value, scale, reference, "cBioPortal", sample)
    if matrix_scale.is_level(cell.token):
        return gene_matrix.label(cell, "cBioPortal", sample)
    raise ScaleError(
        f"{cell.symbol} is {cell.token}: no level, and nothing tells whether it is log2 or linear",
        where=f"{cell.row.file} line {cell.row.line}",
        remedy="look into the meta file of this table and say so: --cn-scale log2, ratio or copies",
    )


def _long(gathering: Gathering) -> tuple[list[Cell], list[str]]:
    """Cells of a table with one row for each gene and sample, and what stands in the sample's rows of any gene."""
    file = gathering.file
    gathering.sample = choose_table_sample((row.text("sample_id") for row in rows(file)), file, gathering.options)
    found, tokens = [], []
    total = 0
    for row in rows(file):
        total += 1
        symbol, token = row.text("hugo_symbol"), row.text("value")
        own = row.text("sample_id") == gathering.sample
        tokens += [token] if own else []
        if not named_genes.is_ours(symbol, gathering.options):
            continue
        source = file.source(row.line, symbol)
        if own:
            found.append(Cell(symbol, token, row._replace(fields={symbol: token}), source))
        else:
            named_genes.drop(gathering, symbol, source, "another sample")
    gathering.total = total
    return found, tokens
