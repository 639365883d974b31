"""Caris report (MI Profile): XML or JSON with ``tests`` and their ``testResults``.

No public specification; the names are those that https://github.com/HuntsmanCancerInstitute/USeq
(Source/edu/utah/seq/vcf/xml/caris) reads from real reports. ``copyNumber`` is copies; whether the producer corrected it
for purity, and whether two of them are the sample's own mean, is not stated, so both readings count; no ceiling is
known. ``result`` is a word (``Amplified``, ``Intermediate``, ``Amplification Not Detected`` ...) whose limits are not
public: alone it is a label. A result that was not reached is no number, whatever stands beside it, and in situ
hybridisation counts signals, not copies. Copy-number coordinates are of GRCh37 while the VCF of the same report is of
GRCh38: genes are known by their names, and the coordinates are not used. ``genomicAlteration`` has no position and
stands by name.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import json_tree, named_genes, xml_tree
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.json_tree import Object, text, token
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent, PurityState, Reference, ReportedVariant, Scale, Source

FORMAT = Format(
    name="caris",
    title="Caris report (XML or JSON)",
    answers="MDM2 copies of unknown correction where the report gives a number; TP53 variants by name, which go to "
    "review",
    cannot="TP53 wild-type, whatever its result says",
    silence="the report has no copy-number result of the gene: it was not in the test, or not reported",
    absence=Absence.NOT_ASSAYED,
    documented="https://github.com/HuntsmanCancerInstitute/USeq, Source/edu/utah/seq/vcf/xml/caris",
)

_PRODUCER = "Caris"
_COPY_NUMBER, _VARIANT, _FUSION = "copyNumberAlteration", "genomicAlteration", "translocation"
_EXPRESSION = "expressionAlteration"
# Results that were not reached, and results that name no variant.
_NOT_REACHED = ("indeterminate", "no result", "qns", "quantity not sufficient", "not performed")
_NO_VARIANT = ("wild", "not detected", "negative")
_IN_SITU = ("copyNumberCounted", "copyNumberControl", "copyNumberRatio")


class _Result(NamedTuple):
    """One result: what kind it is, its fields, and where it stands."""

    kind: str
    fields: Object
    source: Source


def sniff(head: Head) -> bool:
    """Whether the text is XML or JSON with Caris's parts: details of the test, tests and their results."""
    for begins, marks in (
        (json_tree.begins, ('"testDetails"', '"tests"')),
        (xml_tree.begins, ("<testDetails", "<tests")),
    ):
        if begins(head):
            beginning = "\n".join(head.lines)
            return all(mark in beginning for mark in marks)
    return False


def read(file: SourceFile, options: Options) -> FileContent:
    """Copy number, and TP53 variants by name. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    is_json = json_tree.begins(Head(file.name, file.head()))
    results = list(_of_json(file) if is_json else _of_xml(file))
    if not results:
        raise MalformedFileError(
            "has no result of a test", where=file.name, remedy="pass the complete XML or JSON of the report"
        )
    gathering.total = len(results)
    for result in results:
        for symbol in _symbols(result, options):
            _KEEP[result.kind](symbol, result, gathering)
    return gathering.finish(needs_build=False, copy_number=any(r.kind == _COPY_NUMBER for r in results))


def _of_json(file: SourceFile) -> Iterator[_Result]:
    """Results of a JSON report; a kind holds one object or a list of them."""
    for path, fields in json_tree.walk(json_tree.parse(file)):
        for kind in _KEEP:
            inner = fields.get(kind)
            for number, one in enumerate(inner if isinstance(inner, list) else [inner]):
                if isinstance(one, dict):
                    at = f"{path}.{kind}[{number}]" if isinstance(inner, list) else f"{path}.{kind}"
                    yield _Result(kind, _flat(one), file.source(None, at))


def _flat(entry: Object) -> Object:
    """Every field at any depth by its name, the first of each."""
    found: Object = {}
    for _, part in json_tree.walk(entry):
        for key, value in part.items():
            found.setdefault(key, value)
    return found


def _of_xml(file: SourceFile) -> Iterator[_Result]:
    """Results of an XML report, their fields likewise."""
    for element in xml_tree.parse(file).walk():
        if element.name in _KEEP:
            fields: Object = {}
            for part in element.walk():
                fields.setdefault(part.name, part.text)
            symbol = str(fields.get("gene", "")).strip()
            yield _Result(element.name, fields, file.source(element.line, symbol or None))


def _symbols(result: _Result, options: Options) -> list[str]:
    """Which of the genes a result is of; a fusion names two."""
    found = [text(result.fields, "gene", "biomarkerName")]
    if result.kind == _FUSION:
        found += [text(result.fields, "gene1"), text(result.fields, "gene2")]
    return [symbol for symbol in dict.fromkeys(found) if named_genes.is_ours(symbol, options)]


def _says(result: _Result, words: tuple[str, ...]) -> bool:
    said = text(result.fields, "result", "result_group").lower()
    return any(word in said for word in words)


def _copy_number(symbol: str, result: _Result, gathering: Gathering) -> None:
    said = text(result.fields, "result") or "a result without words"
    copies = named_genes.number(token(result.fields, "copyNumber"), "copyNumber", result.source)
    if any(text(result.fields, key) for key in _IN_SITU):
        said, copies = f"{said} (in situ hybridisation)", None
    scale = Scale.LABEL if copies is None else Scale.OBSERVED_COPIES
    unusable = copies is not None and _says(result, _NOT_REACHED)
    gathering.segments.append(
        named_genes.segment(
            symbol,
            result.source,
            None if unusable else copies,
            scale,
            PurityState.UNKNOWN,
            _PRODUCER,
            label=f"{said} (copyNumber {copies:g})" if unusable else said,
            reference=Reference.UNKNOWN,
        )
    )


def _variant(symbol: str, result: _Result, gathering: Gathering) -> None:
    if symbol != named_genes.TP53:
        named_genes.drop(gathering, symbol, result.source, named_genes.of_no_criterion(symbol))
    elif _says(result, _NOT_REACHED):
        words = f"result {text(result.fields, 'result')}"
        reported = ReportedVariant(gene=symbol, words=words, source=result.source, undetermined=True)
        gathering.reported.append(reported)
    elif _says(result, _NO_VARIANT):
        named_genes.drop(gathering, symbol, result.source, "the report found no variant, without showing coverage")
    else:
        gathering.reported.append(_by_name(symbol, result))


def _by_name(symbol: str, result: _Result) -> ReportedVariant:
    """A named variant; whether its allele frequency is in percent is not stated, so it is shown as written."""
    coding, protein = text(result.fields, "hgvsCodingChange"), text(result.fields, "hgvsProteinChange")
    frequency = text(result.fields, "alleleFrequency")
    names = [name for name in (protein, coding, text(result.fields, "molecularConsequence")) if name]
    names += [f"allele frequency {frequency}"] if frequency else []
    return ReportedVariant(
        gene=symbol,
        words=" ".join(names) or "a variant without a name",
        source=result.source,
        hgvs_c=coding or None,
        hgvs_p=protein or None,
        depth=named_genes.count(text(result.fields, "readDepth")),
        status=text(result.fields, "result") or None,
    )


def _fusion(symbol: str, result: _Result, gathering: Gathering) -> None:
    if symbol != named_genes.TP53 or _says(result, (*_NO_VARIANT, *_NOT_REACHED)):
        other = genes.MDM2.symbol if symbol == named_genes.TP53 else symbol
        named_genes.drop(gathering, symbol, result.source, f"fusion that was not found, or of {other}")
        return
    said = text(result.fields, "result") or None
    words = "translocation"
    gathering.reported.append(ReportedVariant(gene=symbol, words=words, source=result.source, status=said))


def _expression(symbol: str, result: _Result, gathering: Gathering) -> None:
    named_genes.drop(gathering, symbol, result.source, "expression, not copy number or a DNA variant")


_KEEP: dict[str, Callable[[str, _Result, Gathering], None]] = {
    _COPY_NUMBER: _copy_number,
    _VARIANT: _variant,
    _FUSION: _fusion,
    _EXPRESSION: _expression,
}
