"""Decisions of the same patients under two protocols, versions or runs: who changes, and why."""

from collections.abc import Mapping, Sequence
from typing import Literal

from mdm2screen.decision import Decision
from mdm2screen.kleene import Status
from mdm2screen.records import Model
from mdm2screen.results import CentralStatus, Eligibility, ProtocolReference

COMPARISON_VERSION: Literal["1.0"] = "1.0"
"""Version of the JSON of a comparison."""


class CriterionChange(Model):
    """A criterion whose answer is not the same; a status is ``None`` where that protocol does not ask for it.

    ``old_reasons`` and ``new_reasons`` are for people.
    """

    criterion: str
    old: Status | None
    new: Status | None
    old_reasons: tuple[str, ...] = ()
    new_reasons: tuple[str, ...] = ()


class PatientChange(Model):
    """A patient whose answer is not the same."""

    patient: str
    old: Eligibility
    new: Eligibility
    old_molecular: Eligibility
    new_molecular: Eligibility
    old_central: CentralStatus
    new_central: CentralStatus
    criteria: tuple[CriterionChange, ...]


class Comparison(Model):
    """Two sets of decisions, patient by patient. ``only_old`` and ``only_new`` are in one of them alone."""

    schema_version: Literal["1.0"] = COMPARISON_VERSION
    old: tuple[ProtocolReference, ...]
    new: tuple[ProtocolReference, ...]
    unchanged: int
    changed: tuple[PatientChange, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()


def compare(old: Sequence[Decision], new: Sequence[Decision]) -> Comparison:
    """Decisions joined by patient, each patient once a side."""
    before, after = ({one.patient: one for one in side} for side in (old, new))
    both = [(before[name], after[name]) for name in before if name in after]
    changes = [_change(one, other) for one, other in both if _answers(one) != _answers(other)]
    return Comparison(
        old=_protocols(old),
        new=_protocols(new),
        unchanged=len(both) - len(changes),
        changed=tuple(changes),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def _protocols(decisions: Sequence[Decision]) -> tuple[ProtocolReference, ...]:
    found = {(one.protocol.digest, one.protocol.version): one.protocol for one in decisions}
    return tuple(found.values())


def _answers(decision: Decision) -> tuple[object, ...]:
    calls = sorted((call.criterion, call.status) for call in decision.calls)
    return decision.eligibility, decision.molecular, decision.central_confirmation.status, calls


def _change(old: Decision, new: Decision) -> PatientChange:
    before, after = _statuses(old), _statuses(new)
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return PatientChange(
        patient=old.patient,
        old=old.eligibility,
        new=new.eligibility,
        old_molecular=old.molecular,
        new_molecular=new.molecular,
        old_central=old.central_confirmation.status,
        new_central=new.central_confirmation.status,
        criteria=tuple(
            CriterionChange(
                criterion=name,
                old=before.get(name),
                new=after.get(name),
                old_reasons=_reasons(old, name),
                new_reasons=_reasons(new, name),
            )
            for name in names
        ),
    )


def _statuses(decision: Decision) -> Mapping[str, Status]:
    return {call.criterion: call.status for call in decision.calls}


def _reasons(decision: Decision, criterion: str) -> tuple[str, ...]:
    return tuple(
        f"{one.code} {one.message}" for call in decision.calls if call.criterion == criterion for one in call.reasons
    )
