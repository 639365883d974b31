"""A rearrangement as one record states it."""

from typing import Literal

from mdm2screen.records.base import Model, Position


class Breakpoint(Model):
    """One end of a rearrangement: the 1-based base at it that is retained, and the side on which what it keeps lies.

    ``left`` retains the bases up to ``pos``, ``right`` those from ``pos`` on. ``low`` and ``high`` are the furthest
    positions the caller allows, where it is not sure.
    """

    contig: str
    pos: Position
    retained: Literal["left", "right"] | None = None
    low: Position | None = None
    high: Position | None = None


StructuralKind = Literal["DEL", "DUP", "INV", "INS", "BND", "SINGLE", "CNV", "FUSION", "DISRUPTION", "NAMED", "OTHER"]


class StructuralChange(Model):
    """A structural variant as its record states it; the record's own end comes first, one end where no mate is known.

    ``kind``: ``SINGLE`` is a breakend without mate, ``CNV`` a segment of a caller of depth, ``DISRUPTION`` a gene that
    a table names as disrupted on every copy, ``NAMED`` one it names without saying how. ``breakpoints`` is empty where
    the file gives no place. ``joint`` is the same in both records of one joint, ``event`` names the caller's event.
    ``inserted`` holds the bases put in at the joint, ``length`` their number, where known. Of an event that is not
    ``precise`` the ends are estimates.
    """

    kind: StructuralKind
    breakpoints: tuple[Breakpoint, ...] = ()
    event: str | None = None
    words: str | None = None
    joint: str | None = None
    inserted: str | None = None
    length: int | None = None
    precise: bool = True
