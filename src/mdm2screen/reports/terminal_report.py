"""A decision as a page to read at a glance: the answer, why, what to do next, then the details.

Own words are ASCII and every colour stands on a word, so that nothing is lost on a plain terminal or in a mail.
"""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mdm2screen.decision import CentralConfirmation, Decision
from mdm2screen.records import InputFile, RecordCounts
from mdm2screen.reports import terminal_central, terminal_findings, terminal_genes, terminal_mdm2, wording
from mdm2screen.reports.terminal_parts import (
    LABEL_WIDTH,
    Row,
    bold,
    lines,
    listing,
    page,
    places,
    rows,
    section,
    text,
    word,
)
from mdm2screen.results import CallSummary, Reason

_DIGEST_SHOWN = 12


def render(decision: Decision, *, width: int | None = None, color: bool | None = None) -> str:
    """The page, 80 wide and without color unless asked: what the terminal can show is for the caller to know."""
    return page(_page(decision), width=width, color=bool(color))


def _page(decision: Decision) -> Iterator[RenderableType]:
    yield _headline(decision)
    yield rows(_summary(decision))
    if decision.warnings:
        yield section(bold("CHECK BEFORE USE"), _reasons(decision.warnings))
    for call in decision.calls:
        yield section(_call_title(call, decision), _reasons(call.reasons))
    yield from _central(decision.central_confirmation)
    if len(decision.samples) > 1:
        yield section(bold("Samples"), *map(terminal_central.sample, decision.samples))
    if decision.to_resolve:
        yield section(bold("What would resolve it"), listing(decision.to_resolve))
    if decision.mdm2:
        yield terminal_mdm2.mdm2(decision.mdm2)
    for gene in decision.genes:
        yield terminal_genes.gene(gene)
    if decision.tp53:
        yield terminal_findings.tp53(decision.tp53)
    if decision.verify_at_site:
        items = (check.item for check in decision.verify_at_site)
        yield section(bold("To be verified at the site"), listing(items))
    if decision.inputs:
        of_central = terminal_central.digests(decision)
        yield section(bold("Inputs"), *(_input(file, of_central) for file in decision.inputs))
    yield section(bold("Made by"), rows(_made_by(decision)))
    yield Group(Text(""), text(wording.CLOSING))


def _headline(decision: Decision) -> RenderableType:
    return Group(Text.assemble(word(decision.eligibility), bold(wording.headline(decision))), Text(""))


def _summary(decision: Decision) -> Iterator[Row]:
    yield text("Patient"), bold(decision.patient)
    yield text("Molecular"), Text.assemble(word(decision.molecular), " (the genomic criteria alone)")
    yield text("Eligibility"), Text.assemble(word(decision.eligibility), " (all criteria)")
    yield text("Central confirmation"), word(decision.central_confirmation.status)
    if decision.mdm2_inhibitor is not None:
        yield text("MDM2 inhibitor"), text(wording.prior_treatment(decision.mdm2_inhibitor))
    yield text("Trial"), text(decision.protocol.title)
    yield text(""), text(wording.trial_status(decision.protocol))


def _call_title(call: CallSummary, decision: Decision) -> Text:
    name = wording.criterion(call.criterion)
    title = Text.assemble(bold(f"{name:<{LABEL_WIDTH}}  "), word(call.status))
    if call.criterion == "tumor_type":
        title.append_text(text(f" ({wording.diagnosis(decision)})"))
    return title


def _reasons(reasons: Iterable[Reason]) -> RenderableType:
    pairs = [(text(reason.code), _reason(reason)) for reason in reasons]
    return rows(pairs, label_width=max(code.cell_len for code, _ in pairs))


def _reason(reason: Reason) -> Text:
    where = [text(places(reason.evidence), "dim")] if reason.evidence else []
    of = f"{reason.sample}: " if reason.sample else ""
    return lines(text(f"{of}{reason.message}"), *where)


def _central(central: CentralConfirmation) -> Iterator[RenderableType]:
    parts = [_reasons(central.reasons)] if central.reasons else []
    parts += [part for one in central.criteria for part in terminal_central.criterion(one, _reasons)]
    parts += [_reasons(call.reasons) for call in terminal_central.unsaid(central)]
    if central.flags:
        parts.append(Text("To look at:" if central.calls else "The central laboratory should look at:"))
        parts.append(listing(wording.flag(code) for code in central.flags))
    if parts:
        title = bold(f"{'Central confirmation':<{LABEL_WIDTH}}  ")
        yield section(Text.assemble(title, word(central.status)), *parts)


def _input(file: InputFile, of_central: frozenset[str]) -> RenderableType:
    side = ", central laboratory" if file.sha256 in of_central else ""
    return Group(
        Text.assemble(bold(file.name), text(f"  {wording.blanks(file.format)}, sha256 {_short(file.sha256)}{side}")),
        Padding(lines(*map(text, _input_details(file))), (0, 0, 0, 2)),
    )


def _input_details(file: InputFile) -> Iterator[str]:
    build = "no genome build needed" if file.build is None else f"build {file.build}"
    because = f" ({file.build_because})" if file.build_because else ""
    sample = f"sample {file.sample}; " if file.sample else ""
    yield f"{sample}{build}{because}"
    yield f"{file.way}; {_records(file.records)}"
    for note in file.notes:
        yield f"note: {note}"


def _records(counts: RecordCounts) -> str:
    total = "" if counts.total is None else f"{counts.total} records, "
    words = f"{total}{counts.in_windows} over the genes, {counts.used} used"
    dropped = ", ".join(f"{why} ({number})" for why, number in counts.dropped.items())
    return f"{words}, dropped: {dropped}" if dropped else words


def _made_by(decision: Decision) -> Iterator[Row]:
    protocol, software = decision.protocol, decision.software
    yield text("Program"), text(f"{software.name} {software.version}")
    yield text("Protocol"), text(f"{protocol.id}, version {protocol.version}, sha256 {_short(protocol.digest)}")


def _short(digest: str) -> str:
    return digest[:_DIGEST_SHOWN]
