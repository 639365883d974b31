"""What the records of a gVCF say was seen: reference blocks, reference sites, and the depth at variants.

GATK and DRAGEN write ``<NON_REF>``, bcftools and DeepVariant ``<*>``, Strelka and bcftools call ALT ``.``; a block ends
at INFO/END or, from VCF 4.5, has FORMAT/LEN bases. The depth of a block is the lowest of its bases (FORMAT/MIN_DP, of
bcftools INFO/MIN_DP or MinDP): its DP is a mean or median and proves no base, unless the block is one base. FILTER of a
block (Strelka, DRAGEN) and GQ (Strelka GQX, GATK's all-sites RGQ) say whether its caller vouches for the reference.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from mdm2screen import genes
from mdm2screen.readers.contract import Dropped, Gathering
from mdm2screen.readers.vcf_fields import Place, is_whole
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build, SeenRun

_TP53 = genes.TP53.loci[Build.GRCH38].contig
# DeepVariant marks every reference call so: no filter failed.
_NO_FAULT = frozenset({"PASS", "RefCall"})
_QUALITIES = ("GQ", "GQX", "RGQ")


@dataclass
class SeenRecords:
    """Stretches with a depth, and whether the file is one that states depth for reference bases.

    A list of variants may hold single reference sites (hotspots, forced calls): it does not measure the gene. One that
    writes blocks, over either gene, or neighbouring sites does: where it has none over TP53, nothing was seen.
    """

    _references: list[SeenRun] = field(default_factory=list)
    _variants: list[SeenRun] = field(default_factory=list)
    _blocks: bool = False

    def add_reference(self, line: VcfLine, place: Place) -> bool:
        """Take a reference record over a gene; whether it states a depth over TP53."""
        contig, start, end = place
        depth = _block_depth(line, end - start + 1)
        if depth is None:
            return False
        self._blocks = self._blocks or bool(line.alts) or end > start
        if contig == _TP53:
            self._references.append(_run(line, start, end, depth))
        return contig == _TP53

    def add_variant(self, line: VcfLine) -> None:
        """Take the depth at a record with an allele spelled in bases."""
        if line.contig == _TP53 and line.is_literal and not line.says_not_seen and line.depth is not None:
            self._variants.append(_run(line, line.pos, line.pos + len(line.ref) - 1, line.depth))

    def settle(self, gathering: Gathering) -> bool:
        """Hand over what was seen, if the file measures the gene (the answer); else its reference sites are dropped."""
        sites = sorted(run.start for run in self._references)
        if self._blocks or any(after == before + 1 for before, after in pairwise(sites)):
            gathering.seen += [*self._references, *self._variants]
            return True
        gathering.dropped += [
            Dropped(run.source, run.contig, run.start, run.end, "reference site without a variant")
            for run in self._references
        ]
        return False


def _run(line: VcfLine, start: int, end: int, depth: int) -> SeenRun:
    """What a record shows; its FILTER and quality speak of the reference only where it states no variant."""
    refused = line.is_reference and any(token not in _NO_FAULT for token in line.filters)
    return SeenRun(
        contig=_TP53,
        start=start,
        end=end,
        depth=depth,
        quality=_quality(line) if line.is_reference else None,
        callable=False if refused else None,
        ref=line.ref if start == line.pos else None,
        source=line.source,
    )


def _block_depth(line: VcfLine, bases: int) -> int | None:
    """Reads that every base of a reference record has; ``None`` where it states a mean alone, or nothing."""
    lowest = (line.tumor.get("MIN_DP"), line.info.get("MIN_DP"), line.info.get("MinDP"))
    stated = next((token for token in lowest if token is not None and is_whole(token)), None)
    if stated is not None:
        return int(stated)
    return line.depth if bases == 1 else None


def _quality(line: VcfLine) -> int | None:
    """Phred-scaled confidence in the reference; ``None`` where the caller gives none."""
    for key in _QUALITIES:
        whole = line.tumor.get(key, "").partition(".")[0]
        if is_whole(whole):
            return int(whole)
    return None
