"""What was found of a VCF: its header, the lines over the genes, and what is known of all the others."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from mdm2screen import genes
from mdm2screen.records import Build

Numbered = tuple[int | None, str]

MDM2, TP53 = (gene.loci[Build.GRCH38].contig for gene in genes.GENES)
LAST = {g.loci[Build.GRCH38].contig: max(locus.end for locus in g.loci.values()) for g in genes.GENES}
"""The last base of either gene on any build, by chromosome."""
PAST_THE_END = 1 << 40
_AFTER_TP53 = frozenset({"18", "19", "20", "21", "22", "X", "Y"})
# A list this long without one record after TP53: by chance below one in a million
# (what follows TP53 holds over an eighth of the genome: 0.87 ** 100).
_LONG_LIST = 100
# And one that lies on a single chromosome: the longest holds a twelfth of the genome, 0.083 ** 19.
_MANY_ON_ONE = 20
_CONTIG_LINE = re.compile(r"##contig=<(?:.*,)?ID=([^,>]+)")


@dataclass
class Located:
    """Header lines and the raw lines that touch a gene on any build, in file order.

    Of ``further`` genes only records of copy number are wanted.
    """

    further: tuple[genes.Locus, ...] = ()
    header: list[tuple[int, str]] = field(default_factory=list)
    lines: list[Numbered] = field(default_factory=list)
    total: int | None = 0
    small_variants: bool = False
    contigs: set[str] = field(default_factory=set)
    furthest: int = 0  # last position seen on chromosome 17; past its end where a later chromosome was seen
    ended: bool = True  # whether the last line has its line end
    order_assumed: bool = False  # what was not read is taken to lie elsewhere because the user says the file is sorted
    way: str = "every line searched"
    note: str | None = None

    @property
    def reaches_tp53(self) -> bool:
        """Whether the list goes on beyond TP53, or is too short to tell and ends as a file should."""
        total = self.total or 0
        if total >= _MANY_ON_ONE and len(self.contigs) == 1 and TP53 not in self.contigs:
            return False
        return self.furthest > LAST[TP53] or (total < _LONG_LIST and self.ended)

    @cached_property
    def further_contigs(self) -> frozenset[str]:
        """The chromosomes of the further genes."""
        return frozenset(locus.contig for gene in self.further for locus in gene.loci.values())

    @property
    def columns(self) -> int:
        """Columns of the last header line."""
        return self.header[-1][1].count("\t") + 1 if self.header else 0

    def follows_tp53(self, contig: str) -> bool:
        """Whether a chromosome comes after TP53, by its name and by the order in which the header declares them."""
        place = self.declared.get(contig)
        return contig in _AFTER_TP53 and (place is None or place > self.declared.get(TP53, -1))

    @cached_property
    def declared(self) -> dict[str, int]:
        """Where the header declares each chromosome; asked for once the header is complete."""
        matches = (_CONTIG_LINE.match(line) for _, line in self.header)
        return {genes.contig_name(match[1]): place for place, match in enumerate(matches) if match}
