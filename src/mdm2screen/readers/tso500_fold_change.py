"""Illumina TSO 500 ctDNA: the table of fold changes by gene, ``*.cnv.fc.txt``.

No public specification; an example stands at https://github.com/FNL-MoCha/moma (test/tso500). The header is
``Sample Gene Status FoldChange``; ``Status`` is ``DUP`` or ``DEL``. The fold change is a linear ratio to two copies, as
in Illumina's other copy-number files, not corrected for normal cells, without ceiling. Tumor DNA may be a small part
of what is in plasma, so a gain is only the least that it can be; a called loss is below two copies at every tumor
fraction. Genes that were not called altered have no row.
"""

from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, PurityState, Scale, Specimen

FORMAT = Format(
    name="tso500-fold-change",
    title="Illumina TSO 500 ctDNA fold changes (.cnv.fc.txt)",
    answers="MDM2 and TP53 as uncorrected fold change where they are called altered",
    cannot="a gain that is small for lack of tumor DNA",
    silence="genes that were not called altered have no row: neutral, weakly altered or not measured",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/FNL-MoCha/moma, test/tso500",
)

_COLUMNS = frozenset({"sample", "gene", "status", "foldchange"})


def sniff(head: Head) -> bool:
    """Whether the header names sample, gene, status and fold change, and no place."""
    names = set(head.columns)
    return names >= _COLUMNS and names.isdisjoint({"chromosome", "chrom", "start"})


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows of one sample that name the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT, specimen=Specimen.PLASMA)
    gathering.sample = choose_table_sample((row.text("sample") for row in rows(file)), file, options)
    total = 0
    for row in rows(file):
        total += 1
        symbol, status = row.text("gene"), row.text("status").upper()
        if not named_genes.is_ours(symbol, options):
            continue
        source = file.source(row.line, symbol)
        if row.text("sample") != gathering.sample:
            named_genes.drop(gathering, symbol, source, "another sample")
            continue
        gathering.segments.append(
            named_genes.segment(
                symbol,
                source,
                row.number("foldchange"),
                Scale.LINEAR_RATIO,
                PurityState.UNCORRECTED,
                "TSO 500 ctDNA",
                label=None if status in MISSING else status,
                at_least=status != "DEL",
                sample=gathering.sample,
            )
        )
    gathering.total = total
    return gathering.finish(needs_build=False, copy_number=True)
