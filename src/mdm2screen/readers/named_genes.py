"""What reports say of a gene by its name alone: the place is the gene's own, whatever the build.

Reports on a gene's copies give no place, or one of a build they do not state. The name says which gene is meant, so
such a row needs no build; a place beside it serves to notice a row that contradicts itself.
"""

import math
import re

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers.contract import Dropped, Gathering, Options
from mdm2screen.readers.table import MISSING
from mdm2screen.records import Build, PurityState, Reference, Region, ReportedVariant, Scale, SegmentRecord, Source

_GENES = genes.OF_COPIES
TP53 = genes.TP53.symbol
_PLACE = re.compile(r"(?:chr?)?(\w+):(\d+)(?:-(\d+))?", re.IGNORECASE)  # "ch12" stands in real reports
_MISSING = MISSING | {"N/A", "n/a", "not available", "Not Available"}


def is_ours(symbol: str, options: Options) -> bool:
    """Whether the symbol names one of the genes that are asked for."""
    return any(symbol == gene.symbol for gene in options.genes)


def of_no_criterion(symbol: str, what: str = "small variant") -> str:
    """Why a statement on a gene, of which copies alone count, is not used."""
    return f"{what} of {symbol}, which no criterion asks for"


def stretch(symbol: str) -> Region:
    """The stretch that holds the gene on every build."""
    loci = [_GENES[symbol].loci[build] for build in Build]
    return Region(contig=loci[0].contig, start=min(one.start for one in loci), end=max(one.end for one in loci))


def contradicts(symbol: str, place: str) -> bool:
    """Whether ``place`` (``chr12:69202190-69233452``) reads as one and lies away from the gene on every build."""
    match = _PLACE.fullmatch(place.replace(",", ""))
    if match is None:
        return False
    start, end = int(match[2]), int(match[3] or match[2])
    contig = genes.contig_name(match[1])
    return not any(_GENES[symbol].overlaps(build, contig, start, end) for build in Build)


def segment(
    symbol: str,
    source: Source,
    value: float | None,
    scale: Scale,
    purity_state: PurityState,
    producer: str,
    *,
    label: str | None = None,
    at_least: bool = False,
    rounded: bool = False,
    sample: str | None = None,
    reference: Reference = Reference.DIPLOID,
) -> SegmentRecord:
    """The copies of a named gene, relative to two unless ``reference`` says otherwise.

    Without a value a label stands alone.
    """
    place = stretch(symbol)
    return SegmentRecord(
        contig=place.contig,
        start=place.start,
        end=place.end,
        value=value,
        scale=scale,
        reference=reference,
        purity_state=purity_state,
        producer=producer,
        source=source,
        gene=symbol,
        label=label or None,
        at_least=at_least and value is not None,
        rounded=rounded and value is not None,
        sample=sample,
    )


def drop(gathering: Gathering, symbol: str, source: Source, reason: str) -> None:
    """Note a statement on one of the genes that is not used."""
    place = stretch(symbol)
    gathering.dropped.append(Dropped(source, place.contig, place.start, place.end, reason, symbol))


def reported_tp53(
    protein: str, coding: str, otherwise: str, source: Source, *, vaf: str, depth: str, status: str | None
) -> ReportedVariant:
    """A TP53 variant that a row names without place and bases, by its names or else in words of ``otherwise``."""
    hgvs_p, hgvs_c = (None if name in MISSING else name for name in (protein, coding))
    return ReportedVariant(
        gene=TP53,
        words=" ".join(filter(None, (hgvs_p, hgvs_c))) or otherwise,
        source=source,
        hgvs_c=hgvs_c,
        hgvs_p=hgvs_p,
        vaf=fraction(vaf),
        depth=count(depth),
        status=status,
    )


def number(token: str, what: str, source: Source) -> float | None:
    """A number as a report writes it; ``None`` for a missing one. Raises MalformedFileError."""
    token = token.strip()
    if token in _MISSING:
        return None
    try:
        value = parsed(token)
    except ValueError:
        raise MalformedFileError(
            f"{what} is {token!r}, which is not a number",
            where=str(source),
            remedy="pass the producer's original report",
        ) from None
    return value if math.isfinite(value) else None


def purity_of_percent(token: str, what: str, source: Source, notes: list[str]) -> float | None:
    """A percentage of tumor cells as a fraction; words, and what may be a fraction already, give none, and a note.

    Raises MalformedFileError for a number that is no percentage.
    """
    token = token.strip().removesuffix("%").strip()
    if token in _MISSING:
        return None
    if not re.fullmatch(r"[-+.\dEe]+", token):
        notes.append(f"{what} is {token!r}: no number, so no purity was taken from it")
        return None
    value = number(token, what, source)
    if value is None or not 0 <= value <= 100:
        raise MalformedFileError(
            f"{what} is {token}, which is no percentage",
            where=str(source),
            remedy="pass the producer's original report",
        )
    if value <= 1:
        why = "is no measurement" if value == 0 else "may be a fraction where a percentage is expected"
        notes.append(f"{what} is {value:g}, which {why}: no purity was taken from it")
        return None
    return value / 100


def fraction(token: str) -> float | None:
    """A number from 0 to 1; ``None`` for anything else: it is shown and decides nothing."""
    try:
        value = parsed(token)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def count(token: str) -> int | None:
    """A number of reads; ``None`` for anything else."""
    token = token.strip()
    return int(token) if token.isascii() and token.isdigit() else None
