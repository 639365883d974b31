"""A run as MultiQC custom content: columns in the general statistics, and a section of its own.

Layout: MultiQC documentation, "Custom content" (files named ``*_mqc.json``). MultiQC writes texts into its page as they
are, so that those of other people (identifiers, the title of a protocol) are escaped for HTML here.
"""

import html
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mdm2screen.decision import Decision
from mdm2screen.reports import wording

_COLORS = {"ELIGIBLE": "#3a7d44", "NOT_ELIGIBLE": "#7a7a7a", "INDETERMINATE": "#b8860b"}
_GENERAL = {
    "molecular": {
        "title": "MDM2 screen",
        "description": "Molecular answer: MDM2 amplified and TP53 wild-type",
        "cond_formatting_rules": {value: [{"s_eq": wording.blanks(value)}] for value in _COLORS},
        "cond_formatting_colours": [{value: color} for value, color in _COLORS.items()],
    },
    "mdm2_copies": {
        "title": "MDM2 copies",
        "description": "Copies of MDM2 in a tumor cell, where they are settled",
        "min": 0,
        "format": "{:,.1f}",
    },
}
_SECTION = {
    "eligibility": {"title": "Eligibility", "description": "All criteria of the protocol"},
    "mdm2": {"title": "MDM2 amplified"},
    "mdm2_interval": {"title": "MDM2 copies, possible", "description": "Lowest to highest possible copies"},
    "tp53": {"title": "TP53 wild-type"},
    "central": {"title": "Central confirmation"},
    "flags": {"title": "To look at", "description": "Points for the central laboratory"},
}


def files(decisions: Callable[[], Iterable[Decision]]) -> Iterator[tuple[str, str]]:
    """Names and contents; ``decisions`` gives all of them each time it is called."""
    yield "mdm2screen_general_mqc.json", _text(_general(decisions()))
    yield "mdm2screen_mqc.json", _text(_section(decisions()))


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1) + "\n"


def _general(decisions: Iterable[Decision]) -> dict[str, Any]:
    data = {}
    for decision in decisions:
        row: dict[str, Any] = {"molecular": wording.blanks(decision.molecular)}
        if decision.mdm2 is not None and decision.mdm2.copies is not None:
            row["mdm2_copies"] = decision.mdm2.copies
        data[html.escape(decision.patient)] = row
    return {
        "id": "mdm2screen_general",
        "plot_type": "generalstats",
        "pconfig": [{name: settings} for name, settings in _GENERAL.items()],
        "data": data,
    }


def _section(decisions: Iterable[Decision]) -> dict[str, Any]:
    data = {}
    title = "no protocol"
    for decision in decisions:
        statuses = {call.criterion: wording.blanks(call.status) for call in decision.calls}
        interval = decision.mdm2.interval if decision.mdm2 else None
        title = decision.protocol.title
        data[html.escape(decision.patient)] = {
            "eligibility": wording.blanks(decision.eligibility),
            "mdm2": statuses.get("mdm2_amplification", "not asked"),
            "mdm2_interval": wording.interval(interval) if interval else "no number",
            "tp53": statuses.get("tp53_wild_type", "not asked"),
            "central": wording.blanks(decision.central_confirmation.status),
            "flags": ", ".join(wording.flag(flag) for flag in decision.central_confirmation.flags) or "none",
        }
    return {
        "id": "mdm2screen",
        "section_name": "MDM2 screen",
        "description": f"{html.escape(title)}. {wording.CLOSING}",
        "plot_type": "table",
        "pconfig": {"id": "mdm2screen_table", "title": "MDM2 screen: patients", "col1_header": "Patient"},
        "headers": _SECTION,
        "data": data,
    }
