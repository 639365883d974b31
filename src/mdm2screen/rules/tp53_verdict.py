"""What a part of the TP53 criterion says of one variant."""

from typing import NamedTuple

from mdm2screen.results import Disposition


class Verdict(NamedTuple):
    """What a variant does to wild-type, its class, the sentence behind it, and the code of the reason it raises."""

    counts: Disposition
    classification: str
    why: str
    code: str | None
