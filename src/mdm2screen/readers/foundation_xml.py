"""Foundation Medicine report: ``variant-report`` of FoundationOne CDx, Heme and Liquid, as XML.

Described at https://github.com/lifeomic/foundation-xml-fhir, with an example. ``copy-number`` is copies in a tumor
cell, a whole number that the producer corrected for purity and ploidy, without ceiling; of plasma (a test type with
``Liquid``) it is taken as copies of unknown correction and as the least that they can be. ``ratio`` is linear and to
two copies, not corrected: a real report has 44 copies beside 11.63 at a purity of 50%. It is used only where
``copy-number`` is absent. Calls that the report itself calls equivocal, and those of a part of the gene's exons, are
no number. The build is not stated (it is hg19), and genes are known by their names. Only altered genes are listed.
``purity-assessment`` and ``percent-tumor-nuclei`` are percentages, or words.
"""

import re

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.xml_tree import Element, begins, parse
from mdm2screen.records import (
    FileContent,
    PurityRecord,
    PurityState,
    QcRecord,
    ReportedVariant,
    Scale,
    Source,
    Specimen,
)

FORMAT = Format(
    name="foundation-xml",
    title="Foundation Medicine report (XML)",
    answers="MDM2 copies in a tumor cell where the gene is reported as altered; purity; TP53 variants by name, which "
    "go to review",
    cannot="that MDM2 is neutral, or TP53 wild-type",
    silence="the report lists only genes it calls altered: a gene without an entry was neutral, below the report's own "
    "limit or not in the test",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/lifeomic/foundation-xml-fhir",
)

_REPORT = "variant-report"
_PRODUCER = "Foundation Medicine"
_MARK = re.compile(r"<(\w+:)?(variant-report|ResultsReport)\b")
_FOUNDATION = "foundationmedicine.com"
_EXONS = re.compile(r"(\d+) of (\d+)")


def sniff(head: Head) -> bool:
    """Whether the text is XML with Foundation Medicine's namespace."""
    if not begins(head):
        return False
    beginning = "\n".join(head.lines)
    return _FOUNDATION in beginning and _MARK.search(beginning) is not None


def read(file: SourceFile, options: Options) -> FileContent:
    """Copy number, purity, and TP53 variants by name. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    reports = list(parse(file).named(_REPORT))
    if len(reports) != 1:
        raise MalformedFileError(
            f"holds {len(reports)} variant reports where one is expected",
            where=file.name,
            remedy="pass the complete XML of one patient's report",
        )
    (report,) = reports
    gathering.sample = report.get("specimen") or None
    plasma = "liquid" in report.get("test-type").lower()
    gathering.specimen = Specimen.PLASMA if plasma else Specimen.TISSUE
    for name, keep in (
        ("copy-number-alteration", _copy_number),
        ("short-variant", _short_variant),
        ("rearrangement", _rearrangement),
    ):
        for element in report.named(name):
            gathering.total = (gathering.total or 0) + 1
            keep(element, gathering, plasma)
    qc, purities = _quality(report, gathering), _purities(report, gathering)
    return gathering.finish(needs_build=False, copy_number=True, qc=qc, purities=purities)


def _source(element: Element, gathering: Gathering) -> Source:
    place = element.get("position") or element.get("pos1")
    gene = element.get("gene") or element.get("targeted-gene")
    return gathering.file.source(element.line, f"{gene} {place}".strip() or None)


def _copy_number(element: Element, gathering: Gathering, plasma: bool) -> None:
    symbol = element.get("gene")
    if not named_genes.is_ours(symbol, gathering.options):
        return
    source = _source(element, gathering)
    copies = named_genes.number(element.get("copy-number"), "copy-number", source)
    ratio = named_genes.number(element.get("ratio"), "ratio", source)
    kind = element.get("type") or "alteration"
    value, scale, state = copies, Scale.TUMOR_COPIES, PurityState.CORRECTED
    if copies is None:
        value, scale, state = ratio, Scale.LINEAR_RATIO, PurityState.UNCORRECTED
    elif plasma:
        scale, state = Scale.OBSERVED_COPIES, PurityState.UNKNOWN
    if value is None:
        scale, state = Scale.LABEL, PurityState.UNKNOWN
    doubts = _doubts(element, symbol)
    written = [f"copy-number {copies:g}"] if copies is not None else []
    written += [f"ratio {ratio:g}"] if ratio is not None else []
    label = ", ".join([kind, *doubts, *(written if doubts else [])])
    gathering.segments.append(
        named_genes.segment(
            symbol,
            source,
            None if doubts else value,
            scale,
            state,
            _PRODUCER,
            label=label,
            at_least=plasma and "loss" not in kind,
            sample=gathering.sample,
        )
    )


def _doubts(element: Element, symbol: str) -> list[str]:
    """Why the number of an entry cannot stand for the gene."""
    doubts = []
    if element.get("equivocal").lower() == "true":
        doubts.append("equivocal")
    exons = _EXONS.fullmatch(element.get("number-of-exons"))
    if exons is not None and int(exons[1]) < int(exons[2]):
        doubts.append(f"exons {exons[0]}")
    elif "partial" in element.get("type").lower():
        doubts.append("a part of the gene")
    if named_genes.contradicts(symbol, element.get("position")):
        doubts.append(f"at {element.get('position')}, where {symbol} does not lie")
    return doubts


def _short_variant(element: Element, gathering: Gathering, _plasma: bool) -> None:
    symbol = element.get("gene")
    source = _source(element, gathering)
    if symbol != named_genes.TP53:
        if named_genes.is_ours(symbol, gathering.options):
            named_genes.drop(gathering, symbol, source, named_genes.of_no_criterion(symbol))
        return
    coding, protein = element.get("cds-effect"), element.get("protein-effect")
    spelled = re.match(r"[A-Z*]\d", protein) is not None  # "splice site 672+1G>A" is no protein change
    gathering.reported.append(
        ReportedVariant(
            gene=symbol,
            words=" ".join(part for part in (protein, f"({coding})" if coding else "") if part) or "a short variant",
            source=source,
            hgvs_c=f"c.{coding}" if coding else None,
            hgvs_p=f"p.{protein}" if spelled else None,
            vaf=named_genes.fraction(element.get("allele-fraction")),
            depth=named_genes.count(element.get("depth")),
            status=element.get("status") or None,
        )
    )


def _rearrangement(element: Element, gathering: Gathering, _plasma: bool) -> None:
    genes = (element.get("targeted-gene"), element.get("other-gene"))
    if named_genes.TP53 not in genes:
        return
    partner = next((gene for gene in genes if gene not in ("", "N/A", named_genes.TP53)), "")
    words = " ".join(part for part in ("rearrangement", element.get("type"), partner) if part)
    gathering.reported.append(
        ReportedVariant(
            gene=named_genes.TP53,
            words=f"{words} ({element.get('pos1')}, {element.get('pos2')})",
            source=_source(element, gathering),
            status=element.get("status") or None,
        )
    )


def _quality(report: Element, gathering: Gathering) -> list[QcRecord]:
    """The report's verdict on the sample: ``Pass``, ``Qualified`` (accepted with reservations) or ``Fail``."""
    found = []
    for element in report.named("quality-control"):
        status = element.get("status")
        if status and status.lower() != "pass":
            gathering.notes.append(f"the report's quality control is {status}")
        if status:
            source = gathering.file.source(element.line)
            found.append(QcRecord(passed=not status.lower().startswith("fail"), status=status, source=source))
    return found


def _purities(report: Element, gathering: Gathering) -> list[PurityRecord]:
    """The purity worked out from the sequence, else the pathologist's share of nuclei."""
    source = gathering.file.source(report.line)
    for attribute in ("purity-assessment", "percent-tumor-nuclei"):
        found = named_genes.purity_of_percent(report.get(attribute), attribute, source, gathering.notes)
        if found is not None:
            at = gathering.file.source(report.line, attribute)
            return [PurityRecord(purity=found, ploidy=None, source=at)]
    return []
