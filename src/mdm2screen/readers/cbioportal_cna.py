"""cBioPortal copy-number matrices: ``data_cna.txt``, ``data_log2_cna.txt``, ``data_linear_cna.txt``; wide or long.

Documented at https://docs.cbioportal.org/file-formats/#discrete-copy-number-data. Whole levels from -2 to 2 (and
-1.5) are labels: GISTIC, a panel's fold change and a report's word all become 2, so a level never meets a number. A
table of other numbers has the same shape whether it is log2 or linear; the scale stands in its meta file alone, so it
must be stated.
"""

import math
import re

from mdm2screen.errors import ScaleError
from mdm2screen.readers import gene_matrix, named_genes
from mdm2screen.readers.contract import Absence, CnScale, Format, Gathering, Head, Options
from mdm2screen.readers.gene_matrix import Cell
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, header, rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, Reference, Scale

FORMAT = Format(
    name="cbioportal-cna",
    title="cBioPortal copy-number matrix (data_cna.txt and its like)",
    answers="a level without a number (-2 to 2); with --cn-scale a number that is not corrected for purity",
    cannot="how many copies stand behind a level; its scale; TP53 mutations",
    silence="the gene is not on the panel, or the sample was not profiled for copy number",
    absence=Absence.NOT_ASSAYED,
    documented="https://docs.cbioportal.org/file-formats/#discrete-copy-number-data",
    takes_scale=True,
)

_WIDE = frozenset({"hugo_symbol", "entrez_gene_id", "cytoband"})
_LONG = frozenset({"hugo_symbol", "sample_id", "value"})
_LEVEL = re.compile(r"-?[0-2](\.0)?|-1\.5")
_NUMBER = re.compile(r"[-+]?\d*\.?\d+([eE][-+]?\d+)?")
_SCALES = {
    CnScale.LOG2: (Scale.LOG2_RATIO, Reference.UNKNOWN),
    CnScale.LOG10: (Scale.LOG2_RATIO, Reference.UNKNOWN),
    CnScale.RATIO: (Scale.LINEAR_RATIO, Reference.UNKNOWN),
    CnScale.COPIES: (Scale.OBSERVED_COPIES, Reference.DIPLOID),
}


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
    found = _long(gathering) if set(header(file)) >= _LONG else list(gene_matrix.cells(gathering, _WIDE))
    for cell in found:
        if options.cn_scale is None and (cell.token in MISSING or _LEVEL.fullmatch(cell.token)):
            gathering.segments.append(gene_matrix.label(cell, "cBioPortal", gathering.sample))
            continue
        if options.cn_scale is None:
            raise ScaleError(
                f"{cell.symbol} is {cell.token}: no level, and nothing tells whether it is log2 or linear",
                where=f"{file.name} line {cell.row.line}",
                remedy="look into the meta file of this table and say so: --cn-scale log2, ratio or copies",
            )
        scale, reference = _SCALES[options.cn_scale]
        value = cell.row.number(cell.symbol)
        if value is not None and options.cn_scale is CnScale.LOG10:
            value /= math.log10(2)
        gathering.segments.append(gene_matrix.measured(cell, value, scale, reference, "cBioPortal", gathering.sample))
    return gathering.finish(needs_build=False, copy_number=True)


def _long(gathering: Gathering) -> list[Cell]:
    """Cells of a table with one row for each gene and sample."""
    file = gathering.file
    gathering.sample = choose_table_sample((row.text("sample_id") for row in rows(file)), file, gathering.options)
    found = []
    total = 0
    for row in rows(file):
        total += 1
        symbol = row.text("hugo_symbol")
        if not named_genes.is_ours(symbol):
            continue
        source = file.source(row.line, symbol)
        if row.text("sample_id") != gathering.sample:
            named_genes.drop(gathering, symbol, source, "another sample")
            continue
        found.append(Cell(symbol, row.text("value"), row._replace(fields={symbol: row.text("value")}), source))
    gathering.total = total
    return found
