"""Who changes between two protocols, versions or runs: a page of text, and a table of one line per change."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from mdm2screen.comparing import Comparison, CriterionChange, PatientChange
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, bold, lines, listing, page, rows, section, text, word
from mdm2screen.reports.tsv_report import table_text
from mdm2screen.results import ProtocolReference

_COLUMNS = (
    "patient", "old_eligibility", "new_eligibility", "old_central_confirmation", "new_central_confirmation",
    "criterion", "old_status", "new_status", "old_reasons", "new_reasons",
)  # fmt: skip


def render(comparison: Comparison, *, width: int | None = None, color: bool = False) -> str:
    """The page, 80 wide and without color unless asked."""
    return page(_page(comparison), width=width, color=color)


def _page(comparison: Comparison) -> Iterator[RenderableType]:
    changed, total = len(comparison.changed), len(comparison.changed) + comparison.unchanged
    yield bold(f"{changed} of {total} patients change")
    yield text("")
    yield rows([(text("Old"), text(_protocols(comparison.old))), (text("New"), text(_protocols(comparison.new)))])
    for change in comparison.changed:
        yield section(_title(change), rows(_rows(change)))
    for names, side in ((comparison.only_old, "old"), (comparison.only_new, "new")):
        if names:
            yield section(bold(f"In the {side} decisions alone"), listing(names))


def _protocols(references: Iterable[ProtocolReference]) -> str:
    return "; ".join(f"{one.id} version {one.version} (sha256 {one.digest[:12]})" for one in references)


def _title(change: PatientChange) -> Text:
    return Text.assemble(bold(f"{change.patient}  "), _turn(change.old, change.new))


def _turn(old: str | None, new: str | None) -> Text:
    if old == new:
        return Text.assemble(word(str(old)), " stays")
    return Text.assemble(word(old or "not asked"), " -> ", word(new or "not asked"))


def _rows(change: PatientChange) -> Iterator[Row]:
    if change.old_molecular != change.new_molecular:
        yield text("Molecular"), _turn(change.old_molecular, change.new_molecular)
    if change.old_central != change.new_central:
        yield text("Central confirmation"), _turn(change.old_central, change.new_central)
    for one in change.criteria:
        yield text(wording.criterion(one.criterion)), lines(_turn(one.old, one.new), *_why(one))


def _why(one: CriterionChange) -> Iterator[Text]:
    for side, reasons in (("old", one.old_reasons), ("new", one.new_reasons)):
        yield from (text(f"{side}: {words}") for words in reasons)


def tsv(comparison: Comparison) -> str:
    """One line for each criterion that changes, and one for a patient where none does."""
    return table_text(_COLUMNS, (line for change in comparison.changed for line in _lines(change)))


def _lines(change: PatientChange) -> Iterator[tuple[str | None, ...]]:
    nothing = CriterionChange(criterion="", old=None, new=None)
    for one in change.criteria or (nothing,):
        yield (
            *(change.patient, change.old, change.new, change.old_central, change.new_central),
            *(one.criterion or None, one.old, one.new),
            *("; ".join(reasons) or None for reasons in (one.old_reasons, one.new_reasons)),
        )
