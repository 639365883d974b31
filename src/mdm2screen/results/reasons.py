"""Reasons under public, permanent codes."""

from functools import cache

from mdm2screen import data
from mdm2screen.records import Model, Source


class ReasonCode(Model):
    """A public, permanent reason code: its sentence for people, what resolves it, and its central flag."""

    code: str
    title: str
    meaning: str
    resolve: str | None = None
    flag: str | None = None


@cache
def reason_codes() -> dict[str, ReasonCode]:
    """All reason codes by code."""
    entries = data.toml("reasons.toml")
    return {code: ReasonCode(code=code, **entry) for code, entry in entries.items()}


class Reason(Model):
    """Why a call is what it is. ``resolve`` says what would settle it, where it is not settled."""

    code: str
    message: str
    evidence: tuple[Source, ...] = ()
    resolve: str | None = None

    @property
    def flag(self) -> str | None:
        """The flag this reason raises for the central laboratory, if any."""
        return reason_codes()[self.code].flag


def reason(code: str, message: str, *evidence: Source, resolve: str | None = None) -> Reason:
    """A reason under a registered code; ``resolve`` is the code's own unless a more precise one is given."""
    entry = reason_codes()[code]
    return Reason(code=code, message=message, evidence=evidence, resolve=resolve or entry.resolve)
