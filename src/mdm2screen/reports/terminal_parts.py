"""The few parts a terminal page is made of. All text of files goes through ``text``."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mdm2screen.records import Source
from mdm2screen.reports import wording
from mdm2screen.reports.plain_text import visible

DEFAULT_WIDTH = 80
NARROWEST = 40
LABEL_WIDTH = 20
_SOURCES_SHOWN = 4

_STYLES = {
    "MET": "bold green",
    "ELIGIBLE": "bold green",
    "CONFIRMED": "bold green",
    "NOT_MET": "bold red",
    "NOT_ELIGIBLE": "bold red",
    "NOT_CONFIRMED": "bold red",
    "INDETERMINATE": "bold yellow",
    "REQUIRED": "bold yellow",
    "ROBUST": "bold green",
    "FRAGILE": "bold yellow",
}

Row = tuple[Text, Text]


def text(words: str, style: str = "") -> Text:
    """Any words, those of files included: shown as they are, acting on nothing."""
    return Text(visible(words), style=style, overflow="fold")


def bold(words: str) -> Text:
    """Words that lead the eye."""
    return text(words, "bold")


def word(code: str) -> Text:
    """A status as a word; the colour only repeats it."""
    return text(wording.blanks(code), _STYLES.get(code, "bold"))


def lines(*parts: Text) -> Text:
    """Texts under each other."""
    return Text("\n").join(parts)


def rows(pairs: Iterable[Row], label_width: int = LABEL_WIDTH) -> RenderableType:
    """Labels on the left, what they name on the right."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=label_width, overflow="fold")
    grid.add_column(overflow="fold")
    for label, value in pairs:
        grid.add_row(label, value)
    return grid


def listing(items: Iterable[str]) -> RenderableType:
    """One item a line."""
    return rows(((text("-"), text(item)) for item in items), label_width=1)


def section(title: Text, *body: RenderableType) -> RenderableType:
    """A blank line, a title and its body, indented."""
    return Group(Text(""), title, *(Padding(part, (0, 0, 0, 2)) for part in body))


def places(sources: tuple[Source, ...]) -> str:
    """Where a statement stands; of many places the first few."""
    shown = "; ".join(str(source) for source in sources[:_SOURCES_SHOWN])
    more = len(sources) - _SOURCES_SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def page(parts: Iterable[RenderableType], *, width: int | None, color: bool) -> str:
    """Parts under each other as text, 80 wide unless asked, without blanks at the ends of lines."""
    out = StringIO()
    console = _console(out, width or DEFAULT_WIDTH, color)
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def _console(out: StringIO, width: int, color: bool) -> Console:
    # Nothing is left for rich to find out by itself: it would read the environment.
    return Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=color,
        force_jupyter=False,
        force_interactive=False,
        color_system="standard" if color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def in_detail(gene: str, sample: str | None) -> str:
    """Title of a gene's findings, with the sample they are of where there are several."""
    return f"{gene} in detail" if sample is None else f"{gene} in detail: {sample}"
