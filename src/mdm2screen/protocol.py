"""A trial protocol as data: criteria and thresholds, each number with its source.

One file holds every version of a protocol (see ``amendments``); a TrialProtocol is one of them.
"""

import datetime
import hashlib
import re
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, SerializeAsAny, ValidationError, field_validator, model_validator

from mdm2screen import amendments, data, faults
from mdm2screen.amendments import SIDES, Stage, Version
from mdm2screen.errors import ProtocolError
from mdm2screen.records import Fraction, Model
from mdm2screen.results import ProtocolReference, SiteCheck
from mdm2screen.rules import RULES, Rule

_FOLDER = "protocols"


class Statement(Model):
    """What was published about the trial without a change of its rules, and when."""

    date: datetime.date
    statement: str
    source: str


class ExpectedShare(Model):
    """Which share of patients meets the genomic criteria, as published; above ``warn_above`` a run is pointed out.

    Fractions of the tumors that ``unit`` names.
    """

    low: Fraction
    high: Fraction
    warn_above: Fraction
    unit: str
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _ordered(self) -> "ExpectedShare":
        if not self.low <= self.high <= self.warn_above:
            raise ValueError("low must not be above high, nor high above warn_above")
        return self


Criteria = tuple[SerializeAsAny[Rule], ...]


class TrialProtocol(Model):
    """One version of a protocol. Local criteria decide; central criteria are those of the central laboratory (none: no
    confirmation). ``versions`` are all that the file holds, in the order of their dates; ``digest`` is the SHA-256
    of the file up to this version.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    registration: str
    version: str
    date: datetime.date
    status: Literal["recruiting", "active", "completed", "terminated", "withdrawn", "unknown"]
    status_source: str
    local: Annotated[Criteria, Field(min_length=1)]
    central: Criteria = ()
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]
    expected_share: ExpectedShare | None = None
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


def parse(text: str, where: str, *, version: str | None = None, as_of: datetime.date | None = None) -> TrialProtocol:
    """A protocol from TOML text, in one version: the named one, that in force on a day, else the latest.

    Raises ProtocolError with all faults of the file in all its versions, or for a version that it does not hold.
    """
    return _chosen(_all_versions(text, where), version, as_of)


def _all_versions(text: str, where: str) -> tuple[TrialProtocol, ...]:
    """A protocol from TOML text in each of its versions, in their order. Raises ProtocolError with all faults."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ProtocolError(f"is not TOML: {exc}", where=where) from exc
    found = [f"{key}: unknown key" for key in ("digest", "versions") if key in content]
    content = {key: value for key, value in content.items() if f"{key}: unknown key" not in found}
    stages = amendments.stages(content)
    texts = _texts(text, len(stages))
    versions = [stage.version for stage in stages if stage.version]
    protocols: list[TrialProtocol | None] = []
    before: list[str] = []
    for stage, so_far in zip(stages, texts, strict=True):
        protocol, messages = _of_stage(stage, hashlib.sha256(so_far.encode()).hexdigest(), versions)
        protocols.append(protocol)
        found += stage.found
        # what an amendment leaves as it was is a fault of the version before
        prefix = f"{stage.where}: " if stage.where else ""
        found += [f"{prefix}{message}" for message in messages if message not in before]
        before = messages
    if found:
        found = list(dict.fromkeys(found))
        plural = "s" if len(found) > 1 else ""
        raise ProtocolError(f"the protocol has {len(found)} fault{plural}:", tuple(found), where=where)
    return tuple(protocol for protocol in protocols if protocol)


def _texts(text: str, versions: int) -> list[str]:
    """The file as far as it goes up to each version: what is amended later changes no digest of what was before."""
    whole = text.replace("\r\n", "\n")
    parts = re.split(r"^(?=\[\[amendment\]\])", whole, flags=re.MULTILINE)
    if len(parts) != versions:  # amendments that are written in another way
        return [whole] * versions
    return ["".join(parts[: count + 1]).rstrip("\n") + "\n" for count in range(versions)]


def _chosen(protocols: Sequence[TrialProtocol], version: str | None, as_of: datetime.date | None) -> TrialProtocol:
    """One of the versions of a protocol. Raises ProtocolError with those there are."""
    first, last = protocols[0], protocols[-1]
    if version is not None:
        named = next((one for one in protocols if one.version == version), None)
        if named is None:
            known = ", ".join(f"{one.version} ({one.date})" for one in protocols)
            remedy = "name one of them behind @; without @ the latest is taken"
            raise ProtocolError(f"{last.id} has no version {version!r}; known: {known}", remedy=remedy)
        return named
    if as_of is not None:
        in_force = [one for one in protocols if one.date <= as_of]
        if not in_force:
            words = f"no rules of {first.id} were published by {as_of}; the first are version {first.version}"
            raise ProtocolError(f"{words} of {first.date}", remedy=f"pass a day from {first.date} on, or no --as-of")
        return in_force[-1]
    return last


def _of_stage(stage: Stage, digest: str, versions: Sequence[Version]) -> tuple[TrialProtocol | None, list[str]]:
    """The protocol as it stood in one version, with its faults."""
    content = dict(stage.content)
    found: list[str] = []
    faulty_sides = set()
    for side in SIDES:
        if side in content:
            before = len(found)
            content[side] = _rules(content[side], side, found)
            faulty_sides |= {side} if len(found) > before else set()
    content |= {"digest": digest, "versions": tuple(versions)}
    try:
        return TrialProtocol.model_validate(content), found
    except ValidationError as exc:
        # a side whose every entry is faulty is not also an empty side; faulty versions are told by the stages
        told = [*((side,) for side in faulty_sides), ("versions",)]
        of_model = faults.of_model(exc, "", {**TrialProtocol.model_fields, **Version.model_fields})
        return None, [*found, *(fault.message for fault in of_model if fault.path[:1] not in told)]


def _rules(entries: Any, side: str, found: list[str]) -> list[Rule]:
    """The rules of one side; faults are collected, and a faulty entry is left out."""
    if not isinstance(entries, list):
        found.append(f"{side}: must be a list of [[{side}]] tables")
        return []
    rules = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("rule") if isinstance(entry, dict) else None
        where = f"{side} {number} ({name})"
        if not isinstance(name, str) or name not in RULES:
            near = get_close_matches(str(name), RULES, n=1)
            hint = f"; did you mean {near[0]}" if near else f"; known: {', '.join(RULES)}"
            found.append(f"{where}: no such rule{hint}")
            continue
        try:
            rules.append(RULES[name].model_validate(entry))
        except ValidationError as exc:
            found += [fault.message for fault in faults.of_model(exc, where, RULES[name].model_fields)]
    return rules


def shipped() -> tuple[str, ...]:
    """Identifiers of the protocols that ship with the package."""
    return data.names(_FOLDER, ".toml")


def split_version(reference: str) -> tuple[str, str | None]:
    """The protocol and the version of ``ID@VERSION`` or ``FILE.toml@VERSION``; what ends with .toml is a file name."""
    if "@" not in reference or reference.lower().endswith(".toml"):
        return reference, None
    name, _, version = reference.rpartition("@")
    return name, version


def load_shipped(identifier: str, *, version: str | None = None, as_of: datetime.date | None = None) -> TrialProtocol:
    """A shipped protocol, as ``parse`` gives it. Raises ProtocolError with the known identifiers."""
    return _chosen(_shipped_versions(identifier), version, as_of)


@cache
def _shipped_versions(identifier: str) -> tuple[TrialProtocol, ...]:
    return _all_versions(_file_of(identifier), identifier)


def is_changed_copy(protocol: TrialProtocol) -> bool:
    """Whether a protocol has the id and version of a shipped one, and says something else."""
    if protocol.id not in shipped():
        return False
    if protocol.version not in [one.version for one in load_shipped(protocol.id).versions]:
        return False
    of_the_file = {"digest", "versions"}  # a file may hold fewer or more versions of the same rules
    original = load_shipped(protocol.id, version=protocol.version)
    same = original == protocol
    return not same and original.model_dump(exclude=of_the_file) != protocol.model_dump(exclude=of_the_file)


def shipped_text(identifier: str, version: str | None = None) -> str:
    """The file of a shipped protocol with its sources: as it stands, or as far as it goes up to one version.

    Raises ProtocolError for an identifier or version that does not ship.
    """
    text = _file_of(identifier)
    if version is None:
        return text
    known = [one.version for one in load_shipped(identifier, version=version).versions]
    return _texts(text, len(known))[known.index(version)]


def _file_of(identifier: str) -> str:
    if identifier not in shipped():
        known = ", ".join(shipped())
        raise ProtocolError(f"no protocol is called {identifier!r}; known: {known}")
    return data.text(f"{_FOLDER}/{identifier}.toml")
