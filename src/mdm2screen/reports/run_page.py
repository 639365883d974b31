"""A run as a page for a terminal: counts, failures, and what can hardly be true."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType

from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, bold, lines, listing, page, rows, section, text, word

Failed = tuple[str, str | None, str, str]
"""Patient, file, code and message."""
_FAILURES_SHOWN = 10


def render(
    counts: dict[str, dict[str, int]],
    failed: Iterable[Failed],
    notes: Iterable[str],
    warnings: Iterable[str],
    *,
    width: int | None = None,
    color: bool = False,
) -> str:
    """The page. ``counts`` by kind of answer, ``notes`` on the run as a whole."""
    return page(_page(counts, list(failed), list(notes), list(warnings)), width=width, color=color)


def _page(
    counts: dict[str, dict[str, int]], failed: list[Failed], notes: list[str], warnings: list[str]
) -> Iterator[RenderableType]:
    yield from (text(note) for note in notes)
    if warnings:
        yield section(bold("CHECK BEFORE USE"), listing(warnings))
    for kind, answers in counts.items():
        yield section(bold(kind), rows(_count(name, number) for name, number in answers.items()))
    if failed:
        shown = [_failure(one) for one in failed[:_FAILURES_SHOWN]]
        more = len(failed) - _FAILURES_SHOWN
        rest = [text(f"and {more} more, see failures.tsv")] if more > 0 else []
        yield section(bold(f"Failed: {len(failed)}"), rows(shown), *rest)
    yield text("")
    yield text(wording.CLOSING)


def _count(name: str, number: int) -> Row:
    return word(name), text(str(number))


def _failure(one: Failed) -> Row:
    patient, file, code, message = one
    where = f"{file}: " if file else ""
    return text(patient), lines(text(f"{where}{message}"), text(code, "dim"))
