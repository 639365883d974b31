"""OncoTree: the tumor types a diagnosis is given in (release 2025-10-03, CC BY 4.0)."""

from difflib import get_close_matches
from functools import cache

from mdm2screen import data
from mdm2screen.errors import UsageError
from mdm2screen.records import Model

VERSION = "2025-10-03"
_SUGGESTED = 10


class TumorType(Model):
    """A node of OncoTree: its code, name and the codes above it, nearest first."""

    code: str
    name: str
    ancestors: tuple[str, ...]

    def within(self, code: str) -> bool:
        """Whether this is ``code`` or lies below it."""
        return code == self.code or code in self.ancestors


@cache
def _nodes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in data.table("oncotree.tsv")}


def exists(code: str) -> bool:
    """Whether ``code`` is a code of this release."""
    return code in _nodes()


def _near(wanted: str) -> list[str]:
    """Codes a person may have meant: by name or main type, the shortest name first, else by spelling."""
    if not wanted:
        return []
    words = wanted.lower()
    named = [row for row in _nodes().values() if words in f"{row['name']}|{row['main_type']}".lower()]
    named.sort(key=lambda row: (words != row["main_type"].lower(), len(row["name"])))
    return [row["code"] for row in named[:_SUGGESTED]] or get_close_matches(wanted, _nodes(), n=_SUGGESTED)


def lookup(code: str) -> TumorType:
    """The tumor type of a code, in any case of letters. Raises UsageError with the nearest codes."""
    nodes = _nodes()
    wanted = code.strip().upper()
    if wanted not in nodes:
        near = _near(wanted)
        shown = ", ".join(f"{c} ({nodes[c]['name']})" for c in near)
        raise UsageError(
            f"{code!r} is no OncoTree code (release {VERSION})",
            where="--diagnosis",
            remedy=f"did you mean: {shown}" if shown else "look the code up on oncotree.info",
        )
    ancestors = []
    parent = nodes[wanted]["parent"]
    while parent:
        ancestors.append(parent)
        parent = nodes[parent]["parent"]
    return TumorType(code=wanted, name=nodes[wanted]["name"], ancestors=tuple(ancestors))
