"""The concordance of a run as a page: how many were centrally confirmed, where the two sides differ, and outcomes."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mdm2screen.concordance.result import (
    Agreement,
    ComparedPatient,
    Concordance,
    Confirmation,
    CopyDifference,
    CriterionConcordance,
    GroupOutcome,
    Methods,
    OutcomeSummary,
    ResponseSummary,
    SurvivalSummary,
)
from mdm2screen.kleene import Status
from mdm2screen.numerals import number
from mdm2screen.reports import wording
from mdm2screen.reports.concordance_wording import between, median, percent, rate
from mdm2screen.reports.terminal_parts import LABEL_WIDTH, Row, bold, lines, page, rows, section, text, word

_LABEL = 28
_STATUSES = (Status.MET, Status.NOT_MET, Status.INDETERMINATE)


def render(concordance: Concordance, *, width: int | None = None, color: bool | None = None) -> str:
    """The page, 80 wide and without color unless asked."""
    return page(_page(concordance), width=width, color=bool(color))


def _page(concordance: Concordance) -> Iterator[RenderableType]:
    title = f"Concordance of local and central testing: {_patients(concordance.patients)}"
    yield Group(bold(title), Text(""))
    yield _rows(_summary(concordance))
    for criterion in concordance.criteria:
        yield _criterion(criterion)
    if concordance.outcomes:
        yield from _outcomes(concordance.outcomes)
    yield section(bold("How it is counted"), _rows(_methods(concordance.methods)))
    made_by = f"{concordance.software.name} {concordance.software.version}; {concordance.methods.library}"
    yield Group(Text(""), text(f"Made by {made_by}"), text(wording.CLOSING))


def _rows(pairs: Iterable[Row]) -> RenderableType:
    return rows(pairs, label_width=_LABEL)


def _patients(count: int) -> str:
    return f"{count} patient" if count == 1 else f"{count} patients"


def _named(patients: Iterable[str]) -> Text:
    names = list(patients)
    return text(f"{len(names)}: {', '.join(names)}")


def _summary(concordance: Concordance) -> Iterator[Row]:
    yield text("Trial"), text(concordance.protocol.title)
    yield text(""), text(wording.trial_status(concordance.protocol))
    yield from _confirmation(concordance.central_confirmation)


def _confirmation(found: Confirmation) -> Iterator[Row]:
    yield text("With a central result"), text(str(found.with_central_result))
    for status, patients in found.statuses.items():
        if patients:
            yield text(""), Text.assemble(word(status), text(f" {patients}"))
    yield (
        text("Centrally confirmed"),
        lines(bold(rate(found.of_central_results)), text("of those with a central result")),
    )
    if found.of_treated:
        yield text(""), lines(bold(rate(found.of_treated)), text("of those treated"))
    if found.awaited:
        yield text("Central result awaited"), _named(found.awaited)
    if found.not_needed:
        yield text("Central result not needed"), _named(found.not_needed)


def _criterion(found: CriterionConcordance) -> RenderableType:
    title = f"{wording.criterion(found.criterion)}: {_patients(found.patients)} with a central result"
    parts: list[RenderableType] = [_table(found), Text(""), _rows(_agreement(found))]
    if found.discordant:
        parts += [Text(""), text("The two sides differ in:"), _listing(found.discordant)]
    if found.left_out:
        parts += [Text(""), text("Outside of the 2x2, because a side gives no answer:"), _listing(found.left_out)]
    return section(bold(title), *parts)


def _table(found: CriterionConcordance) -> RenderableType:
    """Local answers down, central ones across."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL_WIDTH, overflow="fold")
    for _ in _STATUSES:
        grid.add_column(justify="right")
    grid.add_row(text(""), *(Text.assemble("central ", word(status)) for status in _STATUSES))
    counts = {(cell.local, cell.central): cell.patients for cell in found.table}
    for local in _STATUSES:
        cells = (text(str(counts[local, central])) for central in _STATUSES)
        grid.add_row(Text.assemble("local ", word(local)), *cells)
    return grid


def _agreement(found: CriterionConcordance) -> Iterator[Row]:
    shown = found.agreement
    yield text("Positive agreement"), text(rate(shown.positive))
    yield text("Negative agreement"), text(rate(shown.negative))
    yield text("Overall agreement"), text(rate(shown.overall))
    if any(cell.patients for cell in found.table if Status.INDETERMINATE in (cell.local, cell.central)):
        yield text("  indeterminate as met"), text(_three(found.open_as_met))
        yield text("  indeterminate as not met"), text(_three(found.open_as_not_met))
    yield text("Agrees with a local met"), text(rate(shown.central_met_of_local_met))
    yield text("Agrees with a local not met"), text(rate(shown.central_not_met_of_local_not_met))
    yield text("Cohen's kappa"), text(_kappa(found))
    if found.copies:
        yield text("Copies, central - local"), text(_copies(found.copies))
    for note in found.notes:
        yield text("Note"), text(note)


def _three(agreement: Agreement) -> str:
    named = (("positive", agreement.positive), ("negative", agreement.negative), ("overall", agreement.overall))
    return ", ".join(f"{name} {_short(one.fraction)}" for name, one in named)


def _short(fraction: float | None) -> str:
    return "no number" if fraction is None else f"{percent(fraction)}%"


def _kappa(found: CriterionConcordance) -> str:
    kappa = found.kappa
    if kappa.value is None:
        return f"not defined: {kappa.undefined}"
    interval = f" ({between(kappa.interval)})" if kappa.interval else f" ({kappa.undefined})"
    return f"{number(kappa.value)}{interval}"


def _copies(copies: CopyDifference) -> str:
    words = f"median {number(copies.median)}, {number(copies.lowest)} to {number(copies.highest)}"
    words += f" ({_patients(copies.patients)} with settled copies on both sides); mean {number(copies.mean)}"
    if copies.limits is None:
        return words
    limits = copies.limits
    low, high = between(limits.interval_of_low), between(limits.interval_of_high)
    return f"{words}, limits of agreement {number(limits.low)} ({low}) to {number(limits.high)} ({high})"


def _listing(patients: Iterable[ComparedPatient]) -> RenderableType:
    pairs = [(bold(one.patient), _patient(one)) for one in patients]
    return rows(pairs, label_width=min(_LABEL, max(name.cell_len for name, _ in pairs)))


def _patient(one: ComparedPatient) -> Text:
    local = Text("local: no such criterion")
    if one.local:
        local = Text.assemble("local ", word(one.local.status), text(f" {one.local.value}"))
    central = Text.assemble("central ", word(one.central.status), text(f" {one.central.value}"))
    return lines(local, central, *(text(f"{reason.code}  {reason.message}") for reason in one.why))


def _outcomes(found: OutcomeSummary) -> Iterator[RenderableType]:
    for group in found.groups:
        yield section(bold(f"Outcomes of {group.who}: {group.patients}"), _rows(_group(group)))
    unmatched = [
        ("Outcome, no decision", found.without_decision),
        ("Decision, no outcome", found.without_outcome),
        ("Treated or not is missing", found.treatment_missing),
    ]
    pairs = [(text(label), _named(patients)) for label, patients in unmatched if patients]
    if pairs:
        yield section(bold("Outside of the outcomes"), _rows(pairs))


def _group(found: GroupOutcome) -> Iterator[Row]:
    if found.response:
        yield from _response(found.response)
    if found.pfs:
        yield from _survival(found.pfs)


def _response(found: ResponseSummary) -> Iterator[Row]:
    counts = ", ".join(f"{best} {patients}" for best, patients in found.best_responses.items())
    yield text("Best response"), text(counts)
    yield (
        text("All responses"),
        lines(bold(rate(found.all_responses)), text("CR or PR, confirmed or not, of all with a best response, NE too")),
    )
    if found.confirmed_responses:
        said = text("CR or PR that a second assessment showed again (RECIST)")
        yield text("Confirmed responses"), lines(bold(rate(found.confirmed_responses)), said)
    if found.missing:
        yield text("Best response is missing"), _named(found.missing)
    if found.confirmation_missing:
        yield text("Confirmed or not is missing"), _named(found.confirmation_missing)


def _survival(found: SurvivalSummary) -> Iterator[Row]:
    yield text("Median PFS"), bold(median(found))
    yield text(""), text(f"{found.at_risk} at risk, {found.events} events, {found.censored} censored")
    if found.missing:
        yield text("PFS is missing"), _named(found.missing)


def _methods(methods: Methods) -> Iterator[Row]:
    yield text("Intervals"), text(f"{methods.confidence_level:.0%} confidence")
    yield text("Percentages"), text(methods.proportions)
    yield text("Reference of agreement"), text("the central side")
    yield text("Kappa"), text(methods.kappa)
    yield text("Copies"), text(methods.copies)
    yield text("PFS"), text(methods.survival)
