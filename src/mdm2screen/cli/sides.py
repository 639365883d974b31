"""The two sides of a confirmation as options give them: results written earlier, or raw files with KEY=VALUE."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mdm2screen.cli import completion
from mdm2screen.errors import UsageError

if TYPE_CHECKING:
    from mdm2screen.decision import Decision, Role, Sample
    from mdm2screen.protocol import TrialProtocol

_REPEATED = ("cn", "coverage", "tp53_classes", "file")
"""Keys that may be given more than once."""

LocalOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--local",
        metavar="KEY=VALUE",
        help="An option of check for raw LOCAL files, such as cn=local.cns or purity=0.6; file=... for more files.",
        autocompletion=completion.keys,
    ),
]
CentralOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--central", metavar="KEY=VALUE", help="The same for raw CENTRAL files.", autocompletion=completion.keys
    ),
]
MoreLocal = Annotated[
    list[Path] | None, typer.Option(help="Further local results (JSON), such as those of plasma; repeatable.")
]
MoreCentral = Annotated[list[Path] | None, typer.Option(help="Further central results (JSON); repeatable.")]
ProtocolOption = Annotated[
    str | None,
    typer.Option(
        "--protocol",
        metavar="ID|FILE",
        help="Protocol; without it that of the local results, else mantra-2.",
        autocompletion=completion.protocols,
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Take the version of the protocol in force on that day.")
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


PatientName = Annotated[
    str | None,
    typer.Option("--patient", metavar="ID", help="Who it is: picks a patient of a file with several, or names one."),
]


class Side(NamedTuple):
    """What the options say of one side: LOCAL or CENTRAL, KEY=VALUE for raw files, further results."""

    role: "Role"
    path: Path
    options: Iterable[str] | None
    more: Iterable[Path] | None


def read(side: Side, protocol: "TrialProtocol | str | None", patient: str | None = None) -> "list[Decision | Sample]":
    """Everything one side holds, or what it holds of one patient. Raises UsageError, InputError or ProtocolError."""
    from mdm2screen.patients import read_side

    given = parsed(side.options or (), f"--{side.role}")
    files = given.pop("file", [])
    found = list(read_side(side.path, *files, role=side.role, protocol=protocol or "mantra-2", **given))
    found = _of_patient(found, side.path, patient)
    for other in side.more or ():
        found += _of_patient(_results(other, side.role), other, patient)
    return found


def _results(path: Path, role: "Role") -> "list[Decision | Sample]":
    """Results written earlier. Raises UsageError for a raw file."""
    from mdm2screen.readers.decision_file import is_decision_file, read_decisions

    if not is_decision_file(path):
        raise UsageError(
            f"--more-{role} {path.name} holds no results of mdm2screen",
            remedy=f"run mdm2screen check on it with --format json and pass that, or pass it with --{role} file=...",
        )
    return list(read_decisions(path))


def _of_patient(found: "list[Decision | Sample]", path: Path, patient: str | None) -> "list[Decision | Sample]":
    """What a file with several patients holds of one. Raises UsageError where it is none of them."""
    names = list(dict.fromkeys(one.patient for one in found))
    if patient is None or len(names) < 2:
        return found
    if patient not in names:
        near = get_close_matches(patient, [name for name in names if name], n=1)
        hint = f"did you mean {near[0]}?" if near else "leave --patient out to confirm all of them"
        raise UsageError(f"{path.name} holds {len(names)} patients, and none is {patient}", remedy=hint)
    return [one for one in found if one.patient == patient]


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
