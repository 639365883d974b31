"""GISTIC by genes: ``all_thresholded.by_genes.txt`` and ``all_data_by_genes.txt``.

Documented at https://github.com/broadinstitute/gistic2. The first holds levels from -2 to 2; the cut behind a 2
differs from sample to sample, so a level never is a number. The second holds copies minus two (it is no log2,
whatever is said of it), made of log2 ratios that GISTIC takes as it finds them: to two copies or to the sample's own
middle, corrected for normal cells (as those of TCGA's pan-cancer study) or not. They are cut off at log2 1.5 by
default: 3.657 means 3.657 or more.
"""

import re

from mdm2screen.readers import gene_matrix
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING
from mdm2screen.records import FileContent, Reference, Scale

FORMAT = Format(
    name="gistic",
    title="GISTIC by genes (all_data_by_genes, all_thresholded.by_genes)",
    answers="least copies of both genes, up to 5.66 (all_data); a level without a number (all_thresholded)",
    cannot="how many copies beyond the cap; any number behind a level; TP53 mutations",
    silence="GISTIC writes every gene: the file was cut down",
    absence=Absence.CUT_DOWN,
    documented="https://github.com/broadinstitute/gistic2",
)

CAP = 2**2.5 - 2
"""Highest value GISTIC writes by default: ``cap`` 1.5 on the log2 scale, turned into copies minus two."""

_PLACE = frozenset({"gene_symbol", "gene_id", "locus_id", "cytoband"})
_LEVEL = re.compile(r"-?[0-2]")
_DIGITS = 0.001  # the file prints three decimals


def sniff(head: Head) -> bool:
    """Whether the header begins with gene, its number and its band."""
    return head.columns[:1] == ("gene_symbol",) and "cytoband" in head.columns[:4]


def read(file: SourceFile, options: Options) -> FileContent:
    """Both genes in one sample. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    for cell in gene_matrix.cells(gathering, _PLACE)[0]:
        if _LEVEL.fullmatch(cell.token) or cell.token in MISSING:
            gathering.segments.append(gene_matrix.label(cell, "GISTIC", gathering.sample))
            continue
        above_two = cell.row.number(cell.symbol)
        copies = None if above_two is None else max(0.0, above_two + 2)
        segment = gene_matrix.measured(
            cell, copies, Scale.OBSERVED_COPIES, Reference.UNKNOWN, "GISTIC", gathering.sample
        )
        capped = above_two is not None and above_two >= CAP - _DIGITS
        gathering.segments.append(segment.model_copy(update={"at_least": capped}))
    return gathering.finish(needs_build=False, copy_number=True)
