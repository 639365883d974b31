"""A gene whose copies a criterion asks for beside MDM2 and TP53, as a section of the terminal page."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from mdm2screen.gene_finding import GeneFinding
from mdm2screen.mdm2_finding import GeneSource
from mdm2screen.numerals import number, percent
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, bold, in_detail, lines, places, rows, section, text, word


def gene(finding: GeneFinding) -> RenderableType:
    """Copies against the number of the protocol, then each file as it reports the gene."""
    return section(bold(in_detail(finding.gene, finding.sample)), rows(_rows(finding)))


def _rows(finding: GeneFinding) -> Iterator[Row]:
    yield text("Tumor copies"), text("no number" if finding.interval is None else wording.interval(finding.interval))
    asked = "a number that is not public" if finding.threshold is None else number(finding.threshold)
    yield text("Lost below"), text(asked)
    for source in finding.sources:
        yield text("As reported"), _source(source)


def _source(source: GeneSource) -> Text:
    return as_reported(source, _reported_value(source))


def as_reported(source: GeneSource, value: str, more: str = "") -> Text:
    """One file: its ``value``, the tumor copies it allows, what it is (with ``more``), and where it stands."""
    allows = "no number of tumor copies: "
    if source.interval is not None:
        allows = f"= {wording.interval(source.interval)} tumor copies: "
    covered = f"{percent(source.covered_fraction)} of the gene"
    where = places(source.evidence) if source.evidence else source.file
    return lines(
        text(value),
        Text.assemble(text(allows), word(source.status)),
        text(f"{wording.purity_state(source.purity_state)}; {more}{covered}"),
        text(f"{source.producer}: {where}", "dim"),
    )


def _reported_value(source: GeneSource) -> str:
    labels = f"label {' '.join(source.labels)}, " if source.labels else ""
    if source.lowest is None:
        return f"{labels}no number"
    unit = wording.scale(source.scale, source.reference)
    if source.highest is None or source.lowest == source.highest:
        return f"{labels}{unit}: {number(source.lowest)}"
    return f"{labels}{unit}: lowest {number(source.lowest)}, highest {number(source.highest)}"
