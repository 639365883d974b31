"""Decisions that mdm2screen wrote earlier as JSON: one, a list, or one after the other (JSON Lines).

Each is checked against the schema and against the digest of its content. Schema: ``mdm2screen schema``.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from mdm2screen.decision import SCHEMA_VERSION, Decision, Role, content_digest
from mdm2screen.errors import DigestError, MalformedFileError, SchemaVersionError
from mdm2screen.readers.source_file import SourceFile

_WITHOUT_EVIDENCE = ("1.0",)
"""Schema versions that kept no evidence, so that nothing can be judged again."""
_AGAIN = "run mdm2screen check on the files again with --format json"
_FAULTS_SHOWN = 3
_HEAD = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\[?\s*\{\s*(?P<first>"schema_version")?')
_OWN_KEY = b'"central_confirmation"'
"""A key of every decision, and of nothing else: by it one is known whose keys a program sorted."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def is_decision_file(path: Path) -> bool:
    """Whether a file reads as decisions of mdm2screen, in any order of keys. Raises InputError if unreadable."""
    head = SourceFile(path).head()
    match = _HEAD.match(head)
    return match is not None and (match["first"] is not None or _OWN_KEY in head)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """All decisions of a file, at least one, in their order.

    Raises FileAccessError, TruncatedFileError, MalformedFileError (no JSON, no decision, not of the schema),
    SchemaVersionError and DigestError.
    """
    file = SourceFile(path)
    with file.unpacked() as stream:
        content = stream.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise MalformedFileError("is not UTF-8 text", where=file.name, remedy=_AGAIN) from exc
    found = tuple(_decision(document, f"{file.name} line {line}") for document, line in _documents(text, file.name))
    if not found:
        raise MalformedFileError("holds no decision", where=file.name, remedy=_AGAIN)
    return found


def _documents(text: str, name: str) -> Iterator[tuple[Any, int]]:
    """Each document with the line it begins on; the members of a list one by one."""
    decoder = json.JSONDecoder(parse_constant=_no_number)
    at, line, counted = 0, 1, 0
    while (at := _next(text, at)) < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            document, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as exc:
            where = f"{name} line {getattr(exc, 'lineno', line)}"
            raise MalformedFileError(f"is not JSON, or was cut: {exc}", where=where, remedy=_AGAIN) from exc
        if _SURROGATE.search(text, counted, at) and not _is_text(document):
            what = "holds half a character (a lone surrogate), which is no text"
            raise MalformedFileError(what, where=f"{name} line {line}", remedy=_AGAIN)
        for member in document if isinstance(document, list) else [document]:
            yield member, line


def _is_text(document: Any) -> bool:
    """Whether all text of a document can be written as UTF-8."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _no_number(token: str) -> NoReturn:
    raise ValueError(f"{token} is no number")


def _decision(document: Any, where: str) -> Decision:
    if not isinstance(document, dict) or "schema_version" not in document or "protocol" not in document:
        raise MalformedFileError("is no decision of mdm2screen", where=where, remedy=_AGAIN)
    version = document["schema_version"]
    if version in _WITHOUT_EVIDENCE:
        what = f"schema version {version} kept no evidence, so nothing of it can be judged again or compared"
        raise SchemaVersionError(what, where=where, remedy=_AGAIN)
    if version != SCHEMA_VERSION:
        what = f"schema version {version} is not known; this mdm2screen reads {SCHEMA_VERSION}"
        remedy = f"update mdm2screen where it is newer, else {_AGAIN}"
        raise SchemaVersionError(what, where=where, remedy=remedy)
    try:
        decision = Decision.model_validate(document)
    except ValidationError as exc:
        listing = "; ".join(_fault(one) for one in exc.errors()[:_FAULTS_SHOWN])
        more = f"; and {exc.error_count() - _FAULTS_SHOWN} more" if exc.error_count() > _FAULTS_SHOWN else ""
        raise MalformedFileError(f"does not fit the schema: {listing}{more}", where=where, remedy=_AGAIN) from exc
    if decision.digest != content_digest(document):
        what = "the content is not what was written: its digest differs"
        raise DigestError(what, where=where, remedy=f"use the file as mdm2screen wrote it, or {_AGAIN}")
    if all(sample.role is not Role.LOCAL for sample in decision.samples):
        what = "holds no local sample, on which every decision rests"
        raise MalformedFileError(what, where=where, remedy=_AGAIN)
    return decision


def _fault(one: Any) -> str:
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
