"""Samples of a patient, and the central laboratory's answer beside the local one, on a terminal page."""

from collections.abc import Callable, Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mdm2screen.decision import CentralConfirmation, CriterionComparison, Decision, Role, SampleResult, SideValue
from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, bold, rows, text, word
from mdm2screen.results import CallSummary, Reason

_INDENT = (0, 0, 0, 2)


def sample(found: SampleResult) -> RenderableType:
    """One sample: where it comes from, and what it says of each criterion of its side."""
    facts = [f"{found.role} laboratory", found.specimen, found.collected and f"taken {found.collected}"]
    title = Text.assemble(bold(found.name), text(f"  {', '.join(str(fact) for fact in facts if fact)}"))
    return Group(title, Padding(rows(_calls(found)), _INDENT))


def _calls(found: SampleResult) -> Iterator[Row]:
    for call in found.calls:
        vote = "" if call.votes else " (no vote)"
        yield text(wording.criterion(call.criterion)), Text.assemble(word(call.status), text(f"{vote}: {call.value}"))


def criterion(
    compared: CriterionComparison, reasons: Callable[[Iterable[Reason]], RenderableType]
) -> Iterator[RenderableType]:
    """A criterion with both sides under each other, and why they differ."""
    agreement = "" if compared.local is None else f"  {wording.AGREEMENT[compared.agreement]}"
    yield Text.assemble(bold(wording.criterion(compared.criterion)), text(agreement))
    sides = [("local", compared.local), ("central", compared.central)]
    yield Padding(rows((text(side), _side(value)) for side, value in sides if value is not None), _INDENT)
    if compared.why:
        yield Padding(reasons(compared.why), _INDENT)


def _side(value: SideValue) -> Text:
    return Text.assemble(word(value.status), text(f"  {value.value}"))


def unsaid(central: CentralConfirmation) -> list[CallSummary]:
    """Central calls whose reasons no comparison gives."""
    said = {one.criterion for one in central.criteria if one.why and one.central.status == "INDETERMINATE"}
    return [call for call in central.calls if call.criterion not in said]


def digests(decision: Decision) -> frozenset[str]:
    """Digests of the files of the central laboratory alone."""
    of_central, of_local = (
        {file.sha256 for one in decision.samples if one.role is role for file in one.inputs}
        for role in (Role.CENTRAL, Role.LOCAL)
    )
    return frozenset(of_central - of_local)
