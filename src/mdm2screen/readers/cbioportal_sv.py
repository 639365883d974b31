"""cBioPortal structural variants: ``data_sv.txt`` of a study.

Documented at https://docs.cbioportal.org/file-formats/#structural-variant-data. A row joins two sites; columns are
known by name, and only the sample and one gene symbol are required: older tables hold no positions. Positions are
1-based, give or take a base (which side is meant is not documented), on the build in ``NCBI_Build``. ``Class`` says
what is done to the stretch between two sites of one chromosome, ``Connection_Type`` (3to5 ...) which sides are joined.
There is no FILTER: what the table holds was accepted by its laboratory; ``SV_Status`` tells somatic from germline.
"""

from collections.abc import Iterator

from mdm2screen import builds, genes
from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row, rows
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.readers.vcf_structural import SIDES
from mdm2screen.records import (
    Breakpoint,
    Build,
    FileContent,
    Presence,
    Source,
    StructuralChange,
    StructuralKind,
    VariantRecord,
)

FORMAT = Format(
    name="cbioportal-sv",
    title="cBioPortal structural variants (data_sv.txt)",
    answers="rearrangements and fusions of TP53",
    silence="a sample without a row has no rearrangement that was reported; whether TP53 was looked at is not in it",
    documented="https://docs.cbioportal.org/file-formats/",
)

_COLUMNS = frozenset({"sample_id", "site1_hugo_symbol", "site2_hugo_symbol"})
_TP53, _CONTIG = genes.TP53.symbol, genes.TP53.loci[Build.GRCH38].contig
_CLASSES: dict[str, StructuralKind] = {
    "DELETION": "DEL",
    "DUPLICATION": "DUP",
    "INVERSION": "INV",
    "INSERTION": "INS",
    "TRANSLOCATION": "BND",
    "FUSION": "FUSION",
}
_STRETCHES = ("DEL", "DUP", "INV")
_STRETCH_SIDES = {"DEL": SIDES["3to5"], "DUP": SIDES["5to3"], "INV": SIDES["3to3"]}
_SOMATIC, _GERMLINE = "SOMATIC", "GERMLINE"


def sniff(head: Head) -> bool:
    """Whether the header names a sample and the genes at both sites."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Rows of the sample that name TP53 or reach over it. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    gathering.sample = _sample(file, options)
    named, total = [], 0
    for row in rows(file):
        total += 1
        ends = tuple(_ends(row))
        genes_named = {row.text("site1_hugo_symbol"), row.text("site2_hugo_symbol")}
        gathering.claim(builds.claims_of_text(row.text("ncbi_build"), file.source(row.line)))
        over = any(genes.in_windows(*place) and place[0] == _CONTIG for place in _places(row, ends))
        if _TP53 not in genes_named and not over:
            continue
        source = file.source(row.line, _locus(row, ends))
        named += [(_TP53, *place, source) for place in _ends_of_tp53(row)]
        if row.text("sample_id") != gathering.sample:
            gathering.dropped.append(Dropped(source, _CONTIG, 0, 0, "another sample", _TP53))
            continue
        gathering.variants.append(_variant(row, ends, source, is_named=_TP53 in genes_named))
    gathering.total = total
    gathering.claim(builds.claims_of_gene_rows(named))
    placed = any(variant.change and variant.change.breakpoints for variant in gathering.variants)
    return gathering.finish(needs_build=placed, rearrangements=True)


def _sample(file: SourceFile, options: Options) -> str | None:
    """The sample asked for. Raises SampleError, also where it has no row: its name may be misspelt."""
    try:
        return choose_table_sample((row.text("sample_id") for row in rows(file)), file, options)
    except SampleError as exc:
        remedy = f"{exc.remedy}; one without rearrangements has no row: leave this file out then, it is no evidence"
        raise SampleError(exc.what, where=exc.where, remedy=remedy) from exc


def _ends(row: Row) -> Iterator[Breakpoint]:
    """Both sites, each where the row gives its place; the sides as the class of the event says, or the connection."""
    places = []
    for site in ("site1", "site2"):
        contig, position = row.text(f"{site}_chromosome"), row.text(f"{site}_position")
        if contig not in MISSING and position not in MISSING:
            places.append((genes.contig_name(contig), row.position(f"{site}_position")))
    sides = SIDES.get(row.text("connection_type").lower(), (None, None))
    kind = _CLASSES.get(row.text("class").upper())
    if kind in _STRETCHES and len({contig for contig, _ in places}) == 1:
        places.sort()
        sides = _STRETCH_SIDES[kind]
    for (contig, pos), side in zip(places, sides, strict=False):
        yield Breakpoint(contig=contig, pos=pos, retained=side, low=max(pos - 1, 0), high=pos + 1)


def _places(row: Row, ends: tuple[Breakpoint, ...]) -> list[tuple[str, int, int]]:
    """What a row speaks of: the stretch between both sites where the event changes it, else each site."""
    if len(ends) == 2 and _CLASSES.get(row.text("class").upper()) in _STRETCHES and ends[0].contig == ends[1].contig:
        return [(ends[0].contig, ends[0].pos, ends[1].pos)]
    return [(end.contig, end.pos, end.pos) for end in ends]


def _ends_of_tp53(row: Row) -> list[tuple[str, int, int]]:
    """Where a site that names TP53 lies."""
    return [
        (genes.contig_name(row.text(f"{site}_chromosome")), position, position)
        for site in ("site1", "site2")
        if row.text(f"{site}_hugo_symbol") == _TP53
        and row.text(f"{site}_position") not in MISSING
        and (position := row.position(f"{site}_position"))
    ]


def _locus(row: Row, ends: tuple[Breakpoint, ...]) -> str:
    names = [row.text(f"{site}_hugo_symbol") or "?" for site in ("site1", "site2")]
    places = " ".join(f"{end.contig}:{end.pos}" for end in ends)
    return " ".join(part for part in ("-".join(names), places) if part)


def _variant(row: Row, ends: tuple[Breakpoint, ...], source: Source, *, is_named: bool) -> VariantRecord:
    """One row as a structural variant; its own end is that on TP53's chromosome."""
    ends = tuple(sorted(ends, key=lambda end: end.contig != _CONTIG))
    first, last = _span(row, ends)
    status = row.text("sv_status").upper()
    known = status in (_SOMATIC, _GERMLINE)
    return VariantRecord(
        contig=_CONTIG,
        pos=first,
        end=last,
        ref="N",
        alt=f"<{row.text('class').upper() or 'SV'}>",
        presence=Presence.PRESENT,
        source=source,
        filters=("PASS",) if known else (f"SV_Status {status or 'not given'}",),
        structural=True,
        gene=_TP53 if is_named else None,
        germline="SV_Status is GERMLINE" if status == _GERMLINE else None,
        change=StructuralChange(kind=_kind(row), breakpoints=ends, words=_words(row), precise=False),
    )


def _span(row: Row, ends: tuple[Breakpoint, ...]) -> tuple[int, int]:
    """First and last base on TP53's chromosome; 0 where the row gives no place."""
    places = [place for place in _places(row, ends) if place[0] == _CONTIG]
    over = [place for place in places if genes.in_windows(*place)] or places
    return (over[0][1], over[0][2]) if over else (0, 0)


def _kind(row: Row) -> StructuralKind:
    """The class of the event; two different genes make a fusion where none is given."""
    stated = _CLASSES.get(row.text("class").upper())
    if stated is not None:
        return stated
    named = {row.text("site1_hugo_symbol"), row.text("site2_hugo_symbol")} - MISSING
    return "FUSION" if len(named) == 2 else "OTHER"


def _words(row: Row) -> str:
    said = (row.text(column) for column in ("annotation", "event_info", "class"))
    return next((text for text in said if text not in MISSING), "an event of TP53")
