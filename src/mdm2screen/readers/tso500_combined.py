"""Illumina TruSight Oncology 500: ``*_CombinedVariantOutput.tsv`` of the local app and of DRAGEN, tissue and ctDNA.

Described at https://github.com/SACGF/variantgrid (upload/test_data/tso500/README.md); the fold change as Illumina
explains it for TruSight Tumor 170. Sections begin with ``[Name]``; lines may be padded with tabs. ``Fold Change`` is a
linear ratio to two copies, not corrected for normal cells, without ceiling. Only amplifications that passed are
listed, so a gene without a row was either neutral, or weakly amplified, or not measured. In the ctDNA assay tumor DNA
may be a small part of all, so that a gain is only the least that it can be. ``[GIS]``, where the assay has it, states
the tumor fraction and the ploidy. Small variants are those that passed, with place (1-based) and alleles; the build,
which is not stated, is told by where a TP53 variant lies.
"""

from collections.abc import Iterator

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options, column_name
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.readers.tso500_small_variants import fusion, small_variant
from mdm2screen.records import FileContent, PurityRecord, PurityState, Scale, Specimen

FORMAT = Format(
    name="tso500-combined",
    title="Illumina TSO 500 combined variant output (CombinedVariantOutput.tsv)",
    answers="MDM2 as uncorrected fold change where it is listed as amplified; TP53 variants that are listed; tumor "
    "fraction and ploidy where the assay gives them",
    cannot="that MDM2 is neutral, or TP53 wild-type",
    silence="only amplifications that passed are listed: a gene without a row was neutral, weakly amplified or not "
    "measured (pass the sample's cnv.vcf, which has a row for every gene)",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/SACGF/variantgrid, upload/test_data/tso500",
)

_SNIFFED_LINES = 30
_FIRST = "[analysis details]"
_AMPLIFICATIONS, _ALL_CHANGES = "[gene amplifications]", "[copy number variants]"
_SMALL_VARIANTS = "[small variants]"
_INSTABILITY = "[gis]"
_FUSIONS = "[fusions]"
_SECTIONS_OF_GENES = frozenset({_AMPLIFICATIONS, _ALL_CHANGES, _SMALL_VARIANTS})


def sniff(head: Head) -> bool:
    """Whether the section of analysis details stands near the beginning."""
    return any(line.split("\t")[0].strip().lower() == _FIRST for line in head.lines[:_SNIFFED_LINES])


def read(file: SourceFile, options: Options) -> FileContent:
    """Fold change, small variants, tumor fraction. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    stated: dict[str, Row] = {}
    has_genes = False
    plasma = False
    for section, row in _rows(file):
        plasma = plasma or (section == "" and "ctdna" in row.text("title").lower()) or section == _ALL_CHANGES
        if section in _SECTIONS_OF_GENES:
            gathering.total = (gathering.total or 0) + bool(row.text("gene"))
            has_genes = has_genes or section != _SMALL_VARIANTS
            _of_gene(section, row, gathering, plasma=plasma)
        elif section == _FUSIONS:
            fusion(row, gathering)
        elif section in (_FIRST, _INSTABILITY):
            stated[f"{section} {column_name(row.text('title'))}"] = row
    if not has_genes:
        raise MalformedFileError(
            "has no section of gene amplifications",
            where=file.name,
            remedy="the file is cut or edited: pass the file that the analysis software wrote",
        )
    gathering.specimen = Specimen.PLASMA if plasma else None
    sample = stated.get(f"{_FIRST} dna_sample_id")
    gathering.sample = None if sample is None or sample.text("value") in MISSING else sample.text("value")
    gathering.segments = [s.model_copy(update={"sample": gathering.sample}) for s in gathering.segments]
    gathering.claims += builds.claims_of_gene_rows(
        (genes.TP53.symbol, v.contig, v.pos, v.pos, v.source) for v in gathering.variants
    )
    return gathering.finish(needs_build=bool(gathering.variants), copy_number=True, purities=_purities(stated, file))


def _rows(file: SourceFile) -> Iterator[tuple[str, Row]]:
    """Section and row; rows of a table by its columns, all others as ``title`` and ``value``.

    A table of genes without any is written as ``NA``, or as its header alone: that row has no gene.
    """
    section, columns = "", ()  # type: tuple[str, tuple[str, ...]]
    for number, line in file.text_lines():
        tokens = [token.strip(" \"'") for token in line.rstrip("\t \r").split("\t")]
        if not any(tokens):
            continue
        if tokens[0].startswith("[") and tokens[0].endswith("]"):
            section, columns = tokens[0].lower(), ()
            continue
        if section not in _SECTIONS_OF_GENES:
            yield section, Row(file.name, number, {"title": tokens[0], "value": tokens[1] if len(tokens) > 1 else ""})
        elif not columns:
            columns = tuple(column_name(token) for token in tokens)
            _check_columns(file, number, section, columns)
            yield section, Row(file.name, number, {})
        elif tokens[0] not in MISSING:
            if len(tokens) > len(columns):
                raise MalformedFileError(
                    f"has {len(tokens)} fields where the section {section} has {len(columns)} columns",
                    where=f"{file.name} line {number}",
                    remedy="the line is damaged: pass the file that the analysis software wrote",
                )
            yield section, Row(file.name, number, dict(zip(columns, tokens, strict=False)))


def _check_columns(file: SourceFile, number: int, section: str, columns: tuple[str, ...]) -> None:
    needed = {"gene", "genomic_position"} if section == _SMALL_VARIANTS else {"gene", "fold_change"}
    if columns in (("na",), ("",)) or needed <= set(columns):
        return
    raise MalformedFileError(
        f"the section {section} has no column {' or '.join(sorted(needed - set(columns)))}",
        where=f"{file.name} line {number}",
        remedy="pass the file that the analysis software wrote",
    )


def _of_gene(section: str, row: Row, gathering: Gathering, *, plasma: bool) -> None:
    symbol = row.text("gene")
    source = gathering.file.source(row.line, symbol)
    if section == _SMALL_VARIANTS:
        if named_genes.TP53 in symbol.replace(";", ",").split(","):
            small_variant(row, gathering)
        elif named_genes.is_ours(symbol, gathering.options):
            named_genes.drop(gathering, symbol, source, named_genes.of_no_criterion(symbol))
        return
    if not named_genes.is_ours(symbol, gathering.options):
        return
    value = row.number("fold_change")
    gathering.segments.append(
        named_genes.segment(
            symbol,
            source,
            value,
            Scale.LINEAR_RATIO,
            PurityState.UNCORRECTED,
            "TSO 500",
            label="plasma: a gain is at least this" if plasma else None,
            at_least=plasma and value is not None and value > 1,
        )
    )


def _purities(stated: dict[str, Row], file: SourceFile) -> list[PurityRecord]:
    """Tumor fraction and ploidy of the instability score. Raises MalformedFileError where one is none."""
    fraction, ploidy = (stated.get(f"{_INSTABILITY} {name}") for name in ("tumor_fraction", "ploidy"))
    purity = None if fraction is None else fraction.number("value")
    copies = None if ploidy is None else ploidy.number("value")
    if fraction is not None and purity is not None and not 0 < purity <= 1:
        raise fraction.fault("value", "is no tumor fraction (above 0, up to 1)")
    if ploidy is not None and copies is not None and copies <= 0:
        raise ploidy.fault("value", "is no number of copies")
    known = fraction or ploidy
    if known is None or (purity is None and copies is None):
        return []
    return [PurityRecord(purity=purity, ploidy=copies, source=file.source(known.line, _INSTABILITY))]
