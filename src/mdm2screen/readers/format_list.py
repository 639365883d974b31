"""The formats that can be read, as text for people."""

import textwrap

from mdm2screen import readers
from mdm2screen.readers.contract import Format

_WIDTH = 100
_TITLE = 12


def page() -> str:
    """Every format: what it answers and cannot, what its silence means, where it is documented."""
    return "\n".join(map(_described, readers.formats()))


def _described(one: Format) -> str:
    silence = one.silence if one.absence is None else f"{one.absence}; {one.silence}"
    parts = {"answers": one.answers, "cannot": one.cannot, "silence": silence, "documented": one.documented}
    lines = (_hanging(name, said) for name, said in parts.items() if said)
    return "\n".join([f"{one.name}: {one.title}", *lines]) + "\n"


def _hanging(name: str, said: str) -> str:
    """A named paragraph, its lines under each other; no address is broken."""
    first = f"  {name + ':':<{_TITLE}}"
    return textwrap.fill(
        said,
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
