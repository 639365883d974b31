"""Which programs made a VCF, as its header tells, and what the tokens of FILTER mean to them.

Callers and tokens stand with their sources in ``data/vcf_callers.toml``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from mdm2screen import data
from mdm2screen.records import FilterKind


@dataclass(frozen=True)
class Caller:
    """A variant caller: regular expressions for its header and its tokens."""

    name: str
    title: str
    germline: bool
    header: tuple[str, ...]
    unless: str | None
    tokens: tuple[tuple[str, FilterKind], ...]
    germline_flags: tuple[str, ...]
    free_names: bool

    def made(self, header: str) -> bool:
        """Whether header text (lines of ``##``) names this caller."""
        if self.unless is not None and re.search(self.unless, header, re.MULTILINE):
            return False
        return any(re.search(pattern, header, re.MULTILINE) for pattern in self.header)

    def kind(self, token: str) -> FilterKind | None:
        """What a FILTER token means to this caller; ``None`` where it has no such token."""
        found = (kind for pattern, kind in self.tokens if re.fullmatch(pattern, token))
        return next(found, FilterKind.LOW_CONFIDENCE if self.free_names else None)


@cache
def known_callers() -> tuple[Caller, ...]:
    """All callers of the table."""
    return tuple(_caller(name, entry) for name, entry in data.toml("vcf_callers.toml").items())


def _caller(name: str, entry: dict[str, Any]) -> Caller:
    return Caller(
        name=name,
        title=entry["title"],
        germline=entry["calls"] == "germline",
        header=tuple(entry["header"]),
        unless=entry.get("unless"),
        tokens=tuple((pattern, kind) for kind in FilterKind for pattern in entry.get(kind.value, ())),
        germline_flags=tuple(entry.get("germline_flags", ())),
        free_names=entry.get("free_names", False),
    )


@dataclass(frozen=True)
class Callers:
    """The callers that a header names; none where it names none that is known."""

    found: tuple[Caller, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Callers":
        """Callers named in header lines; contigs name none and can be thousands."""
        header = "\n".join(line for line in lines if line.startswith("##") and not line.startswith("##contig"))
        return cls(tuple(caller for caller in known_callers() if caller.made(header)))

    def kind(self, token: str) -> FilterKind:
        """What a token says of a record.

        A file whose header names no caller that has the token is judged by all callers that have it. Where callers
        differ, and for a token that nobody has, the record is of low confidence.
        """
        kinds = {caller.kind(token) for caller in self.found} - {None}
        if not kinds:
            others = (caller for caller in known_callers() if not caller.free_names)
            kinds = {caller.kind(token) for caller in others} - {None, FilterKind.INFORMATIONAL}
        only = kinds.pop() if len(kinds) == 1 else None
        return FilterKind.LOW_CONFIDENCE if only is None else only

    def rejects(self, filters: Iterable[str]) -> bool:
        """Whether a filter failed; tokens that reject nothing do not count."""
        return any(self.kind(token) is not FilterKind.INFORMATIONAL for token in filters if token != "PASS")

    @property
    def germline(self) -> str | None:
        """Why the file looks like calls of the normal genome: germline callers alone made it."""
        if not self.found or any(not caller.germline for caller in self.found):
            return None
        names = " and ".join(caller.title for caller in self.found)
        return f"called by {names}, which is made for germline variants"
