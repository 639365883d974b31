"""A concordance as a long table: one measure, or one patient of a list, per line. Fractions are not rounded."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdm2screen.concordance.result import (
    Concordance,
    CopyDifference,
    CriterionConcordance,
    GroupOutcome,
    Limits,
    OutcomeSummary,
    Rate,
    ResponseSummary,
    SurvivalSummary,
)
from mdm2screen.reports.tsv_report import table_text


class _Line(NamedTuple):
    """``subject`` is the run, a criterion or a group; ``low`` and ``high`` are the interval of ``value``.

    ``patients`` is a count, ``of`` its denominator, ``patient`` an identifier.
    """

    subject: str
    measure: str
    patients: int | None = None
    of: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    patient: str = ""
    note: str = ""


_RUN = "run"


def render(concordance: Concordance) -> str:
    """The header line, then the table."""
    return table_text(_Line._fields, (map(_counts_as_text, line) for line in _table(concordance)))


def _counts_as_text(value: str | float | None) -> str | float | None:
    return str(value) if isinstance(value, int) else value


def _table(concordance: Concordance) -> Iterator[_Line]:
    confirmed = concordance.central_confirmation
    yield _Line(_RUN, "patients", concordance.patients)
    yield _Line(_RUN, "with_central_result", confirmed.with_central_result)
    for status, patients in confirmed.statuses.items():
        yield _Line(_RUN, f"central_confirmation_{status.lower()}", patients)
    yield _rate(_RUN, "centrally_confirmed_of_central_results", confirmed.of_central_results)
    if confirmed.of_treated:
        yield _rate(_RUN, "centrally_confirmed_of_treated", confirmed.of_treated)
    yield from _patients(_RUN, "central_result_awaited", confirmed.awaited)
    yield from _patients(_RUN, "central_result_not_needed", confirmed.not_needed)
    for criterion in concordance.criteria:
        yield from _criterion(criterion)
    if concordance.outcomes:
        yield from _outcomes(concordance.outcomes)


def _rate(subject: str, measure: str, rate: Rate) -> _Line:
    interval = rate.interval
    return _Line(
        subject,
        measure,
        rate.count,
        rate.of,
        rate.fraction,
        interval.low if interval else None,
        interval.high if interval else None,
        "fraction",
    )


def _number(
    subject: str, measure: str, value: float | None, interval: Limits | None = None, *, unit: str = "", note: str = ""
) -> _Line:
    low, high = (interval.low, interval.high) if interval else (None, None)
    return _Line(subject, measure, value=value, low=low, high=high, unit=unit, note=note)


def _patients(subject: str, measure: str, patients: Iterable[str]) -> Iterator[_Line]:
    return (_Line(subject, measure, patient=patient) for patient in patients)


def _criterion(found: CriterionConcordance) -> Iterator[_Line]:
    name = found.criterion
    for one in found.table:
        yield _Line(name, f"local_{one.local.lower()}_central_{one.central.lower()}", one.patients)
    yield _Line(name, "without_local", found.without_local)
    for prefix, agreement in (
        ("", found.agreement),
        ("open_as_met_", found.open_as_met),
        ("open_as_not_met_", found.open_as_not_met),
    ):
        yield _rate(name, f"{prefix}positive_agreement", agreement.positive)
        yield _rate(name, f"{prefix}negative_agreement", agreement.negative)
        yield _rate(name, f"{prefix}overall_agreement", agreement.overall)
        yield _rate(name, f"{prefix}central_met_of_local_met", agreement.central_met_of_local_met)
        yield _rate(name, f"{prefix}central_not_met_of_local_not_met", agreement.central_not_met_of_local_not_met)
    yield _number(name, "kappa", found.kappa.value, found.kappa.interval, note=found.kappa.undefined or "")
    if found.copies:
        yield from _copies(name, found.copies)
    for measure, patients in (("discordant", found.discordant), ("left_out", found.left_out)):
        for patient in patients:
            local = patient.local.value if patient.local else "no local criterion"
            why = "; ".join(f"{reason.code} {reason.message}" for reason in patient.why)
            note = f"local: {local}; central: {patient.central.value}"
            yield _Line(name, measure, patient=patient.patient, note=f"{note}; {why}" if why else note)
    for note in found.notes:
        yield _Line(name, "note", note=note)


def _copies(name: str, copies: CopyDifference) -> Iterator[_Line]:
    yield _Line(name, "copy_difference_patients", copies.patients)
    for measure, value in (
        ("median", copies.median),
        ("lowest", copies.lowest),
        ("highest", copies.highest),
        ("mean", copies.mean),
        ("sd", copies.sd),
    ):
        yield _number(name, f"copy_difference_{measure}", value, unit="copies")
    if copies.limits:
        limits = copies.limits
        yield _number(name, "limit_of_agreement_low", limits.low, limits.interval_of_low, unit="copies")
        yield _number(name, "limit_of_agreement_high", limits.high, limits.interval_of_high, unit="copies")


def _outcomes(outcomes: OutcomeSummary) -> Iterator[_Line]:
    for group in outcomes.groups:
        yield from _group(group)
    yield from _patients(_RUN, "outcome_without_decision", outcomes.without_decision)
    yield from _patients(_RUN, "decision_without_outcome", outcomes.without_outcome)
    yield from _patients(_RUN, "treatment_missing", outcomes.treatment_missing)


def _group(found: GroupOutcome) -> Iterator[_Line]:
    yield _Line(found.group, "patients", found.patients, note=found.who)
    if found.response:
        yield from _response(found.group, found.response)
    if found.pfs:
        yield from _survival(found.group, found.pfs)


def _response(group: str, response: ResponseSummary) -> Iterator[_Line]:
    for best, patients in response.best_responses.items():
        yield _Line(group, f"best_response_{best}", patients)
    yield _rate(group, "all_responses", response.all_responses)
    if response.confirmed_responses:
        yield _rate(group, "confirmed_responses", response.confirmed_responses)
    yield from _patients(group, "best_response_missing", response.missing)
    yield from _patients(group, "response_confirmation_missing", response.confirmation_missing)


def _survival(group: str, pfs: SurvivalSummary) -> Iterator[_Line]:
    yield _Line(group, "pfs_at_risk", pfs.at_risk)
    yield _Line(group, "pfs_events", pfs.events)
    yield _Line(group, "pfs_censored", pfs.censored)
    note = "" if pfs.median is not None else "not reached" if pfs.at_risk else "no patient"
    yield _Line(group, "pfs_median", value=pfs.median, low=pfs.low, high=pfs.high, unit=pfs.unit, note=note)
    yield from _patients(group, "pfs_missing", pfs.missing)
