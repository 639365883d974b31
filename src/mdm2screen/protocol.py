"""A trial protocol as data: criteria and thresholds, each number with its source."""

import datetime
import hashlib
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Field, SerializeAsAny, ValidationError, field_validator

from mdm2screen import data
from mdm2screen.errors import ProtocolError
from mdm2screen.records import Model
from mdm2screen.results import ProtocolReference, SiteCheck
from mdm2screen.rules import RULES, Rule

_FOLDER = "protocols"


class Statement(Model):
    """What was published about the rules, and when."""

    date: datetime.date
    statement: str
    source: str


Criteria = tuple[SerializeAsAny[Rule], ...]


class TrialProtocol(Model):
    """Local criteria decide; central criteria are those of the central laboratory (none: no confirmation)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    registration: str
    version: str
    date: datetime.date
    status: Literal["recruiting", "active", "completed", "terminated", "withdrawn", "unknown"]
    status_source: str
    local: Annotated[Criteria, Field(min_length=1)]
    central: Criteria = ()
    history: tuple[Statement, ...] = ()
    verify_at_site: tuple[SiteCheck, ...] = ()
    digest: str

    @field_validator("local", "central")
    @classmethod
    def _once_each(cls, criteria: Criteria) -> Criteria:
        names = [rule.criterion for rule in criteria]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"criterion stands twice: {', '.join(twice)}")
        return criteria

    @property
    def reference(self) -> ProtocolReference:
        """The protocol as a decision names it."""
        return ProtocolReference(
            id=self.id, version=self.version, digest=self.digest, title=self.title, status=self.status
        )


def parse(text: str, where: str) -> TrialProtocol:
    """A protocol from TOML text. Raises ProtocolError with all faults of the file."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ProtocolError(f"is not TOML: {exc}", where=where) from exc
    faults = ["digest: unknown key"] if "digest" in content else []
    faulty_sides = set()
    for side in ("local", "central"):
        if side in content:
            before = len(faults)
            content[side] = _rules(content[side], side, faults)
            faulty_sides |= {side} if len(faults) > before else set()
    content["digest"] = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
    try:
        protocol = TrialProtocol.model_validate(content)
    except ValidationError as exc:
        # a side whose every entry is faulty is not also an empty side
        faults += [
            m
            for m, loc in _messages(exc, "", TrialProtocol.model_fields)
            if loc[:1] not in [(side,) for side in faulty_sides]
        ]
    if faults:
        plural = "s" if len(faults) > 1 else ""
        raise ProtocolError(f"the protocol has {len(faults)} fault{plural}:", tuple(faults), where=where)
    return protocol


def _rules(entries: Any, side: str, faults: list[str]) -> list[Rule]:
    """The rules of one side; faults are collected, and a faulty entry is left out."""
    if not isinstance(entries, list):
        faults.append(f"{side}: must be a list of [[{side}]] tables")
        return []
    found = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("rule") if isinstance(entry, dict) else None
        where = f"{side} {number} ({name})"
        if not isinstance(name, str) or name not in RULES:
            near = get_close_matches(str(name), RULES, n=1)
            hint = f"; did you mean {near[0]}" if near else f"; known: {', '.join(RULES)}"
            faults.append(f"{where}: no such rule{hint}")
            continue
        try:
            found.append(RULES[name].model_validate(entry))
        except ValidationError as exc:
            faults += [message for message, _ in _messages(exc, where, RULES[name].model_fields)]
    return found


def _messages(error: ValidationError, prefix: str, known: Iterable[str]) -> list[tuple[str, tuple[int | str, ...]]]:
    """Faults of one model, each as "path: message" and as the path alone."""
    found = []
    for fault in error.errors():
        path = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            near = get_close_matches(path, list(known), n=1)
            message = f"unknown key; did you mean {near[0]}" if near else "unknown key"
        found.append((": ".join(part for part in (prefix, path, message) if part), fault["loc"]))
    return found


def shipped() -> tuple[str, ...]:
    """Identifiers of the protocols that ship with the package."""
    return data.names(_FOLDER, ".toml")


def load_shipped(identifier: str) -> TrialProtocol:
    """A shipped protocol. Raises ProtocolError with the known identifiers."""
    if identifier not in shipped():
        known = ", ".join(shipped())
        raise ProtocolError(f"no protocol is called {identifier!r}; known: {known}")
    return parse(shipped_text(identifier), identifier)


def is_changed_copy(protocol: TrialProtocol) -> bool:
    """Whether a protocol has the id and version of a shipped one, and another content."""
    if protocol.id not in shipped():
        return False
    original = load_shipped(protocol.id)
    return original.version == protocol.version and original.digest != protocol.digest


def shipped_text(identifier: str) -> str:
    """The file of a shipped protocol as it stands, with its sources."""
    return data.text(f"{_FOLDER}/{identifier}.toml")
