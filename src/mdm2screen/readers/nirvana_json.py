"""JSON of Nirvana, now Illumina Connected Annotations: what it says of the variants of the VCF it was made from.

The header stands on the first line, then one position on each line up to ``],"genes":[``. Alleles of a position are
those of the VCF, alleles of a variant are trimmed (``-`` for none); what is false is left out. Coordinates are 1-based.
Documented in "Illumina Connected Annotations JSON File Format". The file is no list of variants of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers import nirvana_variant
from mdm2screen.readers.contract import Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent

FORMAT = Format(
    name="nirvana-json",
    title="Nirvana or Illumina Connected Annotations JSON",
    answers="what the annotator says of TP53 variants that stand in a VCF beside it",
    silence="a position that is not in the file was not annotated; the VCF lists the variants",
    documented="Illumina Connected Annotations JSON File Format",
)

_TP53_CONTIG = genes.TP53.loci[Build.GRCH38].contig
_CHROMOSOME = re.compile(r'"chromosome"\s*:\s*"([^"]*)"')
_CONTIG_STANDS_WITHIN = 200  # characters from the start of a position's line
_NOT_AS_DOCUMENTED = (AttributeError, KeyError, TypeError, ValueError)
_REMEDY = "pass the annotator's own file, with one position on each line; not one that was reformatted or cut out of it"


def sniff(head: Head) -> bool:
    """A JSON object that begins with the annotator's header, or with its positions."""
    start = "".join(head.lines[:20]).replace(" ", "")
    return start.startswith("{") and ('{"header":{"annotator":' in start or start.startswith('{"positions":['))


def read(file: SourceFile, options: Options) -> FileContent:
    """The annotated variants over TP53. Raises InputError."""
    lines = file.text_lines()
    header = _header(next(lines, (1, ""))[1], file)
    samples = [str(name) for name in header.get("samples", [])]
    sample = options.tumor_sample if options.tumor_sample in samples else None
    sample = samples[0] if len(samples) == 1 else sample
    gathering = Gathering(file, options, FORMAT, sample=sample)
    gathering.claims += builds.claims_of_text(str(header.get("genomeAssembly", "")), file.source(1))
    columns = [samples.index(sample)] if sample else range(len(samples))
    count = 0
    for number, text in _positions(lines, file):
        count += 1
        if genes.contig_name(_contig(text)) == _TP53_CONTIG:
            _gather(text, file, number, columns, gathering)
    gathering.total = count
    refs = [(variant.pos, variant.ref) for variant in gathering.variants]
    gathering.claims += builds.claims_of_ref_bases(refs, file.source())
    return gathering.finish().model_copy(update={"annotates": True})


def _header(line: str, file: SourceFile) -> dict[str, Any]:
    try:
        return dict(json.loads(f"{line.strip()}]}}")["header"])
    except _NOT_AS_DOCUMENTED as exc:
        raise MalformedFileError(
            "the first line is not the annotator's header", where=f"{file.name} line 1", remedy=_REMEDY
        ) from exc


def _positions(lines: Iterable[tuple[int, str]], file: SourceFile) -> Iterator[tuple[int, str]]:
    """Lines of positions. Raises TruncatedFileError where the object is not closed at the end."""
    inside, last = True, ""
    for number, line in lines:
        last = line.strip() or last
        inside = inside and not last.startswith("]")
        if inside and line.strip():
            yield number, last.removesuffix(",")
    if not last.endswith("]}"):
        raise TruncatedFileError(
            "the JSON is cut: its last line does not close it",
            where=file.name,
            remedy="copy the file again from where it was made, and compare checksums",
        )


def _contig(text: str) -> str:
    match = _CHROMOSOME.search(text, 0, _CONTIG_STANDS_WITHIN)
    return match[1] if match else _TP53_CONTIG  # not where it is expected: parse the line


def _gather(text: str, file: SourceFile, number: int, columns: Sequence[int], gathering: Gathering) -> None:
    """Sort one position into variants and what is dropped. Raises MalformedFileError."""
    try:
        position = json.loads(text)
        pos, ref, name = int(position["position"]), str(position["refAllele"]).upper(), str(position["chromosome"])
        contig, end = genes.contig_name(name), pos + len(ref) - 1
        if not genes.in_windows(contig, pos, end):
            return
        source = file.source(number, f"{name}:{pos}")
        found, why_not = nirvana_variant.variants(position, contig, source, columns)
    except _NOT_AS_DOCUMENTED as exc:
        raise MalformedFileError(
            "the line is not one position as the annotator writes it", where=str(file.source(number)), remedy=_REMEDY
        ) from exc
    gathering.variants += found
    gathering.notes += [f"line {number}: annotation not understood: {what}" for v in found for what in v.unread]
    if not found:
        gathering.dropped.append(Dropped(source, contig, pos, end, why_not))
