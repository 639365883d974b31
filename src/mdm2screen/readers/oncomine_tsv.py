"""Oncomine and Ion Reporter export: ``*-full.tsv``, one row for each allele, gene or assay.

No public specification; columns are named after the fields of the VCF it is made from (``INFO.A.AF``,
``FORMAT.1.CN``), and ``##`` lines hold the VCF's header. Copy number, scale,
confidence limits and filters are those of ``oncomine``; every gene of the panel has a row, called or not. Small
variants stand with place and alleles; hotspots that were looked for and not found have a row too (``NEG``). Positions
are 1-based; the build is told by where the named genes lie.
"""

import re

from mdm2screen import builds, genes
from mdm2screen.readers import named_genes, oncomine
from mdm2screen.readers.contract import Absence, Dropped, Format, Gathering, Head, Options, is_comment
from mdm2screen.readers.oncomine_alleles import keep_alleles
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row, header, rows
from mdm2screen.records import FileContent, PurityRecord, Reference, Scale, SegmentRecord, Source, Specimen

FORMAT = Format(
    name="oncomine-tsv",
    title="Oncomine / Ion Reporter export (-full.tsv)",
    answers="MDM2 and TP53 copies, corrected where the lab entered a cellularity; TP53 variants that were called",
    cannot="TP53 wild-type (the export says nothing of coverage)",
    silence="every gene of the panel has a row: a gene without one is not in the panel, or was cut from the export",
    absence=Absence.NOT_ASSAYED,
    documented="https://ionreporter.thermofisher.com/ionreporter/help/ (GUID-FDF7259F)",
)

_COLUMNS = frozenset({"vcf_rownum", "rowtype", "call", "chrom", "pos", "ref", "alt"})
_CN, _CI, _END = "format_1_cn", "info___ci", "info_1_end"
_GENE = ("func1_gene", "info_1_gene_name")
_WHOLE_PERCENT = re.compile(r"\d+(\.\d+)?")


def sniff(head: Head) -> bool:
    """Whether the header names the row of the VCF, the type of row and the call."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Copy-number rows of both genes, small variants of TP53. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    meta = _meta(file)
    gathering.specimen = Specimen.PLASMA if oncomine.is_plasma(meta) else None
    gathering.claims += builds.claims_of_text(meta.get("reference", ""), file.source())
    total, named = 0, []
    for row in rows(file):
        total += 1
        symbol = _symbol(row, options)
        if symbol is None:
            continue
        place = _place(row, symbol, file)
        if row.text("pos") not in MISSING:
            named.append((symbol, *place))
        if row.text("rowtype").upper() == "CNV":
            gathering.segments.append(_segment(row, symbol, place, meta))
        elif symbol != named_genes.TP53:
            reason = named_genes.of_no_criterion(symbol)
            gathering.dropped.append(Dropped(place[3], *place[:3], reason, symbol))
        else:
            keep_alleles(row, place, gathering)
    gathering.total = total
    gathering.notes += [note] if (note := oncomine.cellularity_note(meta)) else []
    gathering.claim(builds.claims_of_gene_rows(named))
    return gathering.finish(
        needs_build=bool(gathering.segments or gathering.variants),
        copy_number=_CN in header(file),
        purities=_purities(meta, file, gathering),
    )


def _meta(file: SourceFile) -> dict[str, str]:
    """The ``##key=value`` lines above the table, the first of each key, keys in lower case."""
    found: dict[str, str] = {}
    for _, line in file.text_lines():
        if not is_comment(line):
            break
        key, equals, value = line.removeprefix("##").partition("=")
        if equals:
            found.setdefault(key.strip().lower(), value.strip().strip('"'))
    return found


def _symbol(row: Row, options: Options) -> str | None:
    """Which of the genes a row is of; the ID of a copy-number row is its gene."""
    names = [row.text(column) for column in _GENE]
    if row.text("rowtype").upper() == "CNV":
        names.insert(0, row.text("id"))
    return next((name for name in names if named_genes.is_ours(name, options)), None)


def _place(row: Row, symbol: str, file: SourceFile) -> tuple[str, int, int, Source]:
    """Contig, first and last base and source; the gene's own stretch where a row (of RNA) has no position."""
    source = file.source(row.line, f"{row.text('chrom')}:{row.text('pos')} {row.text('ref')}>{row.text('alt')}")
    if row.text("pos") in MISSING:
        place = named_genes.stretch(symbol)
        return place.contig, place.start, place.end, source
    pos = row.position("pos")
    end = pos if row.text(_END) in MISSING else row.position(_END)
    return genes.contig_name(row.text("chrom")), pos, max(pos, end), source


def _segment(row: Row, symbol: str, place: tuple[str, int, int, Source], meta: dict[str, str]) -> SegmentRecord:
    contig, start, end, source = place
    scale, state = oncomine.scale(meta)
    value = row.number(_CN)
    low, high = oncomine.confidence(row.text(_CI), source)
    doubt = _doubt(row, symbol, place, meta)
    called = row.text("call")
    return SegmentRecord(
        contig=contig,
        start=start,
        end=end,
        value=None if doubt else value,
        scale=Scale.LABEL if value is None and not doubt else scale,
        reference=Reference.DIPLOID,
        purity_state=state,
        producer="Oncomine TSV",
        source=source,
        gene=symbol,
        label=doubt or (None if called in MISSING else f"call {called}"),
        ci_low=low,
        ci_high=high,
    )


def _doubt(row: Row, symbol: str, place: tuple[str, int, int, Source], meta: dict[str, str]) -> str | None:
    """Why the number of a row cannot be used, if it cannot."""
    filters = [token for token in row.text("filter").split(";") if token not in MISSING]
    if not oncomine.is_called(filters):
        return ";".join(filters)
    if oncomine.is_plasma(meta):
        return "an assay of plasma: the number is a ratio, not copies"
    if row.text("call").upper() in ("NOCALL", "FAIL"):
        return row.text("call")
    if named_genes.contradicts(symbol, f"{place[0]}:{place[1]}-{place[2]}"):
        return f"at {place[3].locus}, where {symbol} does not lie"
    return None


def _purities(meta: dict[str, str], file: SourceFile, gathering: Gathering) -> list[PurityRecord]:
    """A cellularity in percent: whether CN is corrected by it is not documented, so both readings count."""
    token = oncomine.stated_percent(meta)
    if oncomine.scale(meta)[0] is Scale.TUMOR_COPIES or not _WHOLE_PERCENT.fullmatch(token):
        return []
    purity = named_genes.purity_of_percent(token, "the cellularity in the header", file.source(), gathering.notes)
    return [] if purity is None else [PurityRecord(purity=purity, ploidy=None, source=file.source(None, "header"))]
