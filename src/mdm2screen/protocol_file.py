"""A protocol as a user names it: an identifier or a TOML file, with a version, or a day on which one was in force."""

import datetime
from os import PathLike
from pathlib import Path

from mdm2screen import protocol
from mdm2screen.errors import ProtocolError, UsageError
from mdm2screen.protocol import TrialProtocol


def load_protocol(
    reference: TrialProtocol | str | PathLike[str], *, as_of: datetime.date | str | None = None
) -> TrialProtocol:
    """A protocol by its id or from a TOML file: the latest version, that of ``@VERSION``, or that in force on a day.

    Raises ProtocolError; UsageError for a version and a day together.
    """
    day = None if as_of is None else _day(as_of)
    if isinstance(reference, TrialProtocol):
        if day is not None:
            raise UsageError("as_of was given, but a TrialProtocol is of one version", remedy="leave as_of out")
        return reference
    name, version = protocol.split_version(str(reference))
    if version is not None and day is not None:
        raise UsageError(
            f"--as-of {day} was given, but {reference} names a version", remedy="pass the version or the day, not both"
        )
    path = Path(name)
    if path.suffix.lower() != ".toml":
        return protocol.load_shipped(name, version=version, as_of=day)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise ProtocolError("no such protocol file", where=path.name) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ProtocolError(f"cannot be read: {exc}", where=path.name) from exc
    return protocol.parse(text, path.name, version=version, as_of=day)


def _day(stated: datetime.date | str) -> datetime.date:
    """A day as the user states it. Raises UsageError."""
    if isinstance(stated, datetime.datetime):
        return stated.date()
    try:
        return stated if isinstance(stated, datetime.date) else datetime.date.fromisoformat(stated)
    except ValueError:
        raise UsageError(f"--as-of {stated} is no day", remedy="write it as year-month-day: 2022-10-26") from None
