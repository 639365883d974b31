"""Write the pages of docs/ that come from the program: ``python docs/generate.py``.

``--check`` writes nothing, names the pages that differ from what the program says now, and exits 1 if any does.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command

import mdm2screen
from mdm2screen import readers
from mdm2screen.cli import app, explanations
from mdm2screen.cli.help_page import ABOUT
from mdm2screen.protocol import load_shipped, shipped
from mdm2screen.reports import json_schemas

DOCS = Path(__file__).parent
_NOTE = "<!-- Written by docs/generate.py; change the program and run it again. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; no cell breaks it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return _plain("" if value is None else str(value)).replace("|", "\\|")


def _plain(words: str) -> str:
    """Words as they stand: what Markdown would read as a mark is escaped, outside of code."""
    words = " ".join(words.replace("``", "`").split())
    parts = re.split(r"(`[^`]*`)", words)
    return "".join(part if part.startswith("`") else re.sub(r"([<>*_\[\]])", r"\\\1", part) for part in parts)


def _code(words: object) -> str:
    return f"`{words}`"


def formats() -> Iterator[str]:
    """Every format by what its reader says of itself."""
    yield "# Formats\n"
    count = len(readers.formats())
    yield f"mdm2screen reads {count} formats, known by their content. `mdm2screen formats` prints this list.\n"
    for one in readers.formats():
        yield f"## `{one.name}`\n\n{_plain(one.title)}\n"
        silence = one.silence if one.absence is None else f"{one.absence}; {one.silence}"
        said = {"Answers": one.answers, "Cannot": one.cannot, "Silence means": silence, "Documented": one.documented}
        yield table(("", ""), ((name, words) for name, words in said.items() if words))


def protocols() -> Iterator[str]:
    """Every shipped protocol, every number with unit and source."""
    yield "# Protocols\n"
    yield (
        "The protocols that ship, in all their versions, every number with its unit and source. `unknown` is a number "
        "that nobody published. `mdm2screen protocols show ID` prints the file itself.\n"
    )
    for identifier in shipped():
        trial = load_shipped(identifier)
        yield f"## `{identifier}`\n\n{_plain(trial.title)}. Registration: {_plain(trial.registration)}.\n"
        yield f"Status: {trial.status} ({_plain(trial.status_source)}).\n"
        rows: list[tuple[object, ...]] = [
            (_code(one.version), one.date, one.statement, one.source) for one in trial.versions
        ]
        yield table(("version", "published", "what was published", "source"), rows)
        for version in trial.versions:
            of_version = load_shipped(identifier, version=version.version)
            yield f"### `{identifier}@{version.version}`\n\nDigest `{of_version.digest}`.\n"
            rows = [
                (f"{side}: `{rule.criterion}`", *row)
                for side in ("local", "central")
                for rule in getattr(of_version, side)
                for row in _fields(rule.model_dump(mode="json"))
            ]
            yield table(("criterion", "field", "value", "unit", "source"), rows)
        if trial.verify_at_site:
            yield "To be verified at the site:\n"
            yield table(("item", "source"), [(one.item, one.source) for one in trial.verify_at_site])
        share = trial.expected_share
        if share is not None:
            yield (
                f"Expected share of patients who meet the genomic criteria: {share.low:g} to {share.high:g}; "
                f"pointed out above {share.warn_above:g} ({_plain(share.unit)}; {_plain(share.source)}).\n"
            )


def _fields(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[object, ...]]:
    """Fields of a criterion as rows: field, value, unit, source."""
    for name, value in content.items():
        field = _code(prefix + name)
        if isinstance(value, dict) and "source" in value:
            shown = value["value"] if "value" in value else f"{value['low']:g} to {value['high']:g}"
            yield field, f"{shown:g}" if isinstance(shown, float) else shown, value.get("unit"), value["source"]
        elif isinstance(value, dict):
            yield from _fields(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            for one in value:
                below = " and what lies below it" if one.get("subtree") else ""
                yield field, f"{one.get('code')}{below}", "", one.get("source")
        elif value is not None and name not in ("rule", "criterion"):
            yield field, value, "", ""


def reasons() -> Iterator[str]:
    """Everything ``explain`` knows."""
    yield "# Reason codes, flags and answers\n"
    yield (
        "`mdm2screen explain M003` prints one of these, `mdm2screen explain` all of their titles. Codes are permanent: "
        "none is given a new meaning, and a withdrawn one is never used again.\n"
    )
    group = None
    for one in explanations.all_explanations().values():
        if one.group != group:
            group = one.group
            yield f"## {group}\n"
        yield f"### `{one.name}`\n"
        yield f"**{_plain(one.title)}**. {_plain(one.meaning)}\n"
        if one.resolve:
            yield f"What resolves it: {_plain(one.resolve)}.\n"
        if one.flag:
            yield f"Flag for the central laboratory: [`{one.flag}`](#{one.flag}).\n"


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    yield "# Command line\n"
    yield "Every command, argument and option. `-h` or `--help` behind a command shows its part.\n"
    for path, command in walk(get_command(app()), "mdm2screen"):
        yield f"## `{path}`\n"
        if command.help:
            yield f"{_plain(command.help)}\n"
        rows = []
        for one in command.params:
            option = one.param_type_name == "option"
            name = ", ".join(map(_code, one.opts)) if option else _code(one.metavar or one.name.upper())
            default = "" if one.default in (None, False, ()) or callable(one.default) else _code(one.default)
            rows.append((name, _code(one.metavar) if option and one.metavar else "", one.help, default))
        if rows:
            yield table(("name", "value", "what it is for", "default"), rows)
        about = ABOUT.get(path.partition(" ")[2])
        if about:
            yield "\n".join(["```sh", *about.examples, "```\n"])
    yield "## Exit codes\n"
    codes = [one for one in explanations.all_explanations().values() if one.group == "Exit codes"]
    yield table(("code", "what it says", "meaning"), ((_code(one.name), one.title, one.meaning) for one in codes))


def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A command and all below it, by what a person types."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(below, f"{path} {name}")


def schemas() -> Iterator[str]:
    """The documents that are written as JSON."""
    yield "# JSON documents and their schemas\n"
    yield (
        "Every document has a JSON Schema (draft 2020-12), printed by `mdm2screen schema NAME`. A field is never "
        "left out: what is missing is `null`. A path keeps its meaning as long as the first number of the version "
        "does.\n"
    )
    for name, (model, version) in json_schemas.SCHEMAS.items():
        yield f"## `{name}`\n\nVersion {version}, [`schema/{name}-{version}.json`](../schema/{name}-{version}.json).\n"
        content = json_schemas.schema(name)
        rows = [(_code(f"$.{field}"), _kind(info)) for field, info in content["properties"].items()]
        yield table(("path", "what it holds"), rows)
        about = (model.__doc__ or "").strip().partition("\n\n")[0]
        yield f"{_plain(about)}\n"


def _kind(info: Mapping[str, Any]) -> str:
    """What a field of a schema holds, in a few words."""
    if "anyOf" in info:
        return " or ".join(map(_kind, info["anyOf"]))
    if "$ref" in info:
        return str(info["$ref"]).rpartition("/")[2]
    if info.get("type") == "array":
        return f"list of {_kind(info.get('items', {}))}"
    if info.get("type") == "object":
        return "object by name"
    if "const" in info:
        return f"always {info['const']}"
    return " ".join(str(info[key]) for key in ("type", "format") if key in info)


def interface() -> Iterator[str]:
    """The public names of Python, documented by the builder from their docstrings."""
    yield "# Python interface\n"
    yield "Everything that `from mdm2screen import ...` offers. The built pages show the docstring of each.\n"
    for name in mdm2screen.__all__:
        value = getattr(mdm2screen, name)
        if name == "__version__":
            yield "## `__version__`\n\nThe version of the package, as text.\n"
            continue
        kind = "autoclass" if isinstance(value, type) else "autofunction"
        about = (value.__doc__ or "").strip().partition("\n\n")[0]
        yield f"## `{name}`\n\n{_plain(about)}\n"
        yield f"```{{eval-rst}}\n.. {kind}:: {value.__module__}.{value.__qualname__}\n```\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "formats.md": formats,
    "protocols.md": protocols,
    "reasons.md": reasons,
    "commands.md": commands,
    "schemas.md": schemas,
    "python.md": interface,
}
"""Generated pages by file name."""


def page(name: str) -> str:
    """The text of one generated page."""
    head, *rest = PAGES[name]()
    return "\n".join([head, f"{_NOTE}\n", *rest])


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` name those that differ and exit 1."""
    stale = [name for name in PAGES if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != page(name)]
    for name in stale:
        sys.stdout.write(f"docs/{name}\n")
        if "--check" not in arguments:
            (DOCS / name).write_text(page(name), "utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
