"""What can be explained, joined from the data files: reason codes, flags, answers, criteria and exit codes."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from mdm2screen import data
from mdm2screen.errors import UsageError

_GROUPS = {
    "M": "MDM2 copy number",
    "T": "TP53",
    "G": "copies of another gene",
    "D": "diagnosis",
    "C": "central confirmation",
    "S": "files and protocol",
}
"""What the first letter of a reason code stands for."""


class Explanation(NamedTuple):
    """One word of a decision: ``name`` as a decision writes it, ``group`` to list it under, and what it means."""

    name: str
    group: str
    title: str
    meaning: str
    resolve: str | None = None
    flag: str | None = None

    @property
    def page(self) -> str:
        """The explanation as text for people."""
        lines = [f"{self.name}: {self.title}", self.meaning]
        if self.resolve:
            lines.append(f"What resolves it: {self.resolve}")
        if self.flag:
            lines.append(f"Flag for the central laboratory: {self.flag}")
        return "\n".join(lines) + "\n"


def all_explanations() -> dict[str, Explanation]:
    """Everything that can be explained, by its name in upper case."""
    reasons, words = data.toml("reasons.toml"), data.toml("words.toml")
    found = [
        *(Explanation(code, f"Reason codes: {_GROUPS[code[0]]}", *_said(one)) for code, one in reasons.items()),
        *(_of_flag(flag, one["test"], reasons) for flag, one in data.toml("central_tests.toml").items()),
        *(Explanation(name, "Answers", *_said(one)) for name, one in words["answers"].items()),
        *(Explanation(name, "Criteria", *_said(one)) for name, one in words["criteria"].items()),
        *(Explanation(name, "Exit codes", *_said(one)) for name, one in words["exit_codes"].items()),
    ]
    return {one.name.upper(): one for one in found}


def explained(name: str) -> Explanation:
    """What ``name`` means, in whatever case. Raises UsageError, with what was probably meant."""
    known = all_explanations()
    wanted = name.strip().upper().replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = [known[one].name for one in get_close_matches(wanted, known, n=3)]
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise UsageError(f"{name} cannot be explained", remedy=f"{hint}'mdm2screen explain' lists everything that can")


def listing() -> str:
    """Every name with its title, under its group."""
    groups: dict[str, list[Explanation]] = {}
    for one in all_explanations().values():
        groups.setdefault(one.group, []).append(one)
    parts = []
    for group, members in groups.items():
        width = max(len(one.name) for one in members)
        parts.append("\n".join([group, *(f"  {one.name:<{width}}  {one.title}" for one in members)]) + "\n")
    return "\n".join(parts)


def _said(entry: Mapping[str, Any]) -> tuple[str, str, str | None, str | None]:
    return entry["title"], entry["meaning"], entry.get("resolve"), entry.get("flag")


def _of_flag(flag: str, test: str, reasons: Mapping[str, Mapping[str, Any]]) -> Explanation:
    raised = [code for code, one in reasons.items() if one.get("flag") == flag]
    meaning = f"The central laboratory is asked to: {test}."
    if raised:
        meaning += f" Raised by {', '.join(raised)}."
    return Explanation(flag, "Flags for the central laboratory", flag.replace("_", " "), meaning)
