"""JSON reports as plain values, with the path of each object as its locus: JSON knows no lines.

A key that stands twice in an object is refused, because only one of its values would be seen.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers.contract import Head
from mdm2screen.readers.source_file import SourceFile

Object = dict[str, Any]
Located = tuple[str, Object]
"""An object with its path from the top, such as ``results.items[2].name``."""


def parse(file: SourceFile) -> Object:
    """The object the file holds. Raises MalformedFileError, or TruncatedFileError where it ends early."""

    def unique(pairs: list[tuple[str, Any]]) -> Object:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise _fault(file, f"an object of the JSON holds {', '.join(twice)} twice")
        return found

    content = file.content()
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=unique, parse_constant=lambda _constant: None)
    except json.JSONDecodeError as exc:
        where = f"{file.name} line {exc.lineno}"
        if exc.pos >= len(exc.doc.rstrip()) or exc.msg.startswith("Unterminated string"):
            raise TruncatedFileError(
                f"the JSON ends before its end ({exc.msg})",
                where=where,
                remedy="copy the report again from where it was made",
            ) from exc
        remedy = "pass the producer's original report"
        raise MalformedFileError(f"is no sound JSON ({exc.msg})", where=where, remedy=remedy) from exc
    except (UnicodeDecodeError, ValueError, RecursionError) as exc:
        raise _fault(file, f"the JSON cannot be read ({exc})") from exc
    if not isinstance(value, dict):
        raise _fault(file, "the JSON holds no object at its top")
    return value


def _fault(file: SourceFile, what: str) -> MalformedFileError:
    return MalformedFileError(what, where=file.name, remedy="pass the producer's original report")


def walk(value: object, path: str = "") -> Iterator[Located]:
    """Every object within ``value``, in the order of the file, with its path."""
    waiting = [(path, value)]
    while waiting:
        at, one = waiting.pop()
        if isinstance(one, dict):
            yield at, one
            waiting += reversed([(f"{at}.{key}" if at else key, inner) for key, inner in one.items()])
        elif isinstance(one, list):
            waiting += reversed([(f"{at}[{number}]", inner) for number, inner in enumerate(one)])


def begins(head: Head) -> bool:
    """Whether the content begins as a JSON object does."""
    return head.raw.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"


def token(entry: Object, key: str) -> str:
    """What stands under ``key``, written out whatever it is; empty for nothing."""
    value = entry.get(key)
    return "" if value is None else str(value).strip()


def text(entry: Object, *keys: str) -> str:
    """The first of ``keys`` that holds text or a number, as text without blanks at its ends; else empty."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""
