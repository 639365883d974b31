"""AmpliconClassifier gene list: ``*_gene_list.tsv``, genes on amplicons found by AmpliconArchitect.

Documented at https://github.com/AmpliconSuite/AmpliconClassifier. The table has no places. ``gene_cn`` is the highest
copy number of the feature the gene lies on, not corrected for purity, or ``unknown``: no number for the gene's lowest
part, so it is shown and decides nothing. ``feature`` says what the amplicon is (ecDNA, BFB, linear ...). Only
amplicons are listed.
"""

from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, PurityState, Scale

FORMAT = Format(
    name="amplicon-genes",
    title="AmpliconClassifier gene list (gene_list.tsv)",
    answers="that a gene lies on an amplicon, and of which class (ecDNA, BFB, linear); no copy number of its own",
    cannot="how many copies; that a gene is neutral; TP53 mutations",
    silence="amplicons grow from seeds of high copy number alone: no row is no evidence of two copies",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/AmpliconSuite/AmpliconClassifier",
)

_COLUMNS = frozenset({"sample_name", "amplicon_number", "feature", "gene", "gene_cn"})


def sniff(head: Head) -> bool:
    """Whether the header names amplicon, feature and gene."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows that name the genes, as labels. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    gathering.sample = choose_table_sample((row.text("sample_name") for row in rows(file)), file, options)
    total = 0
    for row in rows(file):
        total += 1
        symbol = row.text("gene")
        if not named_genes.is_ours(symbol, options):
            continue
        source = file.source(row.line, symbol)
        if row.text("sample_name") != gathering.sample:
            named_genes.drop(gathering, symbol, source, "another sample")
            continue
        words = f"{row.text('feature')} (at most {row.text('gene_cn')} copies, not corrected)"
        segment = named_genes.segment(
            symbol,
            source,
            None,
            Scale.LABEL,
            PurityState.UNCORRECTED,
            "AmpliconClassifier",
            label=words,
            sample=gathering.sample,
        )
        gathering.segments.append(segment.model_copy(update={"ecdna": row.text("feature")}))
    gathering.total = total
    return gathering.finish(needs_build=False, copy_number=True)
