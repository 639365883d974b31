"""The two sides of a confirmation as options give them: results written earlier, or raw files with KEY=VALUE."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mdm2screen.errors import UsageError

if TYPE_CHECKING:
    from mdm2screen.decision import Decision, Role, Sample

_REPEATED = ("cn", "coverage", "tp53_classes", "file")
"""Keys that may be given more than once."""

LocalOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--local",
        metavar="KEY=VALUE",
        help="An option of check for raw LOCAL files, such as cn=local.cns or purity=0.6; file=... for more files.",
    ),
]
CentralOptions = Annotated[
    list[str] | None,
    typer.Option("--central", metavar="KEY=VALUE", help="The same for raw CENTRAL files."),
]
MoreLocal = Annotated[
    list[Path] | None, typer.Option(help="Further local results (JSON), such as those of plasma; repeatable.")
]
MoreCentral = Annotated[list[Path] | None, typer.Option(help="Further central results (JSON); repeatable.")]
ProtocolOption = Annotated[
    str | None,
    typer.Option(
        "--protocol", metavar="ID|FILE", help="Protocol; without it that of the local results, else mantra-2."
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        metavar="KEYFILE",
        help="Replace patient, sample and file names by HMAC-SHA256 with this key (32 bytes or more).",
    ),
]
PriorInhibitor = Annotated[
    str | None,
    typer.Option(metavar="DATE|yes|no", help="Earlier MDM2 inhibitor: its first day (YYYY-MM-DD), or yes or no."),
]


def read(
    role: "Role", path: Path, options: Iterable[str] | None, more: Iterable[Path] | None, protocol: str | None
) -> "list[Decision | Sample]":
    """Everything one side holds. Raises UsageError, InputError or ProtocolError."""
    from mdm2screen.patients import read_side

    given = parsed(options or (), f"--{role}")
    files = given.pop("file", [])
    found = list(read_side(path, *files, role=role, protocol=protocol or "mantra-2", **given))
    for other in more or ():
        found += read_side(other, role=role, protocol=protocol or "mantra-2")
    return found


def parsed(pairs: Iterable[str], option: str) -> dict[str, Any]:
    """KEY=VALUE pairs as arguments of ``read_sample``. Raises UsageError."""
    from mdm2screen.sample_options import SampleOptions

    known = [*SampleOptions.__annotations__, "file"]
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        key = name.strip().replace("-", "_")
        if not equals or not value:
            raise UsageError(f"{option} {pair} is no KEY=VALUE", remedy=f"write {option} purity=0.6")
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise UsageError(f"{option} {name}: no such key", remedy=hint)
        if key in _REPEATED:
            found.setdefault(key, []).append(value)
        elif key in found:
            raise UsageError(f"{option} {name} is given twice", remedy="give it once")
        else:
            found[key] = value
    return found
