"""Every number of a protocol with its unit and source, in the order in which the protocol states them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mdm2screen.numerals import number
from mdm2screen.protocol import TrialProtocol


class ProtocolNumber(NamedTuple):
    """A number, or a range, of one criterion. ``value`` is ``unknown`` where none was published."""

    side: str
    criterion: str
    name: str
    value: str
    unit: str
    source: str


def protocol_numbers(protocol: TrialProtocol) -> Iterator[ProtocolNumber]:
    """All numbers of the local criteria, then of the central ones."""
    for side, rules in (("local", protocol.local), ("central", protocol.central)):
        for rule in rules:
            for name, value, stated in _walk(rule.model_dump(), ""):
                yield ProtocolNumber(side, rule.criterion, name, value, stated["unit"], stated["source"])


def _walk(node: Any, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if not isinstance(node, dict):
        return
    if {"unit", "source"} <= node.keys():
        low, high = node.get("low"), node.get("high")
        value = node.get("value")
        shown = f"{number(low)} to {number(high)}" if low is not None and high is not None else _shown(value)
        yield name, shown, node
        return
    for key, child in node.items():
        yield from _walk(child, key)


def _shown(value: Any) -> str:
    return number(value) if isinstance(value, float | int) else str(value)
