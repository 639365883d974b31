"""What is wrong with a file of data, in words: each fault with its path, unknown keys with the nearest known one."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from pydantic import ValidationError


class Fault(NamedTuple):
    """A fault as "path: message", and its path alone."""

    message: str
    path: tuple[int | str, ...]


def of_model(error: ValidationError, prefix: str, known: Iterable[str]) -> list[Fault]:
    """Faults of one model, whose fields are ``known``."""
    found = []
    for fault in error.errors():
        path = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            message = unknown_key(path, known)
        found.append(Fault(": ".join(part for part in (prefix, path, message) if part), fault["loc"]))
    return found


def unknown_key(key: str, known: Iterable[str]) -> str:
    """That a key is unknown, with the nearest one that is not."""
    near = get_close_matches(key, list(known), n=1)
    return f"unknown key; did you mean {near[0]}" if near else "unknown key"
