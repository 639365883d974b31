"""One criterion over many patients: who agrees, who does not, and by how many copies."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from mdm2screen.concordance import statistics
from mdm2screen.concordance.result import Agreement, Cell, ComparedPatient, CriterionConcordance, TwoByTwo
from mdm2screen.decision import AgreementOfSides, Decision
from mdm2screen.kleene import Status

Pairs = Mapping[tuple[Status, Status], int]
"""Patients by local and central answer."""

_YES, _NO, _OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
_SELECTED = (
    "no patient with a central result is locally not met, as is usual where only eligible patients are sent on: "
    "positive agreement, negative agreement and kappa follow from that choice alone; "
    "what a local result is worth is the share of the locally met that is met centrally"
)


def compare(decisions: Sequence[Decision]) -> tuple[CriterionConcordance, ...]:
    """Each central criterion, in the order of the protocol, over the patients with a central result."""
    compared: dict[str, list[ComparedPatient]] = {}
    for decision in decisions:
        for one in decision.central_confirmation.criteria:
            found = ComparedPatient(patient=decision.patient, local=one.local, central=one.central, why=one.why)
            compared.setdefault(one.criterion, []).append(found)
    return tuple(_concordance(name, found) for name, found in compared.items())


def _concordance(criterion: str, patients: Sequence[ComparedPatient]) -> CriterionConcordance:
    pairs = Counter((one.local.status, one.central.status) for one in patients if one.local)
    table = _two_by_two(pairs)
    differences = [
        one.central.copies - one.local.copies
        for one in patients
        if one.local and one.local.copies is not None and one.central.copies is not None
    ]
    return CriterionConcordance(
        criterion=criterion,
        patients=len(patients),
        table=tuple(
            Cell(local=local, central=central, patients=pairs[local, central])
            for local, central in product((_YES, _NO, _OPEN), repeat=2)
        ),
        without_local=sum(one.local is None for one in patients),
        two_by_two=table,
        agreement=_agreement(table),
        open_as_met=_agreement(_two_by_two(_with_open_as(pairs, _YES))),
        open_as_not_met=_agreement(_two_by_two(_with_open_as(pairs, _NO))),
        kappa=statistics.kappa(table),
        copies=statistics.copy_difference(sorted(differences)),
        discordant=tuple(one for one in patients if _sides(one) is AgreementOfSides.DIFFER),
        left_out=tuple(one for one in patients if _sides(one) is AgreementOfSides.OPEN),
        notes=(_SELECTED,) if pairs and not any(local is _NO for local, _ in pairs) else (),
    )


def _sides(one: ComparedPatient) -> AgreementOfSides:
    if one.local is None or _OPEN in (one.local.status, one.central.status):
        return AgreementOfSides.OPEN
    return AgreementOfSides.AGREE if one.local.status is one.central.status else AgreementOfSides.DIFFER


def _two_by_two(pairs: Pairs) -> TwoByTwo:
    return TwoByTwo(
        both_met=pairs.get((_YES, _YES), 0),
        local_met_alone=pairs.get((_YES, _NO), 0),
        central_met_alone=pairs.get((_NO, _YES), 0),
        neither_met=pairs.get((_NO, _NO), 0),
    )


def _with_open_as(pairs: Pairs, answer: Status) -> Pairs:
    read: Counter[tuple[Status, Status]] = Counter()
    for (local, central), patients in pairs.items():
        read[answer if local is _OPEN else local, answer if central is _OPEN else central] += patients
    return read


def _agreement(table: TwoByTwo) -> Agreement:
    met, not_met = table.both_met, table.neither_met
    local_alone, central_alone = table.local_met_alone, table.central_met_alone
    return Agreement(
        positive=statistics.rate(met, met + central_alone),
        negative=statistics.rate(not_met, not_met + local_alone),
        overall=statistics.rate(met + not_met, met + not_met + local_alone + central_alone),
        central_met_of_local_met=statistics.rate(met, met + local_alone),
        central_not_met_of_local_not_met=statistics.rate(not_met, not_met + central_alone),
    )
