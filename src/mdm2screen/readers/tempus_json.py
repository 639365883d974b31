"""Tempus report: JSON of schema 1 and 2 (``results``) and of schema 3 (``genomicVariants``).

No public specification; the keys are those that https://github.com/HuntsmanCancerInstitute/USeq
(Source/edu/utah/seq/vcf/json) reads from real reports. ``copyNumber`` (schema 1 and 2) is copies, in whole numbers;
whether the producer corrected it for purity, and whether two of them are the sample's own mean, is not stated, so both
readings count; no ceiling is known. Schema 3 has no number, and ``Copy number gain`` alone is a label. Where the order
names a test of plasma (xF), a gain is only the least that it can be. Variants stand by name, some of them edited
(``ins(9)``), with the allele fraction in percent. ``tumorPercentage`` is a pathologist's estimate and belongs to a
specimen. Genes of which nothing is reported have no entry.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.json_tree import Object, begins, parse, text, token, walk
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import (
    FileContent,
    PurityRecord,
    PurityState,
    Reference,
    ReportedVariant,
    Scale,
    SegmentRecord,
    Source,
    Specimen,
)

FORMAT = Format(
    name="tempus-json",
    title="Tempus report (JSON)",
    answers="MDM2 copies of unknown correction where the report gives a number (schema 1 and 2); the tumor percentage; "
    "TP53 variants by name, which go to review",
    cannot="that MDM2 is neutral, or TP53 wild-type",
    silence="the report lists only what it calls altered: a gene without an entry was neutral, weakly altered or not "
    "in the test",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="https://github.com/HuntsmanCancerInstitute/USeq, Source/edu/utah/seq/vcf/json",
)

_PRODUCER = "Tempus"
_MARKS = ('"somaticPotentiallyActionable', '"somaticVariantsOfUnknownSignificance"', '"genomicVariants"')
_FINDINGS = ("results", "genomicVariants")
_NOT_DNA = ("rna", "ihc")
_LOW_COVERAGE = "lowCoverageAmplicons"
_NESTED = ("variants", "variantDetails")
_PARTNERS = ("gene5", "gene3", "fusedGene")
_COPY_NUMBER_WORDS = ("cnv", "copy number", "amplification")


_PLASMA = re.compile(r"\bxF\b|liquid|cfDNA|ctDNA", re.IGNORECASE)


class _Entry(NamedTuple):
    """A finding: its fields, gene and type; ``section`` names the list it stands in."""

    fields: Object
    gene: str
    kind: str
    section: str
    source: Source


def sniff(head: Head) -> bool:
    """Whether the text is JSON with Tempus's lists of findings."""
    if not begins(head):
        return False
    beginning = "\n".join(head.lines)
    return '"specimens"' in beginning and any(mark in beginning for mark in _MARKS)


def read(file: SourceFile, options: Options) -> FileContent:
    """Copy number, purity, and TP53 variants by name. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    report = parse(file)
    if not any(isinstance(report.get(key), dict) for key in _FINDINGS):
        raise MalformedFileError(
            "has neither results nor genomicVariants",
            where=file.name,
            remedy="pass the complete JSON of the report",
        )
    order = report.get("order")
    gathering.sample = (text(order, "accessionId") if isinstance(order, dict) else "") or None
    for entry in _entries(report, gathering):
        gathering.total = (gathering.total or 0) + 1
        _keep(entry, gathering)
    if _is_plasma(order):
        gathering.specimen = Specimen.PLASMA
        gathering.segments = [_least(segment) for segment in gathering.segments]
    purities = _purities(report, gathering)
    return gathering.finish(needs_build=False, copy_number=True, purities=purities)


def _is_plasma(order: object) -> bool:
    """Whether a test that the order names is one of plasma."""
    named = (str(value) for _, fields in walk(order) for value in fields.values() if isinstance(value, str))
    return any(_PLASMA.search(one) for one in named)


def _least(segment: SegmentRecord) -> SegmentRecord:
    label = f"{segment.label}, in plasma"
    return segment.model_copy(update={"at_least": segment.value is not None, "label": label})


def _entries(report: Object, gathering: Gathering) -> Iterator[_Entry]:
    """Every finding that names a gene; where genes and types stand on a list of findings, its members inherit them."""
    waiting = [(top, report.get(top), "", "") for top in reversed(_FINDINGS)]
    while waiting:
        path, value, gene, kind = waiting.pop()
        if isinstance(value, list):
            waiting += [(f"{path}[{n}]", one, gene, kind) for n, one in reversed(list(enumerate(value)))]
        if not isinstance(value, dict):
            continue
        gene, kind = text(value, "gene") or gene, text(value, "variantType") or kind
        genes = [one for one in (gene, *(text(value, key) for key in _PARTNERS)) if one]
        nested = [key for key in _NESTED if isinstance(value.get(key), list)]
        if nested:
            waiting += [(f"{path}.{key}", value[key], gene, kind) for key in reversed(nested)]
        elif genes:
            ours = next((one for one in genes if named_genes.is_ours(one, gathering.options)), genes[0])
            yield _Entry(value, ours, kind, _section(path), gathering.file.source(None, path))
        else:
            waiting += [(f"{path}.{key}", inner, "", "") for key, inner in reversed(value.items())]


def _section(path: str) -> str:
    """The name of the list of findings that a path leads through."""
    names = [name for name in path.partition("[")[0].split(".") if name not in _NESTED]
    return names[-1]


def _keep(entry: _Entry, gathering: Gathering) -> None:
    """Sort one finding into copy number, TP53 variants and what is not used."""
    if not named_genes.is_ours(entry.gene, gathering.options):
        return
    if entry.section.startswith(_NOT_DNA):
        named_genes.drop(gathering, entry.gene, entry.source, "expression, not copy number or a DNA variant")
    elif entry.section == _LOW_COVERAGE:
        _low_coverage(entry, gathering)
    elif _is_copy_number(entry):
        _copy_number(entry, gathering)
    elif entry.gene == named_genes.TP53:
        gathering.reported.append(_by_name(entry))
    else:
        named_genes.drop(gathering, entry.gene, entry.source, named_genes.of_no_criterion(entry.gene, "variant"))


def _is_copy_number(entry: _Entry) -> bool:
    said = f"{entry.kind} {text(entry.fields, 'variantDescription')}".lower()
    return "copyNumber" in entry.fields or any(word in said for word in _COPY_NUMBER_WORDS)


def _copy_number(entry: _Entry, gathering: Gathering) -> None:
    copies = named_genes.number(token(entry.fields, "copyNumber"), "copyNumber", entry.source)
    label = text(entry.fields, "variantDescription") or entry.kind or "copy number variant"
    gathering.segments.append(
        named_genes.segment(
            entry.gene,
            entry.source,
            copies,
            Scale.LABEL if copies is None else Scale.OBSERVED_COPIES,
            PurityState.UNKNOWN,
            _PRODUCER,
            label=label,
            rounded=copies is not None and copies.is_integer(),
            sample=gathering.sample,
            reference=Reference.UNKNOWN,
        )
    )


def _low_coverage(entry: _Entry, gathering: Gathering) -> None:
    if entry.gene != named_genes.TP53:
        gathering.notes.append(f"the report lists a stretch of {entry.gene} that was covered too little")
        named_genes.drop(gathering, entry.gene, entry.source, "a stretch of low coverage")
        return
    words = "a stretch was covered too little"
    gathering.reported.append(ReportedVariant(gene=entry.gene, words=words, source=entry.source, undetermined=True))


def _by_name(entry: _Entry) -> ReportedVariant:
    fields = entry.fields
    coding, protein = text(fields, "HGVS.c", "cVar"), text(fields, "HGVS.p", "pVar", "HGVS.pFull")
    names = [name for name in (protein, coding, text(fields, "mutationEffect")) if name]
    percent = named_genes.number(text(fields, "allelicFraction"), "allelicFraction", entry.source)
    described = text(fields, "variantDescription")
    return ReportedVariant(
        gene=entry.gene,
        words=" ".join(dict.fromkeys(names)) or described or entry.kind or "a variant without a name",
        source=entry.source,
        hgvs_c=coding or None,
        hgvs_p=protein or None,
        vaf=percent / 100 if percent is not None and 0 <= percent <= 100 else None,
        depth=named_genes.count(text(fields, "coverage")),
        status=", ".join(part for part in (described if names else "", entry.section) if part) or None,
    )


def _purities(report: Object, gathering: Gathering) -> list[PurityRecord]:
    """The tumor percentage where one tumor specimen states one; with several nothing says whose copies were counted."""
    stated = []
    specimens = report.get("specimens")
    for number, specimen in enumerate(specimens if isinstance(specimens, list) else [specimens]):
        if not isinstance(specimen, dict) or text(specimen, "sampleCategory").lower() == "normal":
            continue
        for at, fields in walk(specimen, f"specimens[{number}]"):
            source = gathering.file.source(None, f"{at}.tumorPercentage")
            percent = token(fields, "tumorPercentage")
            found = named_genes.purity_of_percent(percent, "tumorPercentage", source, gathering.notes)
            if found is not None:
                stated.append(PurityRecord(purity=found, ploidy=None, source=source))
    return _of_one_specimen(stated, gathering)


def _of_one_specimen(stated: list[PurityRecord], gathering: Gathering) -> list[PurityRecord]:
    if len(stated) > 1:
        listing = ", ".join(f"{record.purity:g}" for record in stated)
        gathering.notes.append(f"{len(stated)} specimens state a tumor percentage ({listing}): no purity was taken")
        return []
    return stated
