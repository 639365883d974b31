"""The versions of a protocol file: its first published rules, and amendments that each say what they changed.

The top of the file is the first version. Each ``[[amendment]]`` follows in the order of dates and lays what it changed
over the version before it:

* ``[amendment.local.CRITERION]`` and ``[amendment.central.CRITERION]`` replace fields of that criterion. Tables within
  it are merged by field, but for numbers: one that has a source is replaced whole, so that no value keeps the source of
  another. Lists are replaced whole. A criterion that was not there is added, and must be complete.
* ``withdrawn = true`` takes the criterion away, ``withdrawn = ["fold_min"]`` fields of it.
* ``title``, ``registration``, ``status``, ``status_source`` and ``verify_at_site`` replace those of the file.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import Field, ValidationError

from mdm2screen import faults
from mdm2screen.records import Model

SIDES = ("local", "central")
_CHANGEABLE = ("title", "registration", "status", "status_source", "verify_at_site")
_WITHDRAWN = "withdrawn"

Content = Mapping[str, Any]


class Version(Model):
    """When rules were published, and what was said of them."""

    version: Annotated[str, Field(pattern=r"^[^\s@]+$")]
    date: datetime.date
    statement: str
    source: str


_OF_AN_AMENDMENT = (*Version.model_fields, *SIDES, *_CHANGEABLE)


class Stage(NamedTuple):
    """The whole content of the file as it stood in one version.

    ``version`` is ``None`` where what is said of it is faulty. ``found`` are faults of the amendment itself; the rules
    are not validated here.
    """

    where: str
    content: Content
    version: Version | None
    found: tuple[str, ...]


def stages(content: Content) -> list[Stage]:
    """The file in each of its versions, in the order in which they stand."""
    first = {key: value for key, value in content.items() if key not in ("amendment", "statement", "source")}
    version, found = _version(content)
    entries = content.get("amendment", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        found.append("amendment: must be a list of [[amendment]] tables")
        entries = []
    all_stages = [Stage("", first, version, tuple(found))]
    for number, entry in enumerate(entries, start=1):
        all_stages.append(_amended(all_stages, entry, f"amendment {number} ({entry.get('version')})"))
    return all_stages


def _version(entry: Content) -> tuple[Version | None, list[str]]:
    try:
        return Version.model_validate({key: entry[key] for key in Version.model_fields if key in entry}), []
    except ValidationError as exc:
        return None, [fault.message for fault in faults.of_model(exc, "", Version.model_fields)]


def _amended(before: Sequence[Stage], entry: Content, where: str) -> Stage:
    """The last stage with an amendment laid over it."""
    version, found = _version(entry)
    for key in entry:
        if key not in _OF_AN_AMENDMENT:
            found.append(f"{key}: {faults.unknown_key(key, _OF_AN_AMENDMENT)}")
    last = before[-1].content
    content = {**last, **{key: entry[key] for key in ("version", "date", *_CHANGEABLE) if key in entry}}
    for side in SIDES:
        if side in entry:
            content[side] = _overlaid(last.get(side, []), entry[side], side, found)
    if not found and all(content.get(key) == last.get(key) for key in (*SIDES, *_CHANGEABLE)):
        found.append("changes nothing: what was published without a change of rules stands in [[history]]")
    known = [stage.version for stage in before if stage.version]
    if version and known and version.date <= known[-1].date:
        found.append(f"date: {version.date} is not behind {known[-1].date}, the date of {known[-1].version}")
    if version and version.version in [one.version for one in known]:
        found.append(f"version: {version.version} stands twice")
    return Stage(where, content, version, tuple(f"{where}: {fault}" for fault in found))


def _overlaid(entries: Any, overlay: Any, side: str, found: list[str]) -> Any:
    """The criteria of one side with an overlay on them."""
    if not isinstance(overlay, dict) or not all(isinstance(change, dict) for change in overlay.values()):
        found.append(f"{side}: must be tables [amendment.{side}.CRITERION]")
        return entries
    if not isinstance(entries, list):
        return entries  # a fault of the version before
    criteria = [dict(entry) for entry in entries if isinstance(entry, dict)]
    for name, change in overlay.items():
        at = next((n for n, entry in enumerate(criteria) if entry.get("rule") == name), None)
        where = f"{side}.{name}"
        if "rule" in change:
            found.append(f"{where}.rule: unknown key; the name of the table says the rule")
        fields = {key: value for key, value in change.items() if key not in (_WITHDRAWN, "rule")}
        taken = change.get(_WITHDRAWN, [])
        if taken is True:
            if at is None or fields:
                why = "cannot change what it withdraws" if fields else "was not there"
                found.append(f"{where}: is withdrawn, but {why}")
            else:
                del criteria[at]
        elif not isinstance(taken, list) or not all(isinstance(key, str) for key in taken):
            found.append(f"{where}.{_WITHDRAWN}: must be true, or a list of fields")
        elif at is None and _WITHDRAWN not in change:
            criteria.append({"rule": name, **fields})
        else:
            old = {} if at is None else criteria[at]
            missing = [key for key in taken if key not in old]
            found += [f"{where}: {key} is withdrawn, but was not there" for key in missing]
            if at is not None:
                criteria[at] = _merged({key: value for key, value in old.items() if key not in taken}, fields)
    return criteria


def _merged(old: Content, new: Content) -> dict[str, Any]:
    """Fields of ``new`` over those of ``old``; a table is merged unless it has a source of its own."""
    merged = dict(old)
    for key, value in new.items():
        kept = old.get(key)
        within = isinstance(kept, dict) and isinstance(value, dict) and "source" not in kept
        merged[key] = _merged(kept, value) if within and isinstance(kept, dict) else value
    return merged
