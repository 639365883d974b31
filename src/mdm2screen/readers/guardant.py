"""Guardant360 report: the sheets ``CNAs``, ``SNV`` and ``Indels`` of its workbook, each saved as text (tabs or commas).

No public specification; the columns are those that https://github.com/mizomizo1/OncoUnify (load_guardant.py) reads.
``copy_number`` is copies in plasma relative to two, tumor and normal DNA together, not corrected: at a tumor fraction
of 1% a gain of 12 copies reads 2.1. So it is the least that a tumor cell can have, and never says that a gene is not
amplified. Only genes with a called alteration have a row. Small variants stand with a position but without a stated
build or strand, and are kept by name.
"""

from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options, is_comment
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row, Shape, csv_columns, delimiter, rows
from mdm2screen.records import FileContent, PurityState, ReportedVariant, Scale, Specimen

FORMAT = Format(
    name="guardant",
    title="Guardant360 sheet CNAs, SNV or Indels, saved as text",
    answers="MDM2 in plasma as the least it can be; TP53 variants by name, which go to review",
    cannot="that MDM2 is not amplified, or TP53 wild-type",
    silence="only called alterations have a row, and plasma may hold too little tumor DNA to show one",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/mizomizo1/OncoUnify, load_guardant.py",
)

_CNAS = frozenset({"gene", "chrom", "copy_number"})
_SMALL = frozenset({"gene", "chrom", "position", "mut_nt"})
_PLACES = frozenset({"start", "end", "chromstart", "chromend", "stop"})


def sniff(head: Head) -> bool:
    """Whether the header names the columns of one of the sheets, and no stretch of a chromosome."""
    names = set(_columns(_header(head)))
    return (names >= _CNAS or names >= _SMALL) and names.isdisjoint(_PLACES)


def read(file: SourceFile, options: Options) -> FileContent:
    """Copy number, or TP53 variants by name. Raises InputError."""
    gathering = Gathering(file, options, FORMAT, specimen=Specimen.PLASMA)
    line = _header(Head(file.name, file.head()))
    copy_number = set(_columns(line)) >= _CNAS
    total = 0
    for row in rows(file, Shape(delimiter(line))):
        total += row.text("gene") not in MISSING
        if named_genes.is_ours(row.text("gene"), options):
            (_copy_number if copy_number else _small_variant)(row, gathering)
    gathering.total = total
    return gathering.finish(needs_build=False, copy_number=copy_number)


def _header(head: Head) -> str:
    return next((line for line in head.lines if not is_comment(line)), "")


def _columns(line: str) -> tuple[str, ...]:
    line = line.rstrip("\t ,\r")
    return csv_columns(line, Shape(delimiter(line)))


def _copy_number(row: Row, gathering: Gathering) -> None:
    symbol = row.text("gene")
    gathering.segments.append(
        named_genes.segment(
            symbol,
            gathering.file.source(row.line, symbol),
            row.number("copy_number"),
            Scale.OBSERVED_COPIES,
            PurityState.UNCORRECTED,
            "Guardant",
            label="plasma: at least this",
            at_least=True,
        )
    )


def _small_variant(row: Row, gathering: Gathering) -> None:
    symbol = row.text("gene")
    place = f"{row.text('chrom')}:{row.text('position')} {row.text('mut_nt')}"
    source = gathering.file.source(row.line, place)
    if symbol != named_genes.TP53:
        named_genes.drop(gathering, symbol, source, named_genes.of_no_criterion(symbol))
        return
    coding, protein = row.text("cdna"), row.text("mut_aa")
    names = [name for name in (protein, coding, row.text("type")) if name not in MISSING]
    gathering.reported.append(
        ReportedVariant(
            gene=symbol,
            words=" ".join(names) or place,
            source=source,
            hgvs_c=None if coding in MISSING else coding,
            hgvs_p=None if protein in MISSING else protein,
            status=row.text("reporting_category") or None,
        )
    )
