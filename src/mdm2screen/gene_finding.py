"""What a decision says of a gene whose copies alone are asked for: the copies it may have, and each file."""

from mdm2screen.mdm2_finding import GeneSource, Interval
from mdm2screen.records import Model


class GeneFinding(Model):
    """A gene over all files.

    ``threshold`` is in copies, ``None`` where its number is not public. ``copies`` is set where every part of the gene
    has the same, and purity and ploidy are settled; ``interval`` reaches from its lowest part to its highest.
    ``sample`` is whose finding it is, where there are several local samples.
    """

    gene: str
    criterion: str
    threshold: float | None
    copies: float | None = None
    interval: Interval | None = None
    purity: float | None = None
    ploidy: float | None = None
    sources: tuple[GeneSource, ...] = ()
    sample: str | None = None
